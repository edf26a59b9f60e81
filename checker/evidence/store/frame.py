"""Facts as a data frame, for whoever works in a notebook. pandas is an extra."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from checker.errors import UsageError
from checker.evidence.types import Fact

if TYPE_CHECKING:
    import pandas

COLUMNS = (
    *("id", "text", "language", "origin", "place_start", "place_end", "valid_from", "valid_until", "tags", "status"),
    *("added_by", "added_at"),
)


def frame_of(facts: Iterable[Fact]) -> pandas.DataFrame:
    """A row for each fact, in order; dates and times as pandas has them. Raises UsageError where pandas is missing."""
    try:
        import pandas
    except ImportError as error:
        raise UsageError("a data frame needs pandas; install it with: pip install 'checker[notebook]'") from error
    rows = [
        (
            *(fact.id, fact.text, fact.language, fact.origin),
            *((fact.place.start, fact.place.end) if fact.place else (None, None)),
            *(fact.valid_from, fact.valid_until, list(fact.tags), fact.status.value, fact.added_by, fact.added_at),
        )
        for fact in facts
    ]
    frame = pandas.DataFrame(rows, columns=list(COLUMNS))
    for column in ("valid_from", "valid_until", "added_at"):
        frame[column] = pandas.to_datetime(frame[column], utc=column == "added_at", errors="coerce")
    return frame.astype({"place_start": "Int64", "place_end": "Int64"})
