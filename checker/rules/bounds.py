"""bounds: "more than" before a figure that the original calls "less than" or "up to", or the reverse.

Fails:  `up to 25 centimetres` for `más de 25 centímetros`; `more than 60 people` for `moins de 60 personnes`.
Passes: `at least 25` for `más de 25`; `no more than 25` for `hasta 25`; a bound that only one side has; a figure that
        stands twice on a side.
"""

# ruff: noqa: E501 - word lists read better in full lines
from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from checker.document import Span
from checker.rules.quantities import Quantity, read_quantities, same_quantity, strong_quantities
from checker.rules.quantities.bounded import OVER, UNDER
from checker.rules.reporting import against_source
from checker.rules.types import Counterpart, Material, Passage, Rule, RuleCandidate

NUMBER = "accuracy/mistranslation/number"
_OVER = {
    "en": rf"{OVER}|exceed(?:s|ed|ing)?",
    "es": r"más (?:de|del|que)|superior(?:es)? al?|al menos|por lo menos|como mínimo|por encima de|supera(?:n|do|ron)?|mínimo de",
    "fr": r"plus d(?:e|u|es)|au moins|au-delà de|supérieure?s? à|au-dessus de",
    "de": r"mehr als|über|mindestens|wenigstens|oberhalb von",
    "pt": r"mais (?:d[eao]s?|que)|pelo menos|no mínimo|acima de|superior(?:es)? aos?|ao menos",
    "it": r"più d(?:i|el|ei|ella|elle|egli)|oltre|almeno|superior[ei] a(?:i|lle)?|al di sopra de[il]",
    "ru": r"(?:более|больше)(?: чем)?|свыше|(?:как )?минимум|хотя бы|по (?:меньшей|крайней) мере|выше",
}
_UNDER = {
    "en": rf"{UNDER}|a maximum of",
    "es": r"menos (?:de|del|que)|hasta|como máximo|inferior(?:es)? al?|por debajo de|máximo de",
    "fr": r"moins d(?:e|u|es)|jusqu['’]à|au plus|inférieure?s? à|au-dessous de|maximum",
    "de": r"weniger als|unter|bis zu|höchstens|maximal",
    "pt": r"menos (?:d[eao]s?|que)|até|no máximo|abaixo de|inferior(?:es)? aos?",
    "it": r"meno d(?:i|el|ei|ella|elle|egli)|fino a(?:l|i|lle)?|al massimo|inferior[ei] a(?:i|lle)?|sotto i",
    "ru": r"(?:менее|меньше)(?: чем)?|до|максимум|ниже",
}
# With one of them before it a bound is the other one, or none: "no more than", "по крайней мере не выше".
_NEGATIONS = "no|not|never|non|ne|pas|nicht|kein|keine|keinen|não|не"
_REACH = 40  # characters before a figure in which its bound stands
_ENGLISH = {
    ("over", False): "more than",
    ("over", True): "at least",
    ("under", False): "less than",
    ("under", True): "up to",
}
# Bounds that the figure itself keeps.
_INCLUSIVE = re.compile(
    r"menos(?! d)|m[íi]nim|m[áa]xim|hasta|moins(?! d)|jusqu|au plus|mindest|wenigst|bis zu|höchst|maximal|até|almeno|fino"
    r"|massimo|минимум|хотя|меньшей|крайней|до|максимум|at (?:least|most)|up to",
    re.IGNORECASE,
)


def find(material: Material) -> Iterator[RuleCandidate]:
    """Figures that the source has with the opposite bound."""
    for counterpart in material.counterparts:
        yield from _reversed(counterpart)


def _reversed(counterpart: Counterpart) -> Iterator[RuleCandidate]:
    here, there = counterpart.here, counterpart.there
    ours = strong_quantities(here.text, here.language)
    for mine in ours:
        bound = _bound_of(here, mine)
        other = _only_equal(mine, ours, there) if bound else None
        meant = _bound_of(there, other) if other else None
        if bound and meant and bound.lastgroup and meant.lastgroup and bound.lastgroup != meant.lastgroup:
            yield against_source(
                "bounds", counterpart, Span(*bound.span(bound.lastgroup)), Span(*meant.span(meant.lastgroup)),
                category=NUMBER, suggestions=(_in_english(meant),) if here.language == "en" else (),
            )  # fmt: skip


def _in_english(bound: re.Match[str]) -> str:
    kind = bound.lastgroup or ""
    return _ENGLISH[kind, bool(_INCLUSIVE.search(bound[kind]))]


def _only_equal(mine: Quantity, ours: tuple[Quantity, ...], there: Passage) -> Quantity | None:
    """The figure of the source that equals this one and no other here, but for conversions: "300 km (180 miles)"."""
    equal = [other for other in read_quantities(there.text, there.language) if same_quantity(mine, other)]
    equal = [other for other in equal if other.unit == mine.unit] or equal
    if len(equal) != 1 or sum(same_quantity(one, equal[0]) for one in ours if one.unit == mine.unit) != 1:
        return None
    return equal[0]


def _bound_of(passage: Passage, quantity: Quantity) -> re.Match[str] | None:
    """The bound right before the figure, its kind the name of the last group; None without one, or with a negation."""
    start = quantity.span.start
    match = _pattern(passage.language).search(passage.text, max(0, start - _REACH), start)
    return None if match is None or match["no"] else match


@cache
def _pattern(language: str) -> re.Pattern[str]:
    """A language that is not listed has the bounds of English, as its figures are read by English words."""
    over, under = _OVER.get(language, _OVER["en"]), _UNDER.get(language, _UNDER["en"])
    return re.compile(
        rf"(?<![\w-])(?P<no>(?:{_NEGATIONS})[\s\u00a0])?(?:(?P<over>{over})|(?P<under>{under}))"
        r",?[\s\u00a0]+(?:(?:an?|the|los|las|les|die|den|der|os|as|i|il|gli|le|une?|una|eine[rmn]?)[\s\u00a0])?[$€£]?$",
        re.IGNORECASE,
    )


RULE = Rule("bounds", "“more than” for “less than”, and the reverse", __doc__ or "", find, needs_source=True)
