"""A newsroom's own calibration: what it learns from decisions, and when it refuses."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import numpy as np
import pytest

from checker.decisions import Decision, DecisionKind
from checker.errors import UsageError
from checker.evaluation.newsroom import FEWEST, FEWEST_EACH, fit_shift, recalibrate, usable_cases
from checker.findings import Calibration, load_recalibration
from checker.findings.calibration import interpolate
from checker.findings.recalibration import Recalibration, Shift, from_json, to_json

MODEL = "0123456789abcdef"
NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)


def decided(right: bool, confidence: float = 0.8, number: int = 0, **more: object) -> Decision:
    """A decision about an alert that rests on a fact."""
    kind = DecisionKind.ACCEPTED if right else DecisionKind.NOT_AN_ERROR
    fields = {"evidence_kind": "fact", "model": MODEL, "detector": "nli", "kind": kind} | more
    return Decision(fingerprint=f"{number:016x}", at=NOON, confidence=confidence, **fields)  # type: ignore[arg-type]


def several(right: int, wrong: int, **more: object) -> list[Decision]:
    return [decided(number < right, number=number, **more) for number in range(right + wrong)]


def newsroom(
    rng: np.random.Generator, size: int, scale: float, shift: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Confidences as they are shown, from .5 up, the true shares of right ones there, and what editors decide."""
    shown = np.clip(rng.beta(4, 2, size=size) * 0.5 + 0.5, 0.5, 0.995)
    true = 1 / (1 + np.exp(-(scale * np.log(shown / (1 - shown)) + shift)))
    return shown, true, rng.random(size) < true


def errors_of(rng: np.random.Generator, size: int, scale: float, shift: float) -> tuple[float, float]:
    """Mean distance from the truth before and after, on alerts that were not decided."""
    shown, _, right = newsroom(rng, size, scale, shift)
    fitted = fit_shift(list(zip(shown.tolist(), right.tolist(), strict=True)))
    others, true, _ = newsroom(rng, 1_000, scale, shift)
    corrected = np.array([fitted.of(float(one)) for one in others])
    return float(np.abs(others - true).mean()), float(np.abs(corrected - true).mean())


def test_simulated_newsrooms_are_better_off_with_enough_decisions():
    """Of newsrooms that differ from the model's data, few are worse off; of those that do not, none by much."""
    rng = np.random.default_rng(7)
    different = [
        errors_of(rng, FEWEST, float(np.exp(rng.normal(0, 0.35))), float(rng.normal(0, 0.8))) for _ in range(200)
    ]
    same = [errors_of(rng, FEWEST, 1.0, 0.0) for _ in range(100)]
    before, after = np.array(different).T
    assert after.mean() < 0.35 * before.mean()
    assert (after > before + 0.02).mean() < 0.08
    assert np.array(same)[:, 1].mean() < 0.03
    assert np.quantile(np.array(same)[:, 1], 0.95) < 0.07


def test_with_few_decisions_it_would_often_be_worse():
    """Why there is a least number: this is what is refused."""
    rng = np.random.default_rng(7)
    same = np.array([errors_of(rng, FEWEST // 10, 1.0, 0.0) for _ in range(100)])
    assert np.quantile(same[:, 1], 0.95) > 0.1


def test_the_prior_is_the_model_as_it_is():
    half = [(0.5, True), (0.5, False)]
    assert fit_shift(half) == Shift(1.0, 0.0, 2, 1)
    assert abs(fit_shift([(0.9, True)] * 9 + [(0.9, False)]).of(0.9) - 0.9) < 0.01


def test_confidences_follow_the_share_of_right_alerts():
    found = recalibrate(several(FEWEST // 2, FEWEST // 2), MODEL)
    shift = found.shifts["fact"]
    assert (shift.decided, shift.right) == (FEWEST, FEWEST // 2)
    assert shift.of(0.8) == pytest.approx(0.5, abs=0.05)
    assert shift.back(shift.of(0.8)) == pytest.approx(0.8)


@pytest.mark.parametrize(
    ("decisions", "said"),
    [
        ([], "none is about an alert of this model"),
        (several(FEWEST - 20, 19), f"of alerts that rest on fact {FEWEST - 1} .* {FEWEST} of one kind"),
        (several(FEWEST, FEWEST_EACH - 1), f"at least {FEWEST_EACH} of them right and {FEWEST_EACH} not"),
        (several(FEWEST, FEWEST, model="another"), "none is about"),
        (several(FEWEST, FEWEST, detector="rule:numbers"), "none is about"),
        (several(FEWEST, FEWEST, calibration="unknown"), "none is about"),
        (several(FEWEST, FEWEST, kind=DecisionKind.FACT_OUT_OF_DATE), "none is about"),
    ],
)
def test_too_few_decisions_are_refused_with_what_is_needed(decisions, said):
    with pytest.raises(UsageError, match=said) as caught:
        recalibrate(decisions, MODEL)
    assert "\n" not in str(caught.value)


def test_alerts_shown_under_the_present_calibration_are_led_back():
    current = Recalibration(MODEL, {"fact": Shift(0.8, -1.0, 200, 100)})
    shown = current.shifts["fact"].of(0.9)
    cases = usable_cases([decided(True, shown, calibration=current.id)], MODEL, current)
    assert cases["fact"][0][0] == pytest.approx(0.9)


def test_a_fact_that_restates_its_sentence_is_a_fact_to_editors():
    own = Calibration(finding={"restated": ((0.0, 0.0), (1.0, 0.9))})
    shift = Shift(0.7, -0.5, 300, 150)
    maps = Recalibration(MODEL, {"fact": shift}).applied_to(own).finding
    assert interpolate(maps["restated"], 1.0) == pytest.approx(shift.of(0.9))
    assert "restated" not in Recalibration(MODEL, {"fact": shift}).applied_to(Calibration()).finding


def test_a_recalibration_lies_on_top_of_the_model_s_map(tmp_path):
    made = Recalibration(MODEL, {"fact": Shift(0.7, -0.5, 300, 150)})
    assert from_json(json.loads(json.dumps(to_json(made)))) == made
    own = Calibration(finding={"fact": ((0.0, 0.1), (0.43, 0.5), (1.0, 0.95)), "source": ((0.0, 0.0), (1.0, 1.0))})
    both = made.applied_to(own)
    assert both.recalibration == made.id
    assert both.finding["source"] == own.finding["source"]
    for raw in np.linspace(0, 1, 57):
        wanted = made.shifts["fact"].of(own.confidence(float(raw), "fact"))
        assert interpolate(both.finding["fact"], float(raw)) == pytest.approx(wanted, abs=2e-3)
    path = tmp_path / "n.json"
    path.write_text(json.dumps(to_json(made)))
    assert load_recalibration(path) == made


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{}",
        '{"schema": "checker.recalibration/1"}',
        '{"schema": "checker.recalibration/1", "model": "m", "shifts": {"fact": {"scale": 1}}}',
        '{"schema": "checker.recalibration/1", "model": "m", "shifts": '
        '{"fact": {"scale": -1, "shift": 0, "decided": 1, "right": 1}}}',
    ],
)
def test_another_file_is_refused(tmp_path, content):
    path = tmp_path / "n.json"
    path.write_text(content)
    with pytest.raises(UsageError, match="no newsroom calibration"):
        load_recalibration(path)
    with pytest.raises(UsageError, match="check the path"):
        load_recalibration(tmp_path / "none.json")
