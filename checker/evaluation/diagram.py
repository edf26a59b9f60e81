"""A reliability diagram: said confidence against the share of right ones, one panel for each calibration measure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jinja2 import Environment

from checker.evaluation.measures import Measure
from checker.evaluation.run import Outcome

BINS = 10
SIDE = 220  # pixels of a panel's square
MARGIN = 44

_PAGE = Environment(autoescape=True).from_string(
    """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {{ width }} {{ height }}" width="{{ width }}"
 height="{{ height }}" font-family="sans-serif" font-size="11">
<rect width="{{ width }}" height="{{ height }}" fill="#fff"/>
{% for panel in panels %}<g transform="translate({{ panel.left }},{{ margin }})">
<text x="{{ side / 2 }}" y="-22" text-anchor="middle" font-size="12" font-weight="bold">{{ panel.title }}</text>
<text x="{{ side / 2 }}" y="-7" text-anchor="middle" fill="#555">{{ panel.subtitle }}</text>
<rect width="{{ side }}" height="{{ side }}" fill="none" stroke="#999"/>
<path d="M0 {{ side }}L{{ side }} 0" stroke="#999" stroke-dasharray="4 3"/>
{% for bar in panel.bars %}<rect x="{{ bar.x }}" y="{{ bar.y }}" width="{{ bar.width }}" height="{{ bar.height }}"
 fill="#3b6ea5" fill-opacity="{{ bar.opacity }}"><title>{{ bar.title }}</title></rect>
{% endfor %}{% for tick in ticks %}<text x="{{ tick * side }}" y="{{ side + 14 }}"
 text-anchor="middle">{{ tick }}</text>
<text x="-6" y="{{ side - tick * side + 4 }}" text-anchor="end">{{ tick }}</text>
{% endfor %}<text x="{{ side / 2 }}" y="{{ side + 30 }}" text-anchor="middle" fill="#555">said</text>
</g>
{% endfor %}</svg>
"""
)


@dataclass(frozen=True, slots=True)
class Bin:
    """Cases whose confidence is in [start, end): how many, what was said of them on average, what share was right."""

    start: float
    end: float
    cases: int
    said: float
    share: float


@dataclass(frozen=True, slots=True)
class _Bar:
    x: float
    y: float
    width: float
    height: float
    opacity: float
    title: str


def reliability_diagram(outcomes: Sequence[Outcome]) -> str:
    """An SVG; bars are as tall as the share of right ones, and the darker the more cases they stand for."""
    found = _calibrations(outcomes)
    panels = [
        {
            "left": MARGIN + place * (SIDE + MARGIN),
            "title": f"{outcome.benchmark}: {measure.name.removesuffix('_ece')}",
            "subtitle": f"{outcome.subject}, {len(measure.units)} cases, ECE {measure.value():.3f}",
            "bars": _bars(measure),
        }
        for place, (outcome, measure) in enumerate(found)
    ]
    width = MARGIN + max(1, len(panels)) * (SIDE + MARGIN)
    ticks = (0.0, 0.5, 1.0)
    return _PAGE.render(panels=panels, side=SIDE, margin=MARGIN, ticks=ticks, width=width, height=SIDE + 2 * MARGIN)


def pool_bins(outcomes: Sequence[Outcome]) -> list[Bin]:
    """Bins over the cases of all calibration measures together. Raises ValueError where there is no case."""
    units = [unit for _, measure in _calibrations(outcomes) for unit in measure.units]
    if not units:
        raise ValueError("none of these outcomes measures calibration; run `checker evaluate calibration` or `planted`")
    return bins_of(units)


def bins_of(units: Sequence[tuple[float, float]]) -> list[Bin]:
    """Bins of equal width over (confidence, right), lowest first, without those that hold no case."""
    said = np.array([confidence for confidence, _ in units], dtype=np.float64)
    right = np.array([hit for _, hit in units], dtype=np.float64)
    places = np.clip((said * BINS).astype(np.int64), 0, BINS - 1)
    return [
        Bin(
            place / BINS,
            (place + 1) / BINS,
            int((places == place).sum()),
            float(said[places == place].mean()),
            float(right[places == place].mean()),
        )
        for place in sorted(set(places.tolist()))
    ]


def _calibrations(outcomes: Sequence[Outcome]) -> list[tuple[Outcome, Measure]]:
    return [(outcome, measure) for outcome in outcomes for measure in outcome.measures if measure.name.endswith("_ece")]


def _bars(measure: Measure) -> list[_Bar]:
    bins = bins_of(measure.units)
    most = max((one.cases for one in bins), default=1)
    return [
        _Bar(
            round(one.start * SIDE + 1, 1),
            round(SIDE * (1 - one.share), 1),
            round(SIDE / BINS - 2, 1),
            round(SIDE * one.share, 1),
            round(0.3 + 0.7 * one.cases / most, 2),
            f"{one.cases} cases, {one.share:.2f} right",
        )
        for one in bins
    ]
