"""Cutting an article under findings that overlap, nest, touch, or cover nothing."""

from hypothesis import given, settings
from hypothesis import strategies as st

from checker.document import Span
from checker.report.segments import cut_article, split_paragraphs


def cut(text, *spans):
    return [
        [(segment.span.of(text), segment.covering) for segment in paragraph]
        for paragraph in cut_article(text, [Span(*span) for span in spans])
    ]


def test_nested_spans_know_the_innermost_first():
    assert cut("one two three", (0, 13), (4, 7)) == [[("one ", (0,)), ("two", (1, 0)), (" three", (0,))]]


def test_overlapping_spans():
    assert cut("abcdef", (0, 4), (2, 6)) == [[("ab", (0,)), ("cd", (0, 1)), ("ef", (1,))]]


def test_an_empty_span_is_a_segment():
    assert cut("ab", (1, 1)) == [[("a", ()), ("", (0,)), ("b", ())]]


def test_blank_lines_make_paragraphs_where_there_are_any():
    text = "a\nb\n \nc"
    assert [span.of(text) for span in split_paragraphs(text)] == ["a\nb", "c"]
    assert [span.of("a\nb") for span in split_paragraphs("a\nb")] == ["a", "b"]
    assert split_paragraphs(" \n ") == []


def test_a_harmful_sign_at_the_edge_of_a_paragraph_stays():
    assert [span.of("\x0ba\x85\nb \u2028") for span in split_paragraphs("\x0ba\x85\nb \u2028")] == [
        "\x0ba\x85",
        "b \u2028",
    ]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ab \n", min_size=1, max_size=30), st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30))))
def test_everything_is_somewhere_once(text, pairs):
    spans = [Span(min(*pair, len(text)), min(max(pair), len(text))) for pair in pairs]
    paragraphs = cut_article(text, spans)
    segments = [segment for paragraph in paragraphs for segment in paragraph]
    assert "".join("".join(segment.span.of(text).split()) for segment in segments) == "".join(text.split())
    if segments:
        assert sorted(index for segment in segments for index in segment.first) == list(range(len(spans)))
        assert sorted(index for segment in segments for index in segment.last) == list(range(len(spans)))
