"""Changes of a store's facts, each inside a transaction of the caller: rows, tags, index and vectors together."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from checker.evidence.facts import fact_digest
from checker.evidence.store.indexing import index_texts, unindex_texts
from checker.evidence.store.rows import WRITTEN, fact_of_row, row_of
from checker.evidence.types import Fact, FactStatus

_SET = ", ".join(f"{column.strip()} = ?" for column in WRITTEN.split(","))


@dataclass(frozen=True, slots=True)
class Added:
    """How many facts were new, how many replaced one of the same id, and how many were there as they are."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0

    def __add__(self, other: Added) -> Added:
        return Added(self.new + other.new, self.changed + other.changed, self.unchanged + other.unchanged)


def write_facts(connection: sqlite3.Connection, facts: Sequence[Fact], *, by: str | None, at: datetime) -> Added:
    """Put facts, each with an id of its own, into the store; one with the id of an older fact replaces it."""
    known = _known(connection, [fact.id for fact in facts])
    signed = [replace(fact, added_by=by or fact.added_by, added_at=at) for fact in facts]
    new = [fact for fact in signed if fact.id not in known]
    changed = [fact for fact in signed if fact.id in known and known[fact.id].digest != fact_digest(fact)]
    _replace(connection, changed, known)
    marks = ", ".join("?" * len(WRITTEN.split(",")))
    connection.executemany(f"INSERT INTO facts ({WRITTEN}) VALUES ({marks})", map(row_of, new))  # noqa: S608
    numbers = {name: row.number for name, row in _known(connection, [fact.id for fact in new]).items()}
    _write_tags(connection, ((numbers[fact.id], fact.tags) for fact in new))
    index_texts(connection, ((numbers[fact.id], fact.text) for fact in new))
    return Added(len(new), len(changed), len(facts) - len(new) - len(changed))


def mirror_facts(connection: sqlite3.Connection, numbered: Sequence[tuple[int, Fact]]) -> None:
    """Put facts into the store as another one has them, with its numbers and with who added them when."""
    known = _known_by_number(connection, [number for number, _ in numbered])
    _replace(connection, [fact for number, fact in numbered if number in known], _by_id(numbered, known))
    new = [(number, fact) for number, fact in numbered if number not in known]
    marks = ", ".join("?" * (1 + len(WRITTEN.split(","))))
    connection.executemany(
        f"INSERT INTO facts (number, {WRITTEN}) VALUES ({marks})",  # noqa: S608 - constants of this file
        ((number, *row_of(fact)) for number, fact in new),
    )
    _write_tags(connection, ((number, fact.tags) for number, fact in new))
    index_texts(connection, [(number, fact.text) for number, fact in new])


def remove_facts(connection: sqlite3.Connection, ids: Sequence[str]) -> int:
    """Take facts out, with all that is derived from them; how many there were."""
    known = _known(connection, ids)
    numbers = [(row.number,) for row in known.values()]
    unindex_texts(connection, [(row.number, row.text) for row in known.values()])
    connection.executemany("DELETE FROM fact_tags WHERE number = ?", numbers)
    connection.executemany("DELETE FROM facts WHERE number = ?", numbers)
    connection.executemany(
        """DELETE FROM vectors WHERE text_hash = ?1
            AND NOT EXISTS (SELECT 1 FROM facts WHERE facts.text_hash = ?1)""",
        {(row.text_hash,) for row in known.values()},
    )
    return len(known)


def mark_facts(connection: sqlite3.Connection, ids: Sequence[str], status: FactStatus) -> int:
    """Give facts another status; how many of the ids there are."""
    rows = connection.execute(f"SELECT {WRITTEN} FROM facts WHERE id IN (SELECT value FROM json_each(?))", _list(ids))  # noqa: S608
    facts = [replace(fact_of_row(row), status=status) for row in rows.fetchall()]
    connection.executemany(
        "UPDATE facts SET status = ?, digest = ? WHERE id = ?",
        ((status.value, fact_digest(fact), fact.id) for fact in facts),
    )
    return len(facts)


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    text: str
    digest: bytes
    text_hash: bytes


def _known(connection: sqlite3.Connection, ids: Sequence[str]) -> dict[str, _Row]:
    rows = connection.execute(
        "SELECT id, number, text, digest, text_hash FROM facts WHERE id IN (SELECT value FROM json_each(?))", _list(ids)
    )
    return {name: _Row(*rest) for name, *rest in rows}


def _known_by_number(connection: sqlite3.Connection, numbers: Sequence[int]) -> dict[int, _Row]:
    rows = connection.execute(
        "SELECT number, text, digest, text_hash FROM facts WHERE number IN (SELECT value FROM json_each(?))",
        (json.dumps(list(numbers)),),
    )
    return {row[0]: _Row(*row) for row in rows}


def _by_id(numbered: Sequence[tuple[int, Fact]], known: Mapping[int, _Row]) -> dict[str, _Row]:
    """Those that are known, by the id that they get: a number keeps its fact, and a fact its id."""
    return {fact.id: known[number] for number, fact in numbered if number in known}


def _replace(connection: sqlite3.Connection, changed: Sequence[Fact], known: Mapping[str, _Row]) -> None:
    reworded = [fact for fact in changed if fact.text != known[fact.id].text]
    unindex_texts(connection, [(known[fact.id].number, known[fact.id].text) for fact in reworded])
    connection.executemany(
        f"UPDATE facts SET {_SET} WHERE number = ?",  # noqa: S608 - constants of this file
        ((*row_of(fact), known[fact.id].number) for fact in changed),
    )
    connection.executemany("DELETE FROM fact_tags WHERE number = ?", ((known[fact.id].number,) for fact in changed))
    _write_tags(connection, ((known[fact.id].number, fact.tags) for fact in changed))
    index_texts(connection, [(known[fact.id].number, fact.text) for fact in reworded])


def _write_tags(connection: sqlite3.Connection, tags: Iterable[tuple[int, Sequence[str]]]) -> None:
    connection.executemany(
        "INSERT OR IGNORE INTO fact_tags VALUES (?, ?)", ((tag, number) for number, each in tags for tag in each)
    )


def _list(ids: Sequence[str]) -> tuple[str]:
    return (json.dumps(list(ids)),)
