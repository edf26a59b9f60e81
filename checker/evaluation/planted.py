"""Errors planted in clean articles: the only way to know every error of a whole article."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from checker.document import Document, Span, make_document
from checker.training.corruption import Corruptor
from checker.training.examples import GoldSpan, Group
from checker.training.recipe import Source
from checker.training.sources.articles import LONGEST, SHORTEST, Line
from checker.training.sources.context import phrase_twins, shared_phrase
from checker.training.sources.opposed import modified_twins, shared_noun
from checker.training.sources.reading import is_for_calibration, is_held_out, read_rows

ARTICLES = "text/news_articles.en.jsonl.gz"
LEXICON = "text/lexicon"
SOURCE = Source("planted", 0)
_COPY = r"\W{{0,3}}\b({})\b\W{{0,3}}"
TRIES = 120  # pairs of sentences looked at for something said twice


@dataclass(frozen=True, slots=True)
class Planted:
    """An error planted in a document: the words now wrong, and the kind of error."""

    span: Span
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
    """Held-out articles with `errors` errors each, at most one a sentence, of any kind and anywhere."""
    corruptor = Corruptor(data / LEXICON, seed)
    rng = random.Random(seed + 1)
    for clean in held_out_articles(data, seed, calibration=calibration):
        yield plant(clean, corruptor, rng, errors)


def repeated_articles(
    data: Path, *, errors: int = 2, seed: int = 0, calibration: bool = False, names_only: bool = False
) -> Iterator[PlantedArticle]:
    """Held-out articles with errors in what the article says twice: such errors the article itself contradicts.

    An error is a wrong word inside a name or phrase that another sentence has too, or a modifier whose opposite another
    sentence has before the same noun (or states of it); `names_only` asks for wrong words inside names alone. Articles
    that repeat nothing are passed over.
    """
    corruptor = Corruptor(data / LEXICON, seed)
    rng = random.Random(seed + 1)
    for clean in held_out_articles(data, seed, calibration=calibration):
        article = plant_repeated(clean, corruptor, rng, errors, names_only=names_only)
        if article.errors:
            yield article


def plant(clean: Document, corruptor: Corruptor, rng: random.Random, errors: int) -> PlantedArticle:
    """`clean` with errors in sentences chosen at random."""
    candidates = [sentence for sentence in clean.sentences if len(sentence.text) > 30]
    chosen = rng.sample(candidates, min(errors, len(candidates)))
    changes: dict[int, _Change] = {}
    for sentence in sorted(chosen, key=lambda sentence: sentence.index):
        corruption = corruptor.corrupt(sentence.text, rng)
        if corruption is not None:
            spans = [with_its_copy(corruption.text, span) for span in corruption.spans]
            marks = tuple(GoldSpan(span.start, span.end, corruption.category) for span in spans)
            changes[sentence.index] = _Change(corruption.text, marks)
    document, found = _changed(clean, changes)
    return PlantedArticle(document, clean, found)


def plant_repeated(
    clean: Document, corruptor: Corruptor, rng: random.Random, errors: int, *, names_only: bool = False
) -> PlantedArticle:
    """`clean` with errors that other sentences contradict, as `repeated_articles` tells."""
    lines = {s.index: Line(s.text) for s in clean.sentences if SHORTEST <= len(s.text) <= LONGEST}
    pairs = [(one, other) for one in lines for other in lines if one != other]
    rng.shuffle(pairs)
    wrong: dict[int, _Change] = {}
    right: dict[int, _Change] = {}
    used: set[int] = set()
    for hypothesis, premise in pairs[:TRIES]:
        if len(wrong) == errors or used & {hypothesis, premise}:
            continue
        both = lines[premise], lines[hypothesis]
        if names_only:
            twins = _named(*both, corruptor, rng) if _share_name(*both) else ()
        else:
            twins = (_named if rng.random() < 0.5 else _modified)(*both, corruptor, rng)
        if len(twins) < 2:
            continue
        same, other = twins[0], twins[1]
        right |= {premise: _Change(same.premise), hypothesis: _Change(same.hypothesis)}
        wrong[hypothesis] = _Change(other.hypothesis, other.spans or ())
        used |= {hypothesis, premise}
    document, found = _changed(clean, right | wrong)
    return PlantedArticle(document, _changed(clean, right)[0], found)


def with_its_copy(text: str, span: Span) -> Span:
    """`span` and the same words right before or after it: of words that stand there twice either copy is the wrong one.

    Other spans come back as they are.
    """
    words = span.of(text)
    for start, end in ((span.end, len(text)), (0, span.start)):
        found = _COPY.format(re.escape(words))
        match = re.match(found, text[start:end], re.I) if start else re.search(f"{found}$", text[start:end], re.I)
        if match and words.strip():
            return Span(min(span.start, start + match.start(1)), max(span.end, start + match.end(1)))
    return span


@dataclass(frozen=True, slots=True)
class _Change:
    """A sentence's new text, and the words in it that are in error."""

    text: str
    marks: tuple[GoldSpan, ...] = ()


def _named(premise: Line, hypothesis: Line, corruptor: Corruptor, rng: random.Random) -> Group:
    shared = shared_phrase(premise, hypothesis)
    return phrase_twins(premise, hypothesis, shared, corruptor, rng, SOURCE) if shared else ()


def _share_name(premise: Line, hypothesis: Line) -> bool:
    shared = shared_phrase(premise, hypothesis)
    return shared is not None and hypothesis.text[shared[0]].isupper()


def _modified(premise: Line, hypothesis: Line, corruptor: Corruptor, rng: random.Random) -> Group:
    noun = shared_noun(hypothesis, premise, corruptor, rng)
    adjectives = list(corruptor.lexicon.opposed_adjectives)
    return modified_twins(hypothesis, premise, noun, adjectives, corruptor, rng, SOURCE) if noun else ()


def _changed(clean: Document, changes: dict[int, _Change]) -> tuple[Document, tuple[Planted, ...]]:
    """The document with sentences replaced, and the errors at their places in it."""
    text, moved, found = clean.text, 0, []
    for sentence in clean.sentences:
        change = changes.get(sentence.index)
        if change is None:
            continue
        start = sentence.span.start + moved
        text = text[:start] + change.text + text[start + len(sentence.text) :]
        found += [Planted(Span(mark.start, mark.end).shift(start), mark.category) for mark in change.marks]
        moved += len(change.text) - len(sentence.text)
    return make_document(text, id=clean.id, title=clean.title, language="en"), tuple(found)
