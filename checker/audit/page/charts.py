"""From counts to the geometry of charts, as plain numbers that the page's template puts into inline SVG.

Lengths are percentages of a chart's width, and colours are names of classes, so that charts fit a phone, follow dark
and light, and need neither script nor style attribute, which the page's content security policy would refuse.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from checker.audit.intervals import wilson
from checker.findings import Severity

MOST_COLUMNS = 60
GRAVEST_FIRST = tuple(reversed(Severity))
_SHADES = 6


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a bar or a column: where it begins, how long it is, its class, and what it says when pointed at."""

    start: float
    length: float
    kind: str
    title: str


@dataclass(frozen=True, slots=True)
class Whisker:
    """A share of documents with its 95 % interval, as places on an axis."""

    low: float
    share: float
    high: float
    title: str


@dataclass(frozen=True, slots=True)
class Column:
    """A span of days: place and width on the axis, its stack from the ground up, and a label where it gets one.

    `documents` is how many there were, as a share of the most in a column.
    """

    start: float
    width: float
    pieces: tuple[Piece, ...]
    documents: float
    label: str
    title: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """Findings by day (week, month, year: `unit`); the counts at full height are `findings` and `documents`."""

    columns: tuple[Column, ...]
    unit: str
    findings: int
    documents: int


@dataclass(frozen=True, slots=True)
class DayCounts:
    """What a day has: documents, and findings by severity."""

    documents: int
    severities: Mapping[str, int]


def stack(counts: Mapping[str, int], full: float, kinds: Sequence[str] | None = None) -> tuple[Piece, ...]:
    """A bar of `counts`, gravest first unless `kinds` gives an order; `full` is the count at full width."""
    order = [level.value for level in GRAVEST_FIRST] if kinds is None else kinds
    shown = [(kind, counts[kind]) for kind in order if counts.get(kind)]
    scale = 100 / full if full else 0.0
    starts = [0.0, *accumulate(number * scale for _, number in shown)]
    return tuple(
        Piece(_short(start), _short(number * scale), kind, f"{number:,} {kind}")
        for start, (kind, number) in zip(starts, shown, strict=False)
    )


def whisker(hits: int, size: int, full: float) -> Whisker | None:
    """`hits` of `size` documents on an axis that ends at the share `full`; None where there is no document."""
    if not size:
        return None
    low, high = wilson(hits, size)
    title = f"{hits:,} of {size:,} documents have a finding: {hits / size:.1%}, 95 % interval {low:.1%} to {high:.1%}"
    first, middle, last = (_short(100 * min(1.0, share / full)) for share in (low, hits / size, high))
    return Whisker(first, middle, last, title)


def axis_end(counts: Sequence[tuple[int, int]]) -> float:
    """A round share that most of the intervals of (hits, size) end below."""
    ends = [min(wilson(hits, size)[1], 2.5 * max(hits, 1) / size) for hits, size in counts if size]
    highest = max(ends, default=1.0)
    return next((end for end in (0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8) if highest <= end), 1.0)


def shade(count: int, most: int) -> int:
    """How dark a cell of a matrix is: 0 for nothing, up to 5 for the most; by square root, so that small ones show."""
    return 0 if not count or not most else max(1, round((_SHADES - 1) * (count / most) ** 0.5))


def timeline(days: Mapping[date, DayCounts]) -> Timeline | None:
    """Columns from the first day to the last, days without documents left blank; None for fewer than two days.

    Many days are put together into weeks, months or years. Where one misdated document would make a century of blanks,
    only years with documents are shown, the last ones.
    """
    if len(days) < 2:
        return None
    unit = _unit(min(days), max(days))
    groups: dict[date, list[DayCounts]] = {}
    for day in sorted(days):
        groups.setdefault(_begin(day, unit), []).append(days[day])
    begins = _begins(sorted(groups), unit)
    totals = [_added(groups.get(begin, [])) for begin in begins]
    findings = max(1, *(sum(counts.severities.values()) for counts in totals))
    documents = max(counts.documents for counts in totals)
    width, every = 100 / len(begins), -(-len(begins) // 6)
    columns = tuple(
        Column(
            _short((place + 0.1) * width),
            _short(0.8 * width),
            stack(counts.severities, findings),
            _short(100 * counts.documents / documents),
            _label(begin, unit) if place % every == 0 else "",
            f"{_label(begin, unit)}: {sum(counts.severities.values()):,} findings, {counts.documents:,} documents",
        )
        for place, (begin, counts) in enumerate(zip(begins, totals, strict=True))
    )
    return Timeline(columns, unit, findings, documents)


def _unit(first: date, last: date) -> str:
    length = (last - first).days + 1
    if length <= MOST_COLUMNS:
        return "day"
    if length <= 7 * MOST_COLUMNS:
        return "week"
    return "month" if length <= 31 * 2 * MOST_COLUMNS else "year"


def _begin(day: date, unit: str) -> date:
    if unit == "week":
        return day - timedelta(days=day.weekday())
    if unit == "month":
        return day.replace(day=1)
    return day.replace(month=1, day=1) if unit == "year" else day


def _begins(filled: Sequence[date], unit: str) -> Sequence[date]:
    """All days (weeks, …) from the first of `filled` to the last; only the last of `filled` where that is too many."""
    if unit == "year" and filled[-1].year - filled[0].year >= MOST_COLUMNS:
        return filled[-MOST_COLUMNS:]
    begins = [filled[0]]
    while begins[-1] < filled[-1]:
        begins.append(_begin(_next(begins[-1], unit), unit))
    return begins


def _next(begin: date, unit: str) -> date:
    return begin + timedelta(days={"day": 1, "week": 7, "month": 31, "year": 366}[unit])


def _added(some: Sequence[DayCounts]) -> DayCounts:
    severities: dict[str, int] = {}
    for counts in some:
        for level, number in counts.severities.items():
            severities[level] = severities.get(level, 0) + number
    return DayCounts(sum(counts.documents for counts in some), severities)


def _label(begin: date, unit: str) -> str:
    if unit == "year":
        return str(begin.year)
    return begin.isoformat()[:7] if unit == "month" else begin.isoformat()


def _short(number: float) -> float:
    """Three decimals are less than a pixel of any screen."""
    return round(number, 3)
