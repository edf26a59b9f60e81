"""`SharedFactStore`: the fact store of several machines, on a server, with a copy on each of them that is searched.

    FactStore.open("postgresql://desk@facts.example/newsroom")

It is a `FactStore`: the copy is one, in the user's cache folder, and all that reads or changes facts is inherited.
Before anything is read the copy fetches what changed on the server since; a change is made to the copy and sent to the
server in one go, while no other machine changes anything. So every machine ranks as one file does, at its speed.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Self

from checker.errors import FactStoreError, UsageError
from checker.evidence.store.rows import WRITTEN, fact_of_row
from checker.evidence.store.server import Address, Server
from checker.evidence.store.store import FactStore
from checker.evidence.store.writing import mirror_facts, remove_facts

# What the copy notes of every change that is made to it, to be sent to the server.
_WATCH = """
    CREATE TABLE IF NOT EXISTS mirrored (changed INTEGER NOT NULL);
    INSERT INTO mirrored SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM mirrored);
    CREATE TEMP TABLE touched_facts (number INTEGER PRIMARY KEY);
    CREATE TEMP TABLE touched_vectors (model TEXT, text_hash BLOB, PRIMARY KEY (model, text_hash));
    CREATE TEMP TABLE touched_imports (source TEXT PRIMARY KEY);
"""
_TRIGGER = """
    CREATE TEMP TRIGGER {table}_{event} AFTER {event} ON main.{table}
    BEGIN INSERT OR IGNORE INTO touched_{table} SELECT {values}; END;
"""
_KEYS = {"facts": ("number",), "vectors": ("model", "text_hash"), "imports": ("source",)}


class SharedFactStore(FactStore):
    """A fact store on a server. `path` is that of the copy on this machine."""

    def __init__(self, path: Path, connection: sqlite3.Connection, server: Server) -> None:
        super().__init__(path, connection)
        self._server = server

    @classmethod
    def at(cls, written: str, *, create: bool = True) -> Self:
        """The store at an address; its tables are made where there are none unless `create` is False.

        Raises FactStoreError where the server cannot be reached or used, or has no such store.
        """
        server = Server(Address.of(written), create=create)
        with ExitStack() as undo:
            undo.callback(server.close)
            path = _copy_of(server.identity)
            store = cls(path, cls._connect(path, create=True), server)
            undo.callback(store._connection.close)
            store._begin_watching()
            undo.pop_all()
        return store

    @property
    def name(self) -> str:
        """Its address."""
        return self.written

    @property
    def written(self) -> str:
        """Its address."""
        return str(self._server.address)

    def close(self) -> None:
        """Leave the server and close the copy; the store cannot be used any more."""
        with self._lock:
            if not self.closed:  # what a `with` block ends may have been closed within it
                super().close()
                self._server.close()

    def _begin_watching(self) -> None:
        with super()._writing() as connection:
            for statement in _WATCH.split(";")[:-1]:
                connection.execute(statement)
            for table, key in _KEYS.items():
                for event, row in (("INSERT", "new"), ("UPDATE", "new"), ("DELETE", "old")):
                    values = ", ".join(f"{row}.{column}" for column in key)
                    connection.execute(_TRIGGER.format(table=table, event=event, values=values))

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            self._refuse_closed()
            if not self._connection.in_transaction:
                self._catch_up()
            with super()._reading() as connection:
                yield connection

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """The copy's lock first, then the server's; the server commits first, and the copy can always catch up."""
        self._refuse_closed()
        self._server.clock()  # makes a lost connection anew before anything is changed
        with super()._writing() as connection, self._server.writing() as change:
            self._pull(connection, change - 1)
            yield connection
            self._push(connection, change)
            connection.execute("UPDATE mirrored SET changed = ?", (change,))

    def _catch_up(self) -> None:
        if self._server.clock() != self._mirrored(self._connection):
            with super()._writing() as connection, self._server.reading():
                self._pull(connection, self._server.clock())

    def _mirrored(self, connection: sqlite3.Connection) -> int:
        """The number of the newest change that the copy has."""
        return int(connection.execute("SELECT changed FROM mirrored").fetchone()[0])

    def _pull(self, connection: sqlite3.Connection, newest: int) -> None:
        """Bring the copy to the change `newest`, the server's last one."""
        known = self._mirrored(connection)
        if known > newest:
            raise FactStoreError(
                f"{self._server.address}: the server holds an older state than this machine's copy; remove {self.path}"
            )
        if known < newest:
            for rows in self._server.facts_after(known):
                gone = [row[0] for row in rows if row[1] is None]
                remove_facts(connection, _ids(connection, gone))
                mirror_facts(connection, [(row[0], fact_of_row(row[1:])) for row in rows if row[1] is not None])
            for vectors in self._server.vectors_after(known):
                query = "INSERT OR IGNORE INTO vectors (model, text_hash, signs, vector) VALUES (?, ?, ?, ?)"
                connection.executemany(query, vectors)
            connection.execute("DELETE FROM imports")
            connection.executemany("INSERT INTO imports VALUES (?, ?)", self._server.imports())
            _reserve(connection, self._server.highest_number())
            connection.execute("UPDATE mirrored SET changed = ?", (newest,))
        for table in _KEYS:
            connection.execute(f"DELETE FROM touched_{table}")  # noqa: S608 - a constant

    def _push(self, connection: sqlite3.Connection, change: int) -> None:
        """Send what was changed in the copy since the transaction began."""
        rows = _touched_facts(connection)
        _check_zero_bytes(rows)
        if rows:
            self._server.put_facts(rows, change)
        kept = connection.execute(
            "SELECT model, text_hash, signs, vector FROM vectors JOIN touched_vectors USING (model, text_hash)"
        ).fetchall()
        gone = connection.execute(
            """SELECT model, text_hash FROM touched_vectors AS touched WHERE NOT EXISTS (SELECT 1 FROM vectors
                WHERE vectors.model = touched.model AND vectors.text_hash = touched.text_hash)"""
        ).fetchall()
        if gone:
            self._server.remove_vectors(gone)
        if kept:
            self._server.put_vectors(kept, change)
        if connection.execute("SELECT 1 FROM touched_imports").fetchone():
            self._server.put_imports(connection.execute("SELECT source, entries FROM imports").fetchall())


