"""Benchmarks on what was written for this project and kept from training and calibration. They need no data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

from checker.evaluation.cases import Case
from checker.evaluation.judges import Judge
from checker.evaluation.measures import Measure, character_measures, roc_area, share
from checker.evaluation.metrics import preference
from checker.evaluation.pairs import FLAG_AT
from checker.evaluation.tally import Tally
from checker.evaluation.written_cases import (
    SENTENCES,
    written_contrasts,
    written_copies,
    written_texts,
    written_translations,
    written_twins,
)
from checker.pipeline import Checker
from checker.training.written import Part

ALL = 10_000  # records


def sentences(checker: Checker, data: Path, limit: int) -> list[Measure]:
    """Sentences beside a sheet with a fact about the same; those that the words alone must give away, without any."""
    del data
    measures = []
    told = {form: chain(*written_copies(form, Part.FIGURES, limit or ALL)) for form in SENTENCES}
    for name, copies in (*told.items(), ("words alone", written_texts(Part.FIGURES, limit or ALL))):
        tally = Tally()
        tally.check(checker, copies)
        measures += [replace(one, name=f"{name}: {one.name}") for one in tally.measures()]
    return measures


def translations(judge: Judge, data: Path, limit: int) -> list[Measure]:
    """A good and a bad translation beside another good one: told apart, flagged, and the words in error."""
    del data
    return _told_apart(judge, list(written_translations(Part.FIGURES, limit or ALL)))


def twins(judge: Judge, data: Path, limit: int) -> list[Measure]:
    """A good translation, and the same with a machine's slip, beside one by another hand."""
    del data
    return _told_apart(judge, list(written_twins(Part.FIGURES, limit or ALL)))


def contrasts(judge: Judge, data: Path, limit: int) -> list[Measure]:
    """What is right in other words, and the same with something exchanged, beside the premise; by kind of confusion."""
    del data
    drawn = list(written_contrasts(Part.FIGURES, limit or ALL))
    cases = [case for _, *both in drawn for case in both]
    figures = [one.error_probability for one in judge.score([case.pair for case in cases])]
    by_kind = defaultdict(list)
    for (kind, *_), good, bad in zip(drawn, figures[::2], figures[1::2], strict=True):
        by_kind[kind].append(preference(bad, good))
    return [*_told_apart(judge, cases), *(share(f"{kind}: worse", won) for kind, won in sorted(by_kind.items()))]


def _told_apart(judge: Judge, cases: Sequence[Case]) -> list[Measure]:
    """Of cases in which each right one is followed by its wrong twin."""
    scored = judge.score([case.pair for case in cases])
    figures = [one.error_probability for one in scored]
    wrong = [case.wrong for case in cases]
    worse = [preference(bad, good) for good, bad in zip(figures[::2], figures[1::2], strict=True)]
    return [
        share("bad_judged_worse", worse),
        roc_area("error_area", figures, wrong),
        share("bad_flagged", [figure >= FLAG_AT for figure in figures[1::2]]),
        share("good_flagged", [figure >= FLAG_AT for figure in figures[::2]]),
        *character_measures(
            "words_", [[span.span for span in one.spans] for one in scored], [list(case.spans) for case in cases]
        ),
    ]
