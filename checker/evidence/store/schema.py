"""The file behind a fact store: how it is made, recognised, opened and brought up to the present schema.

A file that is not a sound fact store is never written to. A new one is built beside its name and moved there whole.
SQLite in WAL mode: https://www.sqlite.org/wal.html (not for network file systems).
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from checker.errors import FactStoreError
from checker.evidence.store.analysis import ANALYSIS, TOKENIZER
from checker.evidence.store.indexing import index_all

APPLICATION = 0x46614374  # "FaCt", in bytes 68 to 71 of the file
_MAGIC = b"SQLite format 3\x00"
_WAIT_SECONDS = 30.0  # for another writer to finish its batch
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


# Step n brings a file from version n to n + 1. A step that was ever released is not changed: another is added.
STEPS: tuple[Callable[[sqlite3.Connection], None], ...] = (_create_facts, _create_index, _create_vectors)
VERSION = len(STEPS)


def open_file(path: Path, *, create: bool) -> sqlite3.Connection:
    """A connection to the store at `path`, of the present version; without transactions of its own.

    Raises FactStoreError where there is no file and none may be made, where the file is no fact store, damaged or made
    by a newer program.
    """
    if not path.exists():
        if not create:
            raise FactStoreError(f"{path}: no such fact store; make one with `checker facts import` or `facts add`")
        _create_file(path)
    _recognise(path)
    with reporting(path):
        connection = _connect(path)
        try:
            _bring_up_to_date(connection, path)
        except BaseException:
            connection.close()
            raise
    return connection


def is_store(path: Path) -> bool:
    """True where `path` is an SQLite file, sound or not: no fact file in another format begins so."""
    try:
        with path.open("rb") as file:
            return file.read(len(_MAGIC)) == _MAGIC
    except (OSError, ValueError):
        return False


@contextmanager
def reporting(path: Path) -> Iterator[None]:
    """Turns what SQLite says of a file into a FactStoreError that says what to do."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise FactStoreError(f"{path}: {_advice(str(error))}") from error
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError):  # a mistake of the program and not of the file
        raise
    except sqlite3.DatabaseError as error:
        raise FactStoreError(f"{path}: {_damaged(str(error))}") from error


@contextmanager
def transaction(connection: sqlite3.Connection, *, writing: bool) -> Iterator[None]:
    """All that is done inside, or nothing; readers see one state of the store throughout."""
    connection.execute("BEGIN IMMEDIATE" if writing else "BEGIN")
    try:
        yield
    except BaseException:
        with suppress(sqlite3.Error):  # SQLite itself has rolled back where the disk is full
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _advice(said: str) -> str:
    if "locked" in said:
        return "another program is writing to this fact store; try again when it is done"
    if "readonly" in said or "unable to open" in said:
        return f"cannot be opened for this ({said}); check the permissions of the file and its folder"
    if "full" in said:
        return f"cannot be written any further ({said}); make room"
    if "fts5" in said and "module" in said:
        return "this Python's SQLite has no full-text search (FTS5); use another build of Python"
    return _damaged(said)


def _damaged(said: str) -> str:
    return (
        f"damaged fact store ({said}); nothing was changed: restore a copy, or try `checker facts export` to a new file"
    )


def _recognise(path: Path) -> None:
    """Read the head before SQLite does: opening a file that is something else must leave it as it is."""
    try:
        with path.open("rb") as file:
            head = file.read(100)
    except OSError as error:
        raise FactStoreError(f"{path}: cannot be read ({error.strerror}); check the path") from error
    if not head:
        raise FactStoreError(f"{path}: the file is empty, which no fact store is; remove it to begin anew")
    if not head.startswith(_MAGIC) or len(head) < 100:
        raise FactStoreError(f"{path}: is not a fact store; import it into one with `checker facts import`")
    if int.from_bytes(head[68:72], "big") != APPLICATION:
        raise FactStoreError(f"{path}: is a database, but not a fact store; name another file")


def _create_file(path: Path) -> None:
    """Build the file beside its name; another program that made one meanwhile wins."""
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        partial.unlink(missing_ok=True)
        with reporting(path):
            connection = sqlite3.connect(partial, isolation_level=None)
            try:
                connection.execute(f"PRAGMA application_id = {APPLICATION}")
                with transaction(connection, writing=True):
                    _run_steps(connection, 0)
                connection.execute("PRAGMA journal_mode = WAL")
            finally:
                connection.close()
        _move_new(partial, path)
    except OSError as error:
        raise FactStoreError(f"{path}: cannot be made ({error.strerror}); check the folder") from error
    finally:
        partial.unlink(missing_ok=True)


def _move_new(partial: Path, path: Path) -> None:
    """Give the file its name unless another has it by now; a file system without links is taken at its word."""
    try:
        os.link(partial, path)
    except FileExistsError:
        return
    except OSError:
        if not path.exists():
            partial.rename(path)


def _connect(path: Path) -> sqlite3.Connection:
    writable = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    beside = path.with_name(path.name + "-wal").exists()
    # A store on a medium that cannot be written has no room for the files that WAL needs beside it.
    mode = "mode=rw" if writable else "mode=ro" if beside else "mode=ro&immutable=1"
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{mode}",
        uri=True,
        isolation_level=None,
        timeout=_WAIT_SECONDS,
        check_same_thread=False,  # a server answers from several threads; the store lets one in at a time
    )
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    connection.execute("PRAGMA synchronous = FULL")  # a batch that is committed outlives a power cut
    return connection


def _bring_up_to_date(connection: sqlite3.Connection, path: Path) -> None:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > VERSION:
        raise FactStoreError(f"{path}: made by a newer checker (schema {version}, known: {VERSION}); update checker")
    if version < VERSION or not _is_indexed(connection):
        with transaction(connection, writing=True):
            (version,) = connection.execute("PRAGMA user_version").fetchone()  # another may have been faster
            _run_steps(connection, version)
            if not _is_indexed(connection):
                index_all(connection)


def _is_indexed(connection: sqlite3.Connection) -> bool:
    row = connection.execute("SELECT version FROM derived WHERE name = 'terms'").fetchone()
    return row is not None and row[0] == ANALYSIS


def _run_steps(connection: sqlite3.Connection, version: int) -> None:
    for step in STEPS[version:]:
        step(connection)
    connection.execute(f"PRAGMA user_version = {VERSION}")
