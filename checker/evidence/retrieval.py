"""The most relevant of a few thousand texts that lie in memory: the rest of an article, a fact file."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from checker.evidence.lexical import LexicalIndex, MemoryPostings, known_names, terms_of, weighted_terms
from checker.evidence.names import MemoryPatterns, NameIndex
from checker.evidence.ranking import DECIMALS, Embed, Match, Numbers, is_fragment, normalised, rank_many

__all__ = ["Embed", "Match", "Retriever", "normalised"]


class Retriever:
    """The most relevant of a fixed sequence of texts, ranked by `checker.evidence.ranking`.

    Give either `vectors`, one unit-length row a text, shape (len(texts), width), or `embed`, which is then asked at the
    first search and at most once for each distinct text. Raises ValueError where neither is given or rows are missing.
    """

    def __init__(
        self,
        texts: Sequence[str],
        vectors: NDArray[np.float32] | None = None,
        *,
        embed: Embed | None = None,
    ) -> None:
        if vectors is None and embed is None:
            raise ValueError("a retriever needs the vectors of its texts, or a function that makes them")
        if vectors is not None and len(vectors) != len(texts):
            raise ValueError(f"{len(vectors)} vectors for {len(texts)} texts")
        self._embed = embed
        self._corpus = MemoryCorpus(texts, vectors, embed)

    def search(self, query: str, k: int) -> list[Match]:
        """The `k` most relevant texts for one query; see `search_many`."""
        return self.search_many([query], k)[0]

    def search_many(
        self,
        queries: Sequence[str],
        k: int,
        *,
        vectors: NDArray[np.float32] | None = None,
        exclude: Sequence[Collection[int]] | None = None,
        by_words: bool = False,
        faint: int = 0,
    ) -> list[list[Match]]:
        """For each query at most `k` matches, as `rank_many` ranks them; numbers are places in the sequence of texts.

        `vectors` are the queries' own, shape (len(queries), width), made with `embed` where None, unless `by_words`
        asks to leave meaning out. Raises ValueError where they are neither given nor can be made.
        """
        if not self._corpus.size or not queries or k < 1:
            return [[] for _ in queries]
        if vectors is None and not by_words:
            if self._embed is None:
                raise ValueError("a retriever that was given vectors needs the vectors of its queries too")
            vectors = self._embed(queries)
        return rank_many(self._corpus, queries, vectors, k, exclude, faint)


class MemoryCorpus:
    """A `Corpus` of a fixed sequence of texts, with their vectors, a way to make them, or neither."""

    def __init__(self, texts: Sequence[str], vectors: NDArray[np.float32] | None, embed: Embed | None) -> None:
        self.size = len(texts)
        self._texts = tuple(texts)
        self._embed = embed
        terms = [terms_of(text) for text in self._texts]
        self._known_names = known_names(terms)
        self._fragments = np.array([is_fragment(each) for each in terms], dtype=np.bool_)
        self._bags = [weighted_terms(each, self._known_names) for each in terms]
        self._wordings = [normalised(text) for text in self._texts]
        self._names = NameIndex(MemoryPatterns(self._texts))
        self.lexical = LexicalIndex(MemoryPostings(self._bags))
        self._vectors = vectors
        self._embedded = np.full(len(self._texts), vectors is not None, dtype=np.bool_)

    def all_numbers(self) -> Numbers:
        """All of them."""
        return np.arange(self.size, dtype=np.intp)

    def admits(self, numbers: Numbers) -> NDArray[np.bool_]:
        """All of them."""
        return np.ones(len(numbers), dtype=np.bool_)

    def known_names(self, words: frozenset[str]) -> frozenset[str]:
        """Words that one of the texts surely uses as a name."""
        return words & self._known_names

    def almost_named(self, text: str, exclude: Collection[int]) -> dict[int, dict[int, float]]:
        """Texts that hold a name of `text` with another word in it."""
        return self._names.almost_named(text, exclude)

    def nearest(self, vector: NDArray[np.float32], count: int) -> Numbers:
        """The nearest by cosine, where all vectors are at hand: embedding thousands for one query takes minutes."""
        if self._vectors is None or not self._embedded.all():
            return np.zeros(0, dtype=np.intp)
        cosine = np.round((self._vectors @ vector).astype(np.float64), DECIMALS)
        if count >= self.size:
            return self.all_numbers()
        least = np.partition(cosine, -count)[-count]  # sorting all of them for each query would cost more than this
        nearer, as_near = np.flatnonzero(cosine > least), np.flatnonzero(cosine == least)
        return np.concatenate([nearer, as_near[: count - len(nearer)]]).astype(np.intp)

    def prepare(self, numbers: Numbers, *, by_meaning: bool) -> None:
        """Embed those of the texts that are not embedded yet."""
        missing = [int(number) for number in numbers if not self._embedded[number]] if by_meaning else []
        if missing and self._embed is not None:
            distinct = list(dict.fromkeys(self._texts[number] for number in missing))
            rows = self._embed(distinct)
            row_of = {text: row for row, text in enumerate(distinct)}
            if self._vectors is None:
                self._vectors = np.zeros((self.size, rows.shape[1]), dtype=np.float32)
            self._vectors[missing] = rows[[row_of[self._texts[number]] for number in missing]]
            self._embedded[missing] = True

    def vectors(self, numbers: Numbers) -> NDArray[np.float32]:
        """Rows of the texts."""
        if self._vectors is None:
            raise ValueError("these texts have no vectors")
        return self._vectors[numbers]

    def fragments(self, numbers: Numbers) -> NDArray[np.bool_]:
        """Which of the texts are fragments."""
        return self._fragments[numbers]

    def bag(self, number: int) -> Mapping[str, float]:
        """The weighted terms of a text."""
        return self._bags[number]

    def wording(self, number: int) -> Hashable:
        """Its letters and digits."""
        return self._wordings[number]
