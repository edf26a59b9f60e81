"""Facts as rows of a data frame, for whoever works in a notebook."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from checker.evidence.types import Fact

COLUMNS: dict[str, type] = {
    **dict.fromkeys(("id", "text", "language", "origin"), str),
    **dict.fromkeys(("place_start", "place_end"), int),
    **dict.fromkeys(("valid_from", "valid_until"), date),
    "tags": list,
    **dict.fromkeys(("status", "added_by"), str),
    "added_at": datetime,
}


def rows_of(facts: Iterable[Fact]) -> list[tuple[object, ...]]:
    """A row for each fact, in order, with values for COLUMNS; None where unknown."""
    return [
        (
            *(fact.id, fact.text, fact.language, fact.origin),
            *((fact.place.start, fact.place.end) if fact.place else (None, None)),
            *(fact.valid_from, fact.valid_until, list(fact.tags), fact.status.value, fact.added_by, fact.added_at),
        )
        for fact in facts
    ]
