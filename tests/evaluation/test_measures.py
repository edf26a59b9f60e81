"""Measures: the figure, and an interval that narrows with the number of units."""

import math

import pytest

from checker.document import Span
from checker.evaluation.measures import calibration_error, character_measures, ratio, roc_area, share, span_measures


def test_share_and_ratio_by_hand() -> None:
    assert share("x", [True, False, True, True]).value() == 0.75
    assert ratio("x", [(1, 500), (0, 500), (2, 1000)], factor=1000).value() == 1.5
    assert math.isnan(share("x", []).value())
    assert all(math.isnan(end) for end in share("x", []).interval())


def test_the_interval_holds_the_figure_and_narrows_with_more_units() -> None:
    widths = []
    for count in (20, 2000):
        measure = share("x", [True, False] * (count // 2))
        low, high = measure.interval()
        assert low <= measure.value() <= high
        widths.append(high - low)
    assert widths[1] < widths[0] / 5
    assert share("x", [True, False] * 10).interval() == share("x", [True, False] * 10).interval()


def test_spans_count_where_they_overlap() -> None:
    found, gold = [[Span(0, 3), Span(9, 12)], []], [[Span(2, 6)], [Span(0, 2)]]
    figures = {measure.name: measure.value() for measure in span_measures("s_", found, gold)}
    assert figures == {"s_precision": 0.5, "s_recall": 0.5, "s_f1": 0.5}


def test_characters_count_one_by_one() -> None:
    figures = {m.name: m.value() for m in character_measures("", [[Span(0, 4)], []], [[Span(2, 6)], [Span(0, 2)]])}
    assert figures["precision"] == 0.5
    assert figures["recall"] == pytest.approx(2 / 6)
    assert figures["f1"] == pytest.approx(0.4)


def test_areas_and_calibration_errors_keep_their_units() -> None:
    assert roc_area("x", [0.1, 0.4, 0.35, 0.8], [False, False, True, True]).value() == 0.75
    measure = calibration_error("x", [0.95, 0.95, 0.15, 0.15], [True, False, False, False])
    assert measure.value() == pytest.approx(0.3)
    assert measure.units == [(0.95, True), (0.95, False), (0.15, False), (0.15, False)]