def _copy_of(identity: str) -> Path:
    """Where the copy of a store lies; only the user may read it."""
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "checker" / "shared"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise FactStoreError(f"{folder}: cannot be made ({error.strerror}); set XDG_CACHE_HOME") from error
    return folder / f"{identity}.facts"


def _ids(connection: sqlite3.Connection, numbers: Sequence[int]) -> list[str]:
    query = "SELECT id FROM facts WHERE number = ?"
    found = (connection.execute(query, (number,)).fetchone() for number in numbers)
    return [row[0] for row in found if row]


def _reserve(connection: sqlite3.Connection, highest: int) -> None:
    """Numbers that facts once had are not given again, here as on the server."""
    connection.execute("DELETE FROM sqlite_sequence WHERE name = 'facts'")
    connection.execute("INSERT INTO sqlite_sequence (name, seq) VALUES ('facts', ?)", (highest,))


def _touched_facts(connection: sqlite3.Connection) -> list[tuple[Any, ...]]:
    """(number, *values for WRITTEN), the values None for a fact that is gone."""
    query = f"SELECT touched_facts.number, {WRITTEN} FROM touched_facts LEFT JOIN facts USING (number)"  # noqa: S608
    return connection.execute(f"{query} ORDER BY number").fetchall()


def _check_zero_bytes(rows: Sequence[Sequence[Any]]) -> None:
    for _, name, *values in rows:
        if any(isinstance(value, str) and "\0" in value for value in (name, *values)):
            raise UsageError(f"fact {name!r}: holds a zero byte, which a server cannot keep; take it out")
