"""Datelines: where, and often when, a report was filed ("LISBON, 14 March 2024 (AP) -")."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|March|Mar|April|Apr|May|June|Jun|July|Jul|Aug(?:ust)?|Sept(?:ember)?|Sep"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_CAPITALS = r"[A-ZÀ-Þ][A-ZÀ-Þ.'’-]+"
_DAY = (
    rf"(?:(?P<before>\d{{1,2}})\.? )?(?P<month>{_MONTH})[ ,]*"
    r"(?:(?P<after>\d{1,2})\b[ ,]*)?(?:(?P<year>\d{4})[ ,]*)?"
)
_BEGINS = r"(?:—|–|--|-) +(?=[\"'“‘(]*[A-ZÀ-Þ\d])"
_AGENCY = r"\([^()]{2,30}\)\.? *"
# "LISBON —", "MOSCOW, May 5 (TASS) -", "LIMA, 5 April 2024 -", "Buenos Aires (EFE) –", and then a sentence begins.
_DATELINE = re.compile(
    rf"(?P<place>{_CAPITALS}(?:(?:, | ){_CAPITALS}){{0,3}})[ ,]*(?:{_DAY})?(?:{_AGENCY})?{_BEGINS}"
    rf"|(?P<named>[A-ZÀ-Þ][\w .,'’-]{{1,40}}?) ?{_AGENCY}{_BEGINS}"
)


class Dateline(NamedTuple):
    """What a report says of itself before it begins at `end`: the place, and the day where it names the year."""

    place: str
    day: datetime | None  # midnight UTC
    end: int


@lru_cache(maxsize=4096)
def dateline_of(text: str) -> Dateline | None:
    """The dateline that a sentence begins with, None where it begins with none.

    >>> dateline_of("LIMA, 5 April 2024 - A dam burst.")
    Dateline(place='LIMA', day=datetime.datetime(2024, 4, 5, 0, 0, tzinfo=datetime.timezone.utc), end=21)
    """
    found = _DATELINE.match(text)
    if found is None:
        return None
    place = (found["place"] or found["named"]).strip(" ,")
    return Dateline(place, _day(found["year"], found["month"], found["before"] or found["after"]), found.end())


def _day(year: str | None, month: str | None, day: str | None) -> datetime | None:
    if not (year and month and day):
        return None
    try:
        return datetime(int(year), _MONTHS.index(month[:3].lower()) + 1, int(day), tzinfo=UTC)
    except ValueError:  # "31 June"
        return None
