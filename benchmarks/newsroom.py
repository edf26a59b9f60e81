"""How many decisions a newsroom's own calibration needs, by simulation: distance of confidences from the truth.

    python benchmarks/newsroom.py

Of each number of decisions 300 newsrooms: whose confidences are off by a random logistic map, and whose are right.
`worse` is the share of newsrooms whose confidences are further from the truth by more than .02 than before.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from checker.evaluation.newsroom import fit_shift

Figures = NDArray[np.float64]
NEWSROOMS = 300
SCALE_SPREAD, SHIFT_SPREAD = 0.35, 0.8  # of newsrooms that are off, in log-odds


def decided(
    rng: np.random.Generator, size: int, scale: float, shift: float
) -> tuple[Figures, Figures, NDArray[np.bool_]]:
    """Confidences as they are shown, from .5 up, the true shares of right ones there, and what editors decide."""
    shown = np.clip(rng.beta(4, 2, size=size) * 0.5 + 0.5, 0.5, 0.995)
    true = 1 / (1 + np.exp(-(scale * np.log(shown / (1 - shown)) + shift)))
    return shown, true, rng.random(size) < true


def distances(rng: np.random.Generator, size: int, *, off: bool) -> tuple[float, float]:
    """Mean distance before and after, on other alerts of a newsroom of which a tenth of each kind was decided."""
    while True:
        scale = float(np.exp(rng.normal(0, SCALE_SPREAD))) if off else 1.0
        shift = float(rng.normal(0, SHIFT_SPREAD)) if off else 0.0
        shown, _, right = decided(rng, size, scale, shift)
        if min(right.sum(), size - right.sum()) >= size / 10:
            break
    fitted = fit_shift(list(zip(shown.tolist(), right.tolist(), strict=True)))
    others, true, _ = decided(rng, 2_000, scale, shift)
    corrected = np.array([fitted.of(float(one)) for one in others])
    return float(np.abs(others - true).mean()), float(np.abs(corrected - true).mean())


def main() -> None:
    """Print a line for each number of decisions."""
    rng = np.random.default_rng(7)
    for size in (50, 100, 200, 400):
        before, after = np.array([distances(rng, size, off=True) for _ in range(NEWSROOMS)]).T
        same = np.array([distances(rng, size, off=False)[1] for _ in range(NEWSROOMS)])
        worse = (after > before + 0.02).mean()
        figures = f"off {before.mean():.3f} -> {after.mean():.3f}, worse {worse:.3f}; right 0 -> {same.mean():.3f}"
        print(f"{size} decisions: {figures}")


if __name__ == "__main__":
    main()
