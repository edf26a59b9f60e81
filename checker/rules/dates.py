"""dates: a month or weekday that the original does not have, where the original names another one.

Names are CLDR's, with the inflections of news copy; a numeric date (12.05.2010) has its month too. Days and years are
figures and belong to the rule `numbers`.

Fails:  `on June 5` for `el 5 de julio`; `on Tuesday` for `am Donnerstag`.
Passes: `May 12, 2010` for `12.05.2010`; `on Tuesday` for `ayer`; `the Ides of March` for anything but a date.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.rules.calendar import ENGLISH_MONTHS, ENGLISH_WEEKDAYS, CalendarKind, CalendarWord, calendar_words
from checker.rules.matching import differing, pair_up
from checker.rules.reporting import against_source
from checker.rules.types import Counterpart, Material, Rule, RuleCandidate

DATE = "accuracy/mistranslation/date"


def find(material: Material) -> Iterator[RuleCandidate]:
    """Months and weekdays that differ from the source."""
    for counterpart in material.counterparts:
        yield from _differences(counterpart)


def _differences(counterpart: Counterpart) -> Iterator[RuleCandidate]:
    here, there = counterpart.here, counterpart.there
    ours = calendar_words(here.text, here.language)
    theirs = calendar_words(there.text, there.language) if not all(word.weak for word in ours) else ()
    if not theirs:
        return
    around_ours = calendar_words(counterpart.here_around, here.language)
    around_theirs = calendar_words(counterpart.around, there.language)
    strange, missing = differing(ours, theirs, around_ours, around_theirs, _same)
    strong = [word for word in strange if not word.weak], [word for word in missing if not word.weak]
    for mine, other in pair_up(*strong, _likeness):
        suggestions = (english_name(other),) if here.language == "en" else ()
        yield against_source("dates", counterpart, mine.span, other.span, category=DATE, suggestions=suggestions)


def english_name(word: CalendarWord) -> str:
    """The month or weekday in English."""
    return ENGLISH_MONTHS[word.value - 1] if word.kind is CalendarKind.MONTH else ENGLISH_WEEKDAYS[word.value]


def _same(one: CalendarWord, other: CalendarWord) -> bool:
    return one.kind is other.kind and one.value == other.value


def _likeness(one: CalendarWord, other: CalendarWord) -> float | None:
    return 1.0 if one.kind is other.kind else None


RULE = Rule("dates", "months and weekdays that differ from the original", __doc__ or "", find, needs_source=True)
