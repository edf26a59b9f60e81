"""An article taken out of a file, and where each of its characters stands in that file.

Readers drop markup, join white space and decode entities before a Document exists; runs remember what was done, so a
finding can be shown in the file that the editor has open.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from checker.document import AlignedSource, Part, Span


@dataclass(frozen=True, slots=True)
class Run:
    """`length` characters of the article from `text_start` came from `file_length` characters of the file.

    Offsets are code points, in the file those of the decoded content without a byte order mark. Where both lengths are
    equal the run is a copy, character by character; else (an entity, joined white space, CRLF) it maps as a whole.
    """

    text_start: int
    file_start: int
    length: int
    file_length: int

    @property
    def is_copy(self) -> bool:
        """True where every single character has its own place in the file."""
        return self.length == self.file_length


@dataclass(frozen=True, slots=True)
class Place:
    """`span` of the article came from what `locator` names in the file.

    An XPath, a JSON pointer, a line, a cue or a paragraph, as people and programs of that format say it.
    """

    span: Span
    locator: str


@dataclass(frozen=True, slots=True)
class Article:
    """An article and what its file says of it; `runs` ascend in `text`.

    Text between runs (paragraph breaks) is the reader's. `language` is a tag as declared; `notes` and `omitted` are
    those of a Document.
    """

    text: str
    title: str | None
    runs: tuple[Run, ...]
    parts: tuple[Part, ...] = ()
    places: tuple[Place, ...] = ()
    byline: str | None = None
    dateline: str | None = None
    published: datetime | None = None
    language: str | None = None
    source: AlignedSource | None = None
    notes: tuple[str, ...] = field(default=())
    omitted: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Piece:
    """`text` stands for the file's characters from `file_start` to `file_end`; the reader's own text has neither."""

    text: str
    file_start: int
    file_end: int


def join_pieces(pieces: Iterable[Piece]) -> tuple[str, tuple[Run, ...]]:
    """The text of all pieces and its runs. A piece without an extent in the file leaves a gap between runs."""
    texts: list[str] = []
    runs: list[Run] = []
    position = 0
    for piece in pieces:
        extent = piece.file_end - piece.file_start
        if piece.text and extent:
            _append(runs, Run(position, piece.file_start, len(piece.text), extent))
        texts.append(piece.text)
        position += len(piece.text)
    return "".join(texts), tuple(runs)


def outward(pieces: Iterable[Piece], runs: Sequence[Run]) -> Iterator[Piece]:
    """Pieces of a text that itself was taken out of a file, with places in that file.

    A body of HTML in a JSON string is such a text: `runs` lead from it to the file.
    """
    for piece in pieces:
        if piece.file_start == piece.file_end:
            yield piece
        elif len(piece.text) == piece.file_end - piece.file_start:
            yield from _outward_copy(piece, runs)
        else:
            place = file_span(runs, Span(piece.file_start, piece.file_end))
            yield Piece(piece.text, place.start, place.end) if place else Piece(piece.text, 0, 0)


def _outward_copy(piece: Piece, runs: Sequence[Run]) -> Iterator[Piece]:
    """A copy is cut where a run ends, so that each of its characters keeps its own place."""
    position = piece.file_start
    first = max(bisect_right(runs, position, key=_text_start) - 1, 0)
    for run in runs[first:]:
        if run.text_start >= piece.file_end:
            break
        start, end = max(position, run.text_start), min(piece.file_end, run.text_start + run.length)
        if start >= end:
            continue
        place = _within(run, Span(start, end))
        yield Piece(piece.text[start - piece.file_start : end - piece.file_start], place.start, place.end)


def _append(runs: list[Run], run: Run) -> None:
    """Adds `run`, as part of the last one where both are copies without a gap."""
    last = runs[-1] if runs else None
    if (
        last is not None
        and last.is_copy
        and run.is_copy
        and last.text_start + last.length == run.text_start
        and last.file_start + last.length == run.file_start
    ):
        runs[-1] = Run(last.text_start, last.file_start, last.length + run.length, last.file_length + run.file_length)
    else:
        runs.append(run)


def file_span(runs: Sequence[Run], span: Span) -> Span | None:
    """Where `span` of the article stands in the decoded file; None where none of it comes from the file.

    The result reaches from the first to the last character that came from the file, markup between them included.
    Reads the runs by bisection, so many findings in a long file cost little.
    """
    if not len(span):
        return None
    first = max(bisect_right(runs, span.start, key=_text_start) - 1, 0)
    after = bisect_left(runs, span.end, key=_text_start)
    places = [_within(run, span) for run in runs[first:after] if run.text_start + run.length > span.start]
    if not places:
        return None
    return Span(min(place.start for place in places), max(place.end for place in places))


def file_segments(runs: Sequence[Run], span: Span) -> list[Span]:
    """As `file_span`, in stretches without markup in between: "an <i>open</i> bridge" is three."""
    first = max(bisect_right(runs, span.start, key=_text_start) - 1, 0)
    after = bisect_left(runs, span.end, key=_text_start)
    found: list[Span] = []
    for run in runs[first:after]:
        if run.text_start + run.length <= span.start or not len(span):
            continue
        place = _within(run, span)
        if found and found[-1].end == place.start:
            found[-1] = Span(found[-1].start, place.end)
        else:
            found.append(place)
    return found


def _text_start(run: Run) -> int:
    return run.text_start


def _within(run: Run, span: Span) -> Span:
    if not run.is_copy:
        return Span(run.file_start, run.file_start + run.file_length)
    shift = run.file_start - run.text_start
    start = max(span.start, run.text_start)
    end = min(span.end, run.text_start + run.length)
    return Span(start + shift, end + shift)
