"""How far figures from a sample may be off. Everything here is stated for 95 %.

A stratified sample gives its items unequal weights; `Weighed` reduces it to a share and Kish's effective size (Survey
Sampling, 1965). With that Wilson's interval (1927) stays honest where all or none of a small sample was right, where a
bootstrap would collapse to a point. What the strata gain is not counted, so the intervals are rather too wide.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

_Z = 1.959964  # two-sided 95 % of the normal distribution
_DRAWS = 4000

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Weighed:
    """A weighted share in [0, 1] of `reviewed` items, which are worth `size` items of equal weight."""

    share: float
    size: float
    reviewed: int

    def interval(self) -> Interval:
        """Wilson's interval with the effective size."""
        return wilson(self.share * self.size, self.size)


def wilson(hits: float, size: float) -> Interval:
    """Wilson's interval for `hits` of `size`, which holds their share; all of [0, 1] where there is nothing."""
    if size <= 0:
        return 0.0, 1.0
    share, spread = hits / size, _Z * _Z / size
    middle = (share + spread / 2) / (1 + spread)
    half = _Z * sqrt(max(0.0, share * (1 - share) / size) + spread / (4 * size)) / (1 + spread)
    return _holding(share, max(0.0, middle - half), min(1.0, middle + half))


def weigh(items: Iterable[tuple[float, float]]) -> Weighed | None:
    """The weighted mean of (value, weight) items, None where there is none; weights are positive."""
    pairs = list(items)
    if not pairs:
        return None
    total = sum(weight for _, weight in pairs)
    share = sum(value * weight for value, weight in pairs) / total
    return Weighed(share, total * total / sum(weight * weight for _, weight in pairs), len(pairs))


def draw_interval(
    figure: Callable[[list[NDArray[np.float64]]], NDArray[np.float64]], shares: Iterable[Weighed], seed: int = 0
) -> Interval:
    """An interval for a figure made of several independent shares, such as recall.

    Each share is drawn from its Jeffreys posterior, Beta(hits + 1/2, misses + 1/2), with the effective size; the
    interval holds the middle 95 % of the figures. Of a small sample that was all right or all wrong no draw comes as
    far as the figure itself, to which the interval is then widened.
    """
    some = list(shares)
    rng = np.random.default_rng(seed)
    drawn = []
    for one in some:
        hits = min(max(one.share, 0.0), 1.0) * one.size
        drawn.append(rng.beta(hits + 0.5, one.size - hits + 0.5, _DRAWS))
    low, high = np.percentile(figure(drawn), [2.5, 97.5])
    (value,) = figure([np.array([one.share]) for one in some])
    return _holding(float(value), float(low), float(high))


def _holding(value: float, low: float, high: float) -> Interval:
    return min(value, low), max(value, high)
