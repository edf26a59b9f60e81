"""Facts out of a store, in files that can be imported again: nothing is lost on the way."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any

from checker.evidence import Fact


class ExportFormat(StrEnum):
    """Formats of an export."""

    JSONL = "jsonl"
    CSV = "csv"


_COLUMNS = (
    *("id", "text", "language", "origin", "place", "valid_from", "valid_until", "tags", "status"),
    *("added_by", "added_at"),
)


def export_facts(facts: Iterable[Fact], format_: ExportFormat) -> Iterator[str]:
    """Lines, each with its line break, one a fact in the same order; CSV begins with the names of its columns."""
    if format_ is ExportFormat.JSONL:
        for fact in facts:
            yield json.dumps(fact_fields(fact), ensure_ascii=False) + "\n"
        return
    yield ",".join(_COLUMNS) + "\n"
    for fact in facts:
        fields = fact_fields(fact)
        row = {**fields, "tags": _tags_cell(fact.tags), "place": _place_cell(fact)}
        line = io.StringIO(newline="")
        csv.writer(line, lineterminator="\n").writerow([row.get(column, "") for column in _COLUMNS])
        yield line.getvalue()


def fact_fields(fact: Fact) -> dict[str, Any]:
    """The filled-in fields of a fact as plain values, with the keys that fact files have."""
    fields: dict[str, Any] = {
        "id": fact.id,
        "text": fact.text,
        "language": fact.language,
        "origin": fact.origin,
        "place": [fact.place.start, fact.place.end] if fact.place else None,
        "valid_from": fact.valid_from.isoformat() if fact.valid_from else None,
        "valid_until": fact.valid_until.isoformat() if fact.valid_until else None,
        "tags": list(fact.tags) or None,
        "status": fact.status.value,
        "added_by": fact.added_by,
        "added_at": fact.added_at.isoformat() if fact.added_at else None,
    }
    return {key: value for key, value in fields.items() if value is not None}


def _tags_cell(tags: tuple[str, ...]) -> str:
    """Tags with semicolons between them; as a JSON list where a tag has one itself."""
    plain = not any(mark in tag for tag in tags for mark in ",;[")
    return "; ".join(tags) if plain else json.dumps(list(tags), ensure_ascii=False)


def _place_cell(fact: Fact) -> str:
    return f"{fact.place.start}-{fact.place.end}" if fact.place else ""
