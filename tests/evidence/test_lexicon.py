"""Tables of words and their translations, and what they tell of two sentences."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.evidence.lexicon import ENGLISH, LANGUAGES, lexicon_of, stem, stems
from checker.evidence.wording import AGAINST, LEAST, MOST, Wording

PAIRS = {
    "es": ("La huelga de los médicos empezó ayer.", "The doctors' strike began yesterday."),
    "fr": ("La grève des médecins a commencé hier.", "The doctors' strike began yesterday."),
    "de": ("Gestern hat es den ganzen Tag geregnet.", "Yesterday it rained the whole day."),
    "pt": ("O hospital tratou as crianças doentes.", "The hospital treated the sick children."),
    "it": ("Ieri sera mio fratello ha perso le chiavi.", "Last night my brother lost his keys."),
    "ru": ("Вчера дети смотрели телевизор дома.", "Yesterday the children watched television at home."),
}
MARKS = {"?", "!", '"'}
OTHER = "Two buses collided near the bridge, and nobody was hurt."


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_a_table_whose_words_are_stems(language):
    lexicon = lexicon_of(language)
    assert len(lexicon.translations) > 1500
    assert all(stem(word, language) == word for word in lexicon.translations)
    english = {each for words in lexicon.translations.values() for each in words}
    assert english == set(lexicon.english_kept)
    assert all(word in MARKS or (word.isalpha() and word.islower() and len(word) <= 6) for word in english)
    assert lexicon.translations["?"][0] == "?"
    shares = [*lexicon.kept.values(), *lexicon.english_kept.values()]
    assert all(0.0 < share <= 1.0 for share in shares)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_is_likelier_than_another_sentence(language):
    source, copy = PAIRS[language]
    likeness = Wording([copy, OTHER], [source], language).likeness(1, 1)
    assert likeness[0, 0] > 1.0 > 0.0 > likeness[1, 0]


def test_a_language_without_a_table_tells_nothing():
    assert lexicon_of("tr").translations == {}
    assert not Wording(["One."], ["Bir.", "Iki."], "tr").likeness(1, 2).any()


def test_stems_of_inflected_words_are_one():
    assert stems("Überraschungen", "de") == stems("überraschend", "de")
    assert stems("banks", ENGLISH) == stems("Bank", ENGLISH)


def test_marks_and_what_is_not_are_words():
    assert stems("„Wirklich?“", "de") == {'"', "wirkli", "?"}
    assert stems("She isn't", ENGLISH) == stems("she is not", ENGLISH) == {"she", "is", "not"}


@given(st.lists(st.sampled_from([OTHER, *(copy for _, copy in PAIRS.values())]), min_size=1, max_size=6))
def test_likeness_is_bounded_and_of_the_right_shape(copies):
    wording = Wording(copies, [source for source, _ in PAIRS.values()], "es")
    one, several = wording.likeness(1, 1), wording.likeness(1, 2)
    assert one.shape == (len(copies), len(PAIRS))
    assert several.shape == (len(copies), len(PAIRS) - 1)
    assert np.all((one >= LEAST) & (one <= MOST))
    assert np.all((several >= LEAST * (1 + AGAINST)) & (several <= MOST))


def test_a_sentence_has_no_part_in_the_translation_of_the_one_before():
    source, copy = PAIRS["es"]
    wording = Wording([copy, OTHER], [source], "es")
    assert wording.likeness(2, 1)[0, 0] < wording.likeness(1, 1)[0, 0] - 1.0
