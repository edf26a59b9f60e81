"""Words, and how they match the other side."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.nli.wording import (
    Match,
    Neighbours,
    Setting,
    Shape,
    Word,
    compare_settings,
    compare_words,
    lookup_of,
    split_words,
)

WORDS = ("the", "The", "harbour", "Harbour", "harbours", "unlawful", "lawful", "1,300", "1300", ".", "(", "it's", "IT")
TEXTS = st.text() | st.lists(st.sampled_from(WORDS)).map(" ".join)


def comparison(text: str, other: str) -> dict[str, tuple[Match, Neighbours]]:
    words = split_words(text)
    return dict(
        zip([text[w.start : w.end] for w in words], compare_words(words, lookup_of(split_words(other))), strict=True)
    )


@pytest.mark.parametrize(
    ("text", "other", "word", "match"),
    [
        ("the lawful strike", "the unlawful strike", "lawful", Match.POLARITY),
        ("the unlawful strike", "the lawful strike", "unlawful", Match.POLARITY),
        ("they walked home", "they walk home", "walked", Match.STEM),
        ("1,300 people", "1300 people", "1,300", Match.NUMBER_EQUAL),
        ("99 people", "999 people", "99", Match.NUMBER_ABSENT),
        ("a Garden party", "a garden party", "Garden", Match.EXACT),
        ("a Harbour party", "a garden party", "Harbour", Match.ABSENT),
    ],
)
def test_match(text: str, other: str, word: str, match: Match) -> None:
    assert comparison(text, other)[word][0] is match


def test_a_replaced_word_stands_between_the_same_neighbours() -> None:
    found = comparison("on the Roof of the Harbours", "at the Council of the Harbours")
    assert found["Roof"] == (Match.ABSENT, Neighbours.BOTH)


def test_a_word_elsewhere_has_no_common_neighbours() -> None:
    assert comparison("a lone tree", "no neighbours here")["lone"] == (Match.ABSENT, Neighbours.NONE)


def test_capital_at_the_start_of_a_sentence_says_nothing() -> None:
    shapes = [word.shape for word in split_words("Boats left. Oslo waits for NATO boats.")]
    assert shapes[0] is Shape.CAPITALISED_FIRST
    assert shapes[3] is Shape.CAPITALISED_FIRST
    assert Shape.UPPER in shapes


@pytest.mark.parametrize(
    ("text", "other", "word", "setting"),
    [
        ("The ship left .", "The ship left.", ".", Setting.SPACED),
        ("The ship left.", "The ship left .", ".", Setting.PLAIN),
        ("a test ( FTIR )", "a test (FTIR)", "(", Setting.SPACED),
        ("a test (FTIR)", "", "(", Setting.PLAIN),
        ("it was the end.The rest", "", "The", Setting.SPACED),
        ("The U.S. left", "", "S", Setting.PLAIN),
        ("the ship left", "", "the", Setting.LOWER_START),
        ("12 ships left", "", "12", Setting.PLAIN),
        ("Sailors of the Ship left", "On the ship they ate.", "Ship", Setting.OTHER_CASE),
        ("They met in congress", "The Congress met.", "congress", Setting.OTHER_CASE),
        ("They met in Congress", "A congress of the Congress met.", "Congress", Setting.PLAIN),
        ("Sailors left", "The sailors left.", "Sailors", Setting.PLAIN),
        ("The sailors left", "Sailors left.", "sailors", Setting.PLAIN),
    ],
)
def test_setting(text: str, other: str, word: str, setting: Setting) -> None:
    words = split_words(text)
    found = compare_settings(words, lookup_of(split_words(other)))
    assert dict(zip([text[one.start : one.end] for one in words], found, strict=True))[word] is setting


@given(st.text())
def test_words_cover_everything_but_white_space(text: str) -> None:
    covered = "".join(text[word.start : word.end] for word in split_words(text))
    assert covered == "".join(text.split())


def by_definition(words: tuple[Word, ...], others: tuple[Word, ...], position: int) -> tuple[Match, Neighbours]:
    """Match and neighbours of one word, read off the other text word by word."""
    word, folded = words[position], [other.folded for other in others]
    left = words[position - 1].folded if position else None
    right = words[position + 1].folded if position + 1 < len(words) else None
    if not word.folded[0].isalnum():
        match = Match.PUNCTUATION
    elif word.folded[0].isdigit():
        match = Match.NUMBER_EQUAL if word.folded in folded else Match.NUMBER_ABSENT
    elif word.folded in folded:
        match = Match.EXACT
    elif any(word.stem == other.stem for other in others):
        match = Match.STEM
    else:
        match = Match.POLARITY if any(word.bare == other.bare for other in others) else Match.ABSENT
    if match not in (Match.ABSENT, Match.NUMBER_ABSENT, Match.POLARITY):
        beside = list(pairwise(folded))
        return match, Neighbours(((left, word.folded) in beside) + 2 * ((word.folded, right) in beside))
    if (left, right) in zip(folded, folded[2:], strict=False):
        return match, Neighbours.BOTH
    on_left, on_right = left in folded, right in folded
    return match, Neighbours((on_left and not on_right) + 2 * (on_right and not on_left))


@given(TEXTS, TEXTS)
def test_what_is_looked_up_is_what_stands_there(text: str, other: str) -> None:
    words, others = split_words(text), split_words(other)
    assert compare_words(words, lookup_of(others)) == [
        by_definition(words, others, position) for position in range(len(words))
    ]


@given(TEXTS, TEXTS)
def test_other_case_is_another_first_letter_wherever_it_tells(text: str, other: str) -> None:
    words, others = split_words(text), split_words(other)
    for word, found in zip(words, compare_settings(words, lookup_of(others)), strict=True):
        telling = [
            each.shape is not Shape.OTHER
            for each in others
            if each.folded == word.folded and each.shape is not Shape.CAPITALISED_FIRST
        ]
        differs = bool(telling) and all(capital is (word.shape is Shape.OTHER) for capital in telling)
        is_telling = word.setting is Setting.PLAIN and word.shape is not Shape.CAPITALISED_FIRST
        assert found is (Setting.OTHER_CASE if is_telling and differs else word.setting)
