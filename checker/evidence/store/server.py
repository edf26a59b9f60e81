"""The server's side of a fact store that several machines share: what PostgreSQL keeps, and what it is asked.

The server keeps facts, their vectors and how far imports came; it ranks nothing. Every change gets the next number of
one clock, whose row is locked until the change is committed, so that changes become visible in the order of their
numbers and "all after the one that I have" misses none.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote, urlsplit
from uuid import uuid4

from checker.errors import FactStoreError, UsageError
from checker.evidence.store.rows import WRITTEN

if TYPE_CHECKING:
    import ssl

    from pg8000.native import Connection

SCHEME = "postgresql"
VERSION = 1
_PAGE = 1_000
_LOCAL = ("localhost", "127.0.0.1", "::1")
_PLAIN = re.compile(r"[a-z_][a-z0-9_]{0,62}")
_SECONDS = 30  # to reach the server
_BYTES = frozenset({"digest", "text_hash", "signs", "vector"})
_NUMBERS = frozenset({"number", "place_start", "place_end", "changed"})
_FACT_COLUMNS = ("number", *WRITTEN.split(", "))
_VECTOR_COLUMNS = ("model", "text_hash", "signs", "vector")

_TABLES = (
    "CREATE TABLE about (version INTEGER NOT NULL, identity TEXT NOT NULL)",
    "CREATE TABLE clock (changed BIGINT NOT NULL)",
    """CREATE TABLE facts (
        number BIGINT PRIMARY KEY, id TEXT UNIQUE, text TEXT, language TEXT, origin TEXT, place_start INTEGER,
        place_end INTEGER, valid_from TEXT, valid_until TEXT, tags TEXT, status TEXT, added_by TEXT, added_at TEXT,
        digest BYTEA, text_hash BYTEA, changed BIGINT NOT NULL)""",
    "CREATE INDEX facts_by_change ON facts (changed, number)",
    """CREATE TABLE vectors (
        model TEXT, text_hash BYTEA, signs BYTEA NOT NULL, vector BYTEA NOT NULL, changed BIGINT NOT NULL,
        PRIMARY KEY (model, text_hash))""",
    "CREATE INDEX vectors_by_change ON vectors (changed, model, text_hash)",
    "CREATE TABLE imports (source TEXT PRIMARY KEY, entries BIGINT NOT NULL)",
    "INSERT INTO clock VALUES (0)",
)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a store lies: `postgresql://user@host:port/database?schema=facts&sslmode=require`."""

    host: str
    port: int
    user: str
    database: str
    schema: str
    encrypted: bool

    @classmethod
    def of(cls, written: str) -> Address:
        """The address that a user wrote. Raises UsageError where it is none, or holds a password."""
        parts = urlsplit(written.replace(":/", "://", 1) if "://" not in written else written)
        if parts.password:
            raise UsageError(f"{SCHEME}://{parts.hostname}: write no password there; put it into PGPASSWORD")
        options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        schema = options.get("schema", "checker")
        try:
            port = parts.port or 5432
        except ValueError:
            port = 0
        database = unquote(parts.path.strip("/"))
        if not (database and port and _PLAIN.fullmatch(schema)) or options.keys() - {"schema", "sslmode", "host"}:
            raise UsageError(f"{written}: not an address; write {SCHEME}://user@host/database?schema=name")
        host = options.get("host") or parts.hostname or "localhost"
        plain = options.get("sslmode", "disable" if host in _LOCAL or host.startswith("/") else "require") == "disable"
        user = unquote(parts.username or "") or os.environ.get("PGUSER", "postgres")
        return cls(host, port, user, database, schema, encrypted=not plain)

    def __str__(self) -> str:
        socket = self.host.startswith("/")
        host, options = ("localhost", f"host={self.host}&") if socket else (self.host, "")
        options += "sslmode=disable&" if not (self.encrypted or socket or host in _LOCAL) else ""
        return f"{SCHEME}://{self.user}@{host}:{self.port}/{self.database}?{options}schema={self.schema}"


def is_address(written: object) -> bool:
    """True for an address, also one that went through a Path, which makes one slash of two."""
    return str(written).startswith(f"{SCHEME}:/")


