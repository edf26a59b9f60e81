"""Pairs from which an early exit is fitted: what checks of news articles ask the model, with errors planted in them.

Half of the articles come with a fact sheet that says some of their sentences in other words, among sentences of other
articles. Those for the limits are of the half of what training left out that calibration may read.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

from checker.document import Document, make_document
from checker.evaluation.cases import fact_sheet, said_otherwise
from checker.evaluation.planted import ARTICLES, LEXICON, PlantedArticle, plant, plant_repeated
from checker.evidence import Relation, select_evidence
from checker.evidence.ranking import Embed
from checker.nli import Pair
from checker.settings import Settings
from checker.training.corruption import Corruptor
from checker.training.sources.reading import is_for_calibration, is_held_out, read_rows

LEFT_OUT = "bbc"  # ids that begin so are kept for measuring, by every recipe
WORDS = range(120, 1500)  # of an article
ERRORS = 4  # in an article with errors
PAIRS = 80  # of an article: all of the sentences with errors, and some of the others
DISTRACTORS = 40  # sentences of other articles in a fact sheet


def exit_pairs(
    data: Path, embed: Embed, count: int, *, held_back: bool, tell: Callable[[int, int], object]
) -> list[Pair]:
    """Pairs of `count` articles, those for the limits with `held_back`. Raises UnreadableFileError for missing data.

    `tell` hears how many articles are done, and of how many.
    """
    rng, corruptor = random.Random(23), Corruptor(data / LEXICON, 24)
    pairs: list[Pair] = []
    others: list[str] = []
    for number, clean in enumerate(_articles(data, rng, held_back=held_back)[:count]):
        article = _with_errors(clean, number, corruptor, rng)
        own = [sentence.text for sentence in article.clean.sentences]
        with_sheet = (number + number // 4) % 2
        told = [said_otherwise(text, corruptor, rng) for text in rng.sample(own, len(own) // 2)]
        pairs += _pairs(article, [*told, *others[-DISTRACTORS:]] if with_sheet else [], embed, rng)
        others += own[:6]
        tell(number + 1, count)
    return list(dict.fromkeys(pairs))


def _articles(data: Path, rng: random.Random, *, held_back: bool) -> list[Document]:
    rows = [
        row
        for row in read_rows(data / ARTICLES)
        if not row["id"].startswith(LEFT_OUT)
        and is_held_out(row["id"]) == held_back
        and (not held_back or is_for_calibration(row["id"]))
        and len(row["text"].split()) in WORDS
    ]
    rng.shuffle(rows)
    return [make_document(row["text"], id=row["id"], title=row["title"], language="en") for row in rows]


def _with_errors(clean: Document, number: int, corruptor: Corruptor, rng: random.Random) -> PlantedArticle:
    """Errors anywhere, errors in what the article says twice, the same again, none; and so on."""
    kind = number % 4
    if kind == 0:
        return plant(clean, corruptor, rng, ERRORS)
    return plant_repeated(clean, corruptor, rng, ERRORS) if kind < 3 else PlantedArticle(clean, clean, ())


def _pairs(article: PlantedArticle, sheet: list[str], embed: Embed, rng: random.Random) -> list[Pair]:
    """What a check of the article asks with mere context, at most PAIRS: sentences with errors first."""
    places = Settings().evidence_per_sentence
    document = article.document
    chosen = select_evidence(document, fact_sheet(sheet), None, embed, per_sentence=places, restated=True)
    wrong: list[Pair] = []
    right: list[Pair] = []
    for sentence, evidence in zip(document.sentences, chosen.evidence, strict=True):
        has_error = any(error.span.overlaps(sentence.span) for error in article.errors)
        pairs = [
            Pair(each.text, sentence.text, each.relation) for each in evidence if each.relation is Relation.CONTEXT
        ]
        (wrong if has_error else right).extend(pairs)
    return wrong + rng.sample(right, min(len(right), max(0, PAIRS - len(wrong))))
