"""A clean pair and its corrupted twins: which kinds of error are made, and what is done where none fits."""

from __future__ import annotations

import random

import pytest

from checker.evidence import Relation
from checker.training.recipe import Source
from checker.training.sources.twins import twins

FIGURES = "They sold 54 houses and built 36."
PLAIN = "The army left the village."


@pytest.mark.parametrize(
    ("sentence", "only", "wrong"),
    [
        (FIGURES, True, ["They sold 36 houses and built 54."]),
        (FIGURES, False, ["They sold 36 houses and built 54."]),
        (PLAIN, True, None),
    ],
)
def test_with_only_there_is_nothing_where_the_kind_cannot_be_made(corruptor, sentence, only, wrong) -> None:
    source = Source("edited_pairs", 1, options={"kinds": ["exchange"], "only": only})
    group = twins("As it was.", sentence, Relation.REFERENCE, corruptor, random.Random(1), source, clean_weight=1.0)
    assert [one.hypothesis for one in group if one.error] == (wrong or [])
    assert bool(group) == (wrong is not None)


def test_without_only_an_error_of_another_kind_is_made(corruptor) -> None:
    source = Source("edited_pairs", 1, options={"kinds": ["exchange"]})
    group = twins("As it was.", PLAIN, Relation.REFERENCE, corruptor, random.Random(1), source, clean_weight=1.0)
    assert [one.error for one in group][:1] == [0.0]
    assert len(group) == 2
