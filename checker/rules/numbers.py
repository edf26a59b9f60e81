"""numbers: a figure that the original does not have, where the original has another one that the text lacks.

Digits, number words, scales and units of both languages are read as amounts: `mil trescientos millones`,
`1.300 Mio.` and `1.3 billion` are equal. So are a rounded figure and the exact one ("nearly 1.3 million", 1,287,000),
an amount in another unit (62 miles, 100 km), `the 1990s` and `los años noventa`, half and 50 per cent, 3 p.m. and
`15 Uhr`.

Fails:  `99 million people` for `999 millones de personas`; `1.300 deaths` for `1.300 muertos`;
        `1.2 trillion` for `1,2 Milliarden`.
Passes: `1.3 billion` for `1.300 millones`; `two thirds` for `dos tercios`; `over 60 miles` for `100 kilómetros`.

A figure that is only missing, or only added, is no alarm: translators leave out and explain.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from checker.document import Span
from checker.rules.matching import left_over, pair_up, unexplained
from checker.rules.quantities import Quantity, comparable, read_quantities, same_quantity, strong_quantities
from checker.rules.quantities.english import amount_in_english
from checker.rules.reporting import against_source
from checker.rules.second_look import Sides, second_look
from checker.rules.types import Counterpart, Material, Passage, Rule, RuleCandidate
from checker.rules.zones import zoned_times

NUMBER = "accuracy/mistranslation/number"
DATE = "accuracy/mistranslation/date"
# Where so many figures differ and none agrees, the two passages are no translation of each other.
MOST_UNEXPLAINED = 2
FIRST_YEAR, LAST_YEAR = 1500, 2100


def find(material: Material) -> Iterator[RuleCandidate]:
    """Figures that differ from the source."""
    for counterpart in material.counterparts:
        yield from _differences(counterpart)


def _differences(counterpart: Counterpart) -> Iterator[RuleCandidate]:
    here, there = counterpart.here, counterpart.there
    our_strong = strong_quantities(here.text, here.language)
    theirs = read_quantities(there.text, there.language) if our_strong else ()
    if not theirs:
        return
    ours, their_strong = read_quantities(here.text, here.language), strong_quantities(there.text, there.language)
    around_ours = read_quantities(counterpart.here_around, here.language)
    around_theirs = read_quantities(counterpart.around, there.language)
    sides = Sides(ours, theirs, around_ours, around_theirs)
    strange = unexplained(our_strong, around_theirs, same_quantity)
    missing = unexplained(their_strong, around_ours, _same_turned)
    if strange and not missing:
        missing = left_over(their_strong, ours, _same_turned)
    elif missing and not strange:
        strange = left_over(our_strong, theirs, same_quantity)
    if min(len(strange), len(missing)) > MOST_UNEXPLAINED and not _agree(our_strong, theirs):
        return
    pairs = pair_up(strange, missing, _likeness)
    for mine, other in pairs or second_look(here.text, sides, strange):
        if _likeness(mine, other) is None:
            continue
        if _scale_elided(mine, other, ours) or _scale_elided(other, mine, theirs):
            continue
        if _unit_elided(mine, other, theirs):
            continue
        if mine.clock and _zone(mine, here) != _zone(other, there):
            continue  # converted from one time zone to another
        yield against_source(
            "numbers",
            counterpart,
            _shown(mine, other),
            _shown(other, mine),
            category=DATE if _is_year(mine) and _is_year(other) else NUMBER,
            suggestions=_suggestion(mine, other) if here.language == "en" else (),
        )


def _same_turned(other: Quantity, mine: Quantity) -> bool:
    return same_quantity(mine, other)


def _agree(ours: Sequence[Quantity], theirs: Sequence[Quantity]) -> bool:
    return any(same_quantity(one, other) for one in ours for other in theirs)


def _likeness(one: Quantity, other: Quantity) -> float | None:
    """How likely the two stand for each other, None where they cannot: a share is no sum, a time of day no year."""
    if one.clock != other.clock or (_is_year(one) != _is_year(other) and not _misread(one, other)):
        return None
    mine, theirs = (quantity.unit.dimension if quantity.unit else None for quantity in (one, other))
    if (mine and theirs and mine != theirs) or (mine == "temperature") != (theirs == "temperature"):
        return None
    if one.unit and other.unit and one.unit != other.unit and not comparable(one.unit, other.unit):
        return None  # converted at a rate that nobody knows, or in degrees of another scale
    unit = 1.0 if mine == theirs else 0.0
    written = 0.5 if one.digits == other.digits else 0.0
    return unit + written + (0.5 if one.ordinal == other.ordinal else 0.0)


def _unit_elided(mine: Quantity, bare: Quantity, beside: Sequence[Quantity]) -> bool:
    """True where a figure of the source takes the unit of another: "5 centímetros, con 10 en lugares aislados"."""
    if bare.unit or not mine.unit:
        return False
    units = {quantity.unit for quantity in beside if quantity.unit and comparable(quantity.unit, mine.unit)}
    return any(same_quantity(mine, replace(bare, unit=unit)) for unit in units)


def _scale_elided(short: Quantity, full: Quantity, beside: Sequence[Quantity]) -> bool:
    """ "$40 billion … and 24 more": the scale of another figure of the sentence goes for this one too."""
    if short.scale > 1.0 or full.scale == 1.0 or all(one.scale != full.scale for one in beside):
        return False
    return any(abs(mine * full.scale - other) < 1e-6 * other for mine in short.values for other in full.values)


def _zone(time: Quantity, passage: Passage) -> str | None:
    zoned = zoned_times(passage.text, passage.language)
    return next((one.zone for one in zoned if one.time == time), None)


def _is_year(quantity: Quantity) -> bool:
    value = quantity.values[0]
    return quantity.digits and not quantity.unit and FIRST_YEAR <= value <= LAST_YEAR and value == int(value)


def _misread(one: Quantity, other: Quantity) -> bool:
    """True for figures that differ in one digit: 2016 and 9016, 1870 and 187."""
    mine, theirs = f"{one.values[0]:.15g}", f"{other.values[0]:.15g}"
    if len(mine) == len(theirs):
        return sum(left != right for left, right in zip(mine, theirs, strict=True)) == 1
    longer, shorter = (mine, theirs) if len(mine) > len(theirs) else (theirs, mine)
    return any(longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer)))


def _shown(one: Quantity, other: Quantity) -> Span:
    """The figure alone where the unit is the same, for the unit is not what is wrong."""
    return one.core if one.unit == other.unit else one.span


def _suggestion(mine: Quantity, other: Quantity) -> tuple[str, ...]:
    if other.clock or other.ordinal or (mine.unit != other.unit and mine.unit is not None):
        return ()
    written = amount_in_english(other.values[0], year=_is_year(other))
    return (written,) if written else ()


RULE = Rule("numbers", "figures that differ from the original", __doc__ or "", find, needs_source=True)
