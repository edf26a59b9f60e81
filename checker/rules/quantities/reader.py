"""All quantities of a text with their places: "1,3 millones de euros", "two thirds", "3.30pm", "XXI", "the 1990s".

A quantity may have several readings ("1,300" in Spanish copy is 1.3 or 1,300). A weak one may be no quantity at all
("one", "the second", "G20"): it explains another figure and never accuses one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, lru_cache

from checker.document import Span
from checker.rules.quantities.approximation import is_approximate
from checker.rules.quantities.compounds import compound_value, number_test
from checker.rules.quantities.figures import SPACES, figure_values, roman_value
from checker.rules.quantities.number_words import NumberWords, fold, words_for
from checker.rules.quantities.quantity import Quantity
from checker.rules.quantities.tokens import TOKEN
from checker.rules.quantities.units import Unit, currency_before, unit_after

_HALF_DAY = re.compile(rf"[{SPACES}]?([ap])\.?m\b\.?", re.IGNORECASE)
# "7 de la mañana", "7 heures du matin", "17 Uhr", "7 утра".
_DAY_PART = re.compile(
    rf"[{SPACES}]?(?:o['’]clock\b|(?:h|heures?|horas|ore)?[{SPACES}]?(?:(?:de la|da|de|del|della|di|du)[{SPACES}]"
    r"(?:mañana|tarde|noche|madrugada|manhã|noite|mattin[oa]|sera|notte|pomeriggio|matin|soir)|de l['’]après-midi)\b"
    rf"|Uhr\b|(?:час(?:а|ов)?[{SPACES}])?(?:утра|вечера|ночи|дня)\b)"
)
_RANGE = re.compile(
    r"\s?(?:[-‐‑–—/]|to|and|or|a|y|o|e|et|à|ou|bis|und|oder|до|и|или)\s?"
    r"(?:nearly |almost |about |more than |over |más de |casi |plus de |mehr als |über |mais de |più di |более )?"
    r"(?:the |los |las |les |die |den |der |os |as |i |le )?"
)
# "un cuarto de milenio", "half a century".
_AGE = re.compile(
    rf"[{SPACES}-](?:(?:of )?(?:an? )?|de |d[ieu] |eines )?"
    r"(?:(?P<hundred>century|siglo|siècle|Jahrhunderts?|século|secolo|века)|(?:millennium|milenio|millénaire|Jahrtausends?|milénio|milênio|millennio))\b"
)
_PAST = re.compile(r"\b(?:half past|quarter (?:past|to)|halb|viertel (?:vor|nach)) $", re.IGNORECASE)
_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3, "⅛": 0.125}
_SUFFIXES = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12}
_SUFFIX = re.compile(r"(?:k|mn|bn|tn|m|b)(?!\w)", re.IGNORECASE)
_ORDINAL_MARK = re.compile(r"(?:st|nd|rd|th|er|re|ère|ème|e|[ªº°](?!\s?[CF]\b)|-?[йяеогмух]{1,3})(?![\w])")
_DECADE = re.compile(r"['’]?s(?!\w)|er(?= Jahre)|-?[еx]{1,2}(?!\w)")
_CODE_BEFORE = re.compile(r"[^\W\d_][-‐‑/.]?$")
_CODE_AFTER = re.compile(r"[^\W\d_]")
_GAPS = f"{SPACES}-"
_JOINT = re.compile(f"[{_GAPS}]?")


@lru_cache(maxsize=2048)
def read_quantities(text: str, language: str) -> tuple[Quantity, ...]:
    """The quantities of `text` in order, without overlaps. An unknown language is read by digits and English words."""
    return tuple(_spread(text, list(_Reader(text, language).quantities())))


def _spread(text: str, quantities: list[Quantity]) -> list[Quantity]:
    """Ranges share scale and unit: "entre 340 y 500 millones", "two to three inches"."""
    for place in range(len(quantities) - 2, -1, -1):
        one, two = quantities[place], quantities[place + 1]
        if not _RANGE.fullmatch(text[one.span.end : two.span.start]) or one.clock or two.clock:
            continue
        values = one.values
        if two.scale > one.scale == 1.0:
            values = (*values, *(value * two.scale for value in values))
        quantities[place] = replace(one, values=values, unit=one.unit or two.unit)
    return quantities


@cache
def _halves(words: tuple[str, ...]) -> re.Pattern[str] | None:
    return re.compile(rf"[{SPACES}]?(?:{'|'.join(words)})\b") if words else None


class _Reader:
    """One pass over the tokens of a text."""

    def __init__(self, text: str, language: str) -> None:
        self.text = text
        self.language = language
        self.words: NumberWords = words_for(language)
        self.tokens = list(TOKEN.finditer(text))

    def quantities(self) -> Iterator[Quantity]:
        done = 0
        for place in self._beginnings():
            if place >= done:
                found, done = self._read(place)
                yield from found
                if found:
                    done = self._token_from(found[-1].span.end, done)

    def _beginnings(self) -> list[int]:
        """The tokens that a quantity may begin with: all but words that are surely no part of a number."""
        may_be_number = number_test(self.language)
        return [
            place
            for place, token in enumerate(self.tokens)
            if token.lastgroup != "word" or may_be_number(token.group())
        ]

    def _read(self, place: int) -> tuple[list[Quantity], int]:
        """What begins at a token, and the next token."""
        token = self.tokens[place]
        kind = token.lastgroup
        if kind == "word":
            return self._ordinal_pair(place) or self._in_words(place)
        if kind == "figure":
            return self._in_digits(place)
        if kind == "time":
            return [self._clock(token)], place + 1
        if kind == "fraction":
            value = _FRACTIONS[token.group()]
            return [Quantity(Span(*token.span()), Span(*token.span()), (value,), weak=True)], place + 1
        if kind == "ratio":
            return [self._ratio(token)], place + 1
        return list(self._date(token)), place + 1

    def _clock(self, token: re.Match[str]) -> Quantity:
        hours, minutes = (int(part) for part in re.findall(r"\d+", token.group()))
        half = _HALF_DAY.match(self.text, token.end())
        span = Span(token.start(), half.end() if half else token.end())
        # A score or a chapter looks like a time too, so the two figures are readings.
        extra = (float(hours), float(hours % 12), float(minutes)) if minutes == 0 else ()
        return Quantity(span, Span(*token.span()), (float(hours % 12 * 60 + minutes), *extra), clock=True, digits=True)

    def _hour(self, hour: float, start: int, end: int, stop: int) -> Quantity:
        """ "3 p.m.": minutes of twelve hours, and the hours by which others say it."""
        values = (hour % 12 * 60, hour, hour % 12, hour + 12.0)
        return Quantity(Span(start, stop), Span(start, end), values, clock=True, digits=True)

    def _ratio(self, token: re.Match[str]) -> Quantity:
        """ "2/3" is a fraction, or two figures."""
        above, below = (float(part) for part in token.group().split("/"))
        span = Span(*token.span())
        return Quantity(span, span, (above / (below or 1.0), above, below), weak=True, digits=True)

    def _date(self, token: re.Match[str]) -> Iterator[Quantity]:
        """The numbers of a numeric date, each with its place; days and months may change places."""
        for part in re.finditer(r"\d+", token.group()):
            span = Span(token.start() + part.start(), token.start() + part.end())
            value = float(part.group())
            values = (value,) if len(part.group()) != 2 else (value, 2000.0 + value, 1900.0 + value)
            yield Quantity(span, span, values, weak=True, digits=True)

    def _in_digits(self, place: int) -> tuple[list[Quantity], int]:
        token = self.tokens[place]
        start, end = token.span()
        values = figure_values(token.group(), self.language)
        if not values:
            values = tuple(float(part) for part in re.findall(r"\d+", token.group())[:4] if len(part) < 15)
            return [Quantity(Span(start, end), Span(start, end), values, weak=True, digits=True)], place + 1
        fraction = self.tokens[place + 1] if place + 1 < len(self.tokens) else None
        if fraction is not None and fraction.lastgroup == "fraction" and fraction.start() <= end + 1:
            values, end, place = (values[0] + _FRACTIONS[fraction.group()],), fraction.end(), place + 1
        currency = currency_before(self.text, start)
        decade = _DECADE.match(self.text, end) if token.group().endswith("0") else None
        half = _HALF_DAY.match(self.text, end) or self._day_part(token, values[0])
        weak = self._is_code(start, end) and not half
        if half:
            return [self._hour(values[0], start, end, half.end())], place + 1
        if decade:
            values, end, weak = (*values, *((1900.0 + values[0],) if values[0] < 100 else ())), decade.end(), False
        ordinal = _ORDINAL_MARK.match(self.text, end) if not decade else None
        if ordinal and ordinal.end() > end:
            end, weak = ordinal.end(), False
        scaled = self._suffix(end, values, currency is not None)
        if scaled:
            values, end, weak = scaled[0], scaled[1], False
        values, end, after = self._scaled(values, end, self._token_from(end, place + 1))
        weak = weak and after == place + 1
        quantity = self._finish(start, end, values, weak=weak, digits=True, ordinal=bool(ordinal), currency=currency)
        return [quantity], max(after, place + 1)

    def _day_part(self, token: re.Match[str], hour: float) -> re.Match[str] | None:
        """What makes an hour of the figure: "7 de la mañana"."""
        return _DAY_PART.match(self.text, token.end()) if token.group().isdigit() and hour <= 24 else None

    def _is_code(self, start: int, end: int) -> bool:
        """True for the figure of "G20", "COVID-19", "MH17" or "5G"; not for "40-year-old" or "€30"."""
        before, after = _CODE_BEFORE.search(self.text[max(0, start - 2) : start]), _CODE_AFTER.match(self.text, end)
        return bool(before) or (bool(after) and unit_after(self.text, end) is None)

    def _suffix(self, end: int, values: tuple[float, ...], money: bool) -> tuple[tuple[float, ...], int] | None:
        match = _SUFFIX.match(self.text, end) if money or self.language == "en" else None
        if match is None:
            return None
        scaled = tuple(value * _SUFFIXES[match.group().lower()] for value in values)
        # Without a currency "30m" may be metres, and stays open.
        return (scaled, match.end()) if money else ((*values, *scaled), match.end())

    def _scale_of(self, start: int, end: int) -> float:
        """The largest scale in a number; scale words in a row are one: "mil millones" is 1e9."""
        largest = run = 1.0
        for word in re.findall(r"[^\W\d_]+", self.text[start:end]):
            scale = self.words.scales.get(fold(word), _SUFFIXES.get(word.lower(), 1.0))
            run = run * scale if scale > 1 else 1.0
            largest = max(largest, run)
        return largest

    def _scaled(self, values: tuple[float, ...], end: int, place: int) -> tuple[tuple[float, ...], int, int]:
        """The figure with the scale words behind it: "1,3" + "millones"; then where it ends, and the next token."""
        factor = 1.0
        while place < len(self.tokens) and self.tokens[place].lastgroup == "word":
            token = self.tokens[place]
            scale = self.words.scales.get(fold(token.group()))
            if scale is None or not _JOINT.fullmatch(self.text, end, token.start()):
                break
            factor, end, place = factor * scale, token.end(), place + 1
            if self.text[end : end + 1] == "." and len(token.group()) <= 4:
                end += 1
        added = self._half_more(end) if factor > 1 or len(values) == 1 else None
        if added:
            return tuple((value + 0.5) * factor for value in values), added, self._token_from(added, place)
        return tuple(value * factor for value in values), end, place

    def _half_more(self, end: int) -> int | None:
        halves = _halves(self.words.halves)
        match = halves.match(self.text, end) if halves else None
        return match.end() if match else None

    def _token_from(self, position: int, place: int) -> int:
        while place < len(self.tokens) and self.tokens[place].start() < position:
            place += 1
        return place

    def _in_words(self, place: int) -> tuple[list[Quantity], int]:
        token = self.tokens[place]
        word = fold(token.group())
        first = self._value(word)
        if first is None and word not in self.words.hundred and word not in self.words.scales:
            return self._other_word(token, word), place + 1
        value, end, after = self._sum(place)
        start = token.start()
        if value is None:
            return [], place + 1
        lone = after == place + 1
        bare_scale = lone and word in self.words.scales
        hyphened = self.text[end : end + 1] in "-‐‑" and end < len(self.text)
        name = lone and token.group()[:1].isupper() and self._inside_sentence(start)
        past = _PAST.search(self.text[max(0, start - 14) : start])
        doubtful = lone and (word in self.words.weak or (hyphened and value < 10))
        weak = value <= 1 or bare_scale or name or bool(past) or doubtful
        fraction = self._fraction(value, end, after)
        if fraction:
            return [Quantity(Span(start, fraction[1]), Span(start, fraction[1]), fraction[0])], fraction[2]
        return [self._finish(start, end, (value,), weak=weak, digits=False, ordinal=False, currency=None)], after

    def _ordinal_pair(self, place: int) -> tuple[list[Quantity], int] | None:
        """ "décimo octavo", "vigésimo primero": the sum of two ordinals."""
        pair = self.tokens[place : place + 2]
        if fold(pair[0].group()) not in self.words.ordinals or len(pair) < 2 or pair[1].lastgroup != "word":
            return None
        tens, units = (self.words.ordinals.get(fold(token.group()), (0.0,))[0] for token in pair)
        if tens not in (10.0, 20.0, 30.0, 40.0) or not 0 < units < 10:
            return None
        span = Span(pair[0].start(), pair[1].end())
        return [Quantity(span, span, (tens + units,), ordinal=True)], place + 2

    def _inside_sentence(self, start: int) -> bool:
        before = self.text[:start].rstrip(" \u00a0\"'“„«‘(")
        return bool(before) and before[-1] not in ".!?:;\n…—–-"

    def _value(self, word: str) -> float | None:
        value = self.words.values.get(word)
        return value if value is not None else compound_value(word, self.language)

    def _sum(self, place: int) -> tuple[float | None, int, int]:
        """The value of the number words from `place` on, where they end in the text, and the next token."""
        total, part, seen, end, first = 0.0, 0.0, False, self.tokens[place].end(), place
        slot, scale_of_half = 1e7, 1.0
        while place < len(self.tokens) and self.tokens[place].lastgroup == "word":
            token = self.tokens[place]
            gap = self.text[end : token.start()]
            if place > first and (len(gap) != 1 or gap not in _GAPS):
                break
            word = fold(token.group())
            if word in self.words.joiners and seen and self._joins(place, part, slot):
                place += 1
                end = token.end()
                continue
            value, scale = self._value(word), self.words.scales.get(word)
            if word in self.words.hundred and part % 1000 < 100:
                part, slot = part - part % 1000 + (part % 1000 or 1) * 100, 100.0
            elif value is not None and value < slot:
                part, slot = part + value, self._slot(value)
            elif scale is not None and (scale_of_half == 1.0 or scale < scale_of_half or part):
                if scale == 1e3:
                    part, slot = (part or 1) * 1e3, 1000.0
                else:
                    total, part, slot = total + (part or 1) * scale, 0.0, 1e6
                scale_of_half = scale
            else:
                break
            seen, end, place = True, token.end(), place + 1
        half = self._half_more(end) if seen else None
        if half:
            value, end, place = self._scaled_half(total + part, scale_of_half, half, place)
            return value, end, place
        return (total + part if seen else None), end, place

    def _scaled_half(self, value: float, scale: float, end: int, place: int) -> tuple[float, int, int]:
        """ "a million and a half", and with the scale behind it "two and a half million"."""
        (value,), end, place = self._scaled((value + 0.5 * scale,), end, self._token_from(end, place))
        return value, end, place

    def _joins(self, place: int, part: float, slot: float) -> bool:
        """True where the joiner at `place` stands inside one number: "treinta y uno", "hundred and five"."""
        if place + 1 >= len(self.tokens):
            return False
        token = self.tokens[place + 1]
        value = self._value(fold(token.group()))
        if value is None or value >= slot or value == 0:
            return False
        if self.language == "en":
            return slot >= 100 and part >= 100
        if self.language in ("pt", "it"):
            return part >= 20 or (part == 0 and slot >= 1000)
        return part % 100 >= 20 and slot <= 10 + 10 * (self.language == "fr")

    def _slot(self, value: float) -> float:
        """What must be undercut by the next word: 100 after hundreds, 10 after tens, nothing after units."""
        if value >= 1000:
            return 1000.0
        if value >= 100:
            return 100.0
        if value >= 20 and value % 10 == 0:
            return 20.0 if self.language == "fr" and value in (60, 80) else 10.0
        return 0.0

    def _fraction(self, value: float, end: int, after: int) -> tuple[tuple[float, ...], int, int] | None:
        """ "two thirds", "dos tercios", "three quarters", "trois quarts"."""
        if after >= len(self.tokens) or not 1 <= value <= 9:
            return None
        token = self.tokens[after]
        word = fold(token.group())
        if token.start() != end + 1 or self.text[end] not in _GAPS:
            return None
        part = self.words.weak.get(word, 0.0)
        readings = self.words.ordinals.get(word, ())
        share = part if part in (0.25,) else next((each for each in readings if 0 < each < 1), 0.0)
        if not share or (value == 1 and self.language != "en"):
            return None
        plural = word.endswith(("s", "i", "l", "eln", "x")) or self.language == "ru"
        return ((value * share, value), token.end(), after + 1) if plural or value == 1 else None

    def _other_word(self, token: re.Match[str], word: str) -> list[Quantity]:
        span = Span(*token.span())
        if word in self.words.ordinals:
            values = self.words.ordinals[word]
            age = _AGE.match(self.text, token.end())
            if age and values[-1] < 1:
                years = values[-1] * (100.0 if age["hundred"] else 1000.0)
                return [Quantity(span, span, (*values, years), weak=True, ordinal=True)]
            weak = values[0] <= 2 or word in self.words.weak or token.group()[:1].isupper()
            return [Quantity(span, span, values, weak=weak, ordinal=True)]
        if word in self.words.weak:
            return [Quantity(span, span, (self.words.weak[word],), weak=True)]
        roman = roman_value(token.group())
        if roman is not None:
            return [Quantity(span, span, (roman,), weak=True)]
        return self._parts(token)

    def _parts(self, token: re.Match[str]) -> list[Quantity]:
        """Number words inside a hyphenated one: "two-year-old", "three-day"."""
        head, hyphen, tail = token.group().partition("-")
        value = self._value(fold(head)) if hyphen else None
        if value is None:
            return []
        share = next((part for part in self.words.ordinals.get(fold(tail), ()) if 0 < part < 1), None)
        if share or fold(tail) in ("quarters", "quarter"):
            whole = Span(*token.span())
            return [Quantity(whole, whole, (value * (share or 0.25),))]
        span = Span(token.start(), token.start() + len(head))
        found = unit_after(self.text, span.end)
        last = self._value(fold(tail))
        if last is not None and self.language != "en":  # "четырех-шести", "zwei-drei"
            rest = Span(span.end + 1, token.end())
            return [Quantity(span, span, (value,)), Quantity(rest, rest, (last,))]
        return [Quantity(span, span, (value,), unit=found[0] if found else None, weak=value <= 1 or not found)]

    def _finish(
        self, start: int, end: int, values: tuple[float, ...], *, weak: bool, digits: bool, ordinal: bool,
        currency: tuple[Unit, int] | None,
    ) -> Quantity:  # fmt: skip
        core = Span(start, end)
        after = unit_after(self.text, end)
        unit = after[0] if after else None
        if after:
            end = after[1]
            if self._half_more(end):  # "diez horas y media"
                values = (*values, *(value + 0.5 for value in values))
            # "one per cent" is an amount, "one year" may be "a year".
            weak = weak and not (values[0] == 1 and after[0].dimension == "share")
        if currency and (unit is None or unit.dimension != "share"):
            unit, start = currency
        near = is_approximate(self.text, start, end, self.language)
        scale = self._scale_of(core.start, core.end)
        return Quantity(Span(start, end), core, values, unit, weak, near, False, ordinal, digits, scale)
