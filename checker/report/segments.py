"""Cuts an article into paragraphs and segments, so that a renderer can mark findings without nesting tags.

Findings may overlap, nest, touch, cross a paragraph break, or cover nothing at all (an omission). Cutting at every
boundary turns that into flat lists in which each segment knows the findings that cover it. Only plain white space
between paragraphs is outside all segments, and every finding is in at least one; control signs that count as white
space are harmful (see `visible`) and stay inside.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from checker.document import Span

_HARMFUL_SPACE = "\x0b\x0c\x1c-\x1f\x85\u2028\u2029"
_SPACE = rf"[^\S{_HARMFUL_SPACE}]"
_BLANK_LINES = re.compile(rf"\n[^\S\n{_HARMFUL_SPACE}]*\n{_SPACE}*")
_LINE_BREAKS = re.compile(rf"\n{_SPACE}*")
_LEADING = re.compile(rf"{_SPACE}*")
_TRAILING = re.compile(rf"(?<!{_SPACE}){_SPACE}*\Z")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text under the same findings, empty where an empty finding stands.

    `covering` are indices into the spans that were given, shortest span first, so that the first is the innermost;
    `first` and `last` are those of them for which this is the first or the last segment in the article.
    """

    span: Span
    covering: tuple[int, ...] = ()
    first: tuple[int, ...] = ()
    last: tuple[int, ...] = ()


def cut_article(text: str, spans: Sequence[Span], cuts: Iterable[int] = ()) -> list[list[Segment]]:
    """The segments of each paragraph of `text`, cut at every boundary of `spans` and at `cuts`, all in text order."""
    pieces = split_paragraphs(text)
    placed = [_place(span, pieces) for span in spans] if pieces else []
    cuts = sorted(cuts)
    cut = [_cut_paragraph(piece, placed, cuts) for piece in pieces]
    return _with_ends(cut)


def split_paragraphs(text: str) -> list[Span]:
    """Paragraphs of `text` in order, without the white space around them; none for a blank text.

    Blank lines separate paragraphs where there are any; otherwise every line is one, as wire copy often has it.
    """
    breaks = _BLANK_LINES if _BLANK_LINES.search(text.strip()) else _LINE_BREAKS
    found = [match.span() for match in breaks.finditer(text)]
    starts = [0, *(end for _, end in found)]
    ends = [*(start for start, _ in found), len(text)]
    trimmed = (_trim(text, start, end) for start, end in zip(starts, ends, strict=True))
    return [span for span in trimmed if len(span)]


def _place(span: Span, paragraphs: Sequence[Span]) -> Span:
    """`span` itself where a paragraph holds some of it, else the empty span at the end of the paragraph before it."""
    if any(_holds(paragraph, span) for paragraph in paragraphs):
        return span
    before = [paragraph.end for paragraph in paragraphs if paragraph.end <= span.start]
    point = before[-1] if before else paragraphs[0].start
    return Span(point, point)


def _holds(paragraph: Span, span: Span) -> bool:
    if len(span):
        return paragraph.overlaps(span)
    return paragraph.start <= span.start <= paragraph.end


def _cut_paragraph(paragraph: Span, spans: Sequence[Span], cuts: Sequence[int]) -> list[Segment]:
    near = {index: span for index, span in enumerate(spans) if _holds(paragraph, span)}
    ends = (edge for span in near.values() for edge in (span.start, span.end))
    edges = {paragraph.start, paragraph.end, *cuts, *ends}
    points = sorted(edge for edge in edges if paragraph.start <= edge <= paragraph.end)
    pieces = [Span(start, end) for start, end in pairwise(points)]
    pieces += {span for span in near.values() if not len(span)}
    return [Segment(piece, _covering(piece, near)) for piece in sorted(pieces)]


def _covering(piece: Span, spans: dict[int, Span]) -> tuple[int, ...]:
    """Indices of the spans over `piece`, shortest first; an empty piece is under what strictly surrounds it."""

    def covers(span: Span) -> bool:
        if not len(piece):
            return span == piece or span.start < piece.start < span.end
        return span.start <= piece.start and piece.end <= span.end

    return tuple(sorted((index for index, span in spans.items() if covers(span)), key=lambda i: (len(spans[i]), i)))


def _with_ends(paragraphs: list[list[Segment]]) -> list[list[Segment]]:
    """The same segments, told where each span begins and ends."""
    order = [segment for paragraph in paragraphs for segment in paragraph]
    first = {index: place for place, segment in reversed(list(enumerate(order))) for index in segment.covering}
    last = {index: place for place, segment in enumerate(order) for index in segment.covering}
    places = iter(range(len(order)))
    return [
        [
            Segment(
                segment.span,
                segment.covering,
                first=tuple(index for index in segment.covering if first[index] == place),
                last=tuple(index for index in segment.covering if last[index] == place),
            )
            for segment, place in zip(paragraph, places, strict=False)
        ]
        for paragraph in paragraphs
    ]


def _trim(text: str, start: int, end: int) -> Span:
    leading, trailing = _LEADING.match(text, start, end), _TRAILING.search(text, start, end)
    first = leading.end() if leading else start
    return Span(first, max(first, trailing.start() if trailing else end))
