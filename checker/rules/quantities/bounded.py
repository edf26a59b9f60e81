"""Exact figures that a rounded one or a bound allows: 2.8 million where another text says "almost three million"."""

from __future__ import annotations

import re

from checker.rules.quantities.quantity import Quantity

# English bounds, which the rule `bounds` reads as well.
OVER = r"more than|over|above|in excess of|upwards? of|at least"
UNDER = r"(?:less|fewer) than|under|below|up to|at most"
_REACH = 28  # characters before a figure in which such words stand
# Kinds of words before a figure, and which multiples of it they allow.
_ALLOWED = {
    "nearly": (0.9, 1.0),
    "slightly_over": (1.0, 1.1),
    "about": (0.9, 1.1),
    "under": (0.7, 1.0),
    "over": (1.0, 1.4),
}
_BEFORE = re.compile(
    r"(?:^|[\s(])(?:(?P<slightly_over>(?:just|a little|slightly|a bit) (?:over|above|more than))"
    r"|(?P<nearly>nearly|almost|close to|not quite|as many as|(?:just|a little|slightly) (?:under|below|less than))"
    r"|(?P<about>about|around|roughly|approximately|some|an estimated|in the region of)"
    rf"|(?P<under>{UNDER}|(?:no|not) more than)"
    rf"|(?P<over>{OVER}|(?:no|not) (?:less|fewer) than))"
    r"\s(?:the |a |[$€£¥]|minus )*$",
    re.IGNORECASE,
)
_AFTER = re.compile(r"\s(?:or so|or thereabouts|or (?P<over>more)|or (?P<under>less|fewer))\b", re.IGNORECASE)


def allows(text: str, rough: Quantity, exact: Quantity) -> bool:
    """True where English words beside `rough`, a figure of `text`, allow the figure `exact` of another text.

    Units are for the caller to compare. No word, no allowance.
    """
    kind = _kind(text, rough)
    if kind is None:
        return False
    low, high = _ALLOWED[kind]
    return any(low * value <= other <= high * value for value in rough.values if value > 0 for other in exact.values)


def _kind(text: str, rough: Quantity) -> str | None:
    before = _BEFORE.search(text[max(0, rough.core.start - _REACH) : rough.core.start])
    if before:
        return before.lastgroup
    after = _AFTER.match(text, rough.span.end)
    return (after.lastgroup or "about") if after else None
