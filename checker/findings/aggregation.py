"""From what the model said of each pair to suspicions: what counts as one, and how several become one.

Policies, each with its test:
  - contradiction is asked before entailment: what one piece of evidence supports and another denies is denied;
  - against mere context both views have to agree, the words' and the sentence's: silence proves nothing;
  - where the model brings weights, they say how sure a suspicion is, from all that is known of it;
  - what the evidence says in the same words is never suspect, but that two sides changed places may be, where the fact
    may say the sentence in other words;
  - a fact that may say the sentence in other words is asked both questions, and both have a say;
  - a fact in nearly the same words shows small words, lost and doubled ones too, which mere context never does;
  - that the article repeats suspect words speaks for them against its other sentences, never against a fact;
  - facts joined to one premise speak only where none of them makes the same words suspect by itself;
  - a sentence that says what a fact says, of another person of that surname, has the first name wrong;
  - words that read wrong without any evidence are a language error, unless the evidence has a word against them;
  - overlapping suspicions are one, all their evidence is kept, and each further piece raises the confidence a little.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from checker.document import Sentence, Span
from checker.evidence import ORIGINAL, RESTATED, Evidence, EvidenceKind, Relation
from checker.findings.alignment import SURE_CONFLICTS, conflict_span, find_conflict
from checker.findings.calibration import Calibration, Thresholds, question_of
from checker.findings.company import attesting, company_of
from checker.findings.edits import counterpart
from checker.findings.exchanged import find_exchange
from checker.findings.given_names import other_given_names
from checker.findings.negations import differing_negation
from checker.findings.spans import DecodedSpan, category_inside, highest_inside, worth_showing
from checker.findings.suspects import (
    JudgedEvidence,
    conflict_with,
    denied,
    differences,
    says_same,
    says_words,
    shown_spans,
    suspect_spans,
    tells,
)
from checker.findings.types import SentenceVerdict, Verdict
from checker.findings.weighing import Figures, company_figures, reference_figures, span_figures
from checker.findings.words import words_of
from checker.nli.types import Prediction

MOST_EVIDENCE = 4
# Share of a further piece's confidence that counts: pieces of one article are no independent witnesses.
AGREEMENT = 0.3
HIGHEST_CONFIDENCE = 0.99
# From this entailment on a sentence is taken for what a fact says but for a first name, and how sure that name is wrong
# then: of 17,569 pairs of which the one side agrees with the other or is silent, one was caught.
SAYS_THE_FACT = 0.7
NAMED_OTHERWISE = 0.8
# From this entailment on an original in another language supports a sentence: of 500 reviewed translations 7 in 100 of
# the right ones have it, 1 in 100 of those with a major error; from .5 on it would be 91 and 68.
SURELY_SAID = 0.9
# What is left of the raw figure where no words of the evidence say otherwise.
WITHOUT_CONFLICT = 0.7

NO_EVIDENCE = "no evidence speaks of it"
TOO_LONG = "the sentence is too long, its end was not read"


@dataclass(frozen=True, slots=True)
class SentenceResult:
    """All that is known of one sentence. `language` is the prediction without a premise; `reason` tells why `judged` is
    empty, None where it is not."""

    sentence: Sentence
    judged: tuple[JudgedEvidence, ...]
    language: Prediction | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """Suspect words by one piece of evidence. `span` is within the sentence's text, `conflict` within the evidence's.

    `raw` in [0, 1] is what calibration maps to `confidence`; `probability` is the model's figure for the pair;
    `figures` are what `raw` was weighed from; `told` is the kind of error that the model takes the words for.
    """

    sentence: Sentence
    span: Span
    raw: float
    confidence: float
    evidence: Evidence
    probability: float
    conflict: Span | None = None
    figures: Figures = field(default_factory=dict, compare=False, repr=False)
    told: str | None = None

    @property
    def place(self) -> Span:
        """The suspect words in the document."""
        return self.span.shift(self.sentence.span.start)


class _Suspect(NamedTuple):
    """Hot words, what the evidence has against them, and figures that only it can tell."""

    hot: DecodedSpan
    conflict: Span | None
    more: Figures


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Candidates for the same words, surest first and never empty; `span` is the surest one's."""

    candidates: tuple[Candidate, ...]

    @property
    def sentence(self) -> Sentence:
        """The sentence that the words stand in."""
        return self.candidates[0].sentence

    @property
    def span(self) -> Span:
        """The suspect words within the sentence's text."""
        return self.candidates[0].span

    @property
    def place(self) -> Span:
        """The suspect words in the document."""
        return self.candidates[0].place

    @property
    def confidence(self) -> float:
        """Confidence of the candidates together: a noisy-or in which all but the surest one are damped."""
        doubt = 1.0
        for rank, candidate in enumerate(self.candidates):
            doubt *= 1.0 - candidate.confidence * (AGREEMENT if rank else 1.0)
        return max(self.candidates[0].confidence, min(HIGHEST_CONFIDENCE, 1.0 - doubt))


