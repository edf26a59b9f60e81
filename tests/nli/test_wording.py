"""Words, and how they match the other side."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.nli.wording import Match, Neighbours, Setting, Shape, compare_settings, compare_words, split_words


def comparison(text: str, other: str) -> dict[str, tuple[Match, Neighbours]]:
    words = split_words(text)
    return dict(zip([text[w.start : w.end] for w in words], compare_words(words, split_words(other)), strict=True))


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
    found = compare_settings(words, split_words(other))
    assert dict(zip([text[one.start : one.end] for one in words], found, strict=True))[word] is setting


@given(st.text())
def test_words_cover_everything_but_white_space(text: str) -> None:
    covered = "".join(text[word.start : word.end] for word in split_words(text))
    assert covered == "".join(text.split())
