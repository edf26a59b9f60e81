"""Two sides that changed places are one mistake: one finding, from the one side to the other.

Each side is suspect by itself, and each alert would ask for the other side's words; an editor who took one of the two
would have "the company sued the company".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from checker.document import Document, Span
from checker.findings import categories
from checker.findings.messages import write_exchange
from checker.findings.ruled import together
from checker.findings.suggestions import exchanged
from checker.findings.types import Finding
from checker.findings.words import words_of

LONGEST = 12  # words from the one side to the other that a finding may show


def join_sides(document: Document, findings: Sequence[Finding]) -> list[Finding]:
    """The findings, in their order, with one in place of two that each ask for the other's words."""
    joined: list[Finding] = []
    for finding in findings:
        twin = next((place for place, other in enumerate(joined) if _are_sides(document, other, finding)), None)
        if twin is None:
            joined.append(finding)
        else:
            joined[twin] = _joined(document, joined[twin], finding)
    return joined


def _are_sides(document: Document, one: Finding, other: Finding) -> bool:
    if not (one.category == other.category == categories.ROLE and one.sentence == other.sentence):
        return False
    first, second = one.evidence[0], other.evidence[0]
    if first.evidence != second.evidence or first.conflict is None or second.conflict is None:
        return False
    text = first.evidence.text
    crosswise = _meant(one.text) == _meant(second.conflict.of(text)) and _meant(other.text) == _meant(
        first.conflict.of(text)
    )
    return crosswise and len(words_of(_cover(one, other).of(document.text))) <= LONGEST


def _joined(document: Document, one: Finding, other: Finding) -> Finding:
    """One finding for both, as the surer of the two tells it."""
    first, second = sorted((one, other), key=lambda finding: finding.span)
    lead = max((one, other), key=lambda finding: finding.confidence)
    span = _cover(one, other)
    evidence = lead.evidence[0].evidence
    return replace(
        lead,
        span=span,
        text=span.of(document.text),
        confidence=together(one.confidence, other.confidence),
        message=write_exchange(first.text, second.text, evidence.kind, evidence.text),
        suggestions=exchanged(span.of(document.text), first.span.shift(-span.start), second.span.shift(-span.start)),
    )


def _cover(one: Finding, other: Finding) -> Span:
    return Span(min(one.span.start, other.span.start), max(one.span.end, other.span.end))


def _meant(text: str) -> tuple[str, ...]:
    """Stems of the words that mean something."""
    return tuple(word.stem for word in words_of(text) if word.counts)
