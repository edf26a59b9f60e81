"""Which few candidates are worth judging against a sentence: word overlap and similarity of meaning, fused.

Word overlap finds names, figures and rare words that small encoders blur; vectors find the paraphrase that shares no
word. Both are needed: a sentence that calls a measure popular may be contradicted by one about angry crowds. A name
that returns with one word changed outranks both, since that is what a mangled name looks like.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from checker.evidence.lexical import LexicalIndex, Terms, known_names, telling_alone, terms_of, weighted_terms
from checker.evidence.names import WEAK_MATCH, NameIndex
from checker.evidence.variety import Candidate, choose_varied

Embed = Callable[[Sequence[str]], NDArray[np.float32]]

# Share of the lexical score in the relevance, the rest is the cosine. The lexical score is the square root of BM25's
# share: one rare word in common among thirty is 0.1 of them, and still as telling as a cosine of 0.3.
LEXICAL_SHARE = 0.5
# Added for a name that is the same but for one word.
NAME_BOOST = 0.35
# Below this cosine, two texts that share no content word have nothing in common.
COSINE_FLOOR = 0.30
# Candidates below this relevance share one common word by chance.
RELEVANCE_FLOOR = 0.27
# Fewer content words than this make a fragment ("He agreed."), for which one shared verb proves nothing: it takes a
# name or a figure in common, or this cosine.
FRAGMENT_WORDS = 3
FRAGMENT_COSINE = 0.5
# Up to this many texts all are compared by meaning; of a bigger store only those that share words, SHORTLIST a query.
COMPARE_ALL = 2_000
SHORTLIST = 50
# The k that are returned are chosen for variety from this many times k.
CHOICE = 4
# Decimals that rank: vectors of one text differ in the seventh when it is embedded in another batch.
_DECIMALS = 4


@dataclass(frozen=True, slots=True)
class Match:
    """A candidate's place in the sequence given to Retriever, and its relevance in [0, 1]."""

    index: int
    relevance: float


@dataclass(frozen=True, slots=True)
class _Shortlist:
    """What is known of one query before meaning is compared: candidates ascending, and two scores for each.

    `terms` are the query's with their importance; `almost` is what NameIndex.almost_named tells of it; `too_short`
    marks where one of the two is a fragment without a name or figure in common.
    """

    indices: NDArray[np.intp]
    lexical: NDArray[np.float64]
    named: NDArray[np.float64]
    terms: Mapping[str, float]
    almost: Mapping[int, Mapping[int, float]]
    too_short: NDArray[np.bool_]


