"""Word overlap between texts: which terms a text has, and Okapi BM25 over them.

An own BM25 rather than a library: terms here carry weights (a name counts more than a word, `justified` counts a little
for `unjustified`), which bm25s and rank_bm25 do not offer, and the candidates of one article are few.
BM25: Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

# Less than the usual 1.2 and 0.75: a sentence repeats few words, and a long one is about more, not about less.
K1 = 0.9
B = 0.5
# Weight of the extra terms that a word brings along, against 1.0 for the word itself.
NAME_WEIGHT = 0.5
PREFIX_WEIGHT = 0.5
# Pretended texts without any of the words: with one lone fact, every shared word would else look common.
PRIOR_TEXTS = 50
# A term that more texts than this have cannot tell them apart; leaving it out bounds the cost of one query.
COMMON_TEXTS = 2_000

# A term that at most this share of the texts have is as telling as a name; never one of an article or a fact sheet.
RARE_SHARE = 0.005

WORD = re.compile(r"\d+(?:st|nd|rd|th|s)\b|\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|[^\W_]+")
_SENTENCE_START = re.compile(r"(?:\A|[.!?:;…\"“”„«(\[–—]\s*)['‘]?\Z")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_NEGATING_PREFIX = re.compile(r"(?:un|dis|non|in|im(?=[bmp])|il(?=l)|ir(?=r))(?=.{4})")
_VOWEL = re.compile(r"[aeiouy]")
_CLITIC = re.compile(r"n't$|'(?:s|ll|re|ve|d|m)?$")

# Function words, and the verbs of reporting that any two news sentences may share.
_STOP_WORDS = """
    a about above after again against all also although am among an and any are aren as at be because been before
    being below between both but by can cannot could couldn did didn do does doesn doing don down during each even
    ever every few for from further get got had hadn has hasn have haven having he her here hers herself him himself
    his how however i if in into is isn it its itself just ll may me might more most much must my myself neither never
    no nor not now of off on once one only or other others our ours ourselves out over own per same shall she should
    shouldn since so some still such t than that the their theirs them themselves then there these they this those
    though through to too toward towards under until up upon us ve very was wasn we were weren what when where whether
    which while who whom whose why will with within without would wouldn yet you your yours yourself yourselves
    said say says saying told tell tells added according s d m re mr mrs ms
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())


@dataclass(frozen=True, slots=True)
class Terms:
    """The content words of a text, stemmed, in text order and with repetitions.

    `names` are those surely written as a name: capitalised inside a sentence. `maybe_names` are capitalised where
    any word would be: at the start of a sentence, or in a headline that capitalises every word.
    """

    words: tuple[str, ...]
    names: frozenset[str]
    maybe_names: frozenset[str]

    def resolved_names(self, known: frozenset[str]) -> frozenset[str]:
        """The names, with those of `maybe_names` that are `known` as names from other texts."""
        return self.names | (self.maybe_names & known)


@lru_cache(maxsize=4_096)  # the same facts are candidates for one sentence of an article after the other
def terms_of(text: str) -> Terms:
    """The terms of `text`: case and accents folded, stop words out, light stems, `1,000` read as `1000`."""
    words: list[str] = []
    names: set[str] = set()
    maybe: set[str] = set()
    for match in WORD.finditer(text):
        word = fold_word(match[0])
        if word in STOP_WORDS:
            continue
        term = stem_word(word)
        words.append(term)
        if match[0][0].isupper():
            starts = _SENTENCE_START.search(text, max(0, match.start() - 3), match.start())
            (maybe if starts else names).add(term)
    if len(names) > 1 and len(names | maybe) == len(set(words)):
        return Terms(tuple(words), frozenset(), frozenset(names | maybe))
    return Terms(tuple(words), frozenset(names), frozenset(maybe - names))


def is_number(term: str) -> bool:
    """True for a term that begins with a digit: a figure, a year, an ordinal."""
    return term[:1].isdigit()


def weighted_terms(terms: Terms, known_names: frozenset[str] = frozenset()) -> dict[str, float]:
    """Term -> weight: each word 1.0 a time; `=name` for a name; the word without a negating prefix, at half weight.

    Example: `Russia unjustified` -> {russia: 1, =russia: 0.5, unjustifi: 1, justifi: 0.5}
    """
    weights: dict[str, float] = {}
    for word in terms.words:
        weights[word] = weights.get(word, 0.0) + 1.0
        bare = without_prefix(word)
        if bare is not None:
            weights[bare] = weights.get(bare, 0.0) + PREFIX_WEIGHT
    for name in terms.resolved_names(known_names):
        weights[f"={name}"] = NAME_WEIGHT
    return weights


def without_prefix(word: str) -> str | None:
    """A stem without its negating prefix: unjustifi -> justifi; None where it has none."""
    bare = _NEGATING_PREFIX.sub("", word, count=1)
    return bare if bare != word else None


class Postings(Protocol):
    """Which texts have a term; texts are numbered from 0. In memory here, in a file in `checker.evidence.store`."""

    @property
    def size(self) -> int:
        """How many texts there are."""

    @property
    def mean_length(self) -> float:
        """Mean length of the texts, 1.0 where there is none."""

    def count(self, term: str) -> int:
        """How many texts have the term."""

    def texts(self, term: str) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
        """Their numbers, ascending, and the weight that the term has in each."""

    def lengths(self, numbers: NDArray[np.intp]) -> NDArray[np.float64]:
        """The length of each of the texts: the sum of the weights of its terms."""