def verdict_of(result: SentenceResult, thresholds: Thresholds, *, found: bool = False) -> SentenceVerdict:
    """The sentence's verdict; its probabilities are those of the pair that decided.

    `found` tells that a finding on the sentence rests on evidence: then it is contradicted by the surest of them.
    Evidence that says the same words supports the sentence whatever the model said of it; other evidence does where
    it is not nearly as likely to deny it (.50 against .48). An original in another language denies a sentence by a
    finding alone, and supports it only where that is surely said (see SURELY_SAID).
    """
    sentence = result.sentence
    if not result.judged and found:  # by a rule, which needs no model
        return SentenceVerdict(sentence.index, sentence.span, Verdict.CONTRADICTED)
    if not result.judged:
        return SentenceVerdict(sentence.index, sentence.span, Verdict.NOT_CHECKED, result.reason or NO_EVIDENCE)
    same = [judged.prediction for judged in result.judged if says_same(sentence.text, judged.evidence.text)]
    rest = [judged for judged in result.judged if not says_same(sentence.text, judged.evidence.text)]
    originals = [judged.prediction for judged in rest if judged.evidence.role == ORIGINAL]
    other = [judged.prediction for judged in rest if judged.evidence.role != ORIGINAL]
    deniers = [*other, *originals] if found else other
    against = max(deniers, key=lambda prediction: prediction.contradiction, default=None)
    if against and (found or against.contradiction >= thresholds.contradiction):
        return _verdict(sentence, Verdict.CONTRADICTED, against)
    sure = [prediction for prediction in originals if prediction.entailment >= SURELY_SAID]
    best = max(same or [*other, *sure] or originals, key=lambda prediction: prediction.entailment)
    if same:
        return _verdict(sentence, Verdict.SUPPORTED, best)
    if any(prediction.truncated for prediction in (*other, *originals)):
        return SentenceVerdict(sentence.index, sentence.span, Verdict.NOT_CHECKED, TOO_LONG)
    told = bool(other or sure)
    supported = told and best.entailment >= thresholds.entailment and best.contradiction < thresholds.suspicion
    return _verdict(sentence, Verdict.SUPPORTED if supported else Verdict.UNSUPPORTED, best)


def find_candidates(result: SentenceResult, calibration: Calibration) -> list[Candidate]:
    """Suspect words of one sentence by each piece of evidence, then by the language view."""
    unreadable = _language_spans(result, calibration.thresholds)
    found = [
        candidate
        for judged in result.judged
        if not says_same(result.sentence.text, judged.evidence.text)
        for candidate in _against(result, judged, calibration)
        if candidate.conflict is not None
        or judged.evidence.relation is Relation.REFERENCE
        or not any(candidate.span.overlaps(language.span) for language in unreadable)
    ]
    needed = [candidate for candidate in found if not _one_is_enough(candidate, found)]
    return needed + _by_given_name(result) + _by_language(result, unreadable, calibration)


def _one_is_enough(candidate: Candidate, found: Sequence[Candidate]) -> bool:
    """True for joined facts of which one alone makes the same words suspect: they would be no further witness."""
    alone = {part.id for part in candidate.evidence.joined}
    return any(
        other.evidence.kind is candidate.evidence.kind
        and other.evidence.id in alone
        and other.span.overlaps(candidate.span)
        for other in found
    )


