"""Facts to rows of the store and back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from checker.document import Span
from checker.evidence.facts import fact_digest
from checker.evidence.types import Fact, FactStatus

COLUMNS = (
    "id, text, language, origin, place_start, place_end, valid_from, valid_until, tags, status, added_by, added_at"
)
WRITTEN = f"{COLUMNS}, digest, text_hash"


def row_of(fact: Fact) -> tuple[Any, ...]:
    """Values for WRITTEN."""
    return (
        fact.id,
        fact.text,
        fact.language,
        fact.origin,
        fact.place.start if fact.place else None,
        fact.place.end if fact.place else None,
        fact.valid_from.isoformat() if fact.valid_from else None,
        fact.valid_until.isoformat() if fact.valid_until else None,
        json.dumps(fact.tags, ensure_ascii=False),
        fact.status.value,
        fact.added_by,
        fact.added_at.isoformat(timespec="seconds") if fact.added_at else None,
        fact_digest(fact),
        text_hash(fact.text),
    )


def fact_of_row(row: Sequence[Any]) -> Fact:
    """The fact of a row that begins with COLUMNS."""
    name, text, language, origin, start, end, valid_from, valid_until, tags, status, added_by, added_at = row[:12]
    return Fact(
        id=name,
        text=text,
        language=language,
        origin=origin,
        place=None if start is None else Span(start, end),
        valid_from=date.fromisoformat(valid_from) if valid_from else None,
        valid_until=date.fromisoformat(valid_until) if valid_until else None,
        tags=tuple(json.loads(tags)),
        status=FactStatus(status),
        added_by=added_by,
        added_at=datetime.fromisoformat(added_at),
    )


def text_hash(text: str) -> bytes:
    """16 bytes under which the vectors of a text are kept."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:16]
