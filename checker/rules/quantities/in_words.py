"""Quantities that are written in words: sums of number words, ordinals, fractions, words that may be a number."""

from __future__ import annotations

import re

from checker.document import Span
from checker.rules.quantities.figures import SPACES, roman_value
from checker.rules.quantities.quantity import Quantity
from checker.rules.quantities.token_text import GAPS, TokenText
from checker.rules.quantities.units import unit_after
from checker.rules.words import fold

# "un cuarto de milenio", "half a century".
_AGE = re.compile(
    rf"[{SPACES}-](?:(?:of )?(?:an? )?|de |d[ieu] |eines )?"
    r"(?:(?P<hundred>century|siglo|siècle|Jahrhunderts?|século|secolo|века)|(?:millennium|milenio|millénaire|Jahrtausends?|milénio|milênio|millennio))\b"
)
_PAST = re.compile(r"\b(?:half past|quarter (?:past|to)|halb|viertel (?:vor|nach)) $", re.IGNORECASE)


def read_words(here: TokenText, place: int) -> tuple[list[Quantity], int]:
    """What the words from a token on amount to, and the next token; nothing for words that are no number."""
    token = here.tokens[place]
    word = fold(token.group())
    first = here.value(word)
    if first is None and word not in here.words.hundred and word not in here.words.scales:
        return _other_word(here, token, word), place + 1
    value, end, after = _sum(here, place)
    start = token.start()
    if value is None:
        return [], place + 1
    lone = after == place + 1
    if lone and (ordinal := _ordinal_behind(here, after, value)) is not None:
        span = Span(start, here.tokens[after].end())
        return [Quantity(span, span, (ordinal,), ordinal=True)], after + 1
    bare_scale = lone and word in here.words.scales
    hyphened = here.text[end : end + 1] in "-‐‑" and end < len(here.text)
    name = lone and token.group()[:1].isupper() and _inside_sentence(here, start)
    past = _PAST.search(here.text[max(0, start - 14) : start])
    doubtful = lone and (word in here.words.weak or (hyphened and value < 10))
    weak = value <= 1 or bare_scale or name or bool(past) or doubtful
    fraction = _fraction(here, value, end, after)
    if fraction:
        return [Quantity(Span(start, fraction[1]), Span(start, fraction[1]), fraction[0])], fraction[2]
    return [here.finish(start, end, (value,), weak=weak, digits=False, ordinal=False, currency=None)], after


def read_ordinal_pair(here: TokenText, place: int) -> tuple[list[Quantity], int] | None:
    """ "décimo octavo", "vigésimo primero": the sum of two ordinals."""
    pair = here.tokens[place : place + 2]
    if fold(pair[0].group()) not in here.words.ordinals or len(pair) < 2 or pair[1].lastgroup != "word":
        return None
    tens, units = (here.words.ordinals.get(fold(token.group()), (0.0,))[0] for token in pair)
    if tens not in (10.0, 20.0, 30.0, 40.0) or not 0 < units < 10:
        return None
    span = Span(pair[0].start(), pair[1].end())
    return [Quantity(span, span, (tens + units,), ordinal=True)], place + 2


def _ordinal_behind(here: TokenText, place: int, tens: float) -> float | None:
    """Of tens and the ordinal right behind them their sum: "пятьдесят восьмого"; None for anything else."""
    if tens not in range(20, 100, 10) or place >= len(here.tokens) or here.tokens[place].lastgroup != "word":
        return None
    word = fold(here.tokens[place].group())
    units = here.words.ordinals.get(word, (0.0,))[0] if word != "second" else 0.0  # "a twenty second delay"
    between = here.text[here.tokens[place - 1].end() : here.tokens[place].start()]
    return tens + units if 0 < units < 10 and not between.strip() else None


def _inside_sentence(here: TokenText, start: int) -> bool:
    before = here.text[:start].rstrip(" \u00a0\"'“„«‘(")
    return bool(before) and before[-1] not in ".!?:;\n…—–-"


def _sum(here: TokenText, place: int) -> tuple[float | None, int, int]:
    """The value of the number words from `place` on, where they end in the text, and the next token."""
    total, part, seen, end, first = 0.0, 0.0, False, here.tokens[place].end(), place
    slot, scale_of_half = 1e7, 1.0
    while place < len(here.tokens) and here.tokens[place].lastgroup == "word":
        token = here.tokens[place]
        gap = here.text[end : token.start()]
        if place > first and (len(gap) != 1 or gap not in GAPS):
            break
        word = fold(token.group())
        if word in here.words.joiners and seen and _joins(here, place, part, slot):
            place += 1
            end = token.end()
            continue
        value, scale = here.value(word), here.words.scales.get(word)
        if word in here.words.hundred and part % 1000 < 100:
            part, slot = part - part % 1000 + (part % 1000 or 1) * 100, 100.0
        elif value is not None and value < slot:
            part, slot = part + value, _slot(here, value)
        elif scale is not None and (scale_of_half == 1.0 or scale < scale_of_half or part):
            if scale == 1e3:
                part, slot = (part or 1) * 1e3, 1000.0
            else:
                total, part, slot = total + (part or 1) * scale, 0.0, 1e6
            scale_of_half = scale
        else:
            break
        seen, end, place = True, token.end(), place + 1
    half = here.half_more(end) if seen else None
    if half:
        value, end, place = _scaled_half(here, total + part, scale_of_half, half, place)
        return value, end, place
    return (total + part if seen else None), end, place


