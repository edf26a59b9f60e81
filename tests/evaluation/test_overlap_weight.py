"""The overlap with the reference is weighed in without bending the probabilities."""

from __future__ import annotations

import random

import pytest

from checker.evaluation.cases import Case
from checker.evaluation.pair_fitting import OVERLAP, with_overlap
from checker.findings import pair_figures
from checker.findings.weighing import weigh
from checker.nli import Pair, Prediction
from checker.pipeline import Views

REFERENCE = "The harbour office in Velmar doubled the toll for small ferries on Tuesday."
WORDS = REFERENCE.split()


def cases_of(count: int) -> tuple[list[Case], list[Views]]:
    """Texts with words lost, in which the model's figure for an error is right four times in five."""
    rng = random.Random(3)
    cases, views = [], []
    for _ in range(count):
        wrong, seen = rng.random() < 0.4, rng.random() < 0.8
        text = " ".join(word for word in WORDS if rng.random() < 0.8) or "Rain."
        cases.append(Case(Pair(REFERENCE, text), wrong, ()))
        views.append(Views(Prediction(0.1, 0.8, 0.1, 0.7 if wrong == seen else 0.3), None, None))
    return cases, views


def test_as_many_are_wrong_as_is_said_and_the_nearer_one_is_likelier_right() -> None:
    cases, views = cases_of(400)
    weights = with_overlap({"bias": 0.2, "error": 1.1}, cases, views)
    said = [weigh(pair_figures(*view, case.pair), weights) for case, view in zip(cases, views, strict=True)]
    assert sum(said) / len(said) == pytest.approx(sum(case.wrong for case in cases) / len(cases), abs=0.01)
    assert weights["overlap"] / weights["error"] == pytest.approx(-OVERLAP / 1.1)
    near, far = Pair(REFERENCE, " ".join(WORDS[:-1])), Pair(REFERENCE, " ".join(WORDS[:-4]))
    view = views[0].forward
    assert weigh(pair_figures(view, None, None, near), weights) < weigh(pair_figures(view, None, None, far), weights)
