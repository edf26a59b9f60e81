"""`FactStore`: what a newsroom keeps as true, found again for any sentence and any day."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import NDArray

from checker.database import StoreFile, is_database
from checker.errors import UsageError
from checker.evidence.fact_fields import (
    BadFactError,
    checked_days,
    checked_label,
    checked_text,
    content_id,
    items_of,
)
from checker.evidence.ranking import Embedder
from checker.evidence.store.rows import COLUMNS, fact_of_row, text_hash
from checker.evidence.store.schema import KIND, open_file
from checker.evidence.store.server import is_address
from checker.evidence.store.state import Asked, State, conditions_of
from checker.evidence.store.vectors import find_vectors, keep_vectors
from checker.evidence.store.writing import Added, mark_facts, remove_facts, write_facts
from checker.evidence.types import Fact, FactStatus

if TYPE_CHECKING:
    import pandas
    import polars

_PAGE = 1_000


@dataclass(frozen=True, slots=True)
class FoundFact:
    """A fact that speaks of the same matters as a sentence; `relevance` in [0, 1] ranks it."""

    fact: Fact
    relevance: float


class FactStore(StoreFile):
    """Reference facts in one SQLite file. Open it with `FactStore.open`; it is a context manager.

    An address `postgresql://…` in the place of the path opens one on a server (`checker.evidence.store.shared`); one
    that cannot be used, or holds a password, is a UsageError.
    Several programs may read while one writes. A change is there whole or not at all, also where the program is killed.
    All methods raise FactStoreError where the file is damaged or cannot be used.
    """

    kind = KIND
    table = "facts"

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        super().__init__(path, connection)
        self._state: State | None = None

    @classmethod
    def _opened(cls, path: Path | str, *, create: bool) -> Self:
        if not is_address(path):
            return super()._opened(path, create=create)
        from checker.evidence.store.shared import SharedFactStore

        return SharedFactStore.at(str(path), create=create)  # type: ignore[return-value]  # one of its own kind

    @staticmethod
    def is_store(path: Path | str) -> bool:
        """True for a database, and so no fact file in another format, and for the address of a store on a server."""
        return is_address(path) or is_database(Path(path))

    @classmethod
    def _connect(cls, path: Path, *, create: bool) -> sqlite3.Connection:
        return open_file(path, create=create)  # that of the schema, which brings the index up to date too

    # Changing

    def add(
        self,
        facts: Iterable[Fact | str],
        *,
        by: str | None = None,
        embedder: Embedder | None = None,
        position: tuple[str, int] | None = None,
    ) -> Added:
        """Add facts in one transaction; one with the id of another replaces it. A string gets an id from its words.

        `by` says who adds them. With an `embedder`, vectors of texts that have none are made and kept too.
        `position` notes in the same transaction how far an import has come: (source, entries). Raises UsageError for a
        text that cannot be a fact, for an id that is given twice, and for one text in place of several.
        """
        given = _checked(items_of(facts))
        vectors = self._missing_vectors([fact.text for fact in given], embedder) if embedder else None
        with self._writing() as connection:
            if embedder and vectors:
                keep_vectors(connection, embedder.model, list(vectors), np.array(list(vectors.values())))
            added = write_facts(connection, given, by=by, at=datetime.now(UTC).replace(microsecond=0))
            if position is not None:
                connection.execute("INSERT OR REPLACE INTO imports VALUES (?, ?)", position)
        return added

    def remove(self, ids: Iterable[str]) -> int:
        """Remove facts; how many of the ids there were."""
        with self._writing() as connection:
            return remove_facts(connection, _ids(ids))

    def mark(self, ids: Iterable[str], status: FactStatus) -> int:
        """Give facts another status; how many of the ids there were."""
        with self._writing() as connection:
            return mark_facts(connection, _ids(ids), status)

    def embed(self, embedder: Embedder, *, batch: int = 512) -> Iterator[int]:
        """Make the vectors that are missing, batch by batch, each kept at once; yields the size of each batch."""
        last = 0
        while True:
            with self._reading() as connection:
                rows = connection.execute(
                    """SELECT number, text FROM facts WHERE number > ? AND NOT EXISTS (SELECT 1 FROM vectors
                        WHERE model = ? AND vectors.text_hash = facts.text_hash) ORDER BY number LIMIT ?""",
                    (last, embedder.model, batch),
                ).fetchall()
            if not rows:
                return
            self.keep_vectors(embedder.model, [text for _, text in rows], embedder.embed([text for _, text in rows]))
            last = rows[-1][0]
            yield len(rows)

    def keep_vectors(self, model: str, texts: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Keep unit-length vectors of texts, one row each, made by the model of that hash."""
        with self._writing() as connection:
            keep_vectors(connection, model, [text_hash(text) for text in texts], vectors)

    def import_position(self, source: str) -> int:
        """How many entries of an import that did not end were committed; 0 where there is no such import."""
        with self._reading() as connection:
            row = connection.execute("SELECT entries FROM imports WHERE source = ?", (source,)).fetchone()
        return int(row[0]) if row else 0

    def end_import(self, source: str) -> None:
        """Forget how far an import came, since it is complete."""
        with self._writing() as connection:
            connection.execute("DELETE FROM imports WHERE source = ?", (source,))

    # Reading

    def get(self, fact_id: str) -> Fact | None:
        """The fact with that id, None where there is none."""
        with self._reading() as connection:
            row = connection.execute(f"SELECT {COLUMNS} FROM facts WHERE id = ?", (fact_id,)).fetchone()  # noqa: S608
        return fact_of_row(row) if row else None

    def list(
        self,
        *,
        as_of: date | None = None,
        tags: Collection[str] = (),
        status: FactStatus | None = None,
        limit: int | None = None,
    ) -> Iterator[Fact]:
        """Facts in the order in which they were added: valid on `as_of`, with all the tags, of the status."""
        conditions, values = conditions_of(as_of, _tags(tags), status)
        last, left = 0, limit
        while left is None or left > 0:
            page = _PAGE if left is None else min(_PAGE, left)
            query = f"SELECT {COLUMNS}, number FROM facts WHERE number > ?{conditions} ORDER BY number LIMIT ?"  # noqa: S608
            with self._reading() as connection:
                rows = connection.execute(query, (last, *values, page)).fetchall()
            yield from map(fact_of_row, rows)
            if len(rows) < page:
                return
            last, left = rows[-1][-1], None if left is None else left - len(rows)

    def search(
        self,
        sentence: str,
        k: int = 5,
        *,
        as_of: date | None = None,
        tags: Collection[str] = (),
        embedder: Embedder | None = None,
    ) -> Sequence[FoundFact]:
        """The `k` facts most relevant for a sentence; see `search_many`."""
        return self.search_many([sentence], k, as_of=as_of, tags=tags, embedder=embedder)[0]

    def search_many(
        self,
        sentences: Sequence[str],
        k: int = 5,
        *,
        as_of: date | None = None,
        tags: Collection[str] = (),
        languages: Collection[str] | None = None,
        embedder: Embedder | None = None,
        vectors: NDArray[np.float32] | None = None,
        faint: int = 0,
    ) -> Sequence[Sequence[FoundFact]]:
        """For each sentence at most `k` active facts, ranked as `checker.evidence.ranking` ranks.

        They are valid on `as_of`, have all the `tags` and one of the `languages`; None and () ask nothing. An
        `embedder` adds meaning to words; `vectors` are the sentences' own where they were made with it before. The
        `faint` nearest facts are found even where they have little in common with the sentence. Raises UsageError for
        a sentence that is no text, and for one text in place of several.
        """
        sentences = _texts(sentences)
        asked = Asked(as_of, _tags(tags), frozenset(languages) if languages is not None else None)
        if embedder is not None and vectors is None and sentences:
            vectors = embedder.embed(sentences)
        with self._reading() as connection:
            found = self._current(connection).rank(sentences, k, asked, embedder, vectors, self._vectors, faint)
        return [[FoundFact(*one) for one in each] for each in found]

    def to_frame(self, **filters: Any) -> pandas.DataFrame:  # noqa: ANN401 - those of `list`
        """The facts of `list(**filters)` as a pandas frame, a row each. Raises CheckerError without pandas."""
        from checker.evidence.store.frame import COLUMNS, rows_of
        from checker.frames import as_pandas

        return as_pandas(rows_of(self.list(**filters)), COLUMNS)

    def to_polars(self, **filters: Any) -> polars.DataFrame:  # noqa: ANN401 - those of `list`
        """The same frame for polars. Raises CheckerError where polars is not installed."""
        from checker.evidence.store.frame import COLUMNS, rows_of
        from checker.frames import as_polars

        return as_polars(rows_of(self.list(**filters)), COLUMNS)

    @property
    def name(self) -> str:
        """What a person calls it: the name of its file."""
        return self.path.name

    @property
    def written(self) -> str:
        """What opens it again."""
        return str(self.path)

    def __repr__(self) -> str:
        kept = 0 if self.closed else len(self)
        state = "closed" if self.closed else "1 fact" if kept == 1 else f"{kept:,} facts"
        return f"{type(self).__name__}({self.written!r}, {state})"

    def view(self, as_of: date | None, tags: Collection[str] = ()) -> StoreView:
        """The facts that articles of one day are checked against."""
        return StoreView(self, as_of, _tags(tags))

    def digests(self, *, as_of: date | None = None, tags: Collection[str] = ()) -> Sequence[bytes]:
        """`fact_digest` of each active fact that is valid on `as_of`, for the hash of all evidence."""
        with self._reading() as connection:
            return self._current(connection).digests(Asked(as_of, _tags(tags)))

    def has_dates(self) -> bool:
        """True where what may be found depends on the day."""
        with self._reading() as connection:
            return self._current(connection).has_dates

    def languages(self, *, as_of: date | None = None, tags: Collection[str] = ()) -> Counter[str]:
        """How many active facts there are in each language."""
        with self._reading() as connection:
            return Counter(self._current(connection).languages(Asked(as_of, _tags(tags))))

    def faults(self) -> Sequence[str]:
        """What SQLite finds wrong when it reads the whole file, in its words; empty for a sound one."""
        with self._reading() as connection:
            (lost,) = connection.execute(
                "SELECT count(*) FROM facts LEFT JOIN lengths USING (number) WHERE length IS NULL"
            ).fetchone()
        return [*super().faults(), *([f"{lost} facts are not indexed"] if lost else [])]

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with super()._writing() as connection:
            self._state = None
            yield connection

    def _current(self, connection: sqlite3.Connection) -> State:
        """What is in memory of the store, read anew where another program has changed the file."""
        connection.execute("SELECT 1 FROM facts LIMIT 1").fetchone()  # the state of the file is fixed by the first read
        (version,) = connection.execute("PRAGMA data_version").fetchone()
        if self._state is None or self._state.version != version:
            self._state = State(connection, version)
        return self._state

    def _vectors(self, texts: Sequence[str], embedder: Embedder) -> NDArray[np.float32]:
        """Those that are kept, and the rest made now."""
        hashes = [text_hash(text) for text in texts]
        with self._reading() as connection:
            kept = find_vectors(connection, embedder.model, hashes)
        kept |= self._missing_vectors(texts, embedder)
        return np.array([kept[each] for each in hashes])

    def _missing_vectors(self, texts: Sequence[str], embedder: Embedder) -> dict[bytes, NDArray[np.float32]]:
        """Text hash -> vector of texts for which none is kept, made outside any transaction that writes."""
        text_of = {text_hash(text): text for text in texts}
        with self._reading() as connection:
            kept = find_vectors(connection, embedder.model, text_of)
        missing = [each for each in text_of if each not in kept]
        if not missing:
            return {}
        return dict(zip(missing, embedder.embed([text_of[each] for each in missing]), strict=True))


