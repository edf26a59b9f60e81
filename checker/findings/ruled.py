"""Rules' candidates as findings, and what becomes of words that both a rule and the model suspect."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from checker.document import Document
from checker.findings.categories import severity
from checker.findings.types import Finding, FindingEvidence, Severity
from checker.rules import RuleCandidate, confidence_of

PREFIX = "rule:"
_WHOLE_SENTENCE = f"{PREFIX}added"
AGREEING = 0.5  # share of the second detector's confidence that counts: both read the same words
HIGHEST_CONFIDENCE = 0.99


def findings_of_rules(document: Document, candidates: Iterable[RuleCandidate]) -> list[Finding]:
    """A finding for each candidate; of several on the same words the surest, with the others' evidence.

    They get id and fingerprint when all findings are in order; see `build`.
    """
    found: list[Finding] = []
    for candidate in candidates:
        finding = _finding(document, candidate)
        twin = next((place for place, other in enumerate(found) if _is_twin(other, finding)), None)
        if twin is None:
            found.append(finding)
        else:
            first, second = sorted((found[twin], finding), key=lambda one: -one.confidence)
            found[twin] = _joined(first, second)
    return found


def join_findings(by_rules: Sequence[Finding], by_model: Sequence[Finding]) -> list[Finding]:
    """All findings, one for each place: where a rule and the model suspect the same words, the rule's span and message.

    That the model agrees is said in the message, its evidence is kept, and the confidence rises.
    """
    joined = list(by_rules)
    for finding in by_model:
        twin = next((place for place, other in enumerate(joined) if _is_twin(other, finding)), None)
        if twin is None or not joined[twin].detector.startswith(PREFIX):
            joined.append(finding)
            continue
        both = _joined(joined[twin], finding)
        if "(the model" not in both.message:
            both = replace(both, message=f"{both.message[:-1]} (the model suspects these words too).")
        joined[twin] = both
    return joined


def rests_on_evidence(finding: Finding) -> bool:
    """True for a rule's finding that contradicts a source or another sentence."""
    return finding.detector.startswith(PREFIX) and any(item.evidence.kind != "language" for item in finding.evidence)


def together(one: float, other: float) -> float:
    """Confidence of two findings as one: a noisy-or in which the less sure one is damped."""
    doubt = (1.0 - max(one, other)) * (1.0 - AGREEING * min(one, other))
    return max(one, other, min(HIGHEST_CONFIDENCE, 1.0 - doubt))


def _is_twin(one: Finding, other: Finding) -> bool:
    """True for two that suspect the same words. A sentence too many is another matter than what is wrong in it."""
    return one.span.overlaps(other.span) and (one.detector == _WHOLE_SENTENCE) == (other.detector == _WHOLE_SENTENCE)


def _joined(first: Finding, second: Finding) -> Finding:
    """`first` with what `second` adds."""
    known = {(item.evidence.kind, item.evidence.text) for item in first.evidence}
    more = tuple(item for item in second.evidence if (item.evidence.kind, item.evidence.text) not in known)
    confidence = together(first.confidence, second.confidence)
    suggestions = tuple(dict.fromkeys((*first.suggestions, *second.suggestions)))
    return replace(first, evidence=(*first.evidence, *more), confidence=confidence, suggestions=suggestions[:3])


def _finding(document: Document, candidate: RuleCandidate) -> Finding:
    return Finding(
        id="",
        span=candidate.span,
        text=candidate.span.of(document.text),
        sentence=candidate.sentence,
        category=candidate.category,
        severity=Severity(candidate.severity) if candidate.severity else severity(candidate.category),
        confidence=confidence_of(candidate.rule) if candidate.confidence is None else candidate.confidence,
        message=candidate.message,
        suggestions=candidate.suggestions,
        evidence=(FindingEvidence(candidate.evidence, 1.0, candidate.conflict),),
        detector=PREFIX + candidate.rule,
        fingerprint="",
    )
