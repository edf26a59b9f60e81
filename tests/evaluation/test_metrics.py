"""Figures of merit against values worked out by hand."""

import math

import pytest

from checker.document import Span
from checker.errors import UsageError
from checker.evaluation import BENCHMARKS, find_benchmarks
from checker.evaluation.metrics import area_under_roc, character_f1, preference


def test_character_f1_by_hand() -> None:
    figures = character_f1([[Span(0, 4)], []], [[Span(2, 6)], [Span(0, 2)]])
    assert figures["precision"] == 0.5
    assert figures["recall"] == pytest.approx(2 / 6)
    assert figures["f1"] == pytest.approx(0.4)


def test_character_f1_without_any_span() -> None:
    assert character_f1([[]], [[]])["f1"] == 0.0


def test_preference_counts_ties_half() -> None:
    assert [preference(0.9, 0.1), preference(0.5, 0.5), preference(0.1, 0.9)] == [1.0, 0.5, 0.0]


def test_area_under_roc() -> None:
    assert area_under_roc([0.1, 0.4, 0.35, 0.8], [False, False, True, True]) == 0.75
    assert area_under_roc([0.5, 0.5], [True, False]) == 0.5
    assert math.isnan(area_under_roc([0.5], [True]))


def test_unknown_benchmark() -> None:
    with pytest.raises(UsageError, match="known: nli"):
        find_benchmarks(["nil"])
    asked_for = {"retrieval", "retrieval-hybrid", "store-costs"}  # minutes each: run where they are named
    assert [one.name for one in find_benchmarks([])] == [name for name in BENCHMARKS if name not in asked_for]
