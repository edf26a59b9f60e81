"""One SQLite file that a newsroom keeps: how it is made, recognised, opened and brought up to the present schema.

The fact store and the decision store are such files, and `StoreFile` is what the two have in common. A file that is not
a sound one of its kind is never written to. A new one is built beside its name and moved there whole.
SQLite in WAL mode: https://www.sqlite.org/wal.html (not for network file systems).
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import ClassVar, Self

from checker.errors import CheckerError

_MAGIC = b"SQLite format 3\x00"
_WAIT_SECONDS = 30.0  # for another writer to finish its batch


@dataclass(frozen=True, slots=True, kw_only=True)
class FileKind:
    """What makes a file one of its kind, and what a user is told about one that cannot be used.

    `application` stands in bytes 68 to 71 of the file. Step n brings a file from version n to n + 1; one that was ever
    released is not changed: another is added. `error` is what is raised. `when_missing`, `when_foreign` and
    `when_damaged` say what to do next.
    """

    name: str
    application: int
    steps: tuple[Callable[[sqlite3.Connection], None], ...]
    error: type[CheckerError]
    when_missing: str
    when_foreign: str
    when_damaged: str

    @property
    def version(self) -> int:
        """The present schema."""
        return len(self.steps)


class StoreFile:
    """An open file of one kind; a context manager that threads may share, one at a time.

    A subclass names its `kind` and the `table` whose rows are what it keeps.
    """

    kind: ClassVar[FileKind]
    table: ClassVar[str]

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self.closed = False
        self._connection = connection
        self._lock = threading.RLock()

    @classmethod
    def open(cls, path: Path | str, *, create: bool = True) -> Self:
        """The store at `path`, made where there is none unless `create` is False.

        Raises the kind's error where the file is missing, none of its kind, damaged, or made by a newer program.
        """
        return cls._opened(path, create=create)

    @classmethod
    def _opened(cls, path: Path | str, *, create: bool) -> Self:
        return cls(Path(path), cls._connect(Path(path), create=create))

    @classmethod
    def _connect(cls, path: Path, *, create: bool) -> sqlite3.Connection:
        return open_file(path, cls.kind, create=create)

    @staticmethod
    def is_store(path: Path | str) -> bool:
        """True where the file is a database, and so no file in another format."""
        return is_database(Path(path))

    def close(self) -> None:
        """Close the file; the store cannot be used any more."""
        with self._lock:
            self.closed = True
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __len__(self) -> int:
        with self._reading() as connection:
            (count,) = connection.execute(f"SELECT count(*) FROM {self.table}").fetchone()  # noqa: S608 - a constant
        return int(count)

    def faults(self) -> Sequence[str]:
        """What SQLite finds wrong when it reads the whole file, in its words; empty for a sound one."""
        with self._reading() as connection:
            said = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(20)")]
        return [each for each in said if each != "ok"]

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """One state of the file; a transaction that is open already is used."""
        with self._lock, reporting(self.path, self.kind):
            self._refuse_closed()
            if self._connection.in_transaction:
                yield self._connection
            else:
                with transaction(self._connection, writing=False):
                    yield self._connection

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """All that is done inside, or nothing."""
        with self._lock, reporting(self.path, self.kind):
            self._refuse_closed()
            with transaction(self._connection, writing=True):
                yield self._connection

    def _refuse_closed(self) -> None:
        if self.closed:
            raise self.kind.error(f"{self.path}: this {self.kind.name} is closed; open it again, or use it before")


def open_file(path: Path, kind: FileKind, *, create: bool) -> sqlite3.Connection:
    """A connection to the file at `path`, of the present version; without transactions of its own.

    Raises the kind's error where there is no file and none may be made, where the file is none of its kind, damaged or
    made by a newer program.
    """
    if not path.exists():
        if not create:
            raise kind.error(f"{path}: no such {kind.name}; {kind.when_missing}")
        _create_file(path, kind)
    _recognise(path, kind)
    with reporting(path, kind):
        connection = _connect(path)
        try:
            _bring_up_to_date(connection, path, kind)
        except BaseException:
            connection.close()
            raise
    return connection


def is_database(path: Path) -> bool:
    """True where `path` is an SQLite file, sound or not: no file in another format begins so."""
    try:
        with path.open("rb") as file:
            return file.read(len(_MAGIC)) == _MAGIC
    except (OSError, ValueError):
        return False


@contextmanager
def reporting(path: Path, kind: FileKind) -> Iterator[None]:
    """Turns what SQLite says of a file into the kind's error, which says what to do."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise kind.error(f"{path}: {_advice(str(error), kind)}") from error
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError):  # a mistake of the program and not of the file
        raise
    except sqlite3.DatabaseError as error:
        raise kind.error(f"{path}: {_damaged(str(error), kind)}") from error


