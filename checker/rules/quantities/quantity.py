"""An amount at its place in a text: what the reader makes, and what equality and the rules compare."""

from __future__ import annotations

from dataclasses import dataclass

from checker.document import Span
from checker.rules.quantities.units import Unit


@dataclass(frozen=True, slots=True)
class Quantity:
    """`values` are its readings, the likeliest first; `span` covers figure, scale and unit, `core` the figure alone.

    `clock` marks a time of day, whose values are minutes of twelve hours. `digits` tells that it is written in digits.
    `scale` is the factor of the scale word in it: 1e6 for "3 million".
    """

    span: Span
    core: Span
    values: tuple[float, ...]
    unit: Unit | None = None
    weak: bool = False
    approximate: bool = False
    clock: bool = False
    ordinal: bool = False
    digits: bool = False
    scale: float = 1.0
