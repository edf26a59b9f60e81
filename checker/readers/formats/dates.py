"""Dates as wire formats write them, to one kind of value."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_BASIC = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:T?(\d\d):?(\d\d):?(\d\d)?(?:\.\d+)?\s?(Z|[+-]\d\d:?\d\d)?)?")
# IPTC 7901: day, hour and minute, zone, month, year ("131137 GMT Nov 13"); Kyodo: "21:37-09-12-18".
_TELEX = re.compile(r"(\d\d)(\d\d)(\d\d)\s*(GMT|UTC|Z)?\s+([A-Za-z]{3})[A-Za-z]*\.?\s+(\d{4}|\d\d)\b", re.IGNORECASE)
_CLOCK_FIRST = re.compile(r"(\d\d):(\d\d)-(\d\d)-(\d\d)-(\d\d)\b")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_CENTURY = 2000
_LONGEST = 100  # characters of a date


def read_date(text: str | None) -> datetime | None:
    """An ISO 8601 or IPTC date ("20161011T001327+0100", "2021-05-16"), with its zone where it has one; None if none."""
    match = _BASIC.match((text or "").strip())
    if match is None:
        return None
    *numbers, zone = match.groups()
    year, month, day, hour, minute, second = (int(number or 0) for number in numbers)
    return _made(f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{zone or ''}")


def read_telex_date(text: str) -> datetime | None:
    """The date in the last lines of an IPTC 7901 message; None where there is none."""
    if match := _TELEX.search(text):
        day, hour, minute, zone, name, year = match.groups()
        if name.lower() not in _MONTHS:
            return None
        month = _MONTHS.index(name.lower()) + 1
        found = _made(f"{int(year) % 100 + _CENTURY:04}-{month:02}-{day}T{hour}:{minute}:00")
        return found.replace(tzinfo=UTC) if found and zone else found
    if match := _CLOCK_FIRST.search(text):
        hour, minute, day, mon, year = match.groups()
        return _made(f"{int(year) + _CENTURY:04}-{mon}-{day}T{hour}:{minute}:00")
    return None


def read_mail_date(text: str | None) -> datetime | None:
    """A date as mail and RSS have it (RFC 5322: "Tue, 05 Mar 2024 08:15:00 +0000"); None if none."""
    try:
        return parsedate_to_datetime((text or "")[:_LONGEST])
    except (ValueError, TypeError, IndexError, OverflowError):  # what the library raises for what is no date
        return None


def read_any_date(text: str | None) -> datetime | None:
    """A date in ISO 8601 or as in mail, for formats in which people write either."""
    return read_date(text) or read_mail_date(text)


def _made(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:  # "20010732": no such day
        return None
