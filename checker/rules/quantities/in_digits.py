"""Quantities that are written in digits: figures with their scale and unit, times of day, ratios, numeric dates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.document import Span
from checker.rules.quantities.figures import SPACES, figure_values
from checker.rules.quantities.quantity import Quantity
from checker.rules.quantities.token_text import SUFFIXES, TokenText
from checker.rules.quantities.units import currency_before, unit_after

_HALF_DAY = re.compile(rf"[{SPACES}]?([ap])\.?m\b\.?", re.IGNORECASE)
# "7 de la mañana", "7 heures du matin", "17 Uhr", "7 утра".
_DAY_PART = re.compile(
    rf"[{SPACES}]?(?:o['’]clock\b|(?:h|heures?|horas|ore)?[{SPACES}]?(?:(?:de la|da|de|del|della|di|du)[{SPACES}]"
    r"(?:mañana|tarde|noche|madrugada|manhã|noite|mattin[oa]|sera|notte|pomeriggio|matin|soir)|de l['’]après-midi)\b"
    rf"|Uhr\b|(?:час(?:а|ов)?[{SPACES}])?(?:утра|вечера|ночи|дня)\b)"
)
FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3, "⅛": 0.125}
_SUFFIX = re.compile(r"(?:k|mn|bn|tn|m|b)(?!\w)", re.IGNORECASE)
_ORDINAL_MARK = re.compile(r"(?:st|nd|rd|th|er|re|ère|ème|e|[ªº°](?!\s?[CF]\b)|-?[йяеогмух]{1,3})(?![\w])")
_DECADE = re.compile(r"['’]?s(?!\w)|er(?= Jahre)|-?[еx]{1,2}(?!\w)")
_CODE_BEFORE = re.compile(r"[^\W\d_][-‐‑/.]?$")
_CODE_AFTER = re.compile(r"[^\W\d_]")


def read_digits(here: TokenText, place: int) -> tuple[list[Quantity], int]:
    """The figure at a token with what belongs to it, and the next token."""
    token = here.tokens[place]
    start, end = token.span()
    values = figure_values(token.group(), here.language)
    if not values:
        values = tuple(float(part) for part in re.findall(r"\d+", token.group())[:4] if len(part) < 15)
        # A row of digits that is too long for an amount has no such parts, and is none.
        found = [Quantity(Span(start, end), Span(start, end), values, weak=True, digits=True)] if values else []
        return found, place + 1
    fraction = here.tokens[place + 1] if place + 1 < len(here.tokens) else None
    if fraction is not None and fraction.lastgroup == "fraction" and fraction.start() <= end + 1:
        values, end, place = (values[0] + FRACTIONS[fraction.group()],), fraction.end(), place + 1
    currency = currency_before(here.text, start)
    decade = _DECADE.match(here.text, end) if token.group().endswith("0") else None
    half = _HALF_DAY.match(here.text, end) or _day_part(here, token, values[0])
    weak = _is_code(here, start, end) and not half
    if half:
        return [_hour(values[0], start, end, half.end())], place + 1
    if decade:
        values, end, weak = (*values, *((1900.0 + values[0],) if values[0] < 100 else ())), decade.end(), False
    ordinal = _ORDINAL_MARK.match(here.text, end) if not decade else None
    if ordinal and ordinal.end() > end:
        end, weak = ordinal.end(), False
    scaled = _suffix(here, end, values, currency is not None)
    if scaled:
        values, end, weak = scaled[0], scaled[1], False
    values, end, after = here.scaled(values, end, here.token_from(end, place + 1))
    weak = weak and after == place + 1
    quantity = here.finish(start, end, values, weak=weak, digits=True, ordinal=bool(ordinal), currency=currency)
    return [quantity], max(after, place + 1)


def read_clock(here: TokenText, token: re.Match[str]) -> Quantity:
    """ "15:30", "3.30 p.m."."""
    hours, minutes = (int(part) for part in re.findall(r"\d+", token.group()))
    half = _HALF_DAY.match(here.text, token.end())
    span = Span(token.start(), half.end() if half else token.end())
    # A score or a chapter looks like a time too, so the two figures are readings.
    extra = (float(hours), float(hours % 12), float(minutes)) if minutes == 0 else ()
    return Quantity(span, Span(*token.span()), (float(hours % 12 * 60 + minutes), *extra), clock=True, digits=True)


def _hour(hour: float, start: int, end: int, stop: int) -> Quantity:
    """ "3 p.m.": minutes of twelve hours, and the hours by which others say it."""
    values = (hour % 12 * 60, hour, hour % 12, hour + 12.0)
    return Quantity(Span(start, stop), Span(start, end), values, clock=True, digits=True)


def read_ratio(token: re.Match[str]) -> Quantity:
    """ "2/3" is a fraction, or two figures."""
    above, below = (float(part) for part in token.group().split("/"))
    span = Span(*token.span())
    return Quantity(span, span, (above / (below or 1.0), above, below), weak=True, digits=True)


def read_date(token: re.Match[str]) -> Iterator[Quantity]:
    """The numbers of a numeric date, each with its place; days and months may change places."""
    for part in re.finditer(r"\d+", token.group()):
        span = Span(token.start() + part.start(), token.start() + part.end())
        value = float(part.group())
        values = (value,) if len(part.group()) != 2 else (value, 2000.0 + value, 1900.0 + value)
        yield Quantity(span, span, values, weak=True, digits=True)


def _day_part(here: TokenText, token: re.Match[str], hour: float) -> re.Match[str] | None:
    """What makes an hour of the figure: "7 de la mañana"."""
    return _DAY_PART.match(here.text, token.end()) if token.group().isdigit() and hour <= 24 else None


def _is_code(here: TokenText, start: int, end: int) -> bool:
    """True for the figure of "G20", "COVID-19", "MH17" or "5G"; not for "40-year-old" or "€30"."""
    before, after = _CODE_BEFORE.search(here.text[max(0, start - 2) : start]), _CODE_AFTER.match(here.text, end)
    return bool(before) or (bool(after) and unit_after(here.text, end) is None)


def _suffix(here: TokenText, end: int, values: tuple[float, ...], money: bool) -> tuple[tuple[float, ...], int] | None:
    match = _SUFFIX.match(here.text, end) if money or here.language == "en" else None
    if match is None:
        return None
    scaled = tuple(value * SUFFIXES[match.group().lower()] for value in values)
    # Without a currency "30m" may be metres, and stays open.
    return (scaled, match.end()) if money else ((*values, *scaled), match.end())
