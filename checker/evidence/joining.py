"""Facts that settle a sentence only together: "The mayor of Velmar is …" and "… was born in Tarnow".

They belong together where they share a name, and a sentence needs them together where each has words of it that the
others lack. A name that the sentence itself does not use is what links such facts most of the time, so the second fact
is looked for by that name (one more search by words, for at most HOPS facts a sentence). What is joined is one premise
beside the facts themselves, which are judged alone too.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from checker.document import Span
from checker.evidence.lexical import WORD, Terms, fold_word, is_number, stem_word, terms_of
from checker.evidence.names import Name, is_same_name, names_of
from checker.evidence.types import Evidence

# Facts of one premise at most: a small model does not follow longer chains.
MOST_JOINED = 3
# Facts of a sentence from whose names further ones are looked for, and how many each may bring.
HOPS = 2
HOP_FACTS = 3
# A word that is a name or a figure, against 1.0 for any other: they tell what a fact is about.
TELLING_WEIGHT = 1.5
# Share of a sentence's words, so weighed, that joined facts have at least: what has less is about something else.
LEAST_COVERED = 0.5
# Share that a fact has at least for further ones to be looked for by its names.
LEAST_TO_FOLLOW = 0.3

_TERMINAL = (".", "!", "?", "…", ".”", '."', "?”", "!”")

Find = Callable[[Sequence[str], int], Sequence[Sequence[Evidence]]]


@dataclass(frozen=True, slots=True)
class _Known:
    """A fact with the words of the sentence that it has, and the names in it."""

    evidence: Evidence
    covered: frozenset[str]
    names: frozenset[Name]


def join_facts(sentences: Sequence[str], found: Sequence[Sequence[Evidence]], find: Find) -> list[Evidence | None]:
    """For each sentence one premise made of two or three facts, None where none is needed or none belong together.

    `found` are the facts found for each sentence, most relevant first. `find` searches facts by words: queries and a
    number in, at most so many facts for each query out. What a sentence gets does not depend on the other sentences.
    """
    asked: list[tuple[int, str]] = []
    for place, (sentence, facts) in enumerate(zip(sentences, found, strict=True)):
        asked += [(place, query) for query in _further_queries(sentence, facts)]
    further = find([query for _, query in asked], HOP_FACTS) if asked else ()
    pools = [list(facts) for facts in found]
    for (place, _), more in zip(asked, further, strict=True):
        known = {fact.id for fact in pools[place]}
        pools[place] += [fact for fact in more if fact.id not in known]
    return [_joined(sentence, pool) for sentence, pool in zip(sentences, pools, strict=True)]


def parts_of(evidence: Evidence) -> list[tuple[Evidence, Span]]:
    """The facts of a joined premise, each with its place in the premise's text; the evidence itself where it is one."""
    if not evidence.joined:
        return [(evidence, Span(0, len(evidence.text)))]
    parts = []
    start = 0
    for part in evidence.joined:
        parts.append((part, Span(start, start + len(part.text))))
        start += len(_as_sentence(part.text)) + 1
    return parts


def _further_queries(sentence: str, facts: Sequence[Evidence]) -> list[str]:
    """For each of the first facts that leave words of the sentence open: those words with the fact's own names."""
    weights = _weights(terms_of(sentence))
    own = names_of(sentence)
    queries: list[str] = []
    for fact in facts[:HOPS]:
        covered, names = _covered(fact, weights), names_of(fact.text)
        left = _words_in(sentence, weights.keys() - covered)
        new = [name for name in names if not any(is_same_name(name, other) for other in own)]
        if left and names and _share(covered, weights) >= LEAST_TO_FOLLOW:
            stems = frozenset(stem for name in (new or names) for stem in name)
            queries.append(" ".join([*_words_in(fact.text, stems), *left]))
    return list(dict.fromkeys(queries))


def _words_in(text: str, stems: Collection[str]) -> list[str]:
    """The words of a text that have one of the stems, as they are written, each once."""
    words = (match[0] for match in WORD.finditer(text))
    return list(dict.fromkeys(word for word in words if stem_word(fold_word(word)) in stems))


def _joined(sentence: str, pool: Sequence[Evidence]) -> Evidence | None:
    """The facts that together have most of the sentence's words; of several such, the most relevant ones."""
    weights = _weights(terms_of(sentence))
    known = [_known(fact, weights) for fact in pool]
    known = [fact for fact in known if fact.covered and fact.names]
    best: tuple[float, float, tuple[_Known, ...]] | None = None
    for pair in combinations(known, 2):
        chosen = _completed(pair, known, weights) if _belong_together(*pair) else ()
        if chosen and _share(_union(chosen), weights) >= LEAST_COVERED:
            score = round(_share(_union(chosen), weights), 6), round(sum(one.evidence.relevance for one in chosen), 6)
            if best is None or score > best[:2]:
                best = (*score, chosen)
    return _premise([fact.evidence for fact in best[2]]) if best else None


def _completed(pair: tuple[_Known, _Known], known: Sequence[_Known], weights: dict[str, float]) -> tuple[_Known, ...]:
    """The pair, with a third fact where one belongs to it and has words that both lack."""
    chosen: tuple[_Known, ...] = pair
    while len(chosen) < MOST_JOINED:
        covered = _union(chosen)
        more = [
            one
            for one in known
            if one not in chosen and one.covered - covered and any(_belong_together(one, other) for other in chosen)
        ]
        if not more:
            break
        chosen = (*chosen, max(more, key=lambda one: (_share(one.covered - covered, weights), one.evidence.relevance)))
    return chosen


def _belong_together(one: _Known, other: _Known) -> bool:
    """True where each has words of the sentence that the other lacks, beyond the name that the two share."""
    shared = {stem for name in one.names for twin in other.names if is_same_name(name, twin) for stem in (*name, *twin)}
    return bool(shared) and bool(one.covered - other.covered - shared) and bool(other.covered - one.covered - shared)


def _known(fact: Evidence, weights: dict[str, float]) -> _Known:
    return _Known(fact, _covered(fact, weights), names_of(fact.text))


def _covered(fact: Evidence, weights: dict[str, float]) -> frozenset[str]:
    return frozenset(terms_of(fact.text).words) & weights.keys()


def _weights(terms: Terms) -> dict[str, float]:
    names = terms.names | terms.maybe_names
    return {word: TELLING_WEIGHT if word in names or is_number(word) else 1.0 for word in terms.words}


def _union(facts: Iterable[_Known]) -> frozenset[str]:
    return frozenset().union(*(fact.covered for fact in facts))


def _share(words: Iterable[str], weights: dict[str, float]) -> float:
    """Share of the sentence's words, weighed; words are sorted, as sums of floats need an order."""
    return sum(weights[word] for word in sorted(words)) / sum(weights.values())


def _premise(facts: Sequence[Evidence]) -> Evidence:
    """One premise, the more relevant facts first, as `facts` has them."""
    return replace(
        facts[0],
        id="+".join(fact.id for fact in facts),
        text=" ".join(_as_sentence(fact.text) for fact in facts),
        relevance=max(fact.relevance for fact in facts),
        origin=None,
        valid_from=None,
        valid_until=None,
        joined=tuple(facts),
    )


def _as_sentence(text: str) -> str:
    return text if text.endswith(_TERMINAL) else f"{text}."