def _scaled_half(here: TokenText, value: float, scale: float, end: int, place: int) -> tuple[float, int, int]:
    """ "a million and a half", and with the scale behind it "two and a half million"."""
    (value,), end, place = here.scaled((value + 0.5 * scale,), end, here.token_from(end, place))
    return value, end, place


def _joins(here: TokenText, place: int, part: float, slot: float) -> bool:
    """True where the joiner at `place` stands inside one number: "treinta y uno", "hundred and five"."""
    if place + 1 >= len(here.tokens):
        return False
    token = here.tokens[place + 1]
    value = here.value(fold(token.group()))
    if value is None or value >= slot or value == 0:
        return False
    if here.language == "en":
        return slot >= 100 and part >= 100
    if here.language in ("pt", "it"):
        return part >= 20 or (part == 0 and slot >= 1000)
    return part % 100 >= 20 and slot <= 10 + 10 * (here.language == "fr")


def _slot(here: TokenText, value: float) -> float:
    """What must be undercut by the next word: 100 after hundreds, 10 after tens, nothing after units."""
    if value >= 1000:
        return 1000.0
    if value >= 100:
        return 100.0
    if value >= 20 and value % 10 == 0:
        return 20.0 if here.language == "fr" and value in (60, 80) else 10.0
    return 0.0


def _fraction(here: TokenText, value: float, end: int, after: int) -> tuple[tuple[float, ...], int, int] | None:
    """ "two thirds", "dos tercios", "three quarters", "trois quarts"."""
    if after >= len(here.tokens) or not 1 <= value <= 9:
        return None
    token = here.tokens[after]
    word = fold(token.group())
    if token.start() != end + 1 or here.text[end] not in GAPS:
        return None
    part = here.words.weak.get(word, 0.0)
    readings = here.words.ordinals.get(word, ())
    share = part if part in (0.25,) else next((each for each in readings if 0 < each < 1), 0.0)
    if not share or (value == 1 and here.language != "en"):
        return None
    plural = word.endswith(("s", "i", "l", "eln", "x")) or here.language == "ru"
    return ((value * share, value), token.end(), after + 1) if plural or value == 1 else None


def _other_word(here: TokenText, token: re.Match[str], word: str) -> list[Quantity]:
    span = Span(*token.span())
    if word in here.words.ordinals:
        values = here.words.ordinals[word]
        age = _AGE.match(here.text, token.end())
        if age and values[-1] < 1:
            years = values[-1] * (100.0 if age["hundred"] else 1000.0)
            return [Quantity(span, span, (*values, years), weak=True, ordinal=True)]
        weak = values[0] <= 2 or word in here.words.weak or token.group()[:1].isupper()
        return [Quantity(span, span, values, weak=weak, ordinal=True)]
    if word in here.words.weak:
        return [Quantity(span, span, (here.words.weak[word],), weak=True)]
    roman = roman_value(token.group())
    if roman is not None:
        return [Quantity(span, span, (roman,), weak=True)]
    return _parts(here, token)


def _parts(here: TokenText, token: re.Match[str]) -> list[Quantity]:
    """Number words inside a hyphenated one: "two-year-old", "three-day"."""
    head, hyphen, tail = token.group().partition("-")
    value = here.value(fold(head)) if hyphen else None
    if value is None:
        return []
    share = next((part for part in here.words.ordinals.get(fold(tail), ()) if 0 < part < 1), None)
    if share or fold(tail) in ("quarters", "quarter"):
        whole = Span(*token.span())
        return [Quantity(whole, whole, (value * (share or 0.25),))]
    span = Span(token.start(), token.start() + len(head))
    found = unit_after(here.text, span.end)
    last = here.value(fold(tail))
    if last is not None and here.language != "en":  # "четырех-шести", "zwei-drei"
        rest = Span(span.end + 1, token.end())
        return [Quantity(span, span, (value,)), Quantity(rest, rest, (last,))]
    return [Quantity(span, span, (value,), unit=found[0] if found else None, weak=value <= 1 or not found)]
