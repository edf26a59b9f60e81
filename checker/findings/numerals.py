"""Numbers as values, so that "1,300", "1300" and "thirteen hundred" can be told equal and "13" and "30" different."""

# ruff: noqa: E501 - word lists read better in full lines
from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"

_SMALL: dict[str, float] = {
    **{word: float(value) for value, word in enumerate(_UNITS.split())},
    **{word: 10.0 * value for value, word in enumerate(_TENS.split(), start=2)},
    **{word: float(value) for value, word in enumerate(_ORDINALS.split(), start=1)},
    "dozen": 12.0,
}
_SCALES: dict[str, float] = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "m": 1e6,
    "bn": 1e9,
}
_PLAIN = re.compile(r"(\d+(?:[.,:]\d+)*)(?:st|nd|rd|th)?")


@lru_cache(maxsize=4096)
def number_value(norm: str) -> float | None:
    """The value of one word in normal form, None where it is no number.

    A mark followed by groups of exactly three digits separates thousands ("1,300", "1.300" → 1300); any other single
    mark is a decimal mark ("1.3", "1,3" → 1.3). Scale words count alone ("million" → 1e6); plurals too ("millions").
    """
    if norm in ("m", "bn"):  # only a scale next to a figure, see phrase_value
        return None
    singular = norm.removesuffix("s")
    for table in (_SMALL, _SCALES):
        if norm in table or singular in table:
            return table.get(norm, table.get(singular))
    tens, _, unit = norm.partition("-")
    if tens in _SMALL and unit in _SMALL and _SMALL[tens] >= 20 and 0 < _SMALL[unit] < 10:
        return _SMALL[tens] + _SMALL[unit]
    match = _PLAIN.fullmatch(norm)
    return _figure(match.group(1)) if match else None


def phrase_value(norms: Sequence[str]) -> float | None:
    """The value of number words in a row: `("3", "million")` → 3e6, `("two", "hundred", "five")` → 205."""
    total, part, seen = 0.0, 0.0, False
    for norm in norms:
        singular = norm.removesuffix("s")
        scale = _SCALES.get(norm, _SCALES.get(singular))
        value = number_value(norm)
        if scale is not None:
            part = (part if seen and part else 1.0) * scale
            if scale >= 1e3:
                total, part = total + part, 0.0
        elif value is not None:
            part += value
        else:
            return None
        seen = True
    return total + part if seen else None


def _figure(digits: str) -> float | None:
    if ":" in digits:  # a time of day, as minutes
        hours, *rest = digits.split(":")
        if not rest or not all(part.isdigit() for part in (hours, *rest)):
            return None
        return float(int(hours) * 60 + int(rest[0]))
    marks = [char for char in digits if char in ".,"]
    groups = re.split("[.,]", digits)
    if len(set(marks)) == 2:
        whole, mark, decimals = digits.rpartition(marks[-1])
        return float(re.sub("[.,]", "", whole) + (f".{decimals}" if mark else ""))
    if marks and all(len(group) == 3 for group in groups[1:]) and len(groups[0]) <= 3 and groups[0] != "0":
        return float("".join(groups))
    return float(".".join(groups)) if len(groups) <= 2 else None
