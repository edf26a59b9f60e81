"""What was found in sentences of which some are wrong, and how far the findings' confidence holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from checker.evaluation.cases import Copy
from checker.evaluation.measures import Measure, calibration_error, share
from checker.evidence import FactStore
from checker.pipeline import Checker

CERTAIN = 0.9


class Tally:
    """What was found in single sentences, each right or wrong."""

    def __init__(self) -> None:
        self._found: dict[bool, list[bool]] = {True: [], False: []}
        self._sure: list[tuple[float, bool]] = []

    def add(self, wrong: bool, hits: Sequence[tuple[float, bool]]) -> bool:
        """A sentence, and the confidence of each finding on it with whether that is right.

        True where its error was found, or where it is flagged without one.
        """
        self._sure += hits
        self._found[wrong].append(any(right for _, right in hits) if wrong else bool(hits))
        return self._found[wrong][-1]

    def check(self, checker: Checker, copies: Iterable[Copy], stores: Sequence[FactStore] = ()) -> None:
        """Check each copy, one sentence beside its facts and those of `stores`, and add what was found."""
        for copy in copies:
            report = checker.check(copy.document, facts=[*copy.facts, *stores])
            self.add(bool(copy.errors), [(f.confidence, copy.is_wrong(f.span)) for f in report.findings])

    def measures(self) -> list[Measure]:
        """Errors found, clean sentences flagged, and how far the findings' confidences hold."""
        return [
            share("errors_found", self._found[True]),
            share("clean_flagged", self._found[False]),
            share("right", [right for _, right in self._sure]),
            calibration_error("confidence_ece", [c for c, _ in self._sure], [right for _, right in self._sure]),
            share("right_at_0.9", [right for confidence, right in self._sure if confidence >= CERTAIN]),
        ]
