"""Rules that count from the day of publication: 25 November 2026, a Wednesday."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from checker.document import make_document
from checker.rules import RULES, gather_material

from .material import unmark

WEDNESDAY = datetime(2026, 11, 25, 8, tzinfo=UTC)
CASES = [
    ("relative-dates", "es", "El ministro habló ayer.", "The minister spoke on ⟦Friday⟧."),
    ("relative-dates", "es", "El ministro habló ayer.", "The minister spoke on Tuesday."),
    ("relative-dates", "es", "El ministro habló ayer.", "The minister spoke on Monday."),  # published a day later
    ("relative-dates", "es", "El ministro habló el martes.", "The minister spoke yesterday."),
    ("relative-dates", "es", "El ministro habló el sábado.", "The minister spoke ⟦yesterday⟧."),
    ("relative-dates", "de", "Gestern, am Sonntag, schneite es.", "It snowed on Sunday."),
    ("weekday", "es", "Llegó el lunes.", "He arrived on ⟦Monday⟧, 24 November."),
    ("weekday", "es", "Llegó el martes.", "He arrived on Tuesday, 24 November."),
    ("weekday", "es", "Llegó el martes.", "He arrived on Tuesday, 11 September."),  # of which year?
    ("weekday", "es", "Llegó el martes.", "He arrived on ⟦Monday⟧, November 24, 2020."),
]


def found(rule, text, source, language, published):
    document = make_document(text, language="en")
    original = replace(make_document(source, language=language), published=published)
    return list(RULES[rule].find(gather_material(document, original)))


@pytest.mark.parametrize(("rule", "language", "source", "marked"), CASES, ids=lambda value: str(value)[:28])
def test_a_day_is_counted_from_publication(rule, language, source, marked):
    text, wrong = unmark(marked)
    assert [one.span.of(text) for one in found(rule, text, source, language, WEDNESDAY)] == wrong


def test_a_full_date_needs_no_day_of_publication():
    text, _ = unmark(CASES[-1][3])
    assert found("weekday", text, CASES[-1][2], "es", None)


@pytest.mark.parametrize("place", [0, 4, 6])
def test_without_the_day_of_publication_weekdays_are_not_judged(place):
    rule, language, source, marked = CASES[place]
    assert found(rule, unmark(marked)[0], source, language, None) == []


def test_the_article_s_own_day_counts_where_the_source_has_none():
    document = replace(make_document("The minister spoke on Friday.", language="en"), published=WEDNESDAY)
    material = gather_material(document, make_document("El ministro habló ayer.", language="es"))
    (candidate,) = RULES["relative-dates"].find(material)
    assert candidate.suggestions == ("Tuesday",)
