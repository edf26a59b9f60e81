"""An article taken out of a file, and where each of its characters stands in that file.

Readers drop markup, join white space and decode entities before a Document exists; runs remember what was done, so a
finding can be shown in the file that the editor has open.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, overload

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


class LateRuns(Sequence[Run]):
    """Runs that are worked out when they are first asked for, which for most articles is never."""

    __slots__ = ("_make", "_runs")

    def __init__(self, make: Callable[[], Sequence[Run]]) -> None:
        self._make: Callable[[], Sequence[Run]] | None = make
        self._runs: Sequence[Run] = ()

    @overload
    def __getitem__(self, index: int) -> Run: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Run]: ...
    def __getitem__(self, index: int | slice) -> Run | Sequence[Run]:
        return self._all()[index]

    def __len__(self) -> int:
        return len(self._all())

    def __iter__(self) -> Iterator[Run]:
        return iter(self._all())

    def _all(self) -> Sequence[Run]:
        make = self._make
        if make is not None:
            self._runs = make()
            self._make = None
        return self._runs


class Place(NamedTuple):
    """Characters `start` to `end` of the article came from what `locator` names in the file.

    An XPath, a JSON pointer, a line, a cue or a paragraph, as people and programs of that format say it.
    """

    start: int
    end: int
    locator: str

    @property
    def span(self) -> Span:
        """The characters of the article."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Article:
    """An article and what its file says of it; `runs` ascend in `text`.

    Text between runs (paragraph breaks) is the reader's. `language` is a tag as declared; `notes` and `omitted` are
    those of a Document. `originals` are those of all units of a bitext file, translated or not, in
    `original_language`, a tag as declared.
    """

    text: str
    title: str | None
    runs: Sequence[Run]
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


def pieces_between(parts: Iterable[str], offset: int, decoded: Callable[[str], str]) -> list[Piece]:
    """Pieces of a text from `offset` that is plain but for its entities: of `parts`, text and entities take turns.

    They may begin and end with a space.
    """
    pieces: list[Piece] = []
    entity = False
    for part in parts:
        end = offset + len(part)
        if text := decoded(part) if entity else part:
            pieces.append(Piece(text, offset, end))
        offset, entity = end, not entity
    return pieces


def is_plain(text: str) -> bool:
    """True where no white space is to be joined and no invisible character to be dropped.

    A no-break space is plain. Asking this first is many times quicker than any regular expression, and nearly all
    paragraphs of the wires are plain. One `in` for each character is the quickest way to ask.
    """
    return not (
        "\n" in text
        or "\t" in text
        or "\r" in text
        or "\u00ad" in text
        or "\u200b" in text
        or "\ufeff" in text
        or "\f" in text
        or "\v" in text
        or "  " in text
    )


def join_pieces(pieces: Iterable[Piece]) -> tuple[str, tuple[Run, ...]]:
    """The text of all pieces and its runs."""
    kept = list(pieces)
    return "".join([piece[0] for piece in kept]), join_runs(kept)


def join_runs(pieces: Iterable[Piece], position: int = 0) -> tuple[Run, ...]:
    """The runs of the joined text of all pieces, which stands at `position` of the article.

    A piece without an extent in the file leaves a gap between runs. Copies that follow one another without a gap on
    either side are one run.
    """
    runs: list[Run] = []
    copied, copied_from, length = 0, 0, 0  # the copy that may still grow
    for text, file_start, file_end in pieces:
        size, extent = len(text), file_end - file_start
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
    return tuple(runs)


def outward(runs: Iterable[Run], outer: Sequence[Run]) -> Iterator[Run]:
    """Runs that lead to a text which itself was taken out of a file, led on into that file by `outer`.

    A body of HTML in a JSON string is such a text. A copy is cut where an outer run ends, so that each of its
    characters keeps its own place.
    """
    outer = tuple(outer)
    starts = [run[0] for run in outer]
    for run in runs:
        text_start, start, length, extent = run
        end = start + extent
        index = max(bisect_right(starts, start) - 1, 0)
        outer_start, file_start, outer_length, file_length = outer[index] if outer else (0, 0, 0, 0)
        if outer_length == file_length and outer_start <= start and end <= outer_start + outer_length:
            yield Run(text_start, start + file_start - outer_start, length, extent)
        elif length == extent:
            yield from _cut_at_runs(run, outer, index)
        elif place := file_span(outer, Span(start, end)):
            yield Run(text_start, place.start, length, len(place))


def _cut_at_runs(copy: Run, outer: Sequence[Run], index: int) -> Iterator[Run]:
    """A copy out of a text that lies in several outer runs, of which the first has this index."""
    text_start, start, length, _ = copy
    end = start + length
    for each in range(index, len(outer)):
        outer_start, file_start, outer_length, file_length = outer[each]
        if outer_start >= end:
            break
        first, last = max(start, outer_start), min(end, outer_start + outer_length)
        if first < last:
            at, size = text_start + first - start, last - first
            if outer_length == file_length:
                yield Run(at, file_start + first - outer_start, size, size)
            else:
                yield Run(at, file_start, size, file_length)


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
