"""Windows cover every word, stay within the budget, and end with sentences where they can."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.evidence import window_premise


def shown(text: str, budget: int) -> list[str]:
    return [span.of(text) for span in window_premise(text, budget)]


def test_a_short_text_is_one_window_and_an_empty_one_none() -> None:
    assert shown("  The ferry left at noon. ", 10) == ["The ferry left at noon."]
    assert shown(" \n", 10) == []


def test_windows_end_with_sentences_and_share_the_short_one_between() -> None:
    text = "The ferry left port at noon. It sank. Divers found the wreck in June."
    assert shown(text, 8) == ["The ferry left port at noon. It sank.", "It sank. Divers found the wreck in June."]


def test_without_a_sentence_end_a_quarter_is_shared() -> None:
    assert shown("a b c d e f g h i j", 8) == ["a b c d e f g h", "g h i j"]


def test_scripts_without_spaces_count_each_sign() -> None:
    assert shown("今天天气很好", 4) == ["今天天气", "气很好"]


def test_a_budget_below_one_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one word"):
        window_premise("word", 0)


@settings(max_examples=50, deadline=None)
@given(text=st.text(alphabet="ab. 今\n", max_size=120), budget=st.integers(1, 12))
def test_every_word_is_seen_in_order(text: str, budget: int) -> None:
    windows = window_premise(text, budget)
    seen = {place for span in windows for place in range(span.start, span.end)}
    assert all(place in seen for place, character in enumerate(text) if not character.isspace())
    assert list(windows) == sorted(windows)
    assert all(span.of(text) == span.of(text).strip() for span in windows)
    assert all(len(span.of(text).split()) <= budget for span in windows)
