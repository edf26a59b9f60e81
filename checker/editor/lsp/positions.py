"""Code points of a buffer as LSP positions: a line, and code units of the encoding that both sides agreed on.

Lines end with LF, CRLF or CR and with nothing else, as the protocol says; Python's `splitlines` knows more.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from lsprotocol.types import Position, PositionEncodingKind, Range

from checker.document import Span

_LINE_END = re.compile(r"\r\n|\r|\n")


class Lines:
    """Positions in one text."""

    def __init__(self, text: str, encoding: PositionEncodingKind | str) -> None:
        self._text = text
        self._encoding = encoding
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(text))]

    def position(self, code_point: int) -> Position:
        """Where a code point begins; the length of the text gives its end."""
        line = bisect_right(self._starts, code_point) - 1
        return Position(line, self._units(self._text[self._starts[line] : code_point]))

    def range(self, span: Span) -> Range:
        """A stretch of the text."""
        return Range(self.position(span.start), self.position(span.end))

    def _units(self, text: str) -> int:
        if self._encoding == PositionEncodingKind.Utf32:
            return len(text)
        if self._encoding == PositionEncodingKind.Utf8:
            return len(text.encode("utf-8", "surrogatepass"))
        return len(text) + sum(character > "\uffff" for character in text)
