"""What the ranking asks of the index: which texts have a term, and which words stand at the open place of a name."""

from __future__ import annotations

import sqlite3
from collections import OrderedDict
from collections.abc import Collection, Mapping

import numpy as np
from numpy.typing import NDArray

from checker.evidence.lexical import NAME_WEIGHT, PREFIX_WEIGHT
from checker.evidence.names import COMMON_NAMES, Pattern
from checker.evidence.store.analysis import maybe_name, open_name, sure_name, term_of, token

# Lists kept for the next sentence of an article, which has terms in common with this one.
_KEPT_LISTS = 1_000
_KEPT_COUNTS = 100_000

_Texts = tuple[NDArray[np.intp], NDArray[np.float64]]


class StoredPostings:
    """`Postings` over the index of a store as it stood when this was made; `lengths_by_number` are of all its texts."""

    def __init__(self, connection: sqlite3.Connection, size: int, lengths_by_number: NDArray[np.float64]) -> None:
        self._connection = connection
        self._lengths = lengths_by_number
        self.size = size
        self.mean_length = (float(lengths_by_number.sum()) / size if size else 0.0) or 1.0
        self._counts: dict[str, int] = {}
        self._names: dict[str, Mapping[str, Collection[int]]] = {}
        self._lists: OrderedDict[str, _Texts] = OrderedDict()

    def count(self, term: str) -> int:
        """How many texts have the term; `=name` counts once a text surely has the name."""
        if not term.startswith("="):
            return self._count(token(term))
        sure = self._count(sure_name(term[1:]))
        return sure + self._count(maybe_name(term[1:])) if sure else 0

    def is_name(self, word: str) -> bool:
        """True where a text surely has the word as a name."""
        return self._count(sure_name(word)) > 0

    def texts(self, term: str) -> _Texts:
        """Numbers of the texts that have the term, ascending, with its weight in each."""
        if term not in self._lists:
            self._lists[term] = self._name_texts(term[1:]) if term.startswith("=") else self._word_texts(term)
            if len(self._lists) > _KEPT_LISTS:
                self._lists.popitem(last=False)
        self._lists.move_to_end(term)
        return self._lists[term]

    def lengths(self, numbers: NDArray[np.intp]) -> NDArray[np.float64]:
        """The lengths of the texts."""
        return self._lengths[numbers]

    def words(self, pattern: Pattern) -> Mapping[str, Collection[int]]:
        """Word at the open place -> numbers of the texts that have the name with it; a few of too many."""
        start = open_name(pattern)
        if start not in self._names:
            if len(self._names) >= _KEPT_LISTS:
                self._names.clear()
            self._names[start] = self._named(start)
        return self._names[start]

    def _named(self, start: str) -> Mapping[str, Collection[int]]:
        rows = self._connection.execute(
            "SELECT substr(term, ?), doc FROM term_places WHERE term >= ? AND term < ? LIMIT ?",
            (len(start) + 1, start, start[:-1] + "/", COMMON_NAMES + 1),  # "/" is what follows the full stop
        ).fetchall()
        if len(rows) > COMMON_NAMES:
            return {"": [number for _, number in rows]}  # too many to be asked which
        words: dict[str, list[int]] = {}
        for word, number in rows:
            words.setdefault(word, []).append(number)
        return {term_of(word): numbers for word, numbers in words.items()}

    def _count(self, written: str) -> int:
        if written not in self._counts:
            if len(self._counts) >= _KEPT_COUNTS:
                self._counts.clear()
            row = self._connection.execute("SELECT doc FROM term_rows WHERE term = ?", (written,)).fetchone()
            self._counts[written] = row[0] if row else 0
        return self._counts[written]

    def _word_texts(self, term: str) -> _Texts:
        """One SQL value for all places: a row of its own for each would take most of the time of a search."""
        (joined,) = self._connection.execute(
            "SELECT group_concat(doc * 2 + (col = 'bare')) FROM term_places WHERE term = ?", (token(term),)
        ).fetchone()
        places = np.sort(_parsed(joined), kind="stable")  # they come sorted, and then this only looks
        weights = np.where(places & 1, PREFIX_WEIGHT, 1.0)
        numbers = places >> 1
        first = np.flatnonzero(np.diff(numbers, prepend=-1))
        return numbers[first].astype(np.intp), np.add.reduceat(weights, first) if len(first) else weights

    def _name_texts(self, name: str) -> _Texts:
        (joined,) = self._connection.execute(
            "SELECT group_concat(doc) FROM term_places WHERE term IN (?, ?)", (sure_name(name), maybe_name(name))
        ).fetchone()
        numbers = np.sort(_parsed(joined)).astype(np.intp)
        return numbers, np.full(len(numbers), NAME_WEIGHT)


def _parsed(joined: str | None) -> NDArray[np.int64]:
    return np.fromstring(joined or "", dtype=np.int64, sep=",")
