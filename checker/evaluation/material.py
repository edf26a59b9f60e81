"""What a calibration is fitted on: held-out cases that no figure of the card uses, as a model judges them.

Asking the model takes long, fitting does not: so the two are apart, and what is known here is enough for any fit
(`checker.evaluation.calibrate`).
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple, TypeVar

from checker.evaluation.cases import (
    Case,
    Copy,
    article_cases,
    context_cases,
    labelled_cases,
    language_cases,
    noted_copies,
    rated_copies,
    restated_cases,
    retold_copies,
    retold_slips,
    reviewed_cases,
    reviewed_copies,
    seen_cases,
    seen_texts,
)
from checker.evaluation.crowd import CALIBRATION, CROWD, crowd_of
from checker.evaluation.judging import Judged, Restated, judge_copy, judge_restated
from checker.evaluation.passages import passage_cases
from checker.evaluation.written_cases import (
    SENTENCES,
    desk_copies,
    written_claims,
    written_copies,
    written_sentences,
    written_texts,
    written_translations,
    written_twins,
)
from checker.evidence.store import StoreView
from checker.nli import Pair, Prediction
from checker.nli.types import LABELS
from checker.pipeline import Checker, Views
from checker.training.sources.reading import read_rows
from checker.training.written import Part

log = logging.getLogger(__name__)
_Each = TypeVar("_Each")

ARTICLES = 240
PAIRS = 700  # of each kind
CLAIMS = 1_500
RESTATED_ARTICLES = 150
RETOLD_PAIRS = 450  # of each kind
REVIEWED = 1_500  # translations, at most
CROWDED_ARTICLES = 160
EACH_CROWDED = 4  # of so many copies with a fact sheet one is judged beside the crowd as well
WRITTEN = 900  # records of each form, at most
DESKS = 90  # articles beside their fact sheets, each right and spoilt
LABELLED = "nli/lingnli.dev.jsonl.gz"  # in the style of MNLI, and not trained on
LABELLED_PAIRS = 2_000


class Viewed(NamedTuple):
    """Cases, and the model's views of each pair."""

    cases: Sequence[Case]
    views: Sequence[Views]


class Halves(NamedTuple):
    """One half for weights, another for the maps of confidences."""

    first: Judged
    second: Judged

    def joined(self, other: Halves) -> Halves:
        """The first halves of both, and the second ones."""
        return Halves([*self.first, *other.first], [*self.second, *other.second])


@dataclass(frozen=True, slots=True)
class Material:
    """Judged cases by what they are for; what is a `Copy` is judged as `checker check` would, one text at a time."""

    pairs: Viewed  # with a reference
    passages: Viewed  # with a premise of many sentences
    alone: Viewed  # without a premise
    claims: Viewed  # with a fact as mere context
    articles: Judged  # alone and beside their fact sheets, clean and corrupted
    rated: Judged  # machine translations that people marked, alone
    texts: Judged  # sentences alone, right and wrong in turn
    told: Halves  # sentences beside a sheet that says or denies them in other words
    desks: Halves  # articles beside sheets of a desk
    crowded: Judged  # articles beside a store of facts about other matters
    crowded_told: Halves  # some of `told` beside that store
    crowded_desks: Halves  # some of `desks` beside that store
    slips: Judged  # sentences beside a fact that says them, small words gone wrong
    restated: tuple[Restated, Restated]  # sentences beside a fact in nearly the same words
    labelled: Sequence[tuple[Prediction, str]]  # what the model says of pairs, and their label


