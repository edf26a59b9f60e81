"""Logistic regression on named figures: how the weights of a calibration are found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from checker.findings.weighing import BIAS, Figures

Matrix = NDArray[np.float64]

RIDGE = 6.0  # penalty on squared weights of standardised figures: a few hundred cases must not fit noise
PAIR_WEIGHT = 0.5  # of a ranked pair against a single case
STEPS = 30


def fit_weights(
    rows: Sequence[Figures],
    positive: Sequence[bool],
    pairs: Sequence[tuple[int, int]] = (),
    signs: Mapping[str, int] = MappingProxyType({}),
) -> dict[str, float]:
    """Weights under which the logistic of the weighted sum is the probability that a row is positive.

    `pairs` are (higher, lower) indices of rows that belong together: their order is fitted as well (RankNet's loss,
    Burges et al. 2005), then the scale and the bias are fitted once more on the single rows alone, so that ranking
    never bends the probabilities. A figure that a row lacks counts as 0. `signs` says which way a figure may point (1
    or -1); one that points the other way is an accident of the sample and is left out. Raises ValueError without rows
    of both kinds.
    """
    left = {name for row in rows for name in row}
    while True:
        weights = _fit(rows, positive, pairs, sorted(left))
        against = [name for name, weight in weights.items() if weight * signs.get(name, 0) < 0]
        if not against:
            return weights
        left.remove(max(against, key=lambda name: abs(weights[name])))


def _fit(
    rows: Sequence[Figures], positive: Sequence[bool], pairs: Sequence[tuple[int, int]], names: Sequence[str]
) -> dict[str, float]:
    hits = np.asarray(positive, dtype=np.float64)  # (rows,)
    if len(rows) != len(hits) or not 0 < hits.sum() < len(hits):
        raise ValueError("weights are fitted on positive and negative cases, at least one of each")
    raw = np.array([[row.get(name, 0.0) for name in names] for row in rows])  # (rows, figures)
    spread = raw.std(0)
    spread[spread < 1e-9] = 1.0
    centred = (raw - raw.mean(0)) / spread
    single = np.hstack([centred, np.ones((len(rows), 1))])
    design, wanted, share = single, hits, np.ones(len(rows))
    if pairs:
        high, low = np.array(pairs).T
        design = np.vstack([single, single[high] - single[low]])
        wanted = np.concatenate([hits, np.ones(len(pairs))])
        share = np.concatenate([share, np.full(len(pairs), PAIR_WEIGHT)])
    penalty = np.append(np.full(len(names), RIDGE), 1e-6)
    found = _newton(design, wanted, share, penalty)
    # Scale and bias once more, with Platt's targets, which stay finite where everything is separated.
    score = single @ found
    smooth = np.where(hits > 0, (hits.sum() + 1) / (hits.sum() + 2), 1 / (len(hits) - hits.sum() + 2))
    scale, shift = _newton(np.stack([score, np.ones_like(score)], axis=1), smooth, np.ones(len(rows)), np.full(2, 1e-6))
    weights = scale * found[:-1] / spread
    bias = scale * found[-1] + shift - float(weights @ raw.mean(0))
    return {BIAS: round(float(bias), 5)} | {
        name: round(float(weight), 5) for name, weight in zip(names, weights, strict=True) if abs(weight) > 1e-5
    }


def _newton(design: Matrix, wanted: Matrix, share: Matrix, penalty: Matrix) -> Matrix:
    """Penalised maximum likelihood of a logistic regression, shape (columns,); targets may be soft."""
    found = np.zeros(design.shape[1])
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-np.clip(design @ found, -30, 30)))
        gradient = design.T @ (share * (p - wanted)) + penalty * found
        curvature = (design.T * (share * p * (1 - p))) @ design + np.diag(penalty)
        step = np.linalg.solve(curvature, gradient)
        # Damped: from zero weights a full step can overshoot on separable cases.
        found = found - step * min(1.0, 5.0 / max(1e-12, float(np.abs(step).max())))
        if np.abs(step).max() < 1e-7:
            break
    return found
