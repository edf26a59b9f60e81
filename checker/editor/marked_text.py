"""A text with markup: what of it is checked, and where that stands in what an editor or a client sees."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from checker.document import Span


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of `marked` that is `text` to be checked, or markup, which counts as `text` (often as nothing)."""

    marked: str
    text: str
    is_markup: bool = False


@dataclass(frozen=True, slots=True)
class MarkedText:
    """`text` is what is checked, `marked` what the client counts in; both in code points here."""

    text: str
    marked: str
    pieces: tuple[Piece, ...]
    _starts: tuple[tuple[int, int], ...]  # of each piece with text, in `text` and in `marked`
    _with_text: tuple[Piece, ...]

    @classmethod
    def of(cls, pieces: Iterable[Piece]) -> MarkedText:
        """The pieces one after the other."""
        given = tuple(pieces)
        starts, kept, place, marked_place = [], [], 0, 0
        for piece in given:
            if piece.text:
                starts.append((place, marked_place))
                kept.append(piece)
            place += len(piece.text)
            marked_place += len(piece.marked)
        text, marked = "".join(piece.text for piece in given), "".join(piece.marked for piece in given)
        return cls(text, marked, given, tuple(starts), tuple(kept))

    def outward(self, span: Span) -> Span:
        """Where a stretch of `text` stands in `marked`; of markup that counts as text the whole belongs to it."""
        if not len(span):
            start = self._character(span.start).start if span.start < len(self.text) else len(self.marked)
            return Span(start, start)
        return Span(self._character(span.start).start, self._character(span.end - 1).end)

    def _character(self, place: int) -> Span:
        """The stretch of `marked` for one code point of `text`."""
        number = bisect_right(self._starts, place, key=lambda start: start[0]) - 1
        (start, marked_start), piece = self._starts[number], self._with_text[number]
        if piece.is_markup:
            return Span(marked_start, marked_start + len(piece.marked))
        there = marked_start + place - start
        return Span(there, there + 1)
