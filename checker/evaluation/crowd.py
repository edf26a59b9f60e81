"""A store of facts about other matters, beside which texts are judged, as of a desk that keeps all it ever verified."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path

from checker.document import make_document
from checker.evaluation.cases import retold_copies
from checker.evaluation.measures import Measure, ratio, share
from checker.evaluation.planted import ARTICLES, held_out_articles
from checker.evaluation.tally import Tally
from checker.evidence import Embedder, FactStore
from checker.evidence.store import temporary_store
from checker.pipeline import Checker
from checker.training.sources.reading import is_held_out, read_rows

CALIBRATION, FIGURES = 41, 42  # seeds: two crowds that share next to nothing
CROWD = 10_000  # facts
CLEAN, TOLD = 50, 600  # articles and sentences unless a limit is given
OWN = 20  # sentences of one article, at most


def crowded(checker: Checker, data: Path, limit: int) -> list[Measure]:
    """Beside a store of many facts about other matters: clean articles, and sentences with a sheet of their own.

    The sheets say their sentence in other words, right or wrong, as those of `retold` do.
    """
    units, tally = [], Tally()
    told = list(retold_copies(data, TOLD, calibration=False))
    with crowd_of(data, CROWD, checker, FIGURES) as crowd:
        for article in held_out_articles(data)[: limit or CLEAN]:
            units.append((len(checker.check(article, facts=crowd).findings), article.words))
        tally.check(checker, random.Random(43).sample(told, min(12 * limit or TOLD, len(told))), [crowd])
    clean = [
        ratio("clean_alerts_per_1000_words", units, factor=1000),
        share("clean_silent", [not alerts for alerts, _ in units]),
    ]
    return clean + [replace(one, name=f"told: {one.name}") for one in tally.measures()]


@contextmanager
def crowd_of(data: Path, count: int, checker: Checker, seed: int) -> Iterator[FactStore]:
    """`count` sentences of articles that no figure is measured on, as a store with their vectors; gone afterwards."""
    rows = [row for row in read_rows(data / ARTICLES) if not is_held_out(row["id"])]
    random.Random(seed).shuffle(rows)
    facts = list(dict.fromkeys(islice(_sentences(rows), count)))
    with temporary_store(facts, Embedder(checker.predictor.weights_hash, checker.predictor.embed)) as store:
        yield store


def _sentences(rows: list[dict[str, str]]) -> Iterator[str]:
    for row in rows:
        for sentence in make_document(row["text"], language="en").sentences[:OWN]:
            if any(map(str.isalnum, sentence.text)):
                yield " ".join(sentence.text.split())
