"""Numbers, at a second look: a wrong figure whose right one something else in the text seems to be.

"Four years ago it bought both chains" for `hace dos años compró ambas` has a two, which is no year; "400 km
(190 miles)" for `300 km` has 300 km in the brackets; "64 years" is near enough to 60 where only one unit is meant. The
rule `numbers` looks here where the plain comparison has named nothing, and each case asks that both are of one kind.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from checker.rules.matching import left_over
from checker.rules.quantities import Quantity, comparable, rounds, same_quantity

Pair = tuple[Quantity, Quantity]
_IN_BRACKETS = re.compile(r"\s?[(\[]\s?")
_ROUGH_SHARE = 0.75
_FEWEST = 2  # below it is an article: "a", "un"


class Sides(NamedTuple):
    """Figures of a passage and of its counterpart, and those of the neighbouring sentences with them."""

    ours: Sequence[Quantity]
    theirs: Sequence[Quantity]
    around_ours: Sequence[Quantity]
    around_theirs: Sequence[Quantity]


def second_look(text: str, sides: Sides, strange: Sequence[Quantity]) -> list[Pair]:
    """One pair of a figure of `text` and one of the source that cannot be the same, or none.

    `strange` are figures here that the source does not explain. What a neighbouring sentence has was moved.
    """
    for pairs in (_of_one_unit(text, sides), _uncounted(sides, strange)):
        if len(pairs) == 1:
            return pairs
    return []


def _of_one_unit(text: str, sides: Sides) -> list[Pair]:
    """Amounts of one unit that are alone on either side when all that is written alike is put away."""
    measured = [one for one in sides.ours if one.unit and not one.weak]
    if not measured:
        return []
    spoken_for = [one for one in sides.ours if any(_written_alike(one, other) for other in sides.around_theirs)]
    odd = [one for one in measured if one not in spoken_for]
    lost = [
        other
        for other in sides.theirs
        if other.unit and not other.weak and not any(_written_alike(one, other) for one in sides.around_ours)
        and not any(_converts(text, one, sides.ours, other) for one in sides.ours if one not in spoken_for)
    ]  # fmt: skip
    return [(one, other) for one in odd for other in lost if one.unit == other.unit and not _may_be_rough(one, other)]


def _may_be_rough(one: Quantity, other: Quantity) -> bool:
    """True for a rounded figure, and for degrees, which may be of either scale."""
    return rounds(one, other) or (one.unit is not None and one.unit.dimension == "temperature")


def _written_alike(one: Quantity, other: Quantity) -> bool:
    """True for equal figures of which one may lack the unit; "both" and "first" are none of "two years", "1 %"."""
    bare = any(not each.unit and not each.weak for each in (one, other))
    return (one.unit == other.unit or bare) and bool(set(one.values) & set(other.values))


def _converts(text: str, one: Quantity, ours: Sequence[Quantity], other: Quantity) -> bool:
    """True where `one` is the other in another unit, and no mere conversion in brackets of what stands before it."""
    if not one.unit or not other.unit or one.unit == other.unit or not comparable(one.unit, other.unit):
        return False
    before = [each for each in ours if each.span.end <= one.span.start and each.unit == other.unit]
    bracketed = bool(before) and _IN_BRACKETS.fullmatch(text, before[-1].span.end, one.span.start)
    return not bracketed and same_quantity(one, other)


def _uncounted(sides: Sides, strange: Sequence[Quantity]) -> list[Pair]:
    """A strange figure, and one that the source has once more than the text when articles count as nothing.

    "A man, two women and a child" may be `четверо`, so a collective numeral may be a sum with the articles.
    """
    if not strange:
        return []
    counted = [one for one in sides.around_ours if not (one.weak and one.values[0] < _FEWEST)]
    told = [other for other in sides.theirs if not other.weak or _is_both(other)]
    lost = left_over(told, counted, lambda other, one: same_quantity(one, other))
    articles = sum(one.weak and one.values[0] == 1 for one in sides.ours)
    return [
        (one, other)
        for one in strange
        for other in lost
        if _of_one_kind(one, other) and not (other.weak and 0 < other.values[0] - one.values[0] <= articles)
    ]


def _is_both(quantity: Quantity) -> bool:
    """Of the weak ones that may be no amount (`siglo`, `semestre`, G20) those that count two: `ambos`, `двое`."""
    return quantity.values[0] == 2 and not quantity.ordinal and not quantity.digits


def _of_one_kind(one: Quantity, other: Quantity) -> bool:
    in_words = not one.digits and not other.digits
    if in_words and min(one.values[0], other.values[0]) > _ROUGH_SHARE * max(one.values[0], other.values[0]):
        return False  # "four dozen" for "une quarantaine"
    return one.unit == other.unit and one.clock == other.clock and one.ordinal == other.ordinal
