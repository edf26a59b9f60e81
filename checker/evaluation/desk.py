"""Benchmark on whole articles beside a newsroom's fact sheet in other words, kept from training and calibration."""

from __future__ import annotations

from pathlib import Path

from checker.evaluation.measures import Measure, calibration_error, ratio, share
from checker.evaluation.tally import CERTAIN
from checker.evaluation.written_cases import desk_copies
from checker.pipeline import Checker
from checker.training.written import Part

ALL = 10_000  # articles


def desk(checker: Checker, data: Path, limit: int) -> list[Measure]:
    """Of articles with some sentences gone wrong what is found; of the same as they should be what is flagged."""
    del data
    found: list[bool] = []
    sure: list[tuple[float, bool]] = []
    false_alarms: list[tuple[int, int]] = []
    for copy in desk_copies(Part.FIGURES, limit or ALL):
        findings = checker.check(copy.document, facts=copy.facts).findings
        if not copy.errors:
            false_alarms.append((len(findings), copy.document.words))
            continue
        found += [any(one.span.overlaps(error.span) for one in findings) for error in copy.errors]
        sure += [(one.confidence, copy.is_wrong(one.span)) for one in findings]
    return [
        share("errors_found", found),
        share("right", [right for _, right in sure]),
        calibration_error("confidence_ece", [confidence for confidence, _ in sure], [right for _, right in sure]),
        share("right_at_0.9", [right for confidence, right in sure if confidence >= CERTAIN]),
        ratio("clean_alerts_per_1000_words", false_alarms, factor=1000),
        share("clean_silent", [not alerts for alerts, _ in false_alarms]),
    ]
