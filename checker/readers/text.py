"""Plain text: line endings made uniform, and the first line taken as title where it looks like a headline."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.document import Part, PartKind, Span
from checker.readers.article import Article, Piece, join_pieces

_LINE_END = re.compile(r"\r\n?")
_LONGEST_HEADLINE = 150  # characters
_FEWEST_WORDS = 2
_NOT_A_HEADLINE = re.compile(r"[.:;,…]['\"”’»)]*$|^[-*•–—]\s|^\d+[.)]\s|[\t\x00-\x1f\x7f]")


def read_text(text: str) -> Article:
    """The whole of a decoded plain-text file, CRLF and CR as LF."""
    joined, runs = join_pieces(_pieces(text))
    headline = _headline(joined)
    return Article(joined, headline, runs, parts=_parts(joined, headline))


def _parts(text: str, headline: str | None) -> tuple[Part, ...]:
    """The headline and the rest, so that a headline without a full stop never runs into the text below it."""
    if headline is None:
        return ()
    start = text.index(headline)
    end = start + len(headline)
    return Part(PartKind.HEADLINE, Span(start, end)), Part(PartKind.BODY, Span(end, len(text)))


def _pieces(text: str) -> Iterator[Piece]:
    position = 0
    for match in _LINE_END.finditer(text):
        yield Piece(text[position : match.start()], position, match.start())
        yield Piece("\n", match.start(), match.end())
        position = match.end()
    yield Piece(text[position:], position, len(text))


def _headline(text: str) -> str | None:
    """The first line where it is short, has no full stop, and a longer text follows on a line of its own."""
    first, separator, rest = text.lstrip().partition("\n")
    line = first.strip()
    if not separator or not len(line.split()) >= _FEWEST_WORDS or len(line) > _LONGEST_HEADLINE:
        return None
    following = rest.lstrip().partition("\n")[0]
    if _NOT_A_HEADLINE.search(line) or not following or following[:1].islower():
        return None
    return line if len(rest.strip()) > len(line) else None
