"""A measure is a statistic over independent units, so that its uncertainty can be told by resampling them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from checker.document import Span
from checker.evaluation.metrics import area_under_roc, covered
from checker.findings.calibration import expected_calibration_error

RESAMPLES = 200
Statistic = Callable[[Sequence[Any]], float]


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure of a benchmark: `statistic` of `units`, which are pairs, documents or whatever is independent."""

    name: str
    units: Sequence[Any]
    statistic: Statistic

    def value(self) -> float:
        """The figure over all units."""
        return self.statistic(self.units)

    def interval(self, seed: int = 0) -> tuple[float, float]:
        """95 % interval by the percentile bootstrap over units (Efron 1979); nan where there is no unit."""
        if not len(self.units):
            return float("nan"), float("nan")
        rng = np.random.default_rng(seed)
        drawn = [
            self.statistic([self.units[place] for place in rng.integers(0, len(self.units), len(self.units))])
            for _ in range(RESAMPLES)
        ]
        low, high = np.nanpercentile(drawn, [2.5, 97.5])
        return float(low), float(high)


def share(name: str, hits: Sequence[bool | float]) -> Measure:
    """Mean of zeros, halves and ones."""
    return Measure(name, [float(hit) for hit in hits], _mean)


def ratio(name: str, units: Sequence[tuple[float, float]], factor: float = 1.0) -> Measure:
    """Sum over sum, as alerts over words."""
    return Measure(
        name, units, lambda some: factor * sum(one for one, _ in some) / max(1e-9, sum(two for _, two in some))
    )


def roc_area(name: str, scores: Sequence[float], positive: Sequence[bool]) -> Measure:
    """Area under the ROC curve; units are (score, positive)."""
    pairs = list(zip(scores, positive, strict=True))
    return Measure(name, pairs, lambda some: area_under_roc([s for s, _ in some], [p for _, p in some]))


def calibration_error(name: str, confidence: Sequence[float], right: Sequence[bool]) -> Measure:
    """Expected calibration error over ten bins; units are (confidence, right)."""
    pairs = list(zip(confidence, right, strict=True))
    return Measure(name, pairs, lambda some: expected_calibration_error([c for c, _ in some], [r for _, r in some]))


def character_measures(prefix: str, found: Sequence[Sequence[Span]], gold: Sequence[Sequence[Span]]) -> list[Measure]:
    """Precision, recall and F1 over characters, pooled over texts; a unit is a text."""
    units = []
    for ours, theirs in zip(found, gold, strict=True):
        a, b = covered(ours), covered(theirs)
        units.append((len(a & b), len(a), len(b)))
    return _f1_measures(prefix, [(hit, marked, hit, wanted) for hit, marked, wanted in units])


def span_measures(prefix: str, found: Sequence[Sequence[Span]], gold: Sequence[Sequence[Span]]) -> list[Measure]:
    """Precision, recall and F1 over spans: a finding is right, and an error found, where they overlap."""
    units = [
        (
            sum(any(span.overlaps(error) for error in theirs) for span in ours),
            len(ours),
            sum(any(span.overlaps(error) for span in ours) for error in theirs),
            len(theirs),
        )
        for ours, theirs in zip(found, gold, strict=True)
    ]
    return _f1_measures(prefix, units)


def _f1_measures(prefix: str, units: Sequence[tuple[int, int, int, int]]) -> list[Measure]:
    """From (right findings, findings, found errors, errors) of each text."""
    return [
        Measure(f"{prefix}precision", units, lambda some: _sum(some, 0) / max(1, _sum(some, 1))),
        Measure(f"{prefix}recall", units, lambda some: _sum(some, 2) / max(1, _sum(some, 3))),
        Measure(f"{prefix}f1", units, _f1),
    ]


def _f1(units: Sequence[tuple[int, int, int, int]]) -> float:
    precision, recall = _sum(units, 0) / max(1, _sum(units, 1)), _sum(units, 2) / max(1, _sum(units, 3))
    return 2 * precision * recall / max(1e-9, precision + recall)


def _sum(units: Sequence[tuple[int, int, int, int]], place: int) -> int:
    return sum(unit[place] for unit in units)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else float("nan")
