"""units: the right figure with the wrong unit, currency or measure of a share.

Fails:  `100 miles` for `100 kilómetros`; `$50 million` for `50 millones de euros`; `20 metres` for `6 metros`, which
        are 20 feet.
Passes: `62 miles` for `100 kilómetros`; `50 million` for `50 millones de euros` (the unit is left out, not changed).

Percent and percentage points, and units that newspapers use for each other (ton and tonne), are not held apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from checker.rules.quantities import UNITS, Quantity, comparable, converted, same_quantity, strong_quantities
from checker.rules.reporting import against_source
from checker.rules.types import Counterpart, Material, Rule, RuleCandidate

UNIT = "accuracy/mistranslation/unit"
# A slip between these is no matter of a word: degrees and shares have several names, durations many.
_CHECKED = frozenset({"length", "mass", "area", "volume", "speed", "power", "currency", "time"})
_PAIRS = (("km", "mile"), ("metre", "foot"), ("cm", "inch"), ("km/h", "mph"), ("hectare", "acre"))
_OTHER_SYSTEM = dict(_PAIRS) | {imperial: metric for metric, imperial in _PAIRS}
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
    ours = [one for one in strong_quantities(here.text, here.language) if _is_measured(one)]
    theirs = [one for one in strong_quantities(there.text, there.language) if _is_measured(one)] if ours else []
    for mine in ours:
        other = _other_unit(mine, ours, theirs) or _unit_of_conversion(mine, ours, theirs)
        if other is not None:
            yield against_source(
                "units", counterpart, mine.span, other.span, category=UNIT,
                suggestions=_suggestions(mine, other, here.text),
            )  # fmt: skip


def _other_unit(mine: Quantity, ours: list[Quantity], theirs: list[Quantity]) -> Quantity | None:
    """The one quantity of the source with the same figure, where its unit is another."""
    alike = [other for other in theirs if _same_figure(mine, other)]
    if len(alike) != 1 or alike[0].unit == mine.unit or not _confusable(mine, alike[0]):
        return None
    if any(converted(mine, other) for other in theirs if other.unit != mine.unit):
        return None  # "1 to 2 inches" for "2 a 5 cm"
    taken = any(one.unit == alike[0].unit and _same_figure(one, alike[0]) for one in ours)
    return None if taken else alike[0]


def _unit_of_conversion(mine: Quantity, ours: list[Quantity], theirs: list[Quantity]) -> Quantity | None:
    """What the figure fits once it has the other system's unit: 20 metres for 6 m, which are 20 feet."""
    partner = UNITS.get(_OTHER_SYSTEM.get(mine.unit.name if mine.unit else "", ""))
    if partner is None or any(same_quantity(mine, other) for other in theirs):
        return None
    meant = replace(mine, unit=partner)
    fitting = [other for other in theirs if other.unit == mine.unit and same_quantity(meant, other)]
    fitting = [other for other in fitting if not any(same_quantity(one, other) for one in ours)]
    return fitting[0] if len(fitting) == 1 else None


def _is_measured(quantity: Quantity) -> bool:
    return quantity.unit is not None and quantity.unit.dimension in _CHECKED


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
    meant = other.unit.name if _same_figure(mine, other) else _OTHER_SYSTEM[mine.unit.name]
    written = _WRITTEN.get(other.unit.dimension, {}).get(meant)
    return (f"{mine.core.of(text)} {written}",) if written else ()


RULE = Rule("units", "figures with another unit than in the original", __doc__ or "", find, needs_source=True)
