"""Datelines: the place and day that a report gives before it begins."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from checker.document import make_document
from checker.document.datelines import dateline_of
from checker.given import given_day

DAY = datetime(2024, 4, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "place", "day"),
    [
        ("LIMA, 5 April 2024 - A dam burst.", "LIMA", DAY),
        ("LIMA, April 5, 2024 (AP) — A dam burst.", "LIMA", DAY),
        ("LIMA (AP) – “Nobody came,” she said.", "LIMA", None),
        ("LIMA, Apr. 5 - A dam burst.", "LIMA", None),
        ("LIMA, 31 June 2024 - A dam burst.", "LIMA", None),
        ("ST. GALLEN, AUSTRIA -- A dam burst.", "ST. GALLEN, AUSTRIA", None),
        ("Buenos Aires (EFE) – A dam burst.", "Buenos Aires", None),
        ("MÜNCHEN — 12 people came.", "MÜNCHEN", None),
    ],
)
def test_place_and_day_are_read(text: str, place: str, day: datetime | None) -> None:
    found = dateline_of(text)
    assert found is not None
    assert (found.place, found.day) == (place, day)
    assert text[found.end :][:1] in "A“1"


@pytest.mark.parametrize(
    "text",
    [
        "NATO - the alliance - met.",
        "Lima is calm - A dam holds.",
        "LIMA, 5 April 2024, was calm.",
        "On 5 April 2024 - A Friday - it rained.",
        "",
    ],
)
def test_what_only_looks_like_one_is_none(text: str) -> None:
    assert dateline_of(text) is None


def test_a_document_takes_place_and_day_from_its_opening() -> None:
    document = make_document("Dam bursts\n\nLIMA, 5 April 2024 - A dam burst on Friday. Nobody was hurt.")
    assert (document.dateline, document.published) == ("LIMA", DAY)
    later = "One. Two. Three. Four. LIMA, 5 April 2024 - A dam burst."
    assert make_document(later).dateline is None


def test_facts_count_as_on_the_day_of_the_dateline() -> None:
    assert given_day(make_document("LIMA, 5 April 2024 - A dam burst on Friday."), None) == DAY.date()
