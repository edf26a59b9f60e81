"""Sentence vectors of a store: kept once for each text and model, searched by their signs first.

A vector is kept in half precision (768 bytes at width 384) and as one bit for each sign (48 bytes). The signs of
all facts lie in memory; those that differ least from the signs of a sentence are then compared by their vectors. The
angle between two vectors shows in the share of signs that differ (Charikar 2002), so little is lost and 500,000 facts
take 24 MB.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# How many by their signs are compared by their vectors for each one that is wanted.
OVERSAMPLING = 8

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class SignIndex:
    """Signs of the vectors of facts: `planes` has shape (words of 64 signs, facts), `numbers` shape (facts,).

    `numbers` ascend. `rows` says in which row of its table each vector is: to find it there by model and text again
    would take most of the time of a search.
    """

    numbers: NDArray[np.intp]
    rows: NDArray[np.int64]
    planes: NDArray[np.uint64]

    def nearest(self, vector: Vectors, count: int, admitted: NDArray[np.bool_]) -> NDArray[np.intp]:
        """Numbers of the `count` facts whose signs differ least from the vector's; `admitted` is by number.

        Of several that differ as much at the end of the list, those with the lowest numbers.
        """
        if not len(self.numbers):
            return self.numbers
        wanted = np.frombuffer(signs_of(vector[None])[0], dtype=np.uint64)
        differing = np.zeros(len(self.numbers), dtype=np.uint16)
        for plane, word in zip(self.planes, wanted, strict=True):
            differing += np.bitwise_count(plane ^ word)
        differing[~admitted[self.numbers]] = np.iinfo(np.uint16).max
        if count < len(differing):
            limit = np.partition(differing, count - 1)[count - 1]
            places = np.concatenate([np.flatnonzero(differing < limit), np.flatnonzero(differing == limit)])[:count]
        else:
            places = np.arange(len(differing))
        return np.sort(self.numbers[places[differing[places] < np.iinfo(np.uint16).max]])


def signs_of(vectors: Vectors) -> list[bytes]:
    """One bit for each number above zero, padded to whole words of 64 bits; one value a row."""
    bits = np.packbits(vectors > 0, axis=1)
    padding = -bits.shape[1] % 8
    return [row.tobytes() for row in np.pad(bits, ((0, 0), (0, padding)))]


def keep_vectors(connection: sqlite3.Connection, model: str, hashes: Sequence[bytes], vectors: Vectors) -> None:
    """Write vectors of texts; one that is there already stays."""
    halves = vectors.astype(np.float16)
    rows = zip(hashes, signs_of(halves.astype(np.float32)), halves, strict=True)
    connection.executemany(
        "INSERT OR IGNORE INTO vectors (model, text_hash, signs, vector) VALUES (?, ?, ?, ?)",
        ((model, text, signs, half.tobytes()) for text, signs, half in rows),
    )


def find_vectors(connection: sqlite3.Connection, model: str, hashes: Iterable[bytes]) -> dict[bytes, Vectors]:
    """Text hash -> vector, for those of the texts that have one."""
    found: dict[bytes, Vectors] = {}
    for text in dict.fromkeys(hashes):
        row = connection.execute(
            "SELECT vector FROM vectors WHERE model = ? AND text_hash = ?", (model, text)
        ).fetchone()
        if row is not None:
            found[text] = _read(row[0])
    return found


def vectors_of_facts(
    connection: sqlite3.Connection, index: SignIndex, numbers: NDArray[np.intp]
) -> tuple[NDArray[np.intp], Vectors]:
    """Those of the facts that the index has, ascending, and one row for each of them."""
    found = np.sort(numbers)
    places = np.searchsorted(index.numbers, found)
    known = places < len(index.numbers)
    known[known] = index.numbers[places[known]] == found[known]
    found = found[known]
    if not len(found):
        return found, np.zeros((0, 0), dtype=np.float32)
    rows, place = np.unique(index.rows[places[known]], return_inverse=True)
    vectors = connection.execute(  # in the order of the rows, which is that of the file
        "SELECT vector FROM vectors WHERE rowid IN (SELECT value FROM json_each(?)) ORDER BY rowid",
        (json.dumps(rows.tolist()),),
    ).fetchall()
    halves = np.frombuffer(b"".join(vector for (vector,) in vectors), dtype=np.float16)
    return found, halves.reshape(len(rows), -1)[place].astype(np.float32)


def sign_index(connection: sqlite3.Connection, model: str) -> SignIndex:
    """The signs of all facts that have a vector of the model."""
    rows = connection.execute(
        """SELECT facts.number, vectors.rowid, vectors.signs FROM facts
            CROSS JOIN vectors ON vectors.model = ? AND vectors.text_hash = facts.text_hash ORDER BY facts.number""",
        (model,),
    ).fetchall()
    if not rows:
        return SignIndex(np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.int64), np.zeros((0, 0), dtype=np.uint64))
    numbers = np.array([number for number, _, _ in rows], dtype=np.intp)
    places = np.array([place for _, place, _ in rows], dtype=np.int64)
    words = np.frombuffer(b"".join(signs for _, _, signs in rows), dtype=np.uint64).reshape(len(rows), -1)
    return SignIndex(numbers, places, np.ascontiguousarray(words.T))


def _read(blob: bytes) -> Vectors:
    return np.frombuffer(blob, dtype=np.float16).astype(np.float32)
