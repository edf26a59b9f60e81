"""What the page of an audit shows, as plain values for its template."""

from __future__ import annotations

from dataclasses import dataclass

from checker.audit.page.charts import Piece, Timeline, Whisker
from checker.report.html import Card


@dataclass(frozen=True, slots=True)
class Figure:
    """One of the big numbers at the top."""

    value: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """One value of a facet: `option` is its number in the filter, None where the filter has none.

    `expected` is how many findings are real by their confidence; `whisker` is None where documents have no such value.
    """

    name: str
    option: int | None
    findings: int
    expected: float
    pieces: tuple[Piece, ...]
    documents: int
    whisker: Whisker | None


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Findings by one facet; `key` is the filter's, `axis` the end of the axis of shares, `left_out` a number."""

    key: str
    title: str
    bars: tuple[Bar, ...]
    axis: str | None
    left_out: int


@dataclass(frozen=True, slots=True)
class Cell:
    """A count of a matrix, with the shade (0 to 5) behind it."""

    count: int
    shade: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """One facet against another: names of the columns, and rows of name and cells."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]


@dataclass(frozen=True, slots=True)
class WorstDocument:
    """A document by what its findings weigh; `number` is the filter's, None where no finding of it is on the page."""

    number: int | None
    name: str
    details: str
    findings: int
    pieces: tuple[Piece, ...]
    expected: float
    weight: float


@dataclass(frozen=True, slots=True)
class RepeatedError:
    """The same words with the same suggestion and category in several places."""

    number: int | None
    text: str
    suggestion: str
    category: str
    severity: str
    findings: int
    documents: int
    expected: float
    days: str


@dataclass(frozen=True, slots=True)
class Filter:
    """A drop-down of the list of findings: options with their numbers."""

    key: str
    label: str
    options: tuple[tuple[int, str, int], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A finding on the page: its card, the sentences around, where it comes from, and what filters and sorting ask."""

    card: Card
    earlier: str
    later: str
    document: str
    details: str
    language: str
    options: tuple[tuple[str, int], ...]
    rank: int
    day: str
    badge: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """The whole page. `hidden` is how many findings are not on it; `harm` explains in which order the others stand."""

    title: str
    headline: str
    subtitle: str
    figures: tuple[Figure, ...]
    remarks: tuple[str, ...]
    verdicts: tuple[Piece, ...]
    timeline: Timeline | None
    confidence: tuple[Piece, ...]
    breakdowns: tuple[Breakdown, ...]
    matrix: Matrix | None
    worst: tuple[WorstDocument, ...]
    repeated: tuple[RepeatedError, ...]
    filters: tuple[Filter, ...]
    entries: tuple[Entry, ...]
    hidden: int
    skipped: tuple[tuple[str, int], ...]
    signature: str
