"""Slips are slips: another text, with the wrong words where they are said to be."""

from random import Random

import pytest

from checker.evaluation.slips import MAKERS

TEXT = "On June 5, 2012, the minister of France, Jean Dupont, paid 300 million euros for two big ships 5 miles off."
SOURCE = "Le 5 juin 2012, le ministre de la France, Jean Dupont, a payé 300 millions d'euros pour deux grands navires ."
# What the makers below need and TEXT has no room for.
OTHERS = {
    "relative-dates": ("The ships left yesterday.", "Les navires sont partis hier."),
    "bounds": ("More than 300 ships left, up to 5 of them sank.", "Plus de 300 navires sont partis."),
    "attribution": ("“We will never give up the port,” the mayor said.", "« Nous ne céderons pas », dit le maire."),
    "lost-names": ("The spokesman Jean Dupont left.", "Le porte-parole Jean Dupont est parti."),
}


@pytest.mark.parametrize("rule", MAKERS)
def test_a_slip_changes_the_text_where_it_says(rule):
    text, source = OTHERS.get(rule, (TEXT, SOURCE))
    slip = MAKERS[rule](text, source, Random(1))
    assert slip is not None
    assert slip.text != text
    assert slip.span.of(slip.text)
    assert slip.text[: slip.span.start] == text[: slip.span.start]


@pytest.mark.parametrize("rule", MAKERS)
def test_nothing_to_change_gives_no_slip(rule):
    assert MAKERS[rule]("No.", "Non.", Random(1)) is None
