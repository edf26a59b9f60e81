"""weekday: a full date whose weekday is another one, counted by the calendar.

Fails:  `on Monday, 12 May 2010` (it was a Wednesday).
        `on Monday, 24 November` in copy that was published on 26 November 2026 (it was a Tuesday).
Passes: `on Wednesday, May 12, 2010`; `on Monday, 12 May` where neither the year is said nor the day of publication
        is near.

English copy only; dates before 1900 are left alone, for countries changed calendars at different times.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from checker.document import Span
from checker.rules.calendar import ENGLISH_MONTHS, ENGLISH_WEEKDAYS
from checker.rules.reporting import of_language
from checker.rules.types import Material, Rule, RuleCandidate
from checker.rules.words import different_words

DATE = "accuracy/mistranslation/date"
_MONTH = "(?P<month>" + "|".join(ENGLISH_MONTHS) + r"|Jan\.?|Feb\.?|Mar\.?|Apr\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"
_DAY = r"(?P<day>[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_YEAR = r"(?:,? (?P<year>19\d\d|20\d\d)(?![\d,.]\d)\b|(?!\w|,? (?:1\d|20)\d\d))"
_DATES = [
    re.compile(rf"\b(?P<weekday>{'|'.join(ENGLISH_WEEKDAYS)}),? (?:the )?{_DAY} (?:of )?{_MONTH}{_YEAR}"),
    re.compile(rf"\b(?P<weekday>{'|'.join(ENGLISH_WEEKDAYS)}),? {_MONTH} {_DAY}{_YEAR}"),
]
_NEAR = 14  # days from publication within which a date without a year is of no other year
_MESSAGE = "{words} is not the weekday of {other}: that was a {day}."


def find(material: Material) -> Iterator[RuleCandidate]:
    """Weekdays that do not belong to their date."""
    if material.language != "en":
        return
    text = material.document.text
    if different_words(text).isdisjoint(ENGLISH_WEEKDAYS):
        return
    for pattern in _DATES:
        for match in pattern.finditer(text):
            yield from _check(material, match)


def _check(material: Material, match: re.Match[str]) -> Iterator[RuleCandidate]:
    month = next(number for number, name in enumerate(ENGLISH_MONTHS, 1) if name.startswith(match["month"][:3]))
    day = _day(match["year"], month, int(match["day"]), material.published)
    right = ENGLISH_WEEKDAYS[day.weekday()] if day else match["weekday"]
    if right != match["weekday"]:
        span = Span(*match.span("weekday"))
        rest = Span(match.end("weekday"), match.end())
        lead = len(rest.of(material.document.text)) - len(rest.of(material.document.text).lstrip(", "))
        yield of_language(
            "weekday",
            material.document,
            span,
            category=DATE,
            message=_MESSAGE.replace("{day}", right),
            suggestions=(right,),
            other=Span(rest.start + lead, rest.end),
        )


def _day(year: str | None, month: int, day: int, published: date | None) -> date | None:
    """The date; without its year the one near the day of publication. None where there is none, as on 31 June."""
    years = [int(year)] if year else [published.year + step for step in (-1, 0, 1)] if published else []
    for each in years:
        try:
            found = date(each, month, day)
        except ValueError:
            continue
        if year or (published and abs((found - published).days) <= _NEAR):
            return found
    return None


RULE = Rule("weekday", "weekdays that do not belong to their date", __doc__ or "", find)
