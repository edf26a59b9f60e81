"""The word of an original that stands for suspect words, where a dictionary tells."""

from __future__ import annotations

import pytest

from checker.document import Span
from checker.findings.counterparts import find_counterpart
from checker.nli.dictionary import Dictionary, key_of

KNOWN = {
    "precio": ("price",), "trigo": ("wheat", "grain"), "subió": ("rose", "climbed"), "alcalde": ("mayor",),
    "puente": ("bridge",), "reparar": ("repair",), "prometió": ("promised",), "mayo": ("may",), "del": ("of",),
    "小麦": ("wheat",), "价格": ("price", "prices"), "上涨": ("rose",),
}  # fmt: skip


@pytest.fixture
def dictionary() -> Dictionary:
    translations = {key_of(word): meanings for word, meanings in KNOWN.items()}
    return Dictionary(translations, dict.fromkeys(translations, 0.9), {})


def counterpart(text: str, words: str, original: str, dictionary: Dictionary) -> tuple[str, tuple[str, ...]] | None:
    start = f" {text}".index(f" {words}")
    found = find_counterpart(text, Span(start, start + len(words)), original, dictionary)
    return (found.span.of(original), found.translations) if found else None


def test_the_word_that_nothing_else_translates_is_the_one(dictionary: Dictionary) -> None:
    found = counterpart("The price of rice rose in May.", "rice", "El precio del trigo subió en mayo.", dictionary)
    assert found == ("trigo", ("wheat", "grain"))


def test_words_without_spaces_between_them_are_found(dictionary: Dictionary) -> None:
    assert counterpart("The rice price rose.", "rice", "小麦价格上涨。", dictionary) == ("小麦", ("wheat",))


def test_of_a_right_word_there_is_nothing_to_suggest(dictionary: Dictionary) -> None:
    found = counterpart("The price of wheat rose in May.", "wheat", "El precio del trigo subió en mayo.", dictionary)
    assert found == ("trigo", ())


def test_two_words_that_may_be_it_are_none(dictionary: Dictionary) -> None:
    original = "El trigo alcalde del precio subió."
    assert counterpart("The rice of the price rose.", "rice", original, dictionary) is None


def test_one_far_away_is_none(dictionary: Dictionary) -> None:
    original = "El alcalde prometió reparar el puente antes de que subió el precio del trigo."
    text = "The rice mayor promised to repair the bridge before the price rose."
    assert counterpart(text, "rice", original, dictionary) is None


def test_one_that_is_seldom_translated_so_is_none(dictionary: Dictionary) -> None:
    dictionary.kept["trigo"] = 0.5
    text, original = "The price of rice rose in May.", "El precio del trigo subió en mayo."
    assert counterpart(text, "rice", original, dictionary) is None


@pytest.mark.parametrize(("text", "original"), [("Rice.", ""), ("Rice.", "…"), ("Rice.", "«»")])
def test_nothing_is_found_in_nothing(text: str, original: str, dictionary: Dictionary) -> None:
    assert find_counterpart(text, Span(0, 4), original, dictionary) is None
    assert find_counterpart(text, Span(4, 5), "El trigo", dictionary) is None
