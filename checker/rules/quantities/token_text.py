"""A text cut into what may be part of a number, and what digits and words read alike in it: scales, halves, units."""

from __future__ import annotations

import re
from functools import cache

from checker.document import Span
from checker.rules.quantities.approximation import is_approximate
from checker.rules.quantities.compounds import compound_value
from checker.rules.quantities.figures import SPACES
from checker.rules.quantities.number_words import NumberWords, words_for
from checker.rules.quantities.quantity import Quantity
from checker.rules.quantities.tokens import TOKEN
from checker.rules.quantities.units import Unit, unit_after
from checker.rules.words import fold

SUFFIXES = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12}
GAPS = f"{SPACES}-"
_JOINT = re.compile(f"[{GAPS}]?")


class TokenText:
    """The text with its tokens and the number words of its language."""

    def __init__(self, text: str, language: str) -> None:
        self.text = text
        self.language = language
        self.words: NumberWords = words_for(language)
        self.tokens = list(TOKEN.finditer(text))

    def value(self, word: str) -> float | None:
        """The value of a number word as `fold` makes it, without scales."""
        value = self.words.values.get(word)
        return value if value is not None else compound_value(word, self.language)

    def token_from(self, position: int, place: int) -> int:
        """The first token from `place` on that starts at the position or later."""
        while place < len(self.tokens) and self.tokens[place].start() < position:
            place += 1
        return place

    def half_more(self, end: int) -> int | None:
        """Where "and a half" ends that follows at `end`."""
        halves = _halves(self.words.halves)
        match = halves.match(self.text, end) if halves else None
        return match.end() if match else None

    def scaled(self, values: tuple[float, ...], end: int, place: int) -> tuple[tuple[float, ...], int, int]:
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
        added = self.half_more(end) if factor > 1 or len(values) == 1 else None
        if added and factor == 1.0:  # "3 and a half million"
            return self.scaled(tuple(value + 0.5 for value in values), added, self.token_from(added, place))
        if added:
            return tuple((value + 0.5) * factor for value in values), added, self.token_from(added, place)
        return tuple(value * factor for value in values), end, place

    def scale_of(self, start: int, end: int) -> float:
        """The largest scale in a number; scale words in a row are one: "mil millones" is 1e9."""
        largest = run = 1.0
        for word in re.findall(r"[^\W\d_]+", self.text[start:end]):
            scale = self.words.scales.get(fold(word), SUFFIXES.get(word.lower(), 1.0))
            run = run * scale if scale > 1 else 1.0
            largest = max(largest, run)
        return largest

    def finish(
        self, start: int, end: int, values: tuple[float, ...], *, weak: bool, digits: bool, ordinal: bool,
        currency: tuple[Unit, int] | None,
    ) -> Quantity:  # fmt: skip
        """The quantity with the unit that follows, or the currency that stands before it."""
        core = Span(start, end)
        after = unit_after(self.text, end)
        unit = after[0] if after else None
        if after:
            end = after[1]
            if self.half_more(end):  # "diez horas y media"
                values = (*values, *(value + 0.5 for value in values))
            # "one per cent" is an amount, "one year" may be "a year".
            weak = weak and not (values[0] == 1 and after[0].dimension == "share")
        if currency and (unit is None or unit.dimension != "share"):
            unit, start = currency
        near = is_approximate(self.text, start, end, self.language)
        scale = self.scale_of(core.start, core.end)
        return Quantity(Span(start, end), core, values, unit, weak, near, False, ordinal, digits, scale)


@cache
def _halves(words: tuple[str, ...]) -> re.Pattern[str] | None:
    return re.compile(rf"[{SPACES}]?(?:{'|'.join(words)})\b") if words else None
