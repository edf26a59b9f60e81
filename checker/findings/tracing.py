"""What became of everything the model said of a sentence: the decisions of `build`, told one by one.

Nothing is decided here. Each piece of evidence is led through the same functions that make findings, and where it stops
counting the reason is written down, so that an analyst can see why an alert is there, and why another is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from checker.document import Document, Span
from checker.evidence import Evidence, EvidenceKind, Relation
from checker.findings.aggregation import (
    Candidate,
    SentenceResult,
    Suspicion,
    find_candidates,
    language_evidence,
    merge_candidates,
)
from checker.findings.build import find_suspicions, is_explained
from checker.findings.calibration import Calibration
from checker.findings.suspects import JudgedEvidence, denied, says_same, says_words, suspect_spans, suspicion_from
from checker.findings.types import Finding
from checker.findings.voting import Ballot, facts_behind, weigh_readings
from checker.findings.weighing import BIAS
from checker.nli.types import Prediction


class Outcome(StrEnum):
    """How far a piece of evidence, or words that it makes suspect, got; from what counts most to what counts least."""

    LEADS = "leads"  # the alert rests on it before all other
    AGREES = "agrees"  # the alert rests on it too
    NOT_SHOWN = "not shown"  # surer alerts took all the places there are
    NOT_SURE = "not sure"  # below the confidence that was asked for
    OUTVOTED = "outvoted"  # of two readings that contradict each other, the other one is the suspect one
    OVERSHADOWED = "overshadowed"  # surer words, or surer evidence, stand for the same place
    NO_WORDS = "no words"  # nothing in the sentence that it could be about
    SILENT = "silent"  # it does not contradict the sentence
    SAME_AMOUNT = "same amount"  # it has the suspect amount itself, written otherwise, or one that allows it
    SAME_WORDS = "same words"  # it says what the sentence says


@dataclass(frozen=True, slots=True)
class WeighedFigure:
    """One figure behind a confidence. `weight` is None for a model without weights; `share` is what it adds, in
    log-odds, to the weighed sum."""

    name: str
    value: float
    weight: float | None

    @property
    def share(self) -> float:
        """Value times weight, 0 without a weight."""
        return self.value * (self.weight or 0.0)


@dataclass(frozen=True, slots=True)
class Suspect:
    """Words that one piece of evidence makes suspect. `span` is within the sentence, `conflict` within the evidence.

    `raw` is what the figures were weighed into, `confidence` what calibration and the vote over readings made of it.
    `figures` are those with the largest share first.
    """

    span: Span
    text: str
    conflict: Span | None
    raw: float
    confidence: float
    figures: tuple[WeighedFigure, ...]
    outcome: Outcome
    reason: str


@dataclass(frozen=True, slots=True)
class EvidenceTrace:
    """One piece of evidence, what the model said of it, and what became of that. `reason` is one line."""

    evidence: Evidence
    prediction: Prediction
    suspects: tuple[Suspect, ...]
    outcome: Outcome
    reason: str


@dataclass(frozen=True, slots=True)
class _Fates:
    """What is needed to tell what became of a candidate: groups before and after disputes, and what was shown."""

    merged: Sequence[Suspicion]
    settled: Sequence[Suspicion]
    shown: Sequence[Finding]
    min_confidence: float


def trace_sentence(
    document: Document,
    results: Sequence[SentenceResult],
    calibration: Calibration,
    index: int,
    *,
    shown: Iterable[Finding],
    min_confidence: float,
) -> tuple[EvidenceTrace, ...]:
    """One trace for each piece of evidence of sentence `index`, then one for the language view.

    `results` are those of all sentences, for readings are weighed against each other; `shown` are the report's
    findings. Order: what counts most first, equals by relevance. Raises ValueError for a sentence that has no result.
    """
    result = next((each for each in results if each.sentence.index == index), None)
    if result is None:
        raise ValueError(f"sentence {index} was not judged")
    ballot, backers = Ballot(document), facts_behind(result, calibration.thresholds)
    candidates = find_candidates(result, calibration)
    weighed = [weigh_readings(candidate, ballot, backers) for candidate in candidates]
    suspicions = find_suspicions(document, results, calibration)
    fates = _Fates(
        merged=merge_candidates(candidate for candidate in weighed if not is_explained(candidate)),
        settled=[suspicion for suspicion in suspicions if suspicion.sentence.index == index],
        shown=[finding for finding in shown if finding.sentence == index],
        min_confidence=min_confidence,
    )
    suspects = [
        (final.evidence, _suspect(first, final, fates, calibration))
        for first, final in zip(candidates, weighed, strict=True)
    ]
    traces = [_trace(result, judged, suspects, fates, calibration) for judged in result.judged]
    traces.sort(key=lambda trace: (list(Outcome).index(trace.outcome), -trace.evidence.relevance))
    return (*traces, *_language_trace(result, suspects, calibration))


def _trace(
    result: SentenceResult,
    judged: JudgedEvidence,
    suspects: Sequence[tuple[Evidence, Suspect]],
    fates: _Fates,
    calibration: Calibration,
) -> EvidenceTrace:
    own = tuple(suspect for evidence, suspect in suspects if evidence == judged.evidence)
    outcome, reason = _best(own) if own else _why_nothing(result, judged, calibration)
    if outcome not in (Outcome.LEADS, Outcome.AGREES) and _corroborates(judged.evidence, fates):
        outcome, reason = (
            Outcome.AGREES,
            "it has the same words against this place; that adds nothing to the confidence",
        )
    return EvidenceTrace(judged.evidence, judged.prediction, own, outcome, reason)


def _corroborates(evidence: Evidence, fates: _Fates) -> bool:
    """True where an alert shows the evidence too, whatever words it makes suspect by itself."""
    homes = (one for one in fates.settled if any(each.evidence == evidence for each in one.candidates))
    return any(_finding_on(home, fates) for home in homes)


def _best(suspects: Sequence[Suspect]) -> tuple[Outcome, str]:
    """That of the words that got furthest."""
    best = min(suspects, key=lambda suspect: list(Outcome).index(suspect.outcome))
    return best.outcome, best.reason


def _why_nothing(result: SentenceResult, judged: JudgedEvidence, calibration: Calibration) -> tuple[Outcome, str]:
    """Why a piece of evidence makes no word suspect by itself."""
    text, evidence, said, limits = result.sentence.text, judged.evidence, judged.prediction, calibration.thresholds
    if says_same(text, evidence.text):
        return Outcome.SAME_WORDS, "it has the whole sentence in the same words, so it supports it"
    if evidence.relation is not Relation.REFERENCE and not denied(judged, calibration):
        if calibration.weighs(evidence.role):
            figures = f"contradiction {said.contradiction:.2f} and error {said.error:.2f}"
            return Outcome.SILENT, f"{figures} are both below the threshold of {suspicion_from(judged, limits):.2f}"
        if said.contradiction >= limits.contradiction:
            return Outcome.SILENT, f"entailment {said.entailment:.2f} exceeds contradiction {said.contradiction:.2f}"
        return Outcome.SILENT, f"contradiction {said.contradiction:.2f} is below {limits.contradiction:.2f}"
    spans = suspect_spans(text, judged, limits.word)
    if not spans:
        views = [said, *((judged.as_reference,) if judged.as_reference else ())]
        hottest = max((token.probability for view in views for token in view.tokens), default=0.0)
        return Outcome.NO_WORDS, f"no word to show reaches {limits.word:.2f}; the most suspect is at {hottest:.2f}"
    if all(says_words(text, hot.span, evidence.text) for hot in spans):
        return Outcome.NO_WORDS, "it has the suspect words itself, so they are not what it contradicts"
    if evidence.joined:
        return Outcome.OVERSHADOWED, "one of its facts makes these words suspect by itself"
    return Outcome.NO_WORDS, "the words read wrong without any evidence, and it has nothing in their place"


def _suspect(first: Candidate, final: Candidate, fates: _Fates, calibration: Calibration) -> Suspect:
    """The candidate as told; `final` is `first` after the vote over readings."""
    outcome, reason = _fate(final, fates)
    if final.confidence < first.confidence:
        reason += f"; the article or a fact reads as the sentence does, so {first.confidence:.2f} became less"
    return Suspect(
        span=final.span,
        text=final.span.of(final.sentence.text),
        conflict=final.conflict,
        raw=final.raw,
        confidence=final.confidence,
        figures=_figures(final, calibration),
        outcome=outcome,
        reason=reason,
    )


def _fate(candidate: Candidate, fates: _Fates) -> tuple[Outcome, str]:
    if is_explained(candidate):
        return Outcome.SAME_AMOUNT, "it has the same amount, or one that allows it, so the suspicion is withdrawn"
    home = next((suspicion for suspicion in fates.settled if candidate in suspicion.candidates), None)
    if home is None:
        if any(candidate in suspicion.candidates for suspicion in fates.merged):
            return Outcome.OUTVOTED, "of the two sentences, the other one has more against it"
        return Outcome.OVERSHADOWED, "surer words or evidence stand for the same place"
    if home.confidence < fates.min_confidence:
        return Outcome.NOT_SURE, f"confidence {home.confidence:.2f} is below the {fates.min_confidence:.2f} asked for"
    if _finding_on(home, fates) is None:
        return Outcome.NOT_SHOWN, f"sure enough at {home.confidence:.2f}, but surer alerts took all places"
    if home.candidates[0] == candidate:
        return Outcome.LEADS, f"the surest evidence, at {candidate.confidence:.2f}"
    return Outcome.AGREES, f"further evidence, at {candidate.confidence:.2f}; together {home.confidence:.2f}"


def _finding_on(suspicion: Suspicion, fates: _Fates) -> Finding | None:
    if suspicion.confidence < fates.min_confidence:
        return None
    return next((finding for finding in fates.shown if finding.span.overlaps(suspicion.place)), None)


def _figures(candidate: Candidate, calibration: Calibration) -> tuple[WeighedFigure, ...]:
    """The figures that the raw figure was weighed from, largest share first, then by name."""
    weights = calibration.weights_of(candidate.evidence.role)
    values = {BIAS: 1.0, **candidate.figures} if weights is not None else dict(candidate.figures)
    figures = [
        WeighedFigure(name, value, None if weights is None else weights.get(name, 0.0))
        for name, value in values.items()
    ]
    return tuple(sorted(figures, key=lambda figure: (-abs(figure.share), figure.name)))


def _language_trace(
    result: SentenceResult, suspects: Sequence[tuple[Evidence, Suspect]], calibration: Calibration
) -> tuple[EvidenceTrace, ...]:
    """The view of the words alone; empty where the model was not asked for it."""
    if result.language is None:
        return ()
    limits = calibration.thresholds
    own = tuple(suspect for found, suspect in suspects if found.kind is EvidenceKind.LANGUAGE)
    if own:
        outcome, reason = _best(own)
    else:
        outcome, reason = Outcome.NO_WORDS, f"no words read wrong enough by themselves (from {limits.language:.2f})"
    return (EvidenceTrace(language_evidence(result.sentence), result.language, own, outcome, reason),)
