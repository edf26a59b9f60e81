"""Which of two sentences that contradict each other is the wrong one: an article is its own best witness, by majority.

A model calls both "Cover of the Americas" and "Summit of the Americas" contradicted, each by the other. An editor needs
one alert, on the wrong one. So each reading is weighed: facts against it, the source against it, further sentences
against it, and how many sentences of the article use it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from checker.document import Document, Span
from checker.evidence import Evidence, EvidenceKind
from checker.findings.aggregation import (
    Candidate,
    SentenceResult,
    Suspicion,
    merge_candidates,
)
from checker.findings.calibration import Thresholds
from checker.findings.phrases import quoted
from checker.findings.polarity import is_negator, prefix_opposites
from checker.findings.suspects import speaks_of
from checker.findings.words import Kind, normal_text, words_of

# What evidence against a reading weighs, times its confidence.
WEIGHTS = {EvidenceKind.FACT: 3.0, EvidenceKind.SOURCE: 2.0, EvidenceKind.ARTICLE: 1.0, EvidenceKind.LANGUAGE: 0.5}
# Translation loses a negation more often than it makes one up: between two readings that are otherwise as good as each
# other, the one without it is suspect.
NEGATION_LOST = 0.5
# A witness counts no more once others accuse it at least this share as surely as it accuses.
DISCREDITED = 0.9
# What is left of the confidence where the article mostly, or a fact, reads as the suspect sentence does.
OUTVOTED = 0.4


class Ballot:
    """How often the article uses a name. Built once a document; a question reads the sentences that have its words."""

    def __init__(self, document: Document) -> None:
        self._sentences = [f" {normal_text(sentence.text)} " for sentence in document.sentences]
        self._having: dict[str, set[int]] = {}
        for place, sentence in enumerate(document.sentences):
            for word in words_of(sentence.text):
                self._having.setdefault(word.stem, set()).add(place)

    def votes(self, text: str, span: Span) -> float | None:
        """Sentences that hold the whole name at `span` of `text`, and half of those that hold its own word alone.

        None where the words at `span` are no name: other words mean another thing in every sentence.
        """
        inside = [word for word in words_of(text) if word.span.overlaps(span)]
        if not any(word.kind is Kind.NAME for word in inside):
            return None
        name = quoted(text, span).of(text)
        whole = f" {normal_text(name)} "
        there = self._sentences_with({word.stem for word in words_of(name)})
        alone = self._sentences_with({word.stem for word in inside if word.counts})
        return sum(whole in self._sentences[place] for place in there) + 0.5 * len(alone)

    def _sentences_with(self, stems: set[str]) -> set[int]:
        """Places of the sentences that have all of the words; none for no words."""
        places = sorted((self._having.get(stem, set()) for stem in stems), key=len)
        return places[0].intersection(*places[1:]) if places else set()


class _Register:
    """Which suspicions are about the sentences of a stretch: only those have to do with each other."""

    def __init__(self, suspicions: Sequence[Suspicion]) -> None:
        self._by_sentence: dict[Span, list[int]] = {}
        for place, suspicion in enumerate(suspicions):
            self._by_sentence.setdefault(suspicion.sentence.span, []).append(place)
        self._spans = sorted(self._by_sentence)

    def at(self, stretch: Span | None) -> list[int]:
        """Their places in the sequence of suspicions; sentences do not overlap each other."""
        if stretch is None:
            return []
        found: list[int] = []
        last = bisect_left(self._spans, stretch.end, key=lambda span: span.start)
        while last and self._spans[last - 1].end > stretch.start:
            last -= 1
            found += self._by_sentence[self._spans[last]]
        return found


def weigh_readings(candidate: Candidate, ballot: Ballot, backers: Sequence[Evidence]) -> Candidate:
    """The candidate, less sure where its reading outvotes that of its article evidence, or a backer speaks of it."""
    if candidate.evidence.kind is not EvidenceKind.ARTICLE:
        return candidate
    own = ballot.votes(candidate.sentence.text, candidate.span)
    other = ballot.votes(candidate.evidence.text, candidate.conflict) if candidate.conflict else None
    outvoted = own is not None and other is not None and own > other
    backed = any(speaks_of(candidate.sentence.text, candidate.span, backer.text) for backer in backers)
    return replace(candidate, confidence=candidate.confidence * OUTVOTED) if outvoted or backed else candidate


def facts_behind(result: SentenceResult, thresholds: Thresholds) -> list[Evidence]:
    """The reference facts that say what the sentence says.

    The model calls a sentence entailed as soon as a fact says a part of it, its speaker's office for instance; so a
    fact backs those words alone that it speaks of.
    """
    return [
        judged.evidence
        for judged in result.judged
        if judged.evidence.kind is EvidenceKind.FACT and judged.prediction.entailment >= thresholds.entailment
    ]


def settle_disputes(suspicions: Sequence[Suspicion], ballot: Ballot) -> list[Suspicion]:
    """Of suspicions that rest on each other, the one with more against it; the other loses that evidence.

    Before that, sentences that third ones deny are dismissed as witnesses. A suspicion without evidence left is
    dropped. Order is kept; the outcome does not depend on it.
    """
    suspicions = _without_false_witnesses(suspicions)
    register = _Register(suspicions)
    lost: dict[int, set[int]] = {}
    for first, one in enumerate(suspicions):
        cited = {place for candidate in one.candidates for place in register.at(_witness(candidate))}
        for second in sorted(place for place in cited if place > first):
            other = suspicions[second]
            if not (_cites(one, other) and _cites(other, one) and _about_each_other(one, other)):
                continue
            wrong_first = _blame(one, ballot) >= _blame(other, ballot)
            winner, loser = (first, second) if wrong_first else (second, first)
            lost.setdefault(loser, set()).add(winner)
    settled = []
    for index, suspicion in enumerate(suspicions):
        against = [suspicions[winner] for winner in lost.get(index, ())]
        kept = [candidate for candidate in suspicion.candidates if not any(_points_at(candidate, w) for w in against)]
        settled += merge_candidates(kept)
    return settled


def _without_false_witnesses(suspicions: Sequence[Suspicion]) -> list[Suspicion]:
    """Suspicions without the evidence whose own words are denied by some third evidence.

    Of "unjustified" in a headline, "justified" and "not justified" below it, the second accuses the first, but stands
    accused by the third.
    """
    register = _Register(suspicions)
    heard: list[Suspicion] = []
    for suspicion in suspicions:
        kept = [
            candidate
            for candidate in suspicion.candidates
            if not any(
                _discredits(suspicions[place], candidate)
                for place in register.at(_witness(candidate))
                if suspicions[place] is not suspicion
            )
        ]
        heard += merge_candidates(kept)
    return heard


def _discredits(other: Suspicion, candidate: Candidate) -> bool:
    """True where `other` is about the very words that the candidate rests on, by evidence apart from its sentence."""
    place = candidate.evidence.span
    if candidate.evidence.kind is not EvidenceKind.ARTICLE or place is None or candidate.conflict is None:
        return False
    if not candidate.conflict.shift(place.start).overlaps(other.place):
        return False
    independent = [
        one.confidence
        for one in other.candidates
        if one.evidence.kind is not EvidenceKind.LANGUAGE
        and not (one.evidence.span is not None and one.evidence.span.overlaps(candidate.sentence.span))
    ]
    return max(independent, default=0.0) >= DISCREDITED * candidate.confidence


def _blame(suspicion: Suspicion, ballot: Ballot) -> tuple[float, float, int]:
    """What speaks against the reading; ties go to the surer one, then to the later one in the text."""
    weight = sum(WEIGHTS[candidate.evidence.kind] * candidate.confidence for candidate in suspicion.candidates)
    votes = ballot.votes(suspicion.sentence.text, suspicion.span)
    lost = NEGATION_LOST if _loses_negation(suspicion.candidates[0]) else 0.0
    return (weight - (votes or 0.0) + lost, suspicion.confidence, suspicion.place.start)


def _loses_negation(candidate: Candidate) -> bool:
    """True where the evidence denies and the suspect words do not: `provoked` against `unprovoked`, `not provoked`."""
    if candidate.conflict is None:
        return False
    ours = [word for word in words_of(candidate.sentence.text) if word.span.overlaps(candidate.span)]
    theirs = [word for word in words_of(candidate.evidence.text) if word.span.overlaps(candidate.conflict)]
    if any(is_negator(word) for word in theirs):
        return not any(is_negator(word) for word in ours)
    return any(prefix_opposites(one.norm, two.norm) and len(two.norm) > len(one.norm) for one in ours for two in theirs)


def _witness(candidate: Candidate) -> Span | None:
    """Where in the article the candidate's evidence stands, None for other evidence."""
    return candidate.evidence.span if candidate.evidence.kind is EvidenceKind.ARTICLE else None


def _points_at(candidate: Candidate, other: Suspicion) -> bool:
    """True where the candidate's evidence is the other's sentence."""
    place = _witness(candidate)
    return place is not None and place.overlaps(other.sentence.span)


def _cites(one: Suspicion, other: Suspicion) -> bool:
    return any(_points_at(candidate, other) for candidate in one.candidates)


def _about_each_other(one: Suspicion, other: Suspicion) -> bool:
    """True unless both say that they conflict with other words than the ones that the other suspicion is about."""
    return any(
        candidate.conflict is None
        or (candidate.evidence.span and candidate.conflict.shift(candidate.evidence.span.start).overlaps(target.place))
        for suspicion, target in ((one, other), (other, one))
        for candidate in suspicion.candidates
        if _points_at(candidate, target)
    )
