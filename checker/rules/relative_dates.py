"""relative-dates: a day counted from the day of publication that is another one than in the original.

Fails:  `tomorrow` for `ayer`; `next year` for `el año pasado`; `on Friday` for `ayer`, published on a Wednesday.
Passes: `on Tuesday` or `on Monday` for `ayer`, published on a Wednesday (copy may be a day old when it is published);
        `the day before` for `ayer`; `today`, which also means `nowadays`.

The day of publication is what the original's file says, else the article's own; without it weekdays are not judged.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from checker.document import Span
from checker.rules.calendar import ENGLISH_WEEKDAYS, CalendarKind, calendar_words
from checker.rules.matching import differing, pair_up
from checker.rules.relative_times import RelativeTime, relative_times
from checker.rules.reporting import against_source
from checker.rules.types import Counterpart, Material, Rule, RuleCandidate

DATE = "accuracy/mistranslation/date"
_OLDEST_COPY = 1  # days between what was written and its publication
_ENGLISH = {
    ("day", -2): "the day before yesterday",
    ("day", -1): "yesterday",
    ("day", 1): "tomorrow",
    ("day", 2): "the day after tomorrow",
} | {(kind, step): f"{word} {kind}" for kind in ("week", "month", "year") for step, word in ((-1, "last"), (1, "next"))}


def find(material: Material) -> Iterator[RuleCandidate]:
    """Relative times that differ, and weekdays that are not the day which the source counts to."""
    for counterpart in material.counterparts:
        ours = relative_times(counterpart.here.text, counterpart.here.language)
        if not ours and material.published is None:
            continue
        theirs = relative_times(counterpart.there.text, counterpart.there.language)
        if ours and theirs:
            yield from _differences(counterpart, ours, theirs)
        if material.published is not None:
            yield from _other_weekdays(counterpart, material.published, ours, theirs)


def _differences(
    counterpart: Counterpart, ours: tuple[RelativeTime, ...], theirs: tuple[RelativeTime, ...]
) -> Iterator[RuleCandidate]:
    around_ours = relative_times(counterpart.here_around, counterpart.here.language)
    around_theirs = relative_times(counterpart.around, counterpart.there.language)
    strange, missing = differing(ours, theirs, around_ours, around_theirs, _same)
    for mine, other in pair_up(strange, missing, _likeness):
        yield _candidate(counterpart, mine.span, other.span, _ENGLISH.get((other.kind, other.value)))


def _other_weekdays(
    counterpart: Counterpart, published: date, ours: tuple[RelativeTime, ...], theirs: tuple[RelativeTime, ...]
) -> Iterator[RuleCandidate]:
    """A lone weekday on one side, and a lone relative day that is not it on the other."""
    here = _weekdays(counterpart.here_around, counterpart.here.language)
    there = _weekdays(counterpart.around, counterpart.there.language)
    our_days, their_days = ([one for one in some if one.kind == "day"] for some in (ours, theirs))
    if len(their_days) == 1 and not our_days and not there and len(here) == 1:
        meant = _possible(published, their_days[0].value)
        for span, weekday in _weekdays(counterpart.here.text, counterpart.here.language):
            if weekday not in meant:
                yield _candidate(counterpart, span, their_days[0].span, ENGLISH_WEEKDAYS[meant[0]])
    if len(our_days) == 1 and not their_days and not here and len(there) == 1:
        meant = _possible(published, our_days[0].value)
        for span, weekday in _weekdays(counterpart.there.text, counterpart.there.language):
            if weekday not in meant:
                yield _candidate(counterpart, our_days[0].span, span, ENGLISH_WEEKDAYS[weekday])


def _weekdays(text: str, language: str) -> tuple[tuple[Span, int], ...]:
    words = calendar_words(text, language)
    return tuple((word.span, word.value) for word in words if word.kind is CalendarKind.WEEKDAY)


def _possible(published: date, days: int) -> list[int]:
    """Weekdays that the relative day may be, the likeliest first."""
    return [(published + timedelta(days - late)).weekday() for late in range(_OLDEST_COPY + 1)]


def _candidate(counterpart: Counterpart, here: Span, there: Span, suggestion: str | None) -> RuleCandidate:
    suggestions = (suggestion,) if suggestion and counterpart.here.language == "en" else ()
    return against_source("relative-dates", counterpart, here, there, category=DATE, suggestions=suggestions)


def _same(one: RelativeTime, other: RelativeTime) -> bool:
    return one.kind == other.kind and one.value == other.value


def _likeness(one: RelativeTime, other: RelativeTime) -> float | None:
    """Only what lies on two sides of the present is told apart: "two days ago" may be counted from another day."""
    return 1.0 if one.kind == other.kind and (one.value < 0) != (other.value < 0) else None


RULE = Rule("relative-dates", "days counted from publication that differ", __doc__ or "", find, needs_source=True)
