"""How far an audit has come, kept so that it can be killed at any moment and go on exactly.

One SQLite file beside the data set. Groups of documents are entered in the order of the input, each in one transaction
with its rows, so that what is done is always a beginning of the input. When enough rows have come together they are
written as a part of the data set, and then leave the ledger: a kill in between has the part written again, in the same
bytes, since a part is only ever made from the ledger.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from checker.audit.dataset import Part, pack_part, write_packed
from checker.errors import CheckerError, UsageError

DOCUMENTS_IN_PART = 1_000

_TABLES = """
create table if not exists state (name text primary key, value text not null) without rowid;
create table if not exists contents (hash text primary key, position integer not null, skipped text) without rowid;
create table if not exists journal (number integer primary key, documents blob, findings blob, sentences blob);
"""


@dataclass(frozen=True, slots=True)
class Progress:
    """How many documents are done, parts written and findings made; `trail` stands for the paths of those done."""

    done: int = 0
    parts: int = 0
    findings: int = 0
    skipped: int = 0
    trail: str = ""


def follow(trail: str, path: str) -> str:
    """The trail one document further."""
    return hashlib.sha256(f"{trail}\x1f{path}".encode("utf-8", "surrogatepass")).hexdigest()[:32]


class Ledger:
    """The ledger in one file, open for one audit at a time.

    Raises UsageError where another one has it, or where its folder cannot be made.
    """

    def __init__(self, path: Path) -> None:
        self._path, self._made_folder = path, not path.parent.exists()
        _make_folder(path.parent)
        try:
            self._db = sqlite3.connect(path, isolation_level=None, timeout=0.2)
            self._db.execute("pragma locking_mode=exclusive")
            self._db.execute("pragma journal_mode=wal")
            self._db.execute("pragma synchronous=normal")
            self._db.executescript(_TABLES)
        except sqlite3.OperationalError as error:
            raise UsageError(f"{path.parent}: {_why_closed(error)}, or give another --output") from error
        except (sqlite3.DatabaseError, OSError) as error:
            raise CheckerError(f"{path}: this is no ledger of an audit ({error}); give another --output") from error

    def close(self) -> None:
        """Lets another audit have it."""
        self._db.close()

    def discard(self) -> None:
        """Removes a ledger in which nothing was begun, and the folder that was made for it."""
        if self.plan is not None:
            return
        with suppress(OSError):
            for path in (self._path.with_name(f"{self._path.name}-wal"), self._path):
                path.unlink(missing_ok=True)
        self.close()
        if self._made_folder:
            with suppress(OSError):  # others may have written there
                self._path.parent.rmdir()

    @property
    def plan(self) -> dict[str, Any] | None:
        """What the audit that was begun here is about; None where none was."""
        plan: dict[str, Any] | None = self._value("plan")
        return plan

    def begin(self, plan: Mapping[str, Any]) -> None:
        """Notes what the audit is about."""
        with self._transaction():
            self._put("plan", plan)
            self._put("progress", asdict(Progress()))

    @property
    def progress(self) -> Progress:
        """How far it has come."""
        return Progress(**self._value("progress") or {})

    def first_with(self, content: str) -> tuple[int, str | None] | None:
        """The position of the document that had this content first, and why it was skipped if it was."""
        row = self._db.execute("select position, skipped from contents where hash = ?", (content,)).fetchone()
        return None if row is None else (row[0], row[1])

    def enter(self, rows: Part, progress: Progress) -> None:
        """Enters the rows of the next documents, which make the audit come as far as `progress` says."""
        packed = pack_part(rows)
        firsts = [(row.content_hash, row.position, row.reason) for row in rows.documents if row.content_hash]
        with self._transaction():
            self._db.execute("insert into journal values (?, ?, ?, ?)", (progress.done, *packed))
            self._db.executemany("insert or ignore into contents values (?, ?, ?)", firsts)
            self._put("progress", asdict(progress))

    def write_part(self, folder: Path, name: str) -> None:
        """Makes a part of all rows in the journal, which is empty afterwards. Without rows there is no part."""
        packed = self._db.execute("select documents, findings, sentences from journal order by number").fetchall()
        if not packed:
            return
        write_packed(folder, name, packed)
        progress = self.progress
        with self._transaction():
            self._db.execute("delete from journal")
            self._put("progress", asdict(replace(progress, parts=progress.parts + 1)))

    def _value(self, name: str) -> Any:  # noqa: ANN401 - JSON
        row = self._db.execute("select value from state where name = ?", (name,)).fetchone()
        return None if row is None else json.loads(row[0])

    def _put(self, name: str, value: Mapping[str, Any]) -> None:
        self._db.execute("insert or replace into state values (?, ?)", (name, json.dumps(value)))

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            self._db.execute("begin immediate")
            yield
            self._db.execute("commit")
        except sqlite3.Error as error:
            raise CheckerError(f"the ledger cannot be written ({error}); make room, then --resume") from error


def _why_closed(error: sqlite3.OperationalError) -> str:
    primary = error.sqlite_errorcode & 0xFF  # the rest are details, https://www.sqlite.org/rescode.html
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return "another audit is writing here; wait until it has ended"
    return f"this folder cannot be written to ({error}); check your rights"


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise UsageError(f"{folder}: is a file; give a folder as --output") from error
    except OSError as error:
        raise UsageError(f"{folder}: the folder cannot be made ({error.strerror}); give another --output") from error
