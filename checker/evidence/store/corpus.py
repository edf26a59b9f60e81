"""A store as the ranking sees it: one state of the file, of which only a few facts are read for each sentence."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from checker.evidence.lexical import LexicalIndex, terms_of, weighted_terms
from checker.evidence.names import NameIndex
from checker.evidence.ranking import DECIMALS, FRAGMENT_WORDS, Embed, Numbers, normalised
from checker.evidence.store.postings import StoredPostings
from checker.evidence.store.vectors import OVERSAMPLING, SignIndex, vectors_of_facts
from checker.evidence.types import FactStatus

_Scalar = TypeVar("_Scalar", bound=np.generic)
_NEVER = 99_999_999  # later than any date, written as 20220523


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What of one state of a store lies in memory; arrays are by fact number, zero where there is no such fact."""

    size: int
    words: NDArray[np.int32]
    lengths: NDArray[np.float64]
    valid_from: NDArray[np.int32]
    valid_until: NDArray[np.int32]
    active: NDArray[np.bool_]
    language: NDArray[np.int16]
    languages: tuple[str, ...]

    def usable(self, day: date | None, languages: Collection[str] | None) -> NDArray[np.bool_]:
        """By number: is it active, valid on `day` and in one of the languages; None asks nothing."""
        chosen = self.active.copy()
        if day is not None:
            written = day.year * 10_000 + day.month * 100 + day.day
            chosen &= (self.valid_from <= written) & (written <= self.valid_until)
        if languages is not None:
            chosen &= np.isin(self.language, [code for code, name in enumerate(self.languages) if name in languages])
        return chosen


def take_snapshot(connection: sqlite3.Connection) -> Snapshot:
    """Read the arrays; some 400,000 facts a second."""
    rows = connection.execute(
        f"""SELECT facts.number, words, length, coalesce(CAST(replace(valid_from, '-', '') AS INTEGER), 0),
            coalesce(CAST(replace(valid_until, '-', '') AS INTEGER), {_NEVER}), status = ?, language
            FROM facts JOIN lengths USING (number)""",  # noqa: S608 - a constant of this file
        (FactStatus.ACTIVE.value,),
    ).fetchall()
    columns = list(zip(*rows, strict=True)) or [()] * 7
    languages = tuple(sorted(set(columns[6])))
    code = {language: place for place, language in enumerate(languages)}
    numbers = np.array(columns[0], dtype=np.intp)
    end = int(numbers.max()) + 1 if rows else 1
    return Snapshot(
        size=len(rows),
        words=_by_number(numbers, np.array(columns[1], dtype=np.int32), end),
        lengths=_by_number(numbers, np.array(columns[2], dtype=np.float64), end),
        valid_from=_by_number(numbers, np.array(columns[3], dtype=np.int32), end),
        valid_until=_by_number(numbers, np.array(columns[4], dtype=np.int32), end),
        active=_by_number(numbers, np.array(columns[5], dtype=np.bool_), end),
        language=_by_number(numbers, np.array([code[each] for each in columns[6]], dtype=np.int16), end),
        languages=languages,
    )


def _by_number(numbers: Numbers, values: NDArray[_Scalar], end: int) -> NDArray[_Scalar]:
    """The values at the places that their numbers say, zero elsewhere."""
    array = np.zeros(end, dtype=values.dtype)
    array[numbers] = values
    return array


class StoredCorpus:
    """The `Corpus` of the `admitted` facts of a store (by number); all its facts count for how rare a word is.

    `signs` are those of the vectors of one model, None for words alone. A fact without a vector that shares words
    with a sentence is embedded there and then, where `embed` is given, and otherwise counts as different in meaning.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        snapshot: Snapshot,
        postings: StoredPostings,
        admitted: NDArray[np.bool_],
        *,
        signs: SignIndex | None = None,
        embed: Embed | None = None,
    ) -> None:
        self.size = int(admitted.sum())
        self.lexical = LexicalIndex(postings)
        self._connection = connection
        self._snapshot = snapshot
        self._postings = postings
        self._admitted = admitted
        self._signs = signs
        self._embed = embed
        self._names = NameIndex(postings)
        self._width = 0
        self._texts: dict[int, str] = {}
        self._vectors: dict[int, NDArray[np.float32]] = {}

    def all_numbers(self) -> Numbers:
        """Numbers of the admitted facts."""
        return np.flatnonzero(self._admitted).astype(np.intp)

    def admits(self, numbers: Numbers) -> NDArray[np.bool_]:
        """Which of the facts are admitted."""
        return self._admitted[numbers]

    def known_names(self, words: frozenset[str]) -> frozenset[str]:
        """Words that one of the facts surely uses as a name."""
        return frozenset(word for word in words if self._postings.is_name(word))

    def almost_named(self, text: str, exclude: Collection[int]) -> dict[int, dict[int, float]]:
        """Facts that hold a name of `text` with another word in it."""
        return self._names.almost_named(text, exclude)

    def nearest(self, vector: NDArray[np.float32], count: int) -> Numbers:
        """The nearest by cosine of those that have a vector and whose signs differ little."""
        self._width = len(vector)
        if self._signs is None:
            return np.zeros(0, dtype=np.intp)
        like = self._signs.nearest(vector, count * OVERSAMPLING, self._admitted)
        near, rows = vectors_of_facts(self._connection, self._signs, like)
        if not len(near):
            return near
        cosine = np.round((rows @ vector).astype(np.float64), DECIMALS)
        best = np.lexsort((near, -cosine))[:count]
        self._vectors.update(zip(near[best].tolist(), rows[best], strict=True))
        return near[best]

    def prepare(self, numbers: Numbers, *, by_meaning: bool) -> None:
        """Read the texts, and read or make the vectors."""
        wanted = json.dumps([int(number) for number in numbers])
        self._texts = dict(
            self._connection.execute(
                "SELECT number, text FROM facts WHERE number IN (SELECT value FROM json_each(?))", (wanted,)
            )
        )
        if not by_meaning:
            return
        self._fetch_vectors(numbers)
        missing = [int(number) for number in numbers if int(number) not in self._vectors]
        if missing and self._embed is not None:
            rows = self._embed([self._texts[number] for number in missing])
            self._vectors.update(zip(missing, rows, strict=True))

    def vectors(self, numbers: Numbers) -> NDArray[np.float32]:
        """Rows of the facts; zero where there is no vector and none can be made."""
        none = np.zeros(self._width, dtype=np.float32)
        return np.array([self._vectors.get(int(number), none) for number in numbers])

    def fragments(self, numbers: Numbers) -> NDArray[np.bool_]:
        """Which of the facts are fragments."""
        return self._snapshot.words[numbers] < FRAGMENT_WORDS

    def bag(self, number: int) -> Mapping[str, float]:
        """The weighted terms of a fact that was prepared."""
        terms = terms_of(self._texts[number])
        return weighted_terms(terms, self.known_names(terms.maybe_names))

    def wording(self, number: int) -> Hashable:
        """Its letters and digits."""
        return normalised(self._texts[number])

    def _fetch_vectors(self, numbers: Numbers) -> None:
        missing = [number for number in numbers.tolist() if number not in self._vectors]
        if missing and self._signs is not None:
            found, rows = vectors_of_facts(self._connection, self._signs, np.array(missing, dtype=np.intp))
            self._vectors.update(zip(found.tolist(), rows, strict=True))
