"""Facts that need a person's eye: said twice or nearly so, contradicting one another, no longer valid."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from checker.evidence import Embedder, Fact, FactStatus, FactStore, Relation
from checker.evidence.ranking import normalised
from checker.facts.likeness import near_wordings
from checker.nli import Pair, Prediction, Predictor

# Of two facts that share nearly all of what they say, how probable a contradiction must be in both directions. A false
# alarm here costs as much trust as one in an article.
CONTRADICTION = 0.9
# Relevance, and entailment both ways, from which two wordings say the same.
NEAR = 0.8
SAME = 0.9
NEIGHBOURS = 4
_BATCH = 200


class DoubtKind(StrEnum):
    """What is doubtful about a fact, or two."""

    DUPLICATE = "duplicate"
    NEAR_DUPLICATE = "near-duplicate"
    CONTRADICTION = "contradiction"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class Doubt:
    """One or two facts, the earlier one first; `probability` is the model's where it was asked."""

    kind: DoubtKind
    facts: tuple[Fact, ...]
    probability: float | None = None


def find_doubts(
    store: FactStore, day: date, predictor: Predictor | None = None, tell: Callable[[int], object] = lambda _: None
) -> Iterator[Doubt]:
    """Doubts about the active facts: stale ones first, then duplicates, near ones, then what only the model finds.

    Stale means that `valid_until` is before `day`. Facts are compared only where they are valid on a common day;
    without a `predictor` only wordings are. `tell` hears how many facts have been compared.
    """
    facts = list(store.list(status=FactStatus.ACTIVE))
    yield from (Doubt(DoubtKind.STALE, (fact,)) for fact in facts if fact.valid_until and fact.valid_until < day)
    duplicates = list(_duplicates(facts))
    yield from duplicates
    copies = {doubt.facts[1].id for doubt in duplicates}
    near = list(_near_in_words([fact for fact in facts if fact.id not in copies]))
    if predictor is None:
        yield from (Doubt(DoubtKind.NEAR_DUPLICATE, pair) for pair in near)
    else:
        yield from _near_or_not(predictor, near)
        yield from _judged(store, facts, predictor, tell, {_both(*pair) for pair in near})


def overlap_in_time(one: Fact, other: Fact) -> bool:
    """True where there is a day on which both are valid."""
    start = max(one.valid_from or date.min, other.valid_from or date.min)
    end = min(one.valid_until or date.max, other.valid_until or date.max)
    return start <= end


def _duplicates(facts: Sequence[Fact]) -> Iterator[Doubt]:
    """The same words, but for case and punctuation."""
    first: dict[tuple[str, str], list[Fact]] = {}
    for fact in facts:
        same = first.setdefault((fact.language, normalised(fact.text)), [])
        twin = next((earlier for earlier in same if overlap_in_time(earlier, fact)), None)
        if twin is not None:
            yield Doubt(DoubtKind.DUPLICATE, (twin, fact))
        same.append(fact)


def _near_in_words(facts: Sequence[Fact]) -> Iterator[tuple[Fact, Fact]]:
    """The earlier one first; in any language, for words are only compared."""
    for language in sorted({fact.language for fact in facts}):
        yield from _near_of([fact for fact in facts if fact.language == language])


def _near_of(facts: Sequence[Fact]) -> Iterator[tuple[Fact, Fact]]:
    texts = [fact.text for fact in facts]
    for earlier, later in near_wordings(texts, lambda one, other: _worth_asking(facts[one], facts[other])):
        yield facts[earlier], facts[later]


def _near_or_not(predictor: Predictor, pairs: Sequence[tuple[Fact, Fact]]) -> Iterator[Doubt]:
    """Nearly the same words: a near duplicate, unless the model is sure that they contradict each other."""
    for start in range(0, len(pairs), _BATCH):
        batch = pairs[start : start + _BATCH]
        readable = [pair for pair in batch if pair[0].language == "en"]
        known = dict(zip(readable, _both_ways(predictor, readable), strict=True))
        for pair in batch:
            against, same = known.get(pair, (0.0, None))
            contradictory = against >= CONTRADICTION
            kind = DoubtKind.CONTRADICTION if contradictory else DoubtKind.NEAR_DUPLICATE
            yield Doubt(kind, pair, against if contradictory else same)


def _judged(
    store: FactStore,
    facts: Sequence[Fact],
    predictor: Predictor,
    tell: Callable[[int], object],
    asked: set[frozenset[str]],
) -> Iterator[Doubt]:
    """What the model says of each fact and those nearest to it; pairs in `asked` were judged before."""
    embedder = Embedder(predictor.weights_hash, predictor.embed)
    place = {fact.id: number for number, fact in enumerate(facts)}
    readable = [fact for fact in facts if fact.language == "en"]
    for start in range(0, len(readable), _BATCH):
        batch = readable[start : start + _BATCH]
        found = store.search_many([fact.text for fact in batch], NEIGHBOURS + 1, languages=["en"], embedder=embedder)
        pairs = []
        for fact, others in zip(batch, found, strict=True):
            for other in others:
                both = _both(fact, other.fact)
                if other.fact.id in place and both not in asked and _worth_asking(fact, other.fact):
                    asked.add(both)
                    earlier, later = sorted((fact, other.fact), key=lambda each: place[each.id])
                    pairs.append((earlier, later, other.relevance))
        yield from _asked(predictor, pairs)
        tell(start + len(batch))


def _worth_asking(one: Fact, other: Fact) -> bool:
    return overlap_in_time(one, other) and normalised(one.text) != normalised(other.text)


def _both(one: Fact, other: Fact) -> frozenset[str]:
    return frozenset((one.id, other.id))


def _asked(predictor: Predictor, pairs: Sequence[tuple[Fact, Fact, float]]) -> Iterator[Doubt]:
    said = _both_ways(predictor, [(one, other) for one, other, _ in pairs])
    for (one, other, relevance), (against, same) in zip(pairs, said, strict=True):
        if against >= CONTRADICTION:
            yield Doubt(DoubtKind.CONTRADICTION, (one, other), against)
        elif same >= SAME and relevance >= NEAR:
            yield Doubt(DoubtKind.NEAR_DUPLICATE, (one, other), same)


def _both_ways(predictor: Predictor, pairs: Sequence[tuple[Fact, Fact]]) -> list[tuple[float, float]]:
    """Contradiction and entailment of each pair, the lower of both directions: neither has a direction."""
    questions = [
        Pair(premise.text, hypothesis.text, Relation.CONTEXT)
        for one, other in pairs
        for premise, hypothesis in ((one, other), (other, one))
    ]
    said: list[Prediction] = predictor.predict(questions) if questions else []
    return [
        (min(forward.contradiction, backward.contradiction), min(forward.entailment, backward.entailment))
        for forward, backward in zip(said[::2], said[1::2], strict=True)
    ]
