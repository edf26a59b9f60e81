"""Keeps the index of a store in step with its facts: every change of a text passes through here."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from checker.evidence.lexical import NAME_WEIGHT
from checker.evidence.store.analysis import ANALYSIS, Analysis, analyse, maybe_name, sure_name

_BATCH = 1_000
_COLUMNS = "terms (rowid, words, bare, marks)"


def index_texts(connection: sqlite3.Connection, texts: Iterable[tuple[int, str]]) -> None:
    """Add numbered texts to the index."""
    analysed = [(number, analyse(text)) for number, text in texts]
    new = _unknown(connection, {name for _, each in analysed for name in each.sure})
    connection.executemany(
        f"INSERT INTO {_COLUMNS} VALUES (?, ?, ?, ?)",  # noqa: S608 - a constant of this file
        ((number, each.words, each.bare, each.marks) for number, each in analysed),
    )
    known = _known(connection, {name for _, each in analysed for name in each.maybe} - new) | new
    _lengthen(connection, new, NAME_WEIGHT)  # of texts indexed before: those of this call have no length yet
    connection.executemany(
        "INSERT INTO lengths VALUES (?, ?, ?)",
        ((number, each.count, each.length + NAME_WEIGHT * len(each.maybe & known)) for number, each in analysed),
    )


def unindex_texts(connection: sqlite3.Connection, texts: Sequence[tuple[int, str]]) -> None:
    """Take numbered texts out of the index; they must be those that were put in."""
    analysed: list[tuple[int, Analysis]] = [(number, analyse(text)) for number, text in texts]
    connection.executemany(
        "INSERT INTO terms (terms, rowid, words, bare, marks) VALUES ('delete', ?, ?, ?, ?)",
        ((number, each.words, each.bare, each.marks) for number, each in analysed),
    )
    connection.executemany("DELETE FROM lengths WHERE number = ?", ((number,) for number, _ in texts))
    _lengthen(connection, _unknown(connection, {name for _, each in analysed for name in each.sure}), -NAME_WEIGHT)


def index_all(connection: sqlite3.Connection) -> None:
    """Make the whole index anew from the facts."""
    connection.execute("INSERT INTO terms (terms) VALUES ('delete-all')")
    connection.execute("DELETE FROM lengths")
    last = 0
    while rows := connection.execute(
        "SELECT number, text FROM facts WHERE number > ? ORDER BY number LIMIT ?", (last, _BATCH)
    ).fetchall():
        index_texts(connection, rows)
        last = rows[-1][0]
    connection.execute("INSERT OR REPLACE INTO derived VALUES ('terms', ?)", (ANALYSIS,))


def _known(connection: sqlite3.Connection, names: set[str]) -> set[str]:
    """Those of the names that an indexed text surely has."""
    query = "SELECT 1 FROM term_rows WHERE term = ?"
    return {name for name in names if connection.execute(query, (sure_name(name),)).fetchone()}


def _unknown(connection: sqlite3.Connection, names: set[str]) -> set[str]:
    return names - _known(connection, names)


def _lengthen(connection: sqlite3.Connection, names: set[str], weight: float) -> None:
    """Texts that have the names as mere possibilities weigh more once these are known as names, and less no more."""
    query = """UPDATE lengths SET length = length + ?
        WHERE number IN (SELECT doc FROM term_places WHERE term = ? AND col = 'marks')"""
    connection.executemany(query, ((weight, maybe_name(name)) for name in sorted(names)))
