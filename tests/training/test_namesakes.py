"""Sentences about another person of the same surname."""

from __future__ import annotations

import random
from itertools import islice
from pathlib import Path

from checker.evidence import Relation
from checker.findings.given_names import other_given_names
from checker.training.recipe import Source
from checker.training.sources.namesakes import namesakes, rename


def test_every_mention_is_renamed_and_marked() -> None:
    found = rename("Ana Kell, née Ana Roth, saw Anatol.", "Ana", "Beatrix")
    assert found.text == "Beatrix Kell, née Beatrix Roth, saw Anatol."
    assert [span.of(found.text) for span in found.errors] == ["Beatrix", "Beatrix"]


def test_the_namesake_alone_is_wrong_and_differs_from_the_right_sentence_by_the_name() -> None:
    for right, wrong, silent in islice(namesakes(Path(), Source("namesakes", 1), random.Random(4)), 60):
        assert {right.relation, wrong.relation, silent.relation} == {Relation.CONTEXT}
        assert (right.error, wrong.error, silent.error) == (0.0, 1.0, 0.0)
        assert (right.label, wrong.label, silent.label) == ("not_contradiction", "contradiction", "not_contradiction")
        assert wrong.spans
        assert other_given_names(wrong.hypothesis, right.hypothesis)
        for span in wrong.spans:
            assert wrong.hypothesis[span.start : span.end][0].isupper()


def test_the_same_seed_makes_the_same_groups() -> None:
    def first() -> list[str]:
        groups = islice(namesakes(Path(), Source("namesakes", 1), random.Random(7)), 5)
        return [example.hypothesis for group in groups for example in group]

    assert first() == first()
