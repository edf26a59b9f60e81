"""All quantities of a text with their places: "1,3 millones de euros", "two thirds", "3.30pm", "XXI", "the 1990s".

A quantity may have several readings ("1,300" in Spanish copy is 1.3 or 1,300). A weak one may be no quantity at all
("one", "the second", "G20"): it explains another figure and never accuses one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from checker.document import Span
from checker.rules.quantities.compounds import number_test
from checker.rules.quantities.in_digits import FRACTIONS, read_clock, read_date, read_digits, read_ratio
from checker.rules.quantities.in_words import read_ordinal_pair, read_words
from checker.rules.quantities.quantity import Quantity
from checker.rules.quantities.token_text import TokenText

_RANGE = re.compile(
    r"\s?(?:[-‐‑–—/]|to|and|or|a|y|o|e|et|à|ou|bis|und|oder|до|и|или)\s?"
    r"(?:nearly |almost |about |more than |over |más de |casi |plus de |mehr als |über |mais de |più di |более )?"
    r"(?:the |los |las |les |die |den |der |os |as |i |le )?"
)


@lru_cache(maxsize=2048)
def read_quantities(text: str, language: str) -> tuple[Quantity, ...]:
    """The quantities of `text` in order, without overlaps. An unknown language is read by digits and English words."""
    return tuple(_spread(text, list(_quantities(TokenText(text, language)))))


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


def _quantities(here: TokenText) -> Iterator[Quantity]:
    done = 0
    for place in _beginnings(here):
        if place >= done:
            found, done = _read(here, place)
            yield from found
            if found:
                done = here.token_from(found[-1].span.end, done)


def _beginnings(here: TokenText) -> list[int]:
    """The tokens that a quantity may begin with: all but words that are surely no part of a number."""
    may_be_number = number_test(here.language)
    return [
        place for place, token in enumerate(here.tokens) if token.lastgroup != "word" or may_be_number(token.group())
    ]


def _read(here: TokenText, place: int) -> tuple[list[Quantity], int]:
    """What begins at a token, and the next token."""
    token = here.tokens[place]
    kind = token.lastgroup
    if kind == "word":
        return read_ordinal_pair(here, place) or read_words(here, place)
    if kind == "figure":
        return read_digits(here, place)
    if kind == "time":
        return [read_clock(here, token)], place + 1
    if kind == "fraction":
        value = FRACTIONS[token.group()]
        return [Quantity(Span(*token.span()), Span(*token.span()), (value,), weak=True)], place + 1
    if kind == "ratio":
        return [read_ratio(token)], place + 1
    return list(read_date(token)), place + 1