class MemoryPostings:
    """Postings of a fixed sequence of texts, given as their weighted terms."""

    def __init__(self, bags: Sequence[Mapping[str, float]]) -> None:
        self.size = len(bags)
        self._lengths = np.array([sum(bag.values()) for bag in bags], dtype=np.float64)
        self.mean_length = (float(self._lengths.mean()) if bags else 0.0) or 1.0
        postings: dict[str, tuple[list[int], list[float]]] = {}
        for index, bag in enumerate(bags):
            for term, weight in bag.items():
                indices, weights = postings.setdefault(term, ([], []))
                indices.append(index)
                weights.append(weight)
        self._postings = {
            term: (np.array(indices, dtype=np.intp), np.array(weights, dtype=np.float64))
            for term, (indices, weights) in postings.items()
        }

    def count(self, term: str) -> int:
        """How many texts have the term."""
        return len(self._postings[term][0]) if term in self._postings else 0

    def texts(self, term: str) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
        """Numbers and weights of the texts that have the term; raises KeyError where none has."""
        return self._postings[term]

    def lengths(self, numbers: NDArray[np.intp]) -> NDArray[np.float64]:
        """The lengths of the texts."""
        return self._lengths[numbers]


class LexicalIndex:
    """BM25 over the weighted terms of many texts."""

    def __init__(self, postings: Postings) -> None:
        self._postings = postings

    def scores(self, query: Mapping[str, float]) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
        """Numbers of the texts that share a term with the query, ascending, and the BM25 of each.

        BM25 is given as a share of what the query scores against itself: in (0, 1], 1.0 for at least as much. The cost
        depends on how many texts have the query's terms, and each term counts at most COMMON_TEXTS of them; where all
        terms are that common, the rarest is used alone.
        """
        own_saturation = K1 * (1 - B + B * sum(query.values()) / self._postings.mean_length)
        rarity = self.importance(query)
        best = sum(weight * _saturated(query[term], own_saturation) for term, weight in rarity.items())
        hits = [
            (indices, rarity[term] * weights * (K1 + 1) / (weights + self._saturation(indices)))
            for term in self._telling_terms(rarity)
            for indices, weights in [self._postings.texts(term)]
        ]
        if not hits or not best:
            return np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.float64)
        numbers = np.concatenate([indices for indices, _ in hits])
        totals = np.bincount(numbers, weights=np.concatenate([gains for _, gains in hits]))  # by number
        found = np.flatnonzero(totals).astype(np.intp)  # every gain is above zero
        return found, np.minimum(totals[found] / best, 1.0)

    def importance(self, query: Mapping[str, float]) -> dict[str, float]:
        """Term of the query -> its weight times its rarity among the texts; sorted, as sums of floats need an order."""
        return {term: query[term] * self._rarity(term) for term in sorted(query)}

    def telling_alone(self, query: Mapping[str, float]) -> dict[str, float]:
        """The names, figures and rare words of a query: one in common says that two short texts are of one matter."""
        most = RARE_SHARE * self._postings.size
        return {
            term: weight
            for term, weight in query.items()
            if term.startswith("=") or is_number(term) or self._postings.count(term) <= most
        }

    def _telling_terms(self, terms: Iterable[str]) -> list[str]:
        known = [(self._postings.count(term), term) for term in terms]
        telling = [term for count, term in known if 0 < count <= COMMON_TEXTS]
        return telling or [term for count, term in sorted(known, key=itemgetter(0)) if count][:1]

    def _rarity(self, term: str) -> float:
        """Inverse document frequency, always positive."""
        having = self._postings.count(term)
        return math.log1p((self._postings.size + PRIOR_TEXTS - having + 0.5) / (having + 0.5))

    def _saturation(self, numbers: NDArray[np.intp]) -> NDArray[np.float64]:
        """A text that repeats a term says little more with it: the usual length-dependent saturation."""
        return K1 * (1 - B + B * self._postings.lengths(numbers) / self._postings.mean_length)


def known_names(texts: Iterable[Terms]) -> frozenset[str]:
    """Words that at least one of the texts surely uses as a name."""
    return frozenset(name for terms in texts for name in terms.names)


def _saturated(weight: float, saturation: float) -> float:
    return weight * (K1 + 1) / (weight + saturation)


@lru_cache(maxsize=100_000)
def fold_word(word: str) -> str:
    """Lower case without accents or possessive: `Obrador’s` -> `obrador`, `1,000` -> `1000`."""
    if word[0].isdigit():
        return word.replace(",", "") if _THOUSANDS.fullmatch(word) else word.replace(",", ".")
    plain = word.lower()
    if not plain.isascii():  # most words are, and this takes longer than all the rest
        decomposed = unicodedata.normalize("NFKD", word.casefold().replace("’", "'"))
        plain = "".join(character for character in decomposed if not unicodedata.combining(character))
    return (_CLITIC.sub("", plain) if "'" in plain else plain) or plain


@lru_cache(maxsize=100_000)
def stem_word(word: str) -> str:
    """A light English stem, good enough to meet its own inflections: provoke, provoked, provoking -> provok."""
    if is_number(word):
        return re.sub(r"(?<=\d)(?:st|nd|rd|th|s)$", "", word)
    if len(word) > 3:
        word = _without_plural(word)
    for ending in ("ing", "ed"):
        root = word.removesuffix(ending)
        if root != word and len(root) > 2 and _VOWEL.search(root):
            word = root
            if word[-1] == word[-2] and word[-1] not in "lsz":  # stopped -> stop, but called -> call
                word = word[:-1]
            break
    if len(word) > 4 and word[-1] == "e":
        word = word[:-1]
    return word[:-1] + "i" if len(word) > 3 and word[-1] == "y" else word


def _without_plural(word: str) -> str:
    if word.endswith(("ies", "ied")):
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word