def gather(checker: Checker, data: Path, *, articles: int = ARTICLES, pairs: int = PAIRS) -> Material:
    """Ask the model of `checker` about everything. Raises UnreadableFileError for missing data."""
    judge = _Judge(checker)
    told = judge.halves(_halves(_retold(data)))
    for form in SENTENCES:
        told = told.joined(judge.halves(written_copies(form, Part.CALIBRATION, WRITTEN)))
    desks = judge.halves(_halves(list(desk_copies(Part.CALIBRATION, DESKS))))
    log.info("%d sentences and %d articles beside a sheet", sum(map(len, told)), sum(map(len, desks)))
    # A store of many facts has one near every sentence; beside a sheet of a few, what is near is about the same matter.
    with crowd_of(data, CROWD, checker, CALIBRATION) as crowd:
        stores = [crowd.view(None)]
        crowded = judge.all(article_cases(data, CROWDED_ARTICLES), stores)
        crowded_told, crowded_desks = (
            judge.halves((every_few(half) for half in some), stores) for some in (told, desks)
        )
    log.info("%d of them and %d more beside a store", sum(map(len, (*crowded_told, *crowded_desks))), len(crowded))
    judged = judge.all(article_cases(data, articles))
    log.info("%d articles", len(judged))
    restated = restated_cases(data, RESTATED_ARTICLES, CLAIMS)
    return Material(
        pairs=judge.views(
            [
                *labelled_cases(data, pairs),
                *written_translations(Part.CALIBRATION, WRITTEN),
                *written_twins(Part.CALIBRATION, WRITTEN // 2),
                *islice(reviewed_cases(data), REVIEWED),
            ]
        ),
        passages=judge.views(passage_cases(data, pairs)),
        alone=judge.views(
            [*language_cases(data, pairs), *written_sentences(Part.CALIBRATION, WRITTEN), *seen_cases(data)]
        ),
        claims=judge.views([*context_cases(data, CLAIMS), *written_claims(Part.CALIBRATION, WRITTEN)]),
        articles=judged,
        rated=judge.all(rated_copies(data)),
        texts=judge.all(chain(written_texts(Part.CALIBRATION, WRITTEN), seen_texts(data))),
        told=told,
        desks=desks,
        crowded=crowded,
        crowded_told=crowded_told,
        crowded_desks=crowded_desks,
        slips=judge.all(_halves(list(retold_slips(data, RETOLD_PAIRS)))[0]),
        restated=(judge_restated(checker, restated[0]), judge_restated(checker, restated[1])),
        labelled=_labelled(checker, data),
    )


class _Judge:
    """A checker that is asked about many copies and pairs."""

    def __init__(self, checker: Checker) -> None:
        self._checker = checker

    def all(self, copies: Iterable[Copy], stores: Sequence[StoreView] = ()) -> Judged:
        """Each copy with its sentences as they are judged."""
        return [(copy, judge_copy(self._checker, copy, stores)) for copy in copies]

    def halves(self, halves: Iterable[Iterable[Copy]], stores: Sequence[StoreView] = ()) -> Halves:
        """The same of two halves."""
        return Halves(*(self.all(half, stores) for half in halves))

    def views(self, cases: Sequence[Case]) -> Viewed:
        """Cases with the model's views of them."""
        return Viewed(cases, self._checker.views([case.pair for case in cases]))


def halved(judged: Judged) -> Halves:
    """Eight copies in a row go to one half together: they are of every kind, or translations of one document."""
    return Halves(*_halves(judged))


def every_few(judged: Judged) -> list[Copy]:
    """The copies that are judged beside a crowd as well: two in a row, for right and wrong ones stand in turn."""
    return [copy for number, (copy, _) in enumerate(judged) if number // 2 % EACH_CROWDED == 0]


def _halves(some: Sequence[_Each]) -> tuple[list[_Each], list[_Each]]:
    numbered = list(enumerate(some))
    return (
        [each for number, each in numbered if number // 8 % 2 == 0],
        [each for number, each in numbered if number // 8 % 2],
    )


def _retold(data: Path) -> list[Copy]:
    return [
        *noted_copies(data, RETOLD_PAIRS // 2),
        *retold_copies(data, RETOLD_PAIRS),
        *reviewed_copies(data, RETOLD_PAIRS),
    ]


def _labelled(checker: Checker, data: Path) -> list[tuple[Prediction, str]]:
    rows = [row for row in read_rows(data / LABELLED) if row["label"] in LABELS][:LABELLED_PAIRS]
    said = checker.predictor.predict([Pair(row["premise"], row["hypothesis"]) for row in rows])
    return list(zip(said, (row["label"] for row in rows), strict=True))
