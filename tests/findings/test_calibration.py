"""Calibration: monotone, exact at the knots, refused where broken."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.errors import ModelError
from checker.evidence import EvidenceKind
from checker.findings import Calibration, Thresholds, expected_calibration_error, load_calibration
from checker.findings.calibration import from_json, to_json
from checker.nli import Prediction

RISING = st.lists(st.floats(0, 1), min_size=1, max_size=12).map(sorted)
KNOTS = st.tuples(RISING, RISING).map(lambda sides: tuple(zip(*sides, strict=False)))


def test_without_a_file_figures_stay_as_they_are(tmp_path):
    calibration = load_calibration(tmp_path)
    assert calibration == Calibration()
    assert calibration.confidence(0.37, EvidenceKind.ARTICLE) == pytest.approx(0.37)
    assert calibration.error_probability(0.8) == pytest.approx(0.8)


def test_maps_are_chosen_by_kind_and_survive_json(tmp_path):
    calibration = Calibration(
        {"article": ((0.5, 0.1), (0.9, 0.9)), "fact": ((0.0, 0.5), (1.0, 1.0))},
        ((0.2, 0.0), (0.8, 1.0)),
        Thresholds(token=0.6),
        {"error/reference": {"error": 1.5, "bias": -0.5}},
    )
    (tmp_path / "calibration.json").write_text(json.dumps(to_json(calibration)), encoding="utf-8")
    read = load_calibration(tmp_path)
    assert to_json(read) == to_json(calibration)
    assert read.confidence(0.7, EvidenceKind.ARTICLE) == pytest.approx(0.5)
    assert read.confidence(0.2, "article") == pytest.approx(0.1)
    assert read.confidence(0.5, EvidenceKind.FACT) == pytest.approx(0.75)
    assert read.confidence(0.5, EvidenceKind.SOURCE) == 0.5
    assert read.error_probability(0.9) == 1.0
    assert read.thresholds.token == 0.6
    assert read.weigh("error/reference", {"error": 1.0}) == pytest.approx(0.731, abs=0.001)
    assert read.weigh("error/context", {"error": 1.0}) is None


@pytest.mark.parametrize(
    "plain",
    [
        [],
        {"schema": "other/9"},
        {"error": []},
        {"error": [[0, 0.5], [1, 0.4]]},
        {"error": [[0.5, 0], [0.4, 1]]},
        {"error": [[0, 0], [1, 1.5]]},
        {"error": [[0, "x"]]},
        {"error": [[0]]},
        {"error": 3},
        {"error": [3]},
        {"finding": []},
        {"thresholds": {"tokn": 0.5}},
        {"thresholds": {"token": 2}},
        {"thresholds": {"token": None}},
        {"temperature": 0},
        {"temperature": "warm"},
        {"weights": []},
        {"weights": {"error/reference": 3}},
        {"weights": {"error/reference": {"error": "x"}}},
        {"weights": {"error/reference": {"error": float("inf")}}},
    ],
)
def test_broken_calibrations_are_refused(tmp_path, plain):
    with pytest.raises(ValueError, match=r"."):
        from_json(plain)
    (tmp_path / "calibration.json").write_text(json.dumps(plain), encoding="utf-8")
    with pytest.raises(ModelError, match=r"calibration\.json"):
        load_calibration(tmp_path)


@settings(max_examples=60, deadline=None)
@given(KNOTS, st.lists(st.floats(0, 1), min_size=2, max_size=10))
def test_maps_are_monotone_and_round_trip(knots, places):
    calibration = Calibration({"article": knots})
    values = [calibration.confidence(place, "article") for place in sorted(places)]
    assert values == sorted(values)
    assert all(0 <= value <= 1 for value in values)
    assert from_json(json.loads(json.dumps(to_json(calibration)))) == calibration


@given(st.floats(0.3, 4.0))
def test_temperature_draws_labels_together_and_keeps_their_order(temperature):
    said = Prediction(0.7, 0.25, 0.05, 0.1)
    entailment, neutral, contradiction = Calibration(temperature=temperature).labels(said)
    assert entailment + neutral + contradiction == pytest.approx(1.0)
    assert entailment > neutral > contradiction
    assert (entailment < 0.7) == (temperature > 1.0) or entailment == pytest.approx(0.7)
    assert from_json(to_json(Calibration(temperature=temperature))).temperature == temperature


def test_calibration_error_by_hand():
    assert expected_calibration_error([0.95, 0.95, 0.15, 0.15], [1, 0, 0, 0]) == pytest.approx(0.3)
    assert expected_calibration_error([], []) == 0.0
