"""Statements follow from their sentence; the matter is where the sentence says it."""

import random

import pytest

from checker.training.propositions import corrupt_elsewhere, corrupt_matter, propositions, unrelated_adjective

SENTENCE = "Russia's unprovoked invasion of Ukraine cost 5 billion euros."
STATED = [
    (SENTENCE, "Russia's invasion of Ukraine is unprovoked.", "unprovoked"),
    ("Russian President Ivan Petrov left.", "Ivan Petrov is the president of Russia.", "Russia"),
    ("Maria Lopez, 42, left the city.", "Maria Lopez is 42 years old.", "42"),
    ("The summit in Madrid was huge.", "The summit took place in Madrid.", "Madrid"),
    ("The court rejected the plan.", "The court rejected the plan.", "rejected"),
]


@pytest.mark.parametrize(("sentence", "statement", "matter"), STATED)
def test_statement(corruptor, sentence, statement, matter):
    found = {made.text: made for made in propositions(sentence, corruptor)}
    assert statement in found
    assert found[statement].matter.of(statement) == matter
    assert all(used.of(sentence) for used in found[statement].used)


@pytest.mark.parametrize(
    "sentence", ["Would the court reject the plan?", 'He said "the plan is legal" again.', "Left."]
)
def test_nothing_is_stated(corruptor, sentence):
    assert propositions(sentence, corruptor) == []


def test_matter_is_corrupted_in_its_place(corruptor):
    statement = propositions(SENTENCE, corruptor)[0]
    wrong = corrupt_matter(statement, corruptor, random.Random(4))
    assert wrong.text == "Russia's provoked invasion of Ukraine cost 5 billion euros."
    assert [span.of(wrong.text) for span in wrong.spans] == ["provoked"]


def test_elsewhere_leaves_the_statement_true(corruptor):
    statement = propositions(SENTENCE, corruptor)[0]
    for seed in range(20):
        made = corrupt_elsewhere(statement, corruptor, random.Random(seed))
        assert made is None or made.text.startswith("Russia's unprovoked invasion of Ukraine")


def test_unrelated_adjective_has_an_opposite(corruptor):
    made = unrelated_adjective("The army left the city.", random.Random(1), corruptor)
    assert made.replacement_text.split()[-1] in corruptor.lexicon.prefixed
