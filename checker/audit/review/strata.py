"""Strata of an audit: findings by confidence and category, sentences without a finding by verdict.

A sheet that comes back names its items, and which stratum each is in is worked out again from the data set; so nothing
has to be kept beside the sheet.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from checker.audit.schema import FindingRow, SentenceRow

Stratum = tuple[str, str]
BANDS = (0.6, 0.75, 0.9)  # edges; each band has its lower edge
LEAST = 2  # items of each stratum, where there are as many: one says nothing of how far they differ

K = TypeVar("K")


def band_of(confidence: float) -> str:
    """The confidence band as a reader sees it: "0.60 to 0.75"."""
    edges = (0.0, *BANDS, 1.0)
    low = max(edge for edge in edges[:-1] if confidence >= edge)
    high = next(edge for edge in edges[1:] if edge > low)
    return f"{low:.2f} to {high:.2f}"


def stratum_of(row: FindingRow | SentenceRow) -> Stratum:
    """(band, category) of a finding, ("no finding", verdict) of a sentence."""
    if isinstance(row, FindingRow):
        return band_of(row.confidence), row.category
    return "no finding", row.verdict


def allocate(sizes: Mapping[K, int], number: int) -> dict[K, int]:
    """How many of `number` items each stratum gets: LEAST each if that can be, the rest by size, at most what it has.

    Where there are more strata than items, the largest get one each. Ties go to the first.
    """
    given = dict.fromkeys(sizes, 0)
    number = min(number, sum(sizes.values()))
    largest = sorted(sizes, key=lambda one: -sizes[one])
    for _ in range(LEAST):
        for one in largest:
            if number and given[one] < sizes[one]:
                given[one] += 1
                number -= 1
    left = {one: sizes[one] - given[one] for one in largest}
    total = sum(left.values())
    if not number or not total:
        return given
    for one in largest:
        given[one] += number * left[one] // total
    short = number - sum(number * left[one] // total for one in largest)
    for one in sorted(largest, key=lambda one: -(number * left[one] % total))[:short]:
        given[one] += 1
    return given