class Retriever:
    """The most relevant of a fixed sequence of texts.

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
        self._texts = tuple(texts)
        self._embed = embed
        terms = [terms_of(text) for text in self._texts]
        self._known_names = known_names(terms)
        self._fragments = np.array([_is_fragment(each) for each in terms], dtype=np.bool_)
        self._bags = [weighted_terms(each, self._known_names) for each in terms]
        self._lexical = LexicalIndex(self._bags)
        self._names = NameIndex(self._texts)
        self._groups = _groups(self._texts)
        self._vectors = vectors
        self._embedded = np.full(len(self._texts), vectors is not None, dtype=np.bool_)

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
    ) -> list[list[Match]]:
        """For each query at most `k` matches: the most relevant, then those that add most to what is chosen.

        Ties go by the order of the texts. Texts that have nothing in common with the query are left out, and so are
        repetitions that differ in punctuation and case alone. `vectors` are the queries' own, shape
        (len(queries), width), made with `embed` where None.
        `exclude` names the texts that may not match, one collection a query. Raises ValueError where query vectors
        are neither given nor can be made.
        """
        if not self._texts or not queries or k < 1:
            return [[] for _ in queries]
        if vectors is None:
            vectors = self._vectors_of(queries)
        excluded: Sequence[Collection[int]] = exclude if exclude is not None else [()] * len(queries)
        shortlists = [self._shortlist(query, banned) for query, banned in zip(queries, excluded, strict=True)]
        store = self._store(shortlists)
        return [self._best(each, store, vector, k) for each, vector in zip(shortlists, vectors, strict=True)]

    def _vectors_of(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if self._embed is None:
            raise ValueError("a retriever that was given vectors needs the vectors of its queries too")
        return self._embed(texts)

    def _shortlist(self, query: str, banned: Collection[int]) -> _Shortlist:
        terms = terms_of(query)
        bag = weighted_terms(terms, self._known_names)
        found, scores = self._lexical.scores(bag)
        almost = self._names.almost_named(query, banned)
        if len(self._texts) <= COMPARE_ALL:
            indices = np.arange(len(self._texts), dtype=np.intp)
        else:
            indices = np.union1d(found, np.array(sorted(almost), dtype=np.intp)).astype(np.intp)
        lexical = np.zeros(len(indices), dtype=np.float64)
        lexical[np.searchsorted(indices, found)] = np.sqrt(scores)
        named = np.zeros(len(indices), dtype=np.float64)
        for index, words in almost.items():
            named[np.searchsorted(indices, index)] = max(words.values())
        keep = ~np.isin(indices, np.array(sorted(banned), dtype=np.intp))
        if len(self._texts) > COMPARE_ALL:
            rank = np.lexsort((indices, -np.round(LEXICAL_SHARE * lexical + NAME_BOOST * named, _DECIMALS), ~keep))
            kept = np.sort(rank[:SHORTLIST])
            indices, lexical, named, keep = indices[kept], lexical[kept], named[kept], keep[kept]
        indices = indices[keep]
        related, _ = self._lexical.scores(telling_alone(bag))
        too_short = (self._fragments[indices] | _is_fragment(terms)) & ~np.isin(indices, related)
        return _Shortlist(indices, lexical[keep], named[keep], self._lexical.importance(bag), almost, too_short)

    def _store(self, shortlists: Sequence[_Shortlist]) -> NDArray[np.float32]:
        """Vectors of all texts, shape (texts, width), of which the rows that the shortlists name are filled in."""
        wanted = np.unique(np.concatenate([each.indices for each in shortlists]))
        missing = [int(index) for index in wanted if not self._embedded[index]]
        if missing:
            distinct = list(dict.fromkeys(self._texts[index] for index in missing))
            rows = self._vectors_of(distinct)
            row_of = {text: row for row, text in enumerate(distinct)}
            if self._vectors is None:
                self._vectors = np.zeros((len(self._texts), rows.shape[1]), dtype=np.float32)
            self._vectors[missing] = rows[[row_of[self._texts[index]] for index in missing]]
            self._embedded[missing] = True
        return self._vectors if self._vectors is not None else np.zeros((len(self._texts), 1), dtype=np.float32)

    def _best(
        self, shortlist: _Shortlist, store: NDArray[np.float32], vector: NDArray[np.float32], k: int
    ) -> list[Match]:
        indices, lexical, named = shortlist.indices, shortlist.lexical, shortlist.named
        if not len(indices):
            return []
        cosine = np.clip((store[indices] @ vector).astype(np.float64), 0.0, 1.0)  # (candidates,)
        meaning: NDArray[np.float64] = (1 - LEXICAL_SHARE) * cosine
        fused: NDArray[np.float64] = meaning + LEXICAL_SHARE * lexical + NAME_BOOST * named
        relevance = np.round(np.minimum(fused, 1.0), _DECIMALS).astype(np.float64)
        related = _related(lexical, cosine, relevance, shortlist.too_short) | (named >= WEAK_MATCH)
        candidates: dict[int, Candidate] = {}
        for place in np.lexsort((indices, -relevance)):
            if len(candidates) == CHOICE * k:
                break
            if related[place]:
                index = int(indices[place])
                gains = self._gains(shortlist, index, float(lexical[place]))
                found = Candidate(index, float(relevance[place]), float(meaning[place]), gains)
                candidates.setdefault(self._groups[index], found)
        chosen = choose_varied(list(candidates.values()), k)
        return [Match(candidate.index, candidate.relevance) for candidate in chosen]

    def _gains(self, shortlist: _Shortlist, index: int, lexical: float) -> dict[Hashable, float]:
        """The lexical score shared out to the words in common, and the boost to the words that are other in a name."""
        bag = self._bags[index]
        shared = {term: weight for term, weight in shortlist.terms.items() if term in bag}
        total = sum(shared.values()) or 1.0
        gains: dict[Hashable, float] = {
            term: LEXICAL_SHARE * lexical * weight / total for term, weight in shared.items()
        }
        others = shortlist.almost.get(index, {})
        for word, strength in others.items():
            gains[word] = NAME_BOOST * max(others.values()) * strength / sum(others.values())
        return gains


def _related(
    lexical: NDArray[np.float64],
    cosine: NDArray[np.float64],
    relevance: NDArray[np.float64],
    too_short: NDArray[np.bool_],
) -> NDArray[np.bool_]:
    """Which candidates have something in common with the query; of a fragment more is asked."""
    related = ((lexical > 0) | (cosine >= COSINE_FLOOR)) & (relevance >= RELEVANCE_FLOOR)
    return related & (~too_short | (cosine >= FRAGMENT_COSINE))


def normalised(text: str) -> str:
    """`text` with letters and digits alone, lower-cased: equal for texts that differ in punctuation and case."""
    return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())


def _groups(texts: Sequence[str]) -> list[int]:
    """For each text the number of the first one that says the same letter by letter."""
    first: dict[str, int] = {}
    return [first.setdefault(normalised(text), index) for index, text in enumerate(texts)]


def _is_fragment(terms: Terms) -> bool:
    return len(terms.words) < FRAGMENT_WORDS
