"""Rewordings keep the meaning; shortenings keep the truth."""

import random

import pytest

REWORDED = [
    ("Prices rose 5 percent.", "Prices rose 5%."),
    ("Prices rose 5%.", "Prices rose 5 percent."),
    ("The army did not leave.", "The army didn't leave."),
    ("The minister saw two soldiers.", "The minister saw 2 soldiers."),
    ("The minister said that he left.", "The minister said he left."),
    ("The plan cost $5 million.", "The plan cost 5 million dollars."),
    ("It began on May 5, 2020.", "It began on 5 May 2020."),
    ("On Tuesday, the army left Kyiv.", "The army left Kyiv on Tuesday."),
    ("The court rejected the plan.", "The plan was rejected by the court."),
    ("He met the president of Ukraine.", "He met Ukraine's president."),
    ("A huge house fell.", "An enormous house fell."),
]
UNTOUCHED = ["May left.", "The army was there."]


@pytest.mark.parametrize(("sentence", "wanted"), REWORDED)
def test_rewording(corruptor, sentence, wanted):
    rng = random.Random(2)
    made = {found.text for _ in range(60) if (found := corruptor.paraphrase(sentence, rng))}
    assert wanted in made


@pytest.mark.parametrize("sentence", UNTOUCHED)
def test_nothing_to_reword(corruptor, sentence):
    assert corruptor.paraphrase(sentence, random.Random(1)) is None


@pytest.mark.parametrize(
    ("sentence", "shorter"),
    [
        ("On Tuesday, the army left the city at last.", "The army left the city at last."),
        ("The army left the city in May, he said.", "The army left the city in May."),
        ("Ivan Petrov, a critic of the plan, was in the city.", "Ivan Petrov was in the city."),
        ("In the past, the army left the city alone.", None),
        ("The army left.", None),
    ],
)
def test_reduce(corruptor, sentence, shorter):
    assert corruptor.reduce(sentence) == shorter
