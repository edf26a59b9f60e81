"""What is in a fact store's file: its tables, and how one of an older version or analysis is brought up to date.

How such a file is made, recognised and opened is in `checker.database`.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from checker import database
from checker.database import FileKind, reporting, transaction
from checker.errors import FactStoreError
from checker.evidence.store.analysis import ANALYSIS, TOKENIZER
from checker.evidence.store.indexing import index_all

_CACHE_KIB = 64_000


def _create_facts(connection: sqlite3.Connection) -> None:
    connection.execute(
        """CREATE TABLE facts (
            number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, text TEXT NOT NULL,
            language TEXT NOT NULL, origin TEXT, place_start INTEGER, place_end INTEGER,
            valid_from TEXT, valid_until TEXT, tags TEXT NOT NULL, status TEXT NOT NULL,
            added_by TEXT, added_at TEXT NOT NULL, digest BLOB NOT NULL, text_hash BLOB NOT NULL)"""
    )
    connection.execute("CREATE INDEX facts_by_text ON facts (text_hash)")
    connection.execute(
        "CREATE TABLE fact_tags (tag TEXT NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (tag, number)) WITHOUT ROWID"
    )
    connection.execute("CREATE TABLE imports (source TEXT PRIMARY KEY, entries INTEGER NOT NULL)")


def _create_index(connection: sqlite3.Connection) -> None:
    """What is derived from the facts' words; it can be dropped and made again."""
    connection.execute("CREATE TABLE derived (name TEXT PRIMARY KEY, version INTEGER NOT NULL)")
    connection.execute(
        "CREATE TABLE lengths (number INTEGER PRIMARY KEY, words INTEGER NOT NULL, length REAL NOT NULL)"
    )
    connection.execute(
        f"""CREATE VIRTUAL TABLE terms USING fts5(words, bare, marks, content='', tokenize="{TOKENIZER}")"""
    )
    connection.execute("CREATE VIRTUAL TABLE term_rows USING fts5vocab(terms, row)")
    connection.execute("CREATE VIRTUAL TABLE term_places USING fts5vocab(terms, instance)")
    index_all(connection)


def _create_vectors(connection: sqlite3.Connection) -> None:
    """Vectors by model and text, so that facts of the same words share one, and one outlives its fact's changes."""
    connection.execute(
        """CREATE TABLE vectors (
            model TEXT NOT NULL, text_hash BLOB NOT NULL, signs BLOB NOT NULL, vector BLOB NOT NULL,
            UNIQUE (model, text_hash))"""
    )


KIND = FileKind(
    name="fact store",
    application=0x46614374,  # "FaCt"
    steps=(_create_facts, _create_index, _create_vectors),
    error=FactStoreError,
    when_missing="make one with `checker facts import` or `facts add`",
    when_foreign="import it into one with `checker facts import`",
    when_damaged="restore a copy, or try `checker facts export` to a new file",
)


def open_file(path: Path, *, create: bool) -> sqlite3.Connection:
    """A connection to the store at `path`, of the present version and analysis; without transactions of its own.

    Raises FactStoreError as `checker.database.open_file` does.
    """
    connection = database.open_file(path, KIND, create=create)
    try:
        with reporting(path, KIND):
            connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
            if not _is_indexed(connection):
                with transaction(connection, writing=True):
                    if not _is_indexed(connection):  # another may have been faster
                        index_all(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _is_indexed(connection: sqlite3.Connection) -> bool:
    row = connection.execute("SELECT version FROM derived WHERE name = 'terms'").fetchone()
    return row is not None and row[0] == ANALYSIS
