"""Benchmarks on what was written for this project and kept from training and calibration. They need no data."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from checker.document import make_document
from checker.evaluation.judges import Judge
from checker.evaluation.measures import Measure, character_measures, roc_area, share
from checker.evaluation.pairs import FLAG_AT
from checker.evaluation.tally import Tally
from checker.evaluation.written_cases import SENTENCES, written_copies, written_sentences, written_translations
from checker.pipeline import Checker
from checker.training.written import Part

ALL = 10_000  # records


def sentences(checker: Checker, data: Path, limit: int) -> list[Measure]:
    """Sentences beside a sheet with a fact about the same; those that the words alone must give away, without any."""
    del data
    measures = []
    for form in SENTENCES:
        tally = Tally()
        for half in written_copies(form, Part.FIGURES, limit or ALL):
            for copy in half:
                report = checker.check(copy.document, facts=copy.facts)
                tally.add(bool(copy.errors), [(f.confidence, copy.is_wrong(f.span)) for f in report.findings])
        measures += [replace(one, name=f"{form}: {one.name}") for one in tally.measures()]
    tally = Tally()
    for case in written_sentences(Part.FIGURES, limit or ALL):
        report = checker.check(make_document(case.pair.hypothesis, language="en"))
        tally.add(case.wrong, [(f.confidence, case.is_wrong(f.span)) for f in report.findings])
    return measures + [replace(one, name=f"words alone: {one.name}") for one in tally.measures()]


def translations(judge: Judge, data: Path, limit: int) -> list[Measure]:
    """A good and a bad translation beside another good one: told apart, flagged, and the words in error."""
    del data
    cases = list(written_translations(Part.FIGURES, limit or ALL))
    scored = judge.score([case.pair for case in cases])
    figures = [one.error_probability for one in scored]
    wrong = [case.wrong for case in cases]
    worse = [1.0 if bad > good else 0.5 * (bad == good) for good, bad in zip(figures[::2], figures[1::2], strict=True)]
    return [
        share("bad_judged_worse", worse),
        roc_area("error_area", figures, wrong),
        share("bad_flagged", [figure >= FLAG_AT for figure in figures[1::2]]),
        share("good_flagged", [figure >= FLAG_AT for figure in figures[::2]]),
        *character_measures(
            "words_", [[span.span for span in one.spans] for one in scored], [list(case.spans) for case in cases]
        ),
    ]
