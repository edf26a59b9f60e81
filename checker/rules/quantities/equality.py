"""When two quantities are the same: equal readings, another unit of one measure, a rounded figure, a short year."""

from __future__ import annotations

import math
from functools import lru_cache

from checker.rules.quantities.quantity import Quantity
from checker.rules.quantities.units import Unit

# Newsrooms round when they convert: 100 km are "62 miles" and "60 miles", 30 yards "25 metres".
CONVERSION_TOLERANCE = 0.07
ROUGH_TOLERANCE = 0.1  # of "about 30 yards" and "circa 25 metri"
WARMTH_TOLERANCE = 1.5  # °C
ROUGH_WARMTH_TOLERANCE = 3.5  # "almost 30 degrees" for 80 °F
ROUNDING_TOLERANCE = 0.06
_FEWEST_DIGITS = 2  # significant ones of a figure that may be a rounded one without a word that says so


def same_quantity(one: Quantity, other: Quantity) -> bool:
    """True where some reading of one equals some reading of the other, whatever its unit, or both measure the same.

    `one` may be a rounded `other`; a translation does not add digits, so the reverse is left to conversions and words.
    """
    if one.clock != other.clock:
        return _clock_and_hour(one, other) or _clock_and_hour(other, one)
    if any(_equal(mine, theirs) for mine in one.values for theirs in other.values):
        return True
    if converted(one, other) or rounds(one, other) or (_is_rough(one, other) and rounds(other, one)):
        return True
    return _short_year(one, other) or _short_year(other, one) or _share(one, other) or _share(other, one)


def converted(one: Quantity, other: Quantity) -> bool:
    """True where the two have units of one measure, and the same amount in them."""
    if not (one.unit and other.unit) or not comparable(one.unit, other.unit):
        return False
    if one.unit.dimension == "temperature":
        return _same_warmth(one, other)
    if one.unit == other.unit:
        return any(_equal(mine, theirs) for mine in one.values for theirs in other.values)
    tolerance = ROUGH_TOLERANCE if _told_rough(one, other) else CONVERSION_TOLERANCE
    return any(
        _near(mine * one.unit.factor / other.unit.factor, theirs, tolerance)
        or _near_small(mine * one.unit.factor / other.unit.factor, theirs)
        or _near_small(theirs * other.unit.factor / one.unit.factor, mine)
        for mine in one.values
        for theirs in other.values
    )


def comparable(one: Unit, other: Unit) -> bool:
    """True for two units that measure the same and convert into each other."""
    if one.dimension == other.dimension == "temperature":
        return True
    return one.dimension == other.dimension and bool(one.factor and other.factor)


def _told_rough(one: Quantity, other: Quantity) -> bool:
    """True for two figures in fives or tens of which one is called rough."""
    return (one.approximate or other.approximate) and one.values[0] % 5 == other.values[0] % 5 == 0


def _near_small(converted: float, written: float) -> bool:
    """A few of a unit are rounded to whole ones: one inch is "2 cm" as well as "3 cm"."""
    return written < 10 and written == int(written) and abs(converted - written) < 0.6


def _same_warmth(one: Quantity, other: Quantity) -> bool:
    """The same temperature, or the same difference of two, in Celsius and Fahrenheit; bare degrees may be either."""
    for mine in one.values:
        for theirs in other.values:
            for warm, cold in ((mine, theirs), (theirs, mine)):
                rough = (one.approximate or other.approximate) and cold % 10 == 0
                tolerance = ROUGH_WARMTH_TOLERANCE if rough else WARMTH_TOLERANCE
                if abs((warm - 32) / 1.8 - cold) <= tolerance or _near(warm / 1.8, cold, CONVERSION_TOLERANCE):
                    return True
                if _near_small(warm / 1.8, cold) or (
                    one.approximate and other.approximate and _near(warm / 1.8, cold, ROUGH_TOLERANCE)
                ):
                    return True
    return False


def _equal(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=1e-6, abs_tol=1e-9)


def _near(one: float, other: float, tolerance: float) -> bool:
    return abs(one - other) <= tolerance * max(abs(one), abs(other))


def _is_rough(one: Quantity, other: Quantity) -> bool:
    """True where either may be the rounded one: after a conversion, and in words ("four dozen", "una cinquantina")."""
    told = one.approximate or other.approximate
    return (told and not (one.digits or other.digits)) or bool(one.unit and other.unit and one.unit != other.unit)


def rounds(rough: Quantity, exact: Quantity) -> bool:
    """True where `rough` is `exact` cut to fewer digits; a word such as "nearly" allows for a little more."""
    for mine in rough.values:
        for theirs in exact.values:
            digits = _significant(mine)
            told = rough.approximate or exact.approximate
            if told and _near(mine, theirs, ROUNDING_TOLERANCE) and mine >= 20 and digits < _significant(theirs):
                return True
            if _FEWEST_DIGITS <= digits < _significant(theirs) and _fits(mine, theirs, digits):
                return True
    return False


def _fits(rough: float, exact: float, digits: int) -> bool:
    """True where `exact` lies within less than one step of the last of `digits` digits of `rough`."""
    if rough <= 0 or exact <= 0 or (1000 <= exact <= 2100 and exact == int(exact)):
        return False
    step = 10.0 ** (math.floor(math.log10(rough)) - digits + 1)
    return abs(rough - exact) < step * 0.999


@lru_cache(maxsize=4096)
def _significant(value: float) -> int:
    """Digits up to the last one that is not zero: 1,300,000 has two."""
    digits = f"{abs(value):.9g}"
    if "e" in digits:
        digits = digits.partition("e")[0]
    whole, point, rest = digits.partition(".")
    return len((whole + rest).lstrip("0")) if point else len(whole.strip("0") or "0")


def _short_year(long: Quantity, short: Quantity) -> bool:
    """ "1998" and "98", "1990s" and "años noventa"."""
    years = [year for year in long.values if 1900 <= year <= 2099]
    return bool(years) and any(_equal(year % 100, two) for year in years for two in short.values if two < 100)


def _share(one: Quantity, other: Quantity) -> bool:
    """ "half" and "50 per cent"."""
    percent = other.unit is not None and other.unit.dimension == "share"
    return percent and any(
        0 < part < 1 and _near(part * 100, value, 0.02) for part in one.values for value in other.values
    )


def _clock_and_hour(clock: Quantity, plain: Quantity) -> bool:
    """ "15 Uhr" and "3:00 p.m.": on the hour, the hour alone will do."""
    return clock.clock and any(_equal(hour, value) for hour in clock.values[1:] for value in plain.values)
