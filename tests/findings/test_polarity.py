"""What denies what, and what only looks so."""

import pytest

from checker.findings.polarity import looks_negative, negative_form, opposites


@pytest.mark.parametrize(
    "word",
    [
        "unprovoked",
        "unlawful",
        "incomplete",
        "incompetent",
        "impossible",
        "illegal",
        "irregular",
        "reckless",
        "dishonourable",
    ],
)
def test_negative_modifiers(word):
    assert looks_negative(word)


@pytest.mark.parametrize(
    "word",
    [
        "united",
        "independent",
        "implement",
        "international",
        "discovered",
        "important",
        "imposed",
        "understanding",
        "unless",
    ],
)
def test_words_that_only_look_negative(word):
    assert not looks_negative(word)


@pytest.mark.parametrize(
    ("one", "other", "opposed"),
    [
        ("lawful", "unlawful", True),
        ("accepted", "rejects", True),
        ("dependent", "independent", True),
        ("harmless", "harmful", True),
        ("pro-europe", "anti-europe", True),
        ("covered", "discovered", False),
        ("closed", "disclosed", False),
        ("lawful", "lawful", False),
    ],
)
def test_opposites(one, other, opposed):
    assert opposites(one, other) is opposed
    assert opposites(other, one) is opposed


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("justified", "unjustified"),
        ("legitimate", "illegitimate"),
        ("mature", "immature"),
        ("united", None),
        ("big", None),
    ],
)
def test_negative_forms_are_made_by_rule_or_not_at_all(word, form):
    assert negative_form(word) == form
