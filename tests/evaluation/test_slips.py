"""Slips are slips: another text, with the wrong words where they are said to be."""

from random import Random

import pytest

from checker.evaluation.slips import MAKERS

TEXT = "On June 5, 2012, the minister of France, Jean Dupont, paid 300 million euros for two big ships 5 miles off."
SOURCE = "Le 5 juin 2012, le ministre de la France, Jean Dupont, a payé 300 millions d'euros pour deux grands navires ."


@pytest.mark.parametrize("rule", MAKERS)
def test_a_slip_changes_the_text_where_it_says(rule):
    slip = MAKERS[rule](TEXT, SOURCE, Random(1))
    assert slip is not None
    assert slip.text != TEXT
    assert slip.span.of(slip.text)
    assert slip.text[: slip.span.start] == TEXT[: slip.span.start]


@pytest.mark.parametrize("rule", MAKERS)
def test_nothing_to_change_gives_no_slip(rule):
    assert MAKERS[rule]("No.", "Non.", Random(1)) is None