class Server:
    """A connection to the tables of one store. All methods raise FactStoreError, in one line."""

    def __init__(self, address: Address, *, create: bool) -> None:
        self.address = address
        self._enter(create=create)

    def close(self) -> None:
        """Leave the server."""
        with self._reporting():
            self._connection.close()

    def clock(self) -> int:
        """The number of the newest change. A connection that was lost meanwhile is made anew."""
        try:
            return self._clock()
        except FactStoreError:
            with self._quietly():
                self._connection.close()
            self._enter(create=False)
            return self._clock()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """One state of the store."""
        with self._transaction("START TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"):
            yield

    @contextmanager
    def writing(self) -> Iterator[int]:
        """All that is done inside, or nothing; the value is the number of the change. One at a time."""
        with self._transaction("START TRANSACTION"):
            yield int(self._rows("UPDATE clock SET changed = changed + 1 RETURNING changed")[0][0])

    def facts_after(self, change: int) -> Iterator[Sequence[Sequence[Any]]]:
        """Pages of facts that changed later, as (number, *values for WRITTEN); of one that was removed the id is None.

        In the order of their numbers. Used inside `reading` or `writing`.
        """
        yield from self._pages("facts", _FACT_COLUMNS, ("number",), change)

    def vectors_after(self, change: int) -> Iterator[Sequence[Sequence[Any]]]:
        """Pages of vectors that were kept later, as (model, text hash, signs, vector)."""
        yield from self._pages("vectors", _VECTOR_COLUMNS, ("model", "text_hash"), change)

    def imports(self) -> Sequence[Sequence[Any]]:
        """How far imports came: (source, entries)."""
        return self._rows("SELECT source, entries FROM imports")

    def highest_number(self) -> int:
        """The highest number that a fact has or had; 0 for an empty store."""
        return int(self._rows("SELECT coalesce(max(number), 0) FROM facts")[0][0])

    def put_facts(self, rows: Sequence[Sequence[Any]], change: int) -> None:
        """Write facts, given as `facts_after` gives them; inside `writing`."""
        columns = (*_FACT_COLUMNS, "changed")
        # Ids may move from one number to another within a change, so the old rows give theirs up first.
        self._rows("UPDATE facts SET id = NULL WHERE number = ANY(:numbers)", numbers=[row[0] for row in rows])
        for start in range(0, len(rows), _PAGE):
            self._insert("facts", columns, [(*row, change) for row in rows[start : start + _PAGE]], "number")

    def put_vectors(self, rows: Sequence[Sequence[Any]], change: int) -> None:
        """Keep vectors; one that is there already stays."""
        for start in range(0, len(rows), _PAGE):
            page = [(*row, change) for row in rows[start : start + _PAGE]]
            self._insert("vectors", (*_VECTOR_COLUMNS, "changed"), page, None)

    def remove_vectors(self, keys: Sequence[Sequence[Any]]) -> None:
        """Remove vectors by model and text hash. Copies learn of it by the fact whose text it was."""
        written = json.dumps([[model, text.hex()] for model, text in keys])
        self._rows(
            """DELETE FROM vectors USING json_array_elements(CAST(:keys AS json)) AS gone
                WHERE model = gone->>0 AND text_hash = decode(gone->>1, 'hex')""",
            keys=written,
        )

    def put_imports(self, rows: Sequence[Sequence[Any]]) -> None:
        """Replace how far imports came."""
        self._rows("DELETE FROM imports")
        for source, entries in rows:
            self._rows("INSERT INTO imports VALUES (:source, :entries)", source=source, entries=entries)

    def _enter(self, *, create: bool) -> None:
        self._connection = _connect(self.address)
        try:
            with self._reporting():
                self._open(create=create)
        except BaseException:
            self._connection.close()
            raise

    def _clock(self) -> int:
        with self._reporting():
            return int(self._rows("SELECT changed FROM clock")[0][0])

    def _open(self, *, create: bool) -> None:
        schema = self.address.schema  # checked to be a plain name
        if not self._rows("SELECT 1 FROM pg_namespace WHERE nspname = :name", name=schema):
            if not create:
                raise FactStoreError(f"{self.address}: no such fact store; make one with `checker facts import`")
            with self._transaction("START TRANSACTION"):
                self._rows("SELECT pg_advisory_xact_lock(hashtext(:name))", name=f"checker {schema}")
                if not self._rows("SELECT 1 FROM pg_namespace WHERE nspname = :name", name=schema):
                    self._make(schema)
        self._rows(f"SET search_path TO {schema}")
        version, self.identity = self._rows("SELECT version, identity FROM about")[0]
        if version > VERSION:
            raise FactStoreError(
                f"{self.address}: made by a newer checker (schema {version}, known: {VERSION}); update checker"
            )

    def _make(self, schema: str) -> None:
        self._rows(f"CREATE SCHEMA {schema}")
        self._rows(f"SET LOCAL search_path TO {schema}")
        for statement in _TABLES:
            self._rows(statement)
        self._rows("INSERT INTO about VALUES (:version, :identity)", version=VERSION, identity=uuid4().hex)

    def _pages(
        self, table: str, columns: Sequence[str], key: Sequence[str], change: int
    ) -> Iterator[Sequence[Sequence[Any]]]:
        """In the order of the key, whatever the change, so that all copies number alike."""
        asked: Mapping[str, object] = {"change": change}
        further = ""
        places = [columns.index(name) for name in key]
        while True:
            rows = self._rows(
                f"SELECT {', '.join(columns)} FROM {table} WHERE changed > :change {further}"  # noqa: S608
                f" ORDER BY {', '.join(key)} LIMIT {_PAGE}",
                **asked,
            )
            if rows:
                yield rows
            if len(rows) < _PAGE:
                return
            asked = {"change": change} | {
                f"last_{name}": rows[-1][place] for name, place in zip(key, places, strict=True)
            }
            further = f"AND ({', '.join(key)}) > ({', '.join(f':last_{name}' for name in key)})"

    def _insert(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]], key: str | None) -> None:
        """Many rows in one statement, as JSON: a statement for each row would wait for the network each time."""
        written = [dict(zip(columns, map(_plain, row), strict=True)) for row in rows]
        kinds = ", ".join(f"{name} {'BIGINT' if name in _NUMBERS else 'TEXT'}" for name in columns)
        values = ", ".join(f"decode({name}, 'hex')" if name in _BYTES else name for name in columns)
        known = ", ".join(f"{name} = excluded.{name}" for name in columns if name != key)
        conflict = f"({key}) DO UPDATE SET {known}" if key else "DO NOTHING"
        self._rows(
            f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values}"  # noqa: S608 - constants of this file
            f" FROM json_to_recordset(CAST(:rows AS json)) AS given ({kinds}) ON CONFLICT {conflict}",
            rows=json.dumps(written),
        )

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[None]:
        with self._reporting():
            self._rows(begin)
            try:
                yield
            except BaseException:
                self._roll_back()
                raise
            self._rows("COMMIT")

    def _roll_back(self) -> None:
        with self._quietly():
            self._rows("ROLLBACK")

    def _rows(self, statement: str, **values: object) -> Sequence[Sequence[Any]]:
        return self._connection.run(statement, **values) or ()

    @contextmanager
    def _quietly(self) -> Iterator[None]:
        """For what is tried after something failed: that is what the user is told, not this."""
        from pg8000.exceptions import Error

        try:
            yield
        except (Error, OSError):
            return

    @contextmanager
    def _reporting(self) -> Iterator[None]:
        from pg8000.exceptions import DatabaseError, Error

        try:
            yield
        except DatabaseError as error:
            raise FactStoreError(f"{self.address}: {_said(error)}") from error
        except (Error, OSError) as error:
            raise FactStoreError(f"{self.address}: the server cannot be reached ({error}); try again") from error