@dataclass(frozen=True, slots=True)
class StoreView:
    """The facts of a store that are valid on one day and have all the tags: what one article is checked against."""

    store: FactStore
    as_of: date | None
    tags: frozenset[str] = frozenset()

    def find(
        self,
        sentences: Sequence[str],
        k: int,
        *,
        languages: Collection[str],
        embedder: Embedder | None,
        vectors: NDArray[np.float32] | None,
        faint: int,
    ) -> Sequence[Sequence[FoundFact]]:
        """For each sentence at most `k` facts, as `FactStore.search_many` finds them."""
        return self.store.search_many(
            sentences,
            k,
            as_of=self.as_of,
            tags=self.tags,
            languages=languages,
            embedder=embedder,
            vectors=vectors,
            faint=faint,
        )

    def languages(self) -> Counter[str]:
        """How many of its facts are in each language."""
        return self.store.languages(as_of=self.as_of, tags=self.tags)

    def digests(self) -> Sequence[bytes]:
        """`fact_digest` of each of its facts."""
        return self.store.digests(as_of=self.as_of, tags=self.tags)


def _ids(given: Iterable[str]) -> list[str]:
    """Each id once, in order. Raises UsageError for one text in place of several."""
    return list(dict.fromkeys(items_of(given, "ids", "a list of ids, [id] for one")))


