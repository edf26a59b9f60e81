"""Benchmark on real machine translations that revisers marked, from sentences kept from training and calibration."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

from checker.document import Span
from checker.evaluation.cases import noted_copies, reviewed_copies, reviewed_translations, seen_texts
from checker.evaluation.judges import Judge
from checker.evaluation.measures import Measure, calibration_error, character_measures, roc_area, share
from checker.evaluation.pairs import FLAG_AT, sample
from checker.evaluation.tally import Tally
from checker.nli import Pair
from checker.pipeline import Checker
from checker.training.reviewed import MAJOR
from checker.training.sources.reviewed import Reviewed

ALL = 10_000  # sentences


def translations(judge: Judge, data: Path, limit: int) -> list[Measure]:
    """Right ones and those with a major error: told apart, flagged; characters of what was marked."""
    found = sample(list(chain.from_iterable(reviewed_translations(data, calibration=False))), limit)
    scored = judge.score([Pair(one.reference, one.translation) for one in found])
    clear = [
        (one.error == 1.0, said.error_probability)
        for one, said in zip(found, scored, strict=True)
        if one.error in (0.0, 1.0)
    ]
    spans = [[span.span for span in said.spans] for said in scored]
    return [
        roc_area("error_area", [figure for _, figure in clear], [wrong for wrong, _ in clear]),
        calibration_error("error_ece", [figure for _, figure in clear], [wrong for wrong, _ in clear]),
        share("wrong_flagged", [figure >= FLAG_AT for wrong, figure in clear if wrong]),
        share("right_flagged", [figure >= FLAG_AT for wrong, figure in clear if not wrong]),
        *character_measures("major_", spans, [_marked(one, major=True) for one in found]),
        *character_measures("any_", spans, [_marked(one, major=False) for one in found]),
    ]


def told(checker: Checker, data: Path, limit: int) -> list[Measure]:
    """The same as single sentences beside the human translation as a fact, among lines about other matters."""
    tally = Tally()
    tally.check(checker, reviewed_copies(data, limit or ALL, calibration=False))
    return tally.measures()


def noted(checker: Checker, data: Path, limit: int) -> list[Measure]:
    """Those with a major error, and the same mended, beside a sheet with a line that was noted against the error."""
    tally = Tally()
    tally.check(checker, noted_copies(data, limit or ALL, calibration=False))
    return tally.measures()


def alone(checker: Checker, data: Path, limit: int) -> list[Measure]:
    """Right ones, and those whose error a reader saw in the words alone, as texts without any evidence."""
    tally = Tally()
    tally.check(checker, sample(list(seen_texts(data, calibration=False)), limit))
    return tally.measures()


def _marked(one: Reviewed, *, major: bool) -> list[Span]:
    return [mark.span for mark in one.marks if not major or mark.severity == MAJOR]