def _connect(address: Address) -> Connection:
    try:
        from pg8000.exceptions import DatabaseError, Error
        from pg8000.native import Connection
    except ImportError as error:
        raise FactStoreError(
            f"{address}: a fact store on a server needs pg8000; install it with: pip install 'checker[server]'"
        ) from error
    where: dict[str, Any] = {"host": address.host, "port": address.port}
    if address.host.startswith("/"):
        where = {"unix_sock": f"{address.host}/.s.PGSQL.{address.port}"}
    try:
        return Connection(
            address.user,
            database=address.database,
            password=os.environ.get("PGPASSWORD"),
            ssl_context=_encryption() if address.encrypted else None,
            timeout=_SECONDS,
            application_name="checker",
            **where,
        )
    except DatabaseError as error:
        raise FactStoreError(f"{address}: {_said(error)}") from error
    except (Error, OSError) as error:
        raise FactStoreError(f"{address}: the server cannot be reached ({error}); check the address") from error


def _encryption() -> ssl.SSLContext:
    import ssl

    return ssl.create_default_context()


def _said(error: Exception) -> str:
    """What the server says, in one line."""
    told = error.args[0].get("M", "") if error.args and isinstance(error.args[0], dict) else str(error)
    return f"the server refuses ({' '.join(str(told).split())}); check the address and the rights of its user"


def _plain(value: object) -> object:
    return value.hex() if isinstance(value, bytes) else value
