"""Names with one word changed: which are found, how strongly, and what is only a title or chance."""

from __future__ import annotations

import pytest

from checker.evidence.names import FAINT_MATCH, STRONG_MATCH, WEAK_MATCH, MemoryPatterns, NameIndex


@pytest.mark.parametrize(
    ("elsewhere", "sentence", "strength"),
    [
        ("He spoke at the Forum of the Islands.", "She left the Summit of the Islands.", STRONG_MATCH),
        ("He spoke at the Forum of the Islands.", "She left the summit of the Islands.", STRONG_MATCH),
        ("A fund for the Orsa River Trust.", "They sued the Orsa Rover Trust.", STRONG_MATCH),
        ("He chairs the Coastal Safety Council.", "He left the Coastal Safety Advice early.", STRONG_MATCH),
        ("It was Alda Brunner.", "They met Alma Brunner there.", WEAK_MATCH),
        ("They saw Miss Alda Brunner.", "They saw Chair Alda Brunner.", WEAK_MATCH),
        ("They saw Old Miss Brunner.", "They saw comments Miss Brunner made.", FAINT_MATCH),
        ("A visit to Rio de Plata.", "A visit to River de Plata.", STRONG_MATCH),
    ],
)
def test_one_other_word(elsewhere: str, sentence: str, strength: float) -> None:
    found = NameIndex(MemoryPatterns(["Nothing here.", elsewhere])).almost_named(sentence)
    assert list(found) == [1]
    assert max(found[1].values()) == strength


@pytest.mark.parametrize(
    ("elsewhere", "sentence"),
    [
        ("He spoke at the Forum of the Islands.", "He left the Forum of the Islands."),
        ("He spoke at the Forums of the Islands.", "He left the Forum of the Islands."),
        ("He spoke at the Forum of the Islands.", "The summit of the lakes is near."),
        ("He spoke at the Forum, Islands in hand.", "At the Summit, Islands were sold."),
        ("On May 23 it rained.", "On May 24 it rained."),
        ("TEN FERRIES STUCK OFF VELMAR AFTER STORM HITS", "TWO FERRIES were stuck."),
        ("The Brunner family left.", "A Brunner is here."),
        ("", ""),
    ],
)
def test_no_match(elsewhere: str, sentence: str) -> None:
    assert NameIndex(MemoryPatterns([elsewhere])).almost_named(sentence) in ({}, _only_weak(elsewhere, sentence))


def _only_weak(elsewhere: str, sentence: str) -> dict[int, dict[int, float]]:
    """Dates look like two-word names; they may match weakly and never strongly."""
    found = NameIndex(MemoryPatterns([elsewhere])).almost_named(sentence)
    assert all(strength <= WEAK_MATCH for words in found.values() for strength in words.values())
    return found if "May" in sentence else {}


def test_a_form_that_other_texts_have_is_weak_and_the_text_itself_does_not_count() -> None:
    texts = ["They left the Summit of the Islands.", "The Forum of the Islands met.", "See the Summit of the Islands."]
    index = NameIndex(MemoryPatterns(texts))
    assert max(index.almost_named(texts[0], exclude=[0, 2])[1].values()) == STRONG_MATCH
    assert max(index.almost_named(texts[0], exclude=[0])[1].values()) == WEAK_MATCH
