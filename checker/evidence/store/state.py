"""One state of a store's file, as far as it is in memory: filled as it is asked for, dropped when the file changes."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from checker.evidence.ranking import COMPARE_ALL, Embedder, Match, rank_many
from checker.evidence.retrieval import MemoryCorpus
from checker.evidence.store.corpus import StoredCorpus, take_snapshot
from checker.evidence.store.postings import StoredPostings
from checker.evidence.store.rows import COLUMNS, fact_of_row
from checker.evidence.store.vectors import SignIndex, sign_index
from checker.evidence.types import Fact, FactStatus

_KEPT = 8  # of each: what one check after another asks with the same date and tags

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which facts may be found: valid on a day, with all the tags, in one of the languages; None asks nothing."""

    as_of: date | None
    tags: frozenset[str]
    languages: frozenset[str] | None = None


class State:
    """What was read of the file at one `version`; used inside the transaction that reads it."""

    def __init__(self, connection: sqlite3.Connection, version: int) -> None:
        self.version = version
        self._connection = connection
        self._snapshot = take_snapshot(connection)
        self._postings = StoredPostings(connection, self._snapshot.size, self._snapshot.lengths)
        self._admitted: dict[Asked, NDArray[np.bool_]] = {}
        self._signs: dict[str, SignIndex] = {}
        self._digests: dict[Asked, list[bytes]] = {}
        self._languages: dict[Asked, Counter[str]] = {}
        self._corpora: dict[tuple[Asked, str], tuple[NDArray[np.intp], MemoryCorpus]] = {}

    def rank(
        self,
        sentences: list[str],
        k: int,
        asked: Asked,
        embedder: Embedder | None,
        vectors: Vectors | None,
        vectors_of: Callable[[list[str], Embedder], Vectors],
        faint: int,
    ) -> list[list[tuple[Fact, float]]]:
        """Facts with their relevance; `vectors_of` gives kept vectors of texts, or makes them."""
        admitted = self._admit(asked)
        if not sentences or k < 1 or not admitted.any():
            return [[] for _ in sentences]
        if int(admitted.sum()) <= COMPARE_ALL:
            numbers, few = self._few(asked, admitted, embedder, vectors_of)
            ranked = rank_many(few, sentences, vectors, k, faint=faint)
            found = [[Match(int(numbers[match.index]), match.relevance) for match in each] for each in ranked]
        else:
            found = rank_many(self._corpus(admitted, embedder), sentences, vectors, k, faint=faint)
        facts = facts_by_number(self._connection, {match.index for each in found for match in each})
        return [[(facts[match.index], match.relevance) for match in each] for each in found]

    def digests(self, asked: Asked) -> list[bytes]:
        """`fact_digest` of each fact that may be found, in order, so that sorting them again costs little."""
        if asked not in self._digests:
            conditions, values = conditions_of(asked.as_of, asked.tags, FactStatus.ACTIVE)
            query = f"SELECT digest FROM facts WHERE true{conditions}"  # noqa: S608 - values are bound
            _make_room(self._digests)
            self._digests[asked] = sorted(digest for (digest,) in self._connection.execute(query, values))
        return self._digests[asked]

    def languages(self, asked: Asked) -> Counter[str]:
        """How many of the facts that may be found are in each language."""
        if asked not in self._languages:
            conditions, values = conditions_of(asked.as_of, asked.tags, FactStatus.ACTIVE)
            query = f"SELECT language, count(*) FROM facts WHERE true{conditions} GROUP BY language"  # noqa: S608
            _make_room(self._languages)
            self._languages[asked] = Counter(dict(self._connection.execute(query, values).fetchall()))
        return self._languages[asked]

    @cached_property
    def has_dates(self) -> bool:
        """True where what may be found depends on the day."""
        query = "SELECT EXISTS (SELECT 1 FROM facts WHERE valid_from IS NOT NULL OR valid_until IS NOT NULL)"
        (found,) = self._connection.execute(query).fetchone()
        return bool(found)

    def _admit(self, asked: Asked) -> NDArray[np.bool_]:
        """By number, which facts may be found."""
        if asked not in self._admitted:
            chosen = self._snapshot.usable(asked.as_of, asked.languages)
            for tag in sorted(asked.tags):
                tagged = np.zeros(len(chosen), dtype=np.bool_)
                rows = self._connection.execute("SELECT number FROM fact_tags WHERE tag = ?", (tag,)).fetchall()
                tagged[[number for (number,) in rows]] = True
                chosen &= tagged
            _make_room(self._admitted)
            self._admitted[asked] = chosen
        return self._admitted[asked]

    def _corpus(self, admitted: NDArray[np.bool_], embedder: Embedder | None) -> StoredCorpus:
        if embedder is None:
            return StoredCorpus(self._connection, self._snapshot, self._postings, admitted)
        if embedder.model not in self._signs:
            self._signs[embedder.model] = sign_index(self._connection, embedder.model)
        return StoredCorpus(
            self._connection,
            self._snapshot,
            self._postings,
            admitted,
            signs=self._signs[embedder.model],
            embed=embedder.embed,
        )

    def _few(
        self,
        asked: Asked,
        admitted: NDArray[np.bool_],
        embedder: Embedder | None,
        vectors_of: Callable[[list[str], Embedder], Vectors],
    ) -> tuple[NDArray[np.intp], MemoryCorpus]:
        """Few facts are ranked as those of a fact file are: all in memory, all compared by meaning."""
        key = asked, embedder.model if embedder else ""
        if key not in self._corpora:
            numbers = np.flatnonzero(admitted).astype(np.intp)
            facts = facts_by_number(self._connection, numbers.tolist())
            texts = [facts[number].text for number in numbers.tolist()]
            vectors = vectors_of(texts, embedder) if embedder else None
            _make_room(self._corpora)
            self._corpora[key] = numbers, MemoryCorpus(texts, vectors, None)
        return self._corpora[key]


def conditions_of(as_of: date | None, tags: Collection[str], status: FactStatus | None) -> tuple[str, tuple[Any, ...]]:
    """SQL to follow a condition, and its values."""
    sql = ""
    values: list[Any] = []
    if as_of is not None:
        sql += " AND coalesce(valid_from, '') <= ? AND coalesce(valid_until, '9999-12-31') >= ?"
        values += [as_of.isoformat(), as_of.isoformat()]
    if status is not None:
        sql += " AND status = ?"
        values.append(status.value)
    for tag in sorted(tags):
        sql += " AND number IN (SELECT number FROM fact_tags WHERE tag = ?)"
        values.append(tag)
    return sql, tuple(values)


def facts_by_number(connection: sqlite3.Connection, numbers: Collection[int]) -> dict[int, Fact]:
    """Fact number -> fact, for those that there are."""
    query = f"SELECT {COLUMNS}, number FROM facts WHERE number IN (SELECT value FROM json_each(?))"  # noqa: S608
    rows = connection.execute(query, (json.dumps(sorted(numbers)),))
    return {row[-1]: fact_of_row(row) for row in rows}


def _make_room(kept: dict[Any, Any]) -> None:
    if len(kept) >= _KEPT:
        kept.clear()
