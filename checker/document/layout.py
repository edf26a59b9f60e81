"""Where the layout of a text ends a sentence: blank lines, list items, headlines on a line of their own.

A single line break ends a sentence too, unless the text is evidently hard-wrapped (a mail, a telex, a fixed-width
page), where a break inside a paragraph means nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from checker.document.spans import Span

# Line breaks as Unicode and Python know them, without the control separators that no news system means as lines.
_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
_BLANK_BETWEEN = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_ITEM = re.compile(r"\s*(?:[-*•‣◦▪●■–—·]\s|\(?\d{1,3}[.)]\s|\(?[A-Za-z][.)]\s)")
_FIRST_WORD = re.compile(r"\S{1,200}")

_WIDEST_WRAP = 120  # characters; longer lines are paragraphs
_NARROWEST_WRAP = 40
_FEWEST_BREAKS = 2
_LEAST_FULL_SHARE = 0.7  # of the breaks inside paragraphs, those where the next word would not have fitted
_OUTLIERS = 0.03  # share of lines (addresses, tables) that may stand out beyond the margin


def split_layout(text: str) -> Iterator[Span]:
    """Stretches of `text` that no layout break divides, in order; blank lines belong to none."""
    lines = [Span(*match.span()) for match in _LINE.finditer(text) if not match.group().isspace()]
    if not lines:
        return
    width = _wrap_width(text, lines)
    start, previous = lines[0].start, lines[0]
    for line in lines[1:]:
        if not (width and _continues(text, previous, line, width)):
            yield Span(start, previous.end)
            start = line.start
        previous = line
    yield Span(start, previous.end)


def _adjacent(text: str, line: Span, following: Span) -> bool:
    """True where one line break, and nothing else, lies between the two lines."""
    gap = text[line.end : following.start]
    return len(gap) <= 2 and len(_BLANK_BETWEEN.findall(gap)) == 1


def _is_full(text: str, line: Span, following: Span, width: int) -> bool:
    """True where the next line's first word would not have fitted: that is how wrapping breaks lines."""
    word = _FIRST_WORD.search(text, following.start, following.end)
    return word is not None and len(line.of(text).rstrip()) + 1 + len(word.group()) > width


def _wrap_width(text: str, lines: list[Span]) -> int:
    """The margin to which the text is wrapped, 0 where it is not."""
    lengths = sorted(len(line) for line in lines)
    width = lengths[int((len(lengths) - 1) * (1 - _OUTLIERS))]
    if not _NARROWEST_WRAP <= width <= _WIDEST_WRAP:
        return 0
    breaks = [
        (line, following)
        for line, following in pairwise(lines)
        if _adjacent(text, line, following) and not _ITEM.match(text, following.start, following.end)
    ]
    full = [pair for pair in breaks if _is_full(text, *pair, width)]
    if len(breaks) < _FEWEST_BREAKS or len(full) < _LEAST_FULL_SHARE * len(breaks):
        return 0
    # In a list of headlines every line starts with a capital; in wrapped prose most do not.
    flowing = sum(_starts_lower(text, following) for _, following in full)
    return width if 2 * flowing >= len(full) else 0


def _starts_lower(text: str, line: Span) -> bool:
    return text[line.start : line.end].lstrip()[:1].islower()


def _continues(text: str, line: Span, following: Span, width: int) -> bool:
    return (
        _adjacent(text, line, following)
        and not _ITEM.match(text, following.start, following.end)
        and _is_full(text, line, following, width)
    )
