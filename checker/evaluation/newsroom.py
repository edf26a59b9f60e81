"""From an editor's decisions to a newsroom's own calibration: only with enough of them, and never far without reason.

A logistic map with two numbers for each kind of evidence is fitted by maximum a posteriori. The prior is that the model
is calibrated as it is: the shift is normal around 0 and the scale around 1. How many decisions are enough was found by
simulation (`python benchmarks/newsroom.py`): with fewer the fitted map is worse than none too often.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

import numpy as np

from checker.decisions import Decision
from checker.errors import UsageError
from checker.findings.recalibration import Recalibration, Shift
from checker.findings.weighing import log_odds

FEWEST = 200  # decided findings of a kind of evidence
FEWEST_EACH = 20  # of them right, and not an error
SHIFT_SPREAD = 1.0  # standard deviations of the prior, in log-odds
SCALE_SPREAD = 0.25
_SMALLEST_SCALE = 0.1
_STEPS = 30
_RULE = "rule:"

Cases = Mapping[str, Sequence[tuple[float, bool]]]


def recalibrate(decisions: Iterable[Decision], model: str, current: Recalibration | None = None) -> Recalibration:
    """The shifts for the model with the hash `model` that the newest decision about each finding gives.

    Findings that were shown under `current` are led back to the model's own confidence first; those of another model,
    under another recalibration, or of an exact rule do not count. Raises UsageError, which says how many decisions
    there are and are needed, where no kind of evidence has enough.
    """
    cases = usable_cases(decisions, model, current)
    shifts = {kind: fit_shift(some) for kind, some in sorted(cases.items()) if _is_enough(some)}
    if not shifts:
        raise UsageError(f"not enough decisions to calibrate with: {_needed(cases)}")
    return Recalibration(model, MappingProxyType(shifts))


def usable_cases(decisions: Iterable[Decision], model: str, current: Recalibration | None) -> Cases:
    """Kind of evidence -> (the model's own confidence, was it right) of each decided finding that counts."""
    cases: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for each in decisions:
        right = each.kind.says_right
        if right is None or each.confidence is None or each.evidence_kind is None or each.model != model:
            continue
        if (each.detector or "").startswith(_RULE):
            continue
        if each.calibration is None:
            cases[each.evidence_kind].append((each.confidence, right))
        elif current is not None and each.calibration == current.id:
            shift = current.shifts.get(each.evidence_kind)
            own = shift.back(each.confidence) if shift else each.confidence
            cases[each.evidence_kind].append((own, right))
    return cases


def fit_shift(cases: Sequence[tuple[float, bool]]) -> Shift:
    """The map from confidences to shares of right findings that is likeliest, given the prior."""
    raw = np.array([log_odds(confidence) for confidence, _ in cases])
    hits = np.array([right for _, right in cases], dtype=np.float64)
    design = np.stack([raw, np.ones_like(raw)], axis=1)  # (cases, 2)
    prior, penalty = np.array([1.0, 0.0]), np.array([SCALE_SPREAD, SHIFT_SPREAD]) ** -2.0
    found = prior.copy()
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-np.clip(design @ found, -30, 30)))
        gradient = design.T @ (p - hits) + penalty * (found - prior)
        step = np.linalg.solve((design.T * (p * (1 - p))) @ design + np.diag(penalty), gradient)
        found = found - step * min(1.0, 2.0 / max(1e-12, float(np.abs(step).max())))
        if np.abs(step).max() < 1e-9:
            break
    scale = max(_SMALLEST_SCALE, float(found[0]))
    return Shift(round(scale, 5), round(float(found[1]), 5), len(cases), int(hits.sum()))


def _is_enough(cases: Sequence[tuple[float, bool]]) -> bool:
    right = sum(hit for _, hit in cases)
    return len(cases) >= FEWEST and min(right, len(cases) - right) >= FEWEST_EACH


def _needed(cases: Cases) -> str:
    """`of alerts that rest on fact 23 (20 right, 3 not); 200 of one kind … are needed, at least 20 of them right …`."""
    counts = [(kind, len(some), sum(hit for _, hit in some)) for kind, some in sorted(cases.items())]
    told = "; ".join(f"of alerts that rest on {kind} {n} ({right} right, {n - right} not)" for kind, n, right in counts)
    needed = f"{FEWEST} of one kind of evidence are needed, at least {FEWEST_EACH} of them right and {FEWEST_EACH} not"
    return f"{told}; {needed}" if told else f"none is about an alert of this model; {needed}"
