"""Markdown to prose: what is read, and that every word keeps its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.document import Span
from checker.editor.markdown import markdown_pieces
from checker.editor.marked_text import MarkedText


@pytest.mark.parametrize(
    ("text", "prose"),
    [
        ("A **bold** and _low_ word.", "A bold and low word."),
        ("snake_case, 2 * 3 * 4 and 5*6", "snake_case, 2 * 3 * 4 and 56"),
        (
            'See [the *act*](http://x.example/a_(b) "T") now, [ref][1] and [left] alone.',
            "See the act now, ref and [left] alone.",
        ),
        ("One ![picture](a.png)two.", "One two."),
        ("Tom &amp; Jerry \\*stay\\*.", "Tom & Jerry *stay*."),
        ("A <b class='x'>tag</b>, 3 < 4 > 2.", "A tag, 3 < 4 > 2."),
        ("First line\nsecond line.", "First line second line."),
        ("# Head #\nBody.", "Head\n\nBody."),
        ("Head\n====\nBody.", "Head\n\nBody."),
        ("- one\n- two", "- one\n- two"),
        ("> quoted\n> twice", "quoted twice"),
        ("a\n\n```py\ncode = 1\n```\nb", "a\n\n\n\n\nb"),
        ("---\ntitle: x\n---\nBody.", "Body."),
        ("a <!-- no\nno --> b", "a  b"),
        ("[1]: http://x.example", ""),
        ("Use `code` here.", "Use code here."),
        ("Line one  \nline two", "Line one  \nline two"),
    ],
)
def test_prose_is_what_is_read(text, prose):
    assert MarkedText.of(markdown_pieces(text)).text == prose


@given(st.text(st.sampled_from("ab *_`[]()<>!#\n\r\\&;-|~:. 😀"), max_size=60))
def test_no_character_is_lost_or_moved(text):
    pieces = markdown_pieces(text)
    marked = MarkedText.of(pieces)
    assert marked.marked == text
    for place, character in enumerate(marked.text):
        there = marked.outward(Span(place, place + 1)).of(text)
        assert there == character or character in "\n " or there.startswith("&")
