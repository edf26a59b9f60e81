"""units: the right figure with the wrong unit, currency or measure of a share.

Fails:  `100 miles` for `100 kilómetros`; `$50 million` for `50 millones de euros`.
Passes: `62 miles` for `100 kilómetros`; `50 million` for `50 millones de euros` (the unit is left out, not changed).

Percent and percentage points, and units that newspapers use for each other (ton and tonne), are not held apart.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.rules.quantities import Quantity, comparable, read_quantities
from checker.rules.reporting import against_source
from checker.rules.types import Counterpart, Material, Rule, RuleCandidate

UNIT = "accuracy/mistranslation/unit"
# A slip between these is no matter of a word: degrees and shares have several names, durations many.
_CHECKED = frozenset({"length", "mass", "area", "volume", "speed", "power", "currency", "time"})
_WRITTEN = {
    "length": {"km": "km", "mile": "miles", "metre": "metres", "foot": "feet", "cm": "cm", "mm": "mm"},
    "currency": {"dollar": "dollars", "euro": "euros", "pound": "pounds", "yen": "yen", "yuan": "yuan"},
}


def find(material: Material) -> Iterator[RuleCandidate]:
    """Figures that the source has with another unit."""
    for counterpart in material.counterparts:
        yield from _differences(counterpart)


def _differences(counterpart: Counterpart) -> Iterator[RuleCandidate]:
    here, there = counterpart.here, counterpart.there
    ours = [one for one in read_quantities(here.text, here.language) if _is_measured(one)]
    theirs = [one for one in read_quantities(there.text, there.language) if _is_measured(one)]
    for mine in ours:
        alike = [other for other in theirs if _same_figure(mine, other)]
        if len(alike) != 1 or alike[0].unit == mine.unit or not _confusable(mine, alike[0]):
            continue
        if any(one.unit == alike[0].unit and _same_figure(one, alike[0]) for one in ours):
            continue
        suggestions = _suggestions(mine, alike[0], here.text)
        yield against_source("units", counterpart, mine.span, alike[0].span, category=UNIT, suggestions=suggestions)


def _is_measured(quantity: Quantity) -> bool:
    return quantity.unit is not None and quantity.unit.dimension in _CHECKED and not quantity.weak


def _same_figure(one: Quantity, other: Quantity) -> bool:
    return any(abs(mine - theirs) <= 1e-6 * abs(mine) for mine in one.values for theirs in other.values)


def _confusable(one: Quantity, other: Quantity) -> bool:
    """True for two units of one measure that are more than a name apart."""
    if one.unit is None or other.unit is None or one.unit.dimension != other.unit.dimension:
        return False
    if one.unit.dimension == "currency":
        return "cent" not in (one.unit.name, other.unit.name)
    return comparable(one.unit, other.unit) and not 0.9 < one.unit.factor / other.unit.factor < 1.1


def _suggestions(mine: Quantity, other: Quantity, text: str) -> tuple[str, ...]:
    if mine.unit is None or other.unit is None:
        return ()
    written = _WRITTEN.get(other.unit.dimension, {}).get(other.unit.name)
    return (f"{mine.core.of(text)} {written}",) if written else ()


RULE = Rule("units", "figures with another unit than in the original", __doc__ or "", find, needs_source=True)