@contextmanager
def transaction(connection: sqlite3.Connection, *, writing: bool) -> Iterator[None]:
    """All that is done inside, or nothing; readers see one state of the file throughout."""
    connection.execute("BEGIN IMMEDIATE" if writing else "BEGIN")
    try:
        yield
    except BaseException:
        with suppress(sqlite3.Error):  # SQLite itself has rolled back where the disk is full
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _advice(said: str, kind: FileKind) -> str:
    if "locked" in said:
        return f"another program is writing to this {kind.name}; try again when it is done"
    if "readonly" in said or "unable to open" in said:
        return f"cannot be opened for this ({said}); check the permissions of the file and its folder"
    if "full" in said:
        return f"cannot be written any further ({said}); make room"
    if "fts5" in said and "module" in said:
        return "this Python's SQLite has no full-text search (FTS5); use another build of Python"
    return _damaged(said, kind)


def _damaged(said: str, kind: FileKind) -> str:
    return f"damaged {kind.name} ({said}); nothing was changed: {kind.when_damaged}"


def _recognise(path: Path, kind: FileKind) -> None:
    """Read the head before SQLite does: opening a file that is something else must leave it as it is."""
    try:
        with path.open("rb") as file:
            head = file.read(100)
    except OSError as error:
        raise kind.error(f"{path}: cannot be read ({error.strerror}); check the path") from error
    if not head:
        raise kind.error(f"{path}: the file is empty, which no {kind.name} is; remove it to begin anew")
    if not head.startswith(_MAGIC) or len(head) < 100:
        raise kind.error(f"{path}: is not a {kind.name}; {kind.when_foreign}")
    if int.from_bytes(head[68:72], "big") != kind.application:
        raise kind.error(f"{path}: is a database, but not a {kind.name}; name another file")


def _create_file(path: Path, kind: FileKind) -> None:
    """Build the file beside its name; another program that made one meanwhile wins."""
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        partial.unlink(missing_ok=True)
        with reporting(path, kind):
            connection = sqlite3.connect(partial, isolation_level=None)
            try:
                connection.execute(f"PRAGMA application_id = {kind.application}")
                with transaction(connection, writing=True):
                    _run_steps(connection, kind, 0)
                connection.execute("PRAGMA journal_mode = WAL")
            finally:
                connection.close()
        _move_new(partial, path)
    except OSError as error:
        raise kind.error(f"{path}: cannot be made ({error.strerror}); check the folder") from error
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
    # A file on a medium that cannot be written has no room for the files that WAL needs beside it.
    mode = "mode=rw" if writable else "mode=ro" if beside else "mode=ro&immutable=1"
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{mode}",
        uri=True,
        isolation_level=None,
        timeout=_WAIT_SECONDS,
        check_same_thread=False,  # a server answers from several threads; each store lets one in at a time
    )
    connection.execute("PRAGMA synchronous = FULL")  # a batch that is committed outlives a power cut
    return connection


def _bring_up_to_date(connection: sqlite3.Connection, path: Path, kind: FileKind) -> None:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > kind.version:
        raise kind.error(f"{path}: made by a newer checker (schema {version}, known: {kind.version}); update checker")
    if version < kind.version:
        with transaction(connection, writing=True):
            (version,) = connection.execute("PRAGMA user_version").fetchone()  # another may have been faster
            _run_steps(connection, kind, version)


def _run_steps(connection: sqlite3.Connection, kind: FileKind, version: int) -> None:
    for step in kind.steps[version:]:
        step(connection)
    connection.execute(f"PRAGMA user_version = {kind.version}")