def _by_given_name(result: SentenceResult) -> list[Candidate]:
    """First names that a fact has otherwise, where the model takes the sentence for what the fact says."""
    sentence = result.sentence
    return [
        Candidate(sentence, span, NAMED_OTHERWISE, NAMED_OTHERWISE, evidence, judged.prediction.entailment, conflict)
        for judged in result.judged
        if (evidence := judged.evidence).kind is EvidenceKind.FACT and judged.prediction.entailment >= SAYS_THE_FACT
        for span, conflict in other_given_names(sentence.text, evidence.text)
    ]


def merge_candidates(candidates: Iterable[Candidate]) -> list[Suspicion]:
    """Candidates of one sentence as suspicions: one for all that overlap the same surest candidate, surest first.

    The language view only speaks where no evidence does. The order of `candidates` does not matter.
    """
    groups: list[list[Candidate]] = []
    for candidate in sorted(candidates, key=_order):
        home = next((group for group in groups if group[0].span.overlaps(candidate.span)), None)
        if home is None:
            groups.append([candidate])
        elif not _is_language(candidate) and not _has(home, candidate.evidence):
            home.append(candidate)
    return [Suspicion(tuple(group)) for group in groups]


def corroborated(suspicion: Suspicion, result: SentenceResult) -> Suspicion:
    """The suspicion with further evidence that has the same words against the same place.

    The model may not see the contradiction in every piece of it; what one piece proves, the others may still show. They
    add nothing to the confidence.
    """
    text, lead = result.sentence.text, suspicion.candidates[0]
    wanted = _conflict_stems(text, lead.span, lead.evidence.text)
    if not wanted or _is_language(lead):
        return suspicion
    known = {(candidate.evidence.kind, candidate.evidence.id) for candidate in suspicion.candidates}
    further = []
    for judged in result.judged:
        evidence = judged.evidence
        same = (evidence.kind, evidence.id) in known or says_same(text, evidence.text)
        if not same and wanted & _conflict_stems(text, lead.span, evidence.text):
            conflict = conflict_span(text, lead.span, evidence.text)
            probability = judged.prediction.contradiction
            further.append(Candidate(suspicion.sentence, lead.span, 0.0, 0.0, evidence, probability, conflict))
    return Suspicion((*suspicion.candidates, *sorted(further, key=_order)))


def _conflict_stems(text: str, span: Span, premise: str) -> frozenset[tuple[str, str]]:
    """(kind of conflict, stem) of the words of `premise` that surely say otherwise; empty for a mere place."""
    found = find_conflict(text, span, premise)
    if found is None or found.kind not in SURE_CONFLICTS:
        return frozenset()
    return frozenset((found.kind, word.stem) for word in words_of(premise) if word.span.overlaps(found.span))


def _verdict(sentence: Sentence, verdict: Verdict, prediction: Prediction) -> SentenceVerdict:
    return SentenceVerdict(
        sentence.index,
        sentence.span,
        verdict,
        None,
        prediction.entailment,
        prediction.neutral,
        prediction.contradiction,
    )


def _against(result: SentenceResult, judged: JudgedEvidence, calibration: Calibration) -> list[Candidate]:
    """Candidates by one piece of evidence."""
    sentence, text = result.sentence, result.sentence.text
    prediction, evidence = judged.prediction, judged.evidence
    reference = evidence.relation is Relation.REFERENCE
    if not reference and not denied(judged, calibration):
        return []
    probability = prediction.error if reference else prediction.contradiction
    rest = [piece for piece in result.judged if piece is not judged]
    others, company = attesting(evidence, rest), company_of(evidence, rest)
    found = []
    spans = suspect_spans(text, judged, calibration.thresholds.word)
    for hot, conflict, more in _suspects(text, judged, spans):
        figures = span_figures(text, hot, len(spans), prediction, result.language, evidence, others)
        if company is not None:
            figures |= company_figures(hot.span, company)
        if judged.as_reference is not None:
            figures |= reference_figures(hot.span, judged.as_reference)
        figures |= more
        raw = calibration.weigh(question_of(evidence.role), figures)
        if raw is None:
            raw = hot.probability * probability if reference else math.sqrt(hot.probability * probability)
            raw *= 1.0 if reference or conflict else WITHOUT_CONFLICT
        confidence = calibration.confidence(raw, evidence.role)
        told = category_inside(prediction.tokens, hot.span)
        found.append(Candidate(sentence, hot.span, raw, confidence, evidence, probability, conflict, figures, told))
    return found


