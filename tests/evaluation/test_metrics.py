"""Figures of merit against values worked out by hand."""

import math

import pytest

from checker.document import Span
from checker.errors import UsageError
from checker.evaluation import run_benchmark
from checker.evaluation.metrics import area_under_roc, character_f1, preferred


def test_character_f1_by_hand() -> None:
    figures = character_f1([[Span(0, 4)], []], [[Span(2, 6)], [Span(0, 2)]])
    assert figures["precision"] == 0.5
    assert figures["recall"] == pytest.approx(2 / 6)
    assert figures["f1"] == pytest.approx(0.4)


def test_character_f1_without_any_span() -> None:
    assert character_f1([[]], [[]])["f1"] == 0.0


def test_preferred_counts_ties_half() -> None:
    assert preferred([0.9, 0.5, 0.1], [0.1, 0.5, 0.9]) == 0.5
    assert math.isnan(preferred([], []))


def test_area_under_roc() -> None:
    assert area_under_roc([0.1, 0.4, 0.35, 0.8], [False, False, True, True]) == 0.75
    assert area_under_roc([0.5, 0.5], [True, False]) == 0.5
    assert math.isnan(area_under_roc([0.5], [True]))


def test_unknown_benchmark(tmp_path) -> None:
    with pytest.raises(UsageError, match="known: nli"):
        run_benchmark("nil", None, tmp_path)  # type: ignore[arg-type]
