"""Weights are found where there is something to find, and stay small where there is not."""

import random

import pytest

from checker.evaluation.fitting import fit_weights
from checker.findings.calibration import expected_calibration_error
from checker.findings.weighing import weigh


def drawn(count: int, seed: int = 4) -> tuple[list[dict[str, float]], list[bool]]:
    """Cases that are positive with the logistic of 2·a - 1; b is noise."""
    rng = random.Random(seed)
    rows = [{"a": rng.gauss(0, 2), "b": rng.gauss(0, 1)} for _ in range(count)]
    return rows, [rng.random() < weigh(row, {"a": 2.0, "bias": -1.0}) for row in rows]


def test_weights_that_made_the_cases_are_found() -> None:
    weights = fit_weights(*drawn(4000))
    assert weights["a"] == pytest.approx(2.0, abs=0.25)
    assert weights["bias"] == pytest.approx(-1.0, abs=0.25)
    assert abs(weights.get("b", 0.0)) < 0.15


def test_probabilities_hold_on_other_cases() -> None:
    weights = fit_weights(*drawn(2000))
    rows, positive = drawn(2000, seed=5)
    assert expected_calibration_error([weigh(row, weights) for row in rows], positive) < 0.04


def test_separated_cases_stay_finite() -> None:
    weights = fit_weights([{"a": 1.0}, {"a": 2.0}, {"a": -1.0}, {"a": -2.0}], [True, True, False, False])
    assert 0.5 < weigh({"a": 1.0}, weights) < 1.0
    assert 0.0 < weigh({"a": -1.0}, weights) < 0.5


def test_ranked_pairs_bring_in_what_single_cases_hide() -> None:
    """Within pairs b decides and a is the same; over all cases a, which differs from pair to pair, drowns it."""
    rng = random.Random(6)
    rows, positive = [], []
    for _ in range(300):
        level = rng.gauss(0, 6)
        rows += [{"a": level, "b": level + 0.4}, {"a": level, "b": level}]
        positive += [True, False]
    pairs = [(place, place + 1) for place in range(0, len(rows), 2)]
    weights = fit_weights(rows, positive, pairs)
    assert all(weigh(rows[high], weights) > weigh(rows[low], weights) for high, low in pairs)


def test_a_figure_that_only_some_cases_have_counts_as_zero_elsewhere() -> None:
    rows = [{"a": 1.0}, {}, {"a": 1.0}, {}, {"a": 1.0}, {}]
    weights = fit_weights(rows, [True, False, True, False, False, False])
    assert weights["a"] > 0


def test_a_figure_that_points_the_wrong_way_is_left_out() -> None:
    rows, positive = drawn(500)
    rows = [{**row, "c": -row["a"]} for row in rows]
    assert fit_weights(rows, positive)["c"] < 0
    weights = fit_weights(rows, positive, signs={"a": 1, "c": 1})
    assert weights["a"] > 0
    assert "c" not in weights


@pytest.mark.parametrize("positive", [[True, True], [False, False], [True]])
def test_one_kind_of_case_is_refused(positive: list[bool]) -> None:
    with pytest.raises(ValueError, match="positive and negative"):
        fit_weights([{"a": 1.0}, {"a": 2.0}], positive)
