"""An article taken out of a file, and where each of its characters stands in that file.

Readers drop markup, join white space and decode entities before a Document exists; runs remember what was done, so a
finding can be shown in the file that the editor has open.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from checker.document import AlignedSource, Part, Span


class Run(NamedTuple):
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


class Place(NamedTuple):
    """`span` of the article came from what `locator` names in the file.

    An XPath, a JSON pointer, a line, a cue or a paragraph, as people and programs of that format say it.
    """

    span: Span
    locator: str


@dataclass(frozen=True, slots=True)
class Article:
    """An article and what its file says of it; `runs` ascend in `text`.

    Text between runs (paragraph breaks) is the reader's. `language` is a tag as declared; `notes` and `omitted` are
    those of a Document. `originals` are those of all units of a bitext file, translated or not, in
    `original_language`, a tag as declared.
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
    originals: tuple[str, ...] = field(default=())
    original_language: str | None = None


class Piece(NamedTuple):
    """`text` stands for the file's characters from `file_start` to `file_end`; the reader's own text has neither."""

    text: str
    file_start: int
    file_end: int

    def cut(self, front: int, back: int) -> Piece:
        """The piece without so many characters at its ends; one that is no copy keeps its whole place."""
        text = self.text[front : len(self.text) - back]
        if len(self.text) != self.file_end - self.file_start:
            return Piece(text, self.file_start, self.file_end)
        return Piece(text, self.file_start + front, self.file_end - back)


def is_plain(text: str) -> bool:
    """True where no white space is to be joined and no invisible character to be dropped.

    A no-break space is plain. Asking this first is many times quicker than any regular expression, and nearly all
    paragraphs of the wires are plain.
    """
    if "  " in text:
        return False
    if not text.isprintable() and ("\u00a0" in text or "\u202f" in text):
        text = text.replace("\u00a0", "_").replace("\u202f", "_")
    return text.isprintable()


def join_pieces(pieces: Iterable[Piece]) -> tuple[str, tuple[Run, ...]]:
    """The text of all pieces and its runs. A piece without an extent in the file leaves a gap between runs.

    Copies that follow one another without a gap on either side are one run.
    """
    texts: list[str] = []
    runs: list[Run] = []
    position = 0
    copied, copied_from, length = 0, 0, 0  # the copy that may still grow
    for text, file_start, file_end in pieces:
        size, extent = len(text), file_end - file_start
        texts.append(text)
        if size and size == extent:
            if length and copied + length == position and copied_from + length == file_start:
                length += size
            else:
                if length:
                    runs.append(Run(copied, copied_from, length, length))
                copied, copied_from, length = position, file_start, size
        elif size and extent:
            if length:
                runs.append(Run(copied, copied_from, length, length))
                length = 0
            runs.append(Run(position, file_start, size, extent))
        position += size
    if length:
        runs.append(Run(copied, copied_from, length, length))
    return "".join(texts), tuple(runs)


def outward(pieces: Iterable[Piece], runs: Sequence[Run], starts: Sequence[int]) -> Iterator[Piece]:
    """Pieces of a text that itself was taken out of a file, with places in that file.

    A body of HTML in a JSON string is such a text: `runs` lead from it to the file, and `starts` are their beginnings
    in it. A copy is cut where a run ends, so that each of its characters keeps its own place.
    """
    for piece in pieces:
        text, start, end = piece
        if start == end:
            yield piece
            continue
        index = max(bisect_right(starts, start) - 1, 0)
        text_start, file_start, length, file_length = runs[index] if runs else (0, 0, 0, 0)
        if length == file_length and text_start <= start and end <= text_start + length:
            shift = file_start - text_start
            yield Piece(text, start + shift, end + shift)
        elif len(text) == end - start:
            yield from _cut_at_runs(piece, runs, index)
        else:
            place = file_span(runs, Span(start, end))
            yield Piece(text, place.start, place.end) if place else Piece(text, 0, 0)


def _cut_at_runs(piece: Piece, runs: Sequence[Run], index: int) -> list[Piece]:
    text, start, end = piece
    found = []
    while index < len(runs):
        text_start, file_start, length, file_length = runs[index]
        if text_start >= end:
            break
        first, last = max(start, text_start), min(end, text_start + length)
        if first < last:
            part = text[first - start : last - start]
            if length == file_length:
                shift = file_start - text_start
                found.append(Piece(part, first + shift, last + shift))
            else:
                found.append(Piece(part, file_start, file_start + file_length))
        index += 1
    return found


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