def _tags(given: Collection[str]) -> frozenset[str]:
    """All the tags. Raises UsageError for one text, whose letters would be tags that no fact has."""
    return frozenset(items_of(given, "tags", "a list of tags, [tag] for one"))


def _texts(given: Sequence[str]) -> list[str]:
    """The sentences. Raises UsageError for what is no text."""
    texts = items_of(given, "sentences", "a list of texts, [text] for one")
    for text in texts:
        if not isinstance(text, str):
            raise UsageError(f"a sentence to search for is of type {type(text).__name__}; give a text")
    return texts


def _checked(facts: Iterable[Fact | str]) -> list[Fact]:
    given: dict[str, Fact] = {}
    for number, item in enumerate(facts, start=1):
        try:
            text = checked_text(item.text if isinstance(item, Fact) else item)
            fact = item if isinstance(item, Fact) else Fact(content_id(text, "en", None, None), text)
            for key, label in (("id", fact.id), ("origin", fact.origin or ""), *(("tag", tag) for tag in fact.tags)):
                checked_label(label, key)
            checked_days(fact.valid_from, fact.valid_until)
        except BadFactError as error:
            raise UsageError(f"fact {number}: {error}") from error
        if fact.text != text:
            raise UsageError(f"fact {number}: has line breaks or doubled spaces; give {text!r}")
        if fact.id in given and fact != given[fact.id]:
            raise UsageError(f"fact {number}: the id {fact.id!r} is used twice; give each fact an id of its own")
        given[fact.id] = fact
    return list(given.values())
