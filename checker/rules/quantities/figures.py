"""Figures: digits, whose value depends on the language's thousands and decimal marks, and Roman numerals."""

from __future__ import annotations

import re
from functools import lru_cache

# Spaces that part thousands: plain, no-break, thin, narrow no-break.
SPACES = " \u00a0\u2009\u202f"
_LAKH = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}")
_ROMAN = re.compile(r"(?=[IVXL])(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_DECIMAL_POINT = frozenset({"en", "zh", "ja", "ko", "he", "hi"})


@lru_cache(maxsize=65536)
def figure_values(figure: str, language: str) -> tuple[float, ...]:
    """What `figure` may be worth, the likeliest first; empty where it is no number.

    >>> figure_values("1.300,5", "es"), figure_values("1,300.5", "en")
    ((1300.5,), (1300.5,))
    >>> figure_values("1.300", "es"), figure_values("1.300", "en")
    ((1300.0,), (1.3,))
    >>> figure_values("1,300", "es")
    (1.3, 1300.0)
    """
    plain = re.sub(f"[{SPACES}'’]", "", figure)
    if plain.isascii() and plain.isdigit():
        return (float(plain),) if len(plain) <= 15 else ()
    decimal, thousands = (".", ",") if language in _DECIMAL_POINT else (",", ".")
    grouped = _grouped(plain, thousands, decimal)
    pointed = _pointed(plain, decimal)
    # Mexican, Swiss and hurried copy use the other language's marks.
    other = _grouped(plain, decimal, thousands) if language != "en" else None
    swapped = _pointed(plain, thousands)
    lakh = float(plain.replace(",", "")) if language == "en" and _LAKH.fullmatch(plain) else None
    found = [value for value in (grouped, pointed, other, lakh) if value is not None]
    last_resort = swapped if swapped is not None else _with_one_mark(plain)
    return tuple(dict.fromkeys(found or ([last_resort] if last_resort is not None else [])))


def _grouped(plain: str, thousands: str, decimal: str) -> float | None:
    t, d = re.escape(thousands), re.escape(decimal)
    if not re.fullmatch(rf"[1-9]\d{{0,2}}(?:{t}\d{{3}})+(?:{d}\d+)?", plain):
        return None
    return float(plain.replace(thousands, "").replace(decimal, "."))


def _pointed(plain: str, decimal: str) -> float | None:
    """ "1.5", ".08"."""
    return float(plain.replace(decimal, ".")) if re.fullmatch(rf"\d*{re.escape(decimal)}\d+", plain) else None


def _with_one_mark(plain: str) -> float | None:
    """ "13.289.40": one mark for thousands and decimals, as hurried copy has it."""
    match = re.fullmatch(r"([1-9]\d{0,2}(?:([.,])\d{3})+)\2(\d{1,2})", plain)
    return float(f"{re.sub('[.,]', '', match[1])}.{match[3]}") if match else None


def roman_value(letters: str) -> float | None:
    """The value of a Roman numeral up to 89 in capitals, as of centuries and kings; None for anything else.

    >>> roman_value("XIX"), roman_value("MIX")
    (19.0, None)
    """
    if not _ROMAN.fullmatch(letters):
        return None
    values = [{"I": 1, "V": 5, "X": 10, "L": 50}[letter] for letter in letters]
    return float(sum(-one if one < two else one for one, two in zip(values, [*values[1:], 0], strict=True)))
