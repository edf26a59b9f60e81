"""time-zones: the time of day of the original, with another time zone.

Fails:  `5 p.m. Eastern time` for `las 17:00 (hora de Moscú)`; `12:00 GMT` for `12:00 MEZ`.
Passes: `3 p.m. GMT` for `16 Uhr MEZ` (converted; the rule `numbers` keeps out of that too); `local time` for any; a
        zone that only one side names.
"""

# ruff: noqa: E501 - one row a zone
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from checker.document import Span
from checker.rules.quantities import Quantity, same_quantity, strong_quantities
from checker.rules.reporting import against_source
from checker.rules.types import Counterpart, Material, Passage, Rule, RuleCandidate

DATE = "accuracy/mistranslation/date"
# Name in English -> how it is written behind a time of day in any of the languages. Winter and summer time are one zone.
_ZONES = {
    "GMT": r"GMT|UTC|Greenwich Mean Time|hora de Greenwich|heure de Greenwich|Greenwicher Zeit|по Гринвичу",
    "British time": r"BST|British (?:Summer )?[Tt]ime|UK time|hora brit[áâ]nica|heure britannique|britischer Zeit|ora britannica",
    "Central European time": r"CES?T|MES?Z|HEC|Central European (?:Summer )?[Tt]ime|mitteleuropäischer (?:Sommerz|Z)eit",
    "Eastern time": r"E[SD]?T|Eastern(?: Standard| Daylight)?(?: [Tt]ime)?|hora del [Ee]ste|heure de l['’][Ee]st|Ostküstenzeit|US-Ostküste|[Hh]ora d[oa] (?:Costa )?[Ll]este|ora della costa orientale|по восточному времени",
    "Pacific time": r"P[SD]?T|Pacific(?: Standard| Daylight)? [Tt]ime|hora del Pacífico|heure du Pacifique|pazifischer Zeit|hora do Pacífico|ora del Pacifico",
    "Moscow time": r"MSK|МСК|Moscow time|hora de Moscú|heure de Moscou|Moskauer Zeit|hora de Moscou|hora de Moscovo|ora di Mosca|по московскому времени|по Москве|мск",
}
_ANY = "|".join(f"(?P<z{number}>{words})" for number, words in enumerate(_ZONES.values()))
_BEHIND = re.compile(
    rf"[\s\u00a0]?(?:(?:Uhr|h|horas|ore|heures|часов)[\s\u00a0,])?[\s\u00a0,]{{0,2}}\(?(?:{_ANY})(?!\w)"
)
_NAMES = tuple(_ZONES)


@dataclass(frozen=True, slots=True)
class ZonedTime:
    """A time of day and the zone that is named right behind it; `span` is the zone's."""

    time: Quantity
    span: Span
    zone: str


def zoned_times(text: str, language: str) -> list[ZonedTime]:
    """The times of day with a zone, in order."""
    found = []
    for quantity in strong_quantities(text, language):
        match = _BEHIND.match(text, quantity.span.end) if quantity.clock else None
        if match and match.lastgroup:
            span = Span(*match.span(match.lastgroup))
            found.append(ZonedTime(quantity, span, _NAMES[int(match.lastgroup[1:])]))
    return found


def find(material: Material) -> Iterator[RuleCandidate]:
    """Zones that differ behind the same time of day."""
    for counterpart in material.counterparts:
        ours = _of(counterpart.here)
        for mine in ours:
            yield from _other_zone(counterpart, mine, ours)


def _of(passage: Passage) -> list[ZonedTime]:
    return zoned_times(passage.text, passage.language)


def _other_zone(counterpart: Counterpart, mine: ZonedTime, ours: list[ZonedTime]) -> Iterator[RuleCandidate]:
    theirs = [other for other in _of(counterpart.there) if same_quantity(mine.time, other.time)]
    if not theirs or any(other.zone == mine.zone for other in theirs):
        return
    other = theirs[0]
    if not any(one.zone == other.zone and same_quantity(one.time, other.time) for one in ours):
        suggestions = (other.zone,) if counterpart.here.language == "en" else ()
        yield against_source(
            "time-zones", counterpart, mine.span, other.span, category=DATE, suggestions=suggestions
        )  # fmt: skip


RULE = Rule("time-zones", "times of day with another time zone", __doc__ or "", find, needs_source=True)
