"""Token probabilities to word spans."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.document import Span
from checker.findings.spans import LONGEST_SPAN, category_inside, decode_spans, worth_showing
from checker.findings.words import words_of
from checker.nli import TokenProbability

from .marked import hot_tokens, unmark


@pytest.mark.parametrize(
    ("hot", "shown"),
    [
        ("Troops left the ⟦vill⟧age.", ["village"]),  # snapped to the word
        ("A well-⟦known⟧ poet died.", ["well-known"]),
        ("⟦Peru⟧'s army left.", ["Peru"]),  # the possessive is cold
        ("⟦Peru's⟧ army left.", ["Peru's"]),
        ("⟦Peru’s army⟧ left.", ["Peru’s army"]),
        ("He said “⟦never.”⟧", ["never"]),  # no punctuation
        ("It is ⟦the Cover⟧ of the Americas.", ["the Cover"]),
        ("They ⟦want peace⟧ now.", ["want peace"]),
        ("They ⟦came, they⟧ saw.", ["came", "they"]),  # a comma divides
        ("In ⟦the U.S.⟧ it rains.", ["the U.S."]),
        ("All is well⟦.⟧", []),
        ("⟦外⟧相は訪問した。", ["外"]),
    ],
)
def test_words_are_shown_whole(hot, shown):
    text, span = unmark(hot)
    assert [found.span.of(text) for found in decode_spans(text, hot_tokens(text, span))] == shown


def test_a_cold_function_word_between_hot_words_joins_them():
    text = "the conflict of immediate nature"
    tokens = hot_tokens(text, Span(4, 12), Span(16, 25))
    assert [found.span.of(text) for found in decode_spans(text, tokens)] == ["conflict of immediate"]


def test_a_cold_function_word_at_the_end_joins_nothing():
    text = "the conflict of the day"
    tokens = hot_tokens(text, Span(4, 12), Span(20, 23))
    assert [found.span.of(text) for found in decode_spans(text, tokens)] == ["conflict", "day"]


def test_probability_is_that_of_the_most_suspect_piece():
    tokens = [TokenProbability(Span(0, 2), 0.6), TokenProbability(Span(2, 4), 0.9), TokenProbability(Span(5, 9), 0.7)]
    assert [found.probability for found in decode_spans("back home", tokens)] == [0.9]


def test_the_kind_of_error_is_that_of_the_most_suspect_pieces():
    pieces = [(0, 4, 0.5, "fluency/grammar"), (4, 9, 0.9, "accuracy/addition"), (9, 12, 0.3, "fluency/grammar")]
    tokens = [TokenProbability(Span(start, end), heat, kind) for start, end, heat, kind in pieces]
    assert category_inside(tokens, Span(0, 9)) == "accuracy/addition"
    assert category_inside(tokens, Span(0, 12)) == "accuracy/addition"
    assert category_inside(tokens, Span(0, 4)) == "fluency/grammar"
    assert category_inside([TokenProbability(Span(0, 4), 0.9)], Span(0, 4)) is None
    assert category_inside(tokens, Span(20, 24)) is None


def test_tokens_with_leading_space_or_no_length_are_no_trouble():
    tokens = [TokenProbability(Span(0, 0), 1.0), TokenProbability(Span(4, 9), 0.8), TokenProbability(Span(0, 4), 0.1)]
    assert [found.span for found in decode_spans("back home", tokens)] == [Span(5, 9)]


@pytest.mark.parametrize(
    ("marked", "shown"),
    [
        ("⟦LISBON⟧ — Dockers went home.", False),
        ("MOSCOW, May 5 (⟦TASS⟧) - Dockers went home.", False),
        ("Buenos ⟦Aires⟧ (EFE) – “Never,” he said.", False),
        ("LISBON — ⟦Dockers⟧ went home.", True),
        ("⟦NATO⟧ - the alliance - met.", True),
        ("⟦Lisbon⟧ is calm.", True),
        ("It is ⟦of the⟧ state.", False),
        ("It is ⟦not⟧ over.", True),
        ("It is ⟦over the hill⟧.", True),
        ("⟦!⟧ Yes", False),
    ],
)
def test_glue_alone_and_datelines_are_not_worth_showing(marked, shown):
    text, span = unmark(marked)
    assert worth_showing(text, span) is shown


TEXTS = st.text(st.sampled_from("abcN é'’-. ,“”\n3我\u0301😀of the"), max_size=60)


@settings(max_examples=120, deadline=None)
@given(text=TEXTS, data=st.data(), threshold=st.floats(0.05, 1.0))
def test_spans_are_in_range_word_aligned_bounded_and_apart(text, data, threshold):
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=12)))
    values = data.draw(st.lists(st.floats(0, 1), min_size=len(cuts), max_size=len(cuts)))
    tokens = [TokenProbability(Span(a, b), p) for a, b, p in zip(cuts, cuts[1:], values, strict=False)]
    words = words_of(text)
    starts = {word.span.start for word in words}
    ends = {word.span.end for word in words} | {word.span.end - 2 for word in words}
    end = 0
    for found in decode_spans(text, tokens, threshold):
        assert end <= found.span.start < found.span.end <= len(text)
        assert found.span.start in starts
        assert found.span.end in ends
        assert found.span.of(text) == found.span.of(text).strip()
        assert sum(word.span.overlaps(found.span) for word in words) <= LONGEST_SPAN
        assert threshold <= found.probability <= 1
        end = found.span.end
