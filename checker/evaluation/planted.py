"""Errors planted in clean articles: the only way to know every error of a whole article."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from checker.document import Document, Span, make_document
from checker.training.corruption import Corruptor
from checker.training.sources.reading import is_for_calibration, is_held_out, read_rows

ARTICLES = "text/news_articles.en.jsonl.gz"
LEXICON = "text/lexicon"


@dataclass(frozen=True, slots=True)
class Planted:
    """An error planted in a document: the words now wrong, what stood there before, and the kind of error."""

    span: Span
    original: str
    category: str


@dataclass(frozen=True, slots=True)
class PlantedArticle:
    """An article with errors, and the same article without any."""

    document: Document
    clean: Document
    errors: tuple[Planted, ...]


def held_out_articles(data: Path, seed: int = 0, *, calibration: bool = False) -> list[Document]:
    """Clean articles that no training example comes from, in a random order fixed by `seed`.

    `calibration` asks for the half that calibration may read, otherwise it is the half for the final figures.
    """
    rows = [
        row
        for row in read_rows(data / ARTICLES)
        if is_held_out(row["id"]) and is_for_calibration(row["id"]) == calibration and len(row["text"].split()) > 120
    ]
    random.Random(seed).shuffle(rows)
    return [make_document(row["text"], id=row["id"], title=row["title"], language="en") for row in rows]


def planted_articles(
    data: Path, *, errors: int = 2, seed: int = 0, calibration: bool = False
) -> Iterator[PlantedArticle]:
    """Held-out articles with `errors` errors each, at most one a sentence."""
    corruptor = Corruptor(data / LEXICON, seed)
    rng = random.Random(seed + 1)
    for clean in held_out_articles(data, seed, calibration=calibration):
        yield plant(clean, corruptor, rng, errors)


def plant(clean: Document, corruptor: Corruptor, rng: random.Random, errors: int) -> PlantedArticle:
    """`clean` with errors in sentences chosen at random."""
    candidates = [sentence for sentence in clean.sentences if len(sentence.text) > 30]
    chosen = sorted(rng.sample(candidates, min(errors, len(candidates))), key=lambda s: s.index)
    text, moved, planted = clean.text, 0, []
    for sentence in chosen:
        corruption = corruptor.corrupt(sentence.text, rng)
        if corruption is None:
            continue
        start = sentence.span.start + moved
        text = text[:start] + corruption.text + text[start + len(sentence.text) :]
        planted += [
            Planted(span.shift(start), corruption.original_text, corruption.category) for span in corruption.spans
        ]
        moved += len(corruption.text) - len(sentence.text)
    document = make_document(text, id=clean.id, title=clean.title, language="en")
    return PlantedArticle(document, clean, tuple(planted))