def _suspects(text: str, judged: JudgedEvidence, spans: Sequence[DecodedSpan]) -> list[_Suspect]:
    """Those of the hot words that the evidence does not have itself; where it has all, maybe a side of an exchange."""
    evidence, restated = judged.evidence, judged.evidence.role == RESTATED
    exact = differences(text, judged)
    found = []
    for hot in spans:
        surely = next((each for each in exact if each.span == hot.span), None)
        negation = differing_negation(text, hot.span, evidence.text)
        conflict = next((each.conflict for each in (surely, negation) if each), None)
        if conflict is None and restated:
            conflict = counterpart(text, hot.span, evidence.text)
        conflict = conflict or (None if restated else conflict_with(text, hot.span, evidence))
        said = conflict is None and says_words(text, hot.span, evidence.text)
        if said and not restated:
            continue
        more = {"negation": float(negation is not None)}
        if tells(evidence):
            more["exact"] = float(surely is not None)
        if restated:
            more |= {"said": float(said), "glue": float(not worth_showing(text, hot.span))}
        found.append(_Suspect(hot, conflict, more))
    return found or _by_exchange(text, judged, spans)


def _by_exchange(text: str, judged: JudgedEvidence, spans: Sequence[DecodedSpan]) -> list[_Suspect]:
    """The side that stands first, where a fact that may say the sentence has all hot words, two sides among them."""
    if judged.as_reference is None:
        return []
    first, other = judged.prediction.tokens, judged.as_reference.tokens
    exchange = find_exchange(
        text,
        [hot.span for hot in spans],
        judged.evidence.text,
        lambda span: max(highest_inside(first, span), highest_inside(other, span)),
    )
    if exchange is None:
        return []
    coldest = min(highest_inside(first, side) for side in (exchange.first, exchange.second))
    # That other evidence has the words too says nothing for the places in which they stand.
    more = {"exact": 0.0, "attested": 0.0}
    return [_Suspect(DecodedSpan(exchange.first, coldest), exchange.conflict, more)]


def _language_spans(result: SentenceResult, limits: Thresholds) -> list[DecodedSpan]:
    return shown_spans(result.sentence.text, result.language, limits.word) if result.language else []


def language_evidence(sentence: Sentence) -> Evidence:
    """The sentence itself, as what a language error rests on."""
    return Evidence(EvidenceKind.LANGUAGE, "language", sentence.text, 1.0, Relation.LANGUAGE, span=sentence.span)


def _by_language(result: SentenceResult, spans: Sequence[DecodedSpan], calibration: Calibration) -> list[Candidate]:
    """Candidates of the language view: only what is surely wrong, for taste is no error."""
    if result.language is None:
        return []
    sentence = result.sentence
    evidence = language_evidence(sentence)
    found = []
    others = [piece.evidence.text for piece in result.judged]
    for hot in spans:
        if math.sqrt(hot.probability * result.language.error) < calibration.thresholds.language:
            continue
        figures = span_figures(sentence.text, hot, len(spans), result.language, None, evidence, others)
        weighed = calibration.weigh(question_of(EvidenceKind.LANGUAGE), figures)
        raw = math.sqrt(hot.probability * result.language.error) if weighed is None else weighed
        confidence = calibration.confidence(raw, EvidenceKind.LANGUAGE)
        found.append(Candidate(sentence, hot.span, raw, confidence, evidence, hot.probability, None, figures))
    return found


def _is_language(candidate: Candidate) -> bool:
    return candidate.evidence.kind is EvidenceKind.LANGUAGE


def _has(group: list[Candidate], evidence: Evidence) -> bool:
    return any(candidate.evidence == evidence for candidate in group)


def _order(candidate: Candidate) -> tuple[bool, float, bool, Span, str, str, str]:
    """Evidence before language, surest first, with a conflict first; the rest settles ties the same every time."""
    evidence = candidate.evidence
    return (
        _is_language(candidate),
        -candidate.confidence,
        candidate.conflict is None,
        candidate.span,
        evidence.kind,
        evidence.id,
        evidence.text,
    )
