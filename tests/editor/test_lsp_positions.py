"""Positions as LSP counts them: lines that end as the protocol says, and three kinds of units."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol.types import Position, PositionEncodingKind

from checker.editor.lsp.positions import Lines

CODECS = {
    PositionEncodingKind.Utf8: ("utf-8", 1),
    PositionEncodingKind.Utf16: ("utf-16-le", 2),
    PositionEncodingKind.Utf32: ("utf-32-le", 4),
}


@pytest.mark.parametrize("encoding", CODECS)
@given(text=st.text(st.sampled_from("ab\r\n\u2028\x0cé😀\u0301"), max_size=20))
def test_positions_are_lines_and_units(encoding, text):
    codec, width = CODECS[encoding]
    lines = Lines(text, encoding)
    for place in range(len(text) + 1):
        if text[place - 1 : place + 1] == "\r\n":  # nothing begins between the two
            continue
        before = re.split("\r\n|\r|\n", text[:place])
        assert lines.position(place) == Position(len(before) - 1, len(before[-1].encode(codec)) // width)
