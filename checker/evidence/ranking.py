"""Which few texts are worth judging against a sentence: word overlap and similarity of meaning, fused. One policy.

Word overlap finds names, figures and rare words that small encoders blur; vectors find the paraphrase that shares no
word. Both are needed: a sentence that calls a measure popular may be contradicted by one about angry crowds. A name
that returns with one word changed outranks both, since that is what a mangled name looks like.

The article, a fact file and a fact store are ranked by the same functions; they differ in where their texts lie.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from checker.evidence.lexical import LexicalIndex, Terms, terms_of, weighted_terms
from checker.evidence.names import WEAK_MATCH
from checker.evidence.variety import Candidate, choose_varied

Embed = Callable[[Sequence[str]], NDArray[np.float32]]
Numbers = NDArray[np.intp]

# Share of the lexical score in the relevance, the rest is the cosine. The lexical score is the square root of BM25's
# share: one rare word in common among thirty is 0.1 of them, and still as telling as a cosine of 0.3.
LEXICAL_SHARE = 0.5
# Added for a name that is the same but for one word.
NAME_BOOST = 0.35
# Below this cosine, two texts that share no content word have nothing in common.
COSINE_FLOOR = 0.30
# Candidates below this relevance share one common word by chance.
RELEVANCE_FLOOR = 0.27
# Where a caller wants the nearest even if they are far, this much is enough for them.
FAINT_FLOOR = 0.15
# Fewer content words than this make a fragment ("He agreed."), for which one shared verb proves nothing: it takes a
# name or a figure in common, or this cosine.
FRAGMENT_WORDS = 3
FRAGMENT_COSINE = 0.5
# Up to this many texts all are compared by meaning. Of more texts those that share most words, SHORTLIST a query, and
# as many that are nearest by meaning, where their vectors are at hand.
COMPARE_ALL = 2_000
SHORTLIST = 50
# The k that are returned are chosen for variety from this many times k.
CHOICE = 4
# Decimals that rank: vectors of one text differ in the seventh when it is embedded in another batch.
DECIMALS = 4

_BETWEEN_WORDS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Embedder:
    """A sentence encoder, with the hash of its weights, under which its vectors can be kept."""

    model: str
    embed: Embed


@dataclass(frozen=True, slots=True)
class Match:
    """The number of a text and its relevance in [0, 1]."""

    index: int
    relevance: float


class Corpus(Protocol):
    """The texts that are ranked. They are numbered, and of two that are as relevant the lower number wins."""

    @property
    def lexical(self) -> LexicalIndex:
        """Word overlap with all texts."""

    @property
    def size(self) -> int:
        """How many texts may be returned."""

    def all_numbers(self) -> Numbers:
        """Their numbers, ascending; asked only where there are at most COMPARE_ALL."""

    def admits(self, numbers: Numbers) -> NDArray[np.bool_]:
        """Which of the numbers may be returned."""

    def known_names(self, words: frozenset[str]) -> frozenset[str]:
        """Those of the words that at least one of the texts surely uses as a name."""

    def almost_named(self, text: str, exclude: Collection[int]) -> dict[int, dict[int, float]]:
        """See `NameIndex.almost_named`."""

    def nearest(self, vector: NDArray[np.float32], count: int) -> Numbers:
        """The `count` texts nearest by meaning, in any order, as far as vectors are at hand."""

    def prepare(self, numbers: Numbers, *, by_meaning: bool) -> None:
        """Fetch at once what is asked of these texts next: their words and, `by_meaning`, their vectors."""

    def vectors(self, numbers: Numbers) -> NDArray[np.float32]:
        """Unit-length vectors of texts that were prepared, shape (len(numbers), width)."""

    def fragments(self, numbers: Numbers) -> NDArray[np.bool_]:
        """Which of the texts have fewer than FRAGMENT_WORDS content words."""

    def bag(self, number: int) -> Mapping[str, float]:
        """The weighted terms of a text that was prepared."""

    def wording(self, number: int) -> Hashable:
        """Equal for texts, prepared before, that differ in punctuation and case alone."""


@dataclass(frozen=True, slots=True)
class _Shortlist:
    """What is known of one query before meaning is compared: candidates ascending, and two scores for each.

    `bag` is the query's; `almost` is what NameIndex.almost_named tells of it; `short` marks a query that is a fragment.
    """

    numbers: Numbers
    lexical: NDArray[np.float64]
    named: NDArray[np.float64]
    bag: Mapping[str, float]
    almost: Mapping[int, Mapping[int, float]]
    short: bool


def rank_many(
    corpus: Corpus,
    queries: Sequence[str],
    vectors: NDArray[np.float32] | None,
    k: int,
    exclude: Sequence[Collection[int]] | None = None,
    faint: int = 0,
) -> list[list[Match]]:
    """For each query at most `k` matches: the most relevant, then those that add most to what is chosen.

    Ties go by the numbers of the texts. Texts that have nothing in common with the query are left out, and so are
    repetitions that differ in punctuation and case alone. `vectors` are the queries' own, shape (len(queries), width);
    None ranks by words alone. `exclude` names the texts that may not match, one collection a query. Of the `faint`
    nearest texts less is asked, FAINT_FLOOR.
    """
    excluded: Sequence[Collection[int]] = exclude if exclude is not None else [()] * len(queries)
    asked: Sequence[NDArray[np.float32] | None] = list(vectors) if vectors is not None else [None] * len(queries)
    shortlists = [_shortlist(corpus, *each) for each in zip(queries, asked, excluded, strict=True)]
    if shortlists:
        wanted = np.unique(np.concatenate([each.numbers for each in shortlists]))
        corpus.prepare(wanted, by_meaning=vectors is not None)
    return [_best(corpus, each, vector, k, faint) for each, vector in zip(shortlists, asked, strict=True)]


def is_fragment(terms: Terms) -> bool:
    """True for a text of too few content words to stand for itself."""
    return len(terms.words) < FRAGMENT_WORDS


def normalised(text: str) -> str:
    """`text` with letters and digits alone, lower-cased: equal for texts that differ in punctuation and case."""
    return _BETWEEN_WORDS.sub(" ", text.casefold()).strip()


def _shortlist(corpus: Corpus, query: str, vector: NDArray[np.float32] | None, banned: Collection[int]) -> _Shortlist:
    terms = terms_of(query)
    bag = weighted_terms(terms, corpus.known_names(terms.maybe_names))
    found, scores = corpus.lexical.scores(bag)
    almost = corpus.almost_named(query, banned)
    named = {number: max(words.values()) for number, words in sorted(almost.items())}
    few = corpus.size <= COMPARE_ALL
    pool = corpus.all_numbers() if few else _union(found, np.array(list(named), dtype=np.intp))
    pool = _allowed(corpus, pool, banned)
    lexical = _values_at(pool, found, np.sqrt(scores))
    names = _values_at(pool, np.array(list(named), dtype=np.intp), np.array(list(named.values()), dtype=np.float64))
    if not few:
        by_words = np.round(_lexical_share(vector) * lexical + NAME_BOOST * names, DECIMALS)
        chosen = pool[np.lexsort((pool, -by_words))[:SHORTLIST]]
        near = corpus.nearest(vector, SHORTLIST) if vector is not None else chosen[:0]
        kept = _union(chosen, _allowed(corpus, near, banned))
        lexical, names = _values_at(kept, pool, lexical), _values_at(kept, pool, names)
        pool = kept
    return _Shortlist(pool, lexical, names, bag, almost, is_fragment(terms))


def _lexical_share(vector: NDArray[np.float32] | None) -> float:
    return 1.0 if vector is None else LEXICAL_SHARE


def _union(one: Numbers, other: Numbers) -> Numbers:
    """The numbers of either, ascending, each once. The sort is quick where one of them is sorted already, as mostly."""
    both = np.sort(np.concatenate([one, other]), kind="stable")
    return both[np.flatnonzero(np.diff(both, prepend=-1))]


def _allowed(corpus: Corpus, numbers: Numbers, banned: Collection[int]) -> Numbers:
    numbers = numbers[corpus.admits(numbers)]
    return numbers[~np.isin(numbers, np.array(sorted(banned), dtype=np.intp))] if banned else numbers


def _values_at(pool: Numbers, numbers: Numbers, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """For each number of `pool` its value, 0 where it has none. Both sequences of numbers ascend."""
    result = np.zeros(len(pool), dtype=np.float64)
    if len(numbers) and len(pool):
        places = np.minimum(np.searchsorted(numbers, pool), len(numbers) - 1)
        there = numbers[places] == pool
        result[there] = values[places[there]]
    return result


def _best(corpus: Corpus, shortlist: _Shortlist, vector: NDArray[np.float32] | None, k: int, faint: int) -> list[Match]:
    numbers, lexical, named = shortlist.numbers, shortlist.lexical, shortlist.named
    if not len(numbers):
        return []
    cosine = np.zeros(len(numbers), dtype=np.float64)  # (candidates,)
    if vector is not None:
        cosine = np.clip((corpus.vectors(numbers) @ vector).astype(np.float64), 0.0, 1.0)
    share = _lexical_share(vector)
    meaning: NDArray[np.float64] = (1 - share) * cosine
    fused: NDArray[np.float64] = meaning + share * lexical + NAME_BOOST * named
    relevance = np.round(np.minimum(fused, 1.0), DECIMALS).astype(np.float64)
    ranked = np.lexsort((numbers, -relevance))
    floor = np.full(len(numbers), RELEVANCE_FLOOR)
    floor[ranked[:faint]] = FAINT_FLOOR
    related = _related(corpus, shortlist, cosine, relevance >= floor) | (named >= WEAK_MATCH)
    importance = corpus.lexical.importance(shortlist.bag)
    candidates: dict[Hashable, Candidate] = {}
    for place in ranked:
        if len(candidates) == CHOICE * k:
            break
        if related[place]:
            number = int(numbers[place])
            gains = _gains(corpus.bag(number), importance, share * float(lexical[place]), shortlist.almost.get(number))
            found = Candidate(number, float(relevance[place]), float(meaning[place]), gains)
            candidates.setdefault(corpus.wording(number), found)
    chosen = choose_varied(list(candidates.values()), k)
    return [Match(candidate.index, candidate.relevance) for candidate in chosen]


def _related(
    corpus: Corpus, shortlist: _Shortlist, cosine: NDArray[np.float64], relevant: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Which of the `relevant` candidates have something in common with the query; of a fragment more is asked."""
    related = ((shortlist.lexical > 0) | (cosine >= COSINE_FLOOR)) & relevant
    short = corpus.fragments(shortlist.numbers) | shortlist.short
    if not short.any():
        return related
    telling, _ = corpus.lexical.scores(corpus.lexical.telling_alone(shortlist.bag))
    return related & (~short | np.isin(shortlist.numbers, telling) | (cosine >= FRAGMENT_COSINE))


def _gains(
    bag: Mapping[str, float], importance: Mapping[str, float], lexical: float, others: Mapping[int, float] | None
) -> dict[Hashable, float]:
    """The lexical score shared out to the words in common, and the boost to the words that are other in a name."""
    shared = {term: weight for term, weight in importance.items() if term in bag}
    total = sum(shared.values()) or 1.0
    gains: dict[Hashable, float] = {term: lexical * weight / total for term, weight in shared.items()}
    for word, strength in (others or {}).items():
        strengths = (others or {}).values()
        gains[word] = NAME_BOOST * max(strengths) * strength / sum(strengths)
    return gains
