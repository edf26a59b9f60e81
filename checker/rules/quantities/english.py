"""An amount as an English newspaper writes it: what an editor can put in the place of a wrong figure."""

from __future__ import annotations

_SCALES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
_SMALL = "zero one two three four five six seven eight nine".split()


def amount_in_english(value: float, *, year: bool = False) -> str | None:
    """The amount in digits, with a scale word where that is shorter; None where it cannot be written plainly.

    >>> amount_in_english(1_300_000_000), amount_in_english(25_400), amount_in_english(0.5), amount_in_english(3)
    ('1.3 billion', '25,400', '0.5', 'three')
    """
    if value < 0 or value > 1e15:
        return None
    if year:
        return str(int(value))
    for factor, name in _SCALES:
        short = f"{value / factor:.9g}"
        if value >= factor and len(short) <= 5:
            return f"{short} {name}"
    if value == int(value):
        return _SMALL[int(value)] if 0 < value < 10 else f"{int(value):,}"
    return f"{value:,.10g}" if abs(round(value, 3) - value) < 1e-9 else None
