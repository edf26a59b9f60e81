"""Finding, Verdict, Severity: what the program tells a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from checker.document import Span
from checker.evidence import Evidence

if TYPE_CHECKING:
    import pandas


class Severity(StrEnum):
    """MQM's levels, independent of confidence."""

    NEUTRAL = "neutral"
    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """0 for neutral up to 3 for critical."""
        return list(Severity).index(self)


class Verdict(StrEnum):
    """One sentence after aggregation over its evidence. NOT_CHECKED is never shown as clean."""

    CONTRADICTED = "contradicted"
    SUPPORTED = "supported"
    UNSUPPORTED = "unsupported"
    NOT_CHECKED = "not_checked"


@dataclass(frozen=True, slots=True)
class FindingEvidence:
    """Evidence that a finding rests on; `probability` is the model's raw figure, `conflict` the span in its text."""

    evidence: Evidence
    probability: float
    conflict: Span | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A suspect span of the document. `confidence` is calibrated: of findings at 0.9, nine in ten are right."""

    id: str
    span: Span
    text: str
    sentence: int
    category: str
    severity: Severity
    confidence: float
    message: str
    suggestions: tuple[str, ...]
    evidence: tuple[FindingEvidence, ...]
    detector: str
    fingerprint: str

    def to_frame(self) -> pandas.DataFrame:
        """What it rests on as a pandas frame, a piece of evidence a row. Raises CheckerError without pandas."""
        from checker.frames import as_pandas

        return as_pandas([_row(item) for item in self.evidence], _COLUMNS)


@dataclass(frozen=True, slots=True)
class SentenceVerdict:
    """Verdict on one sentence; `reason` is given for NOT_CHECKED; the probabilities are those of the deciding pair."""

    index: int
    span: Span
    verdict: Verdict
    reason: str | None = None
    entailment: float | None = None
    neutral: float | None = None
    contradiction: float | None = None


_COLUMNS: dict[str, type] = {
    **dict.fromkeys(("kind", "id", "text", "conflict"), str),
    **dict.fromkeys(("relevance", "probability"), float),
    "origin": str,
    **dict.fromkeys(("valid_from", "valid_until"), date),
}


def _row(item: FindingEvidence) -> tuple[object, ...]:
    evidence = item.evidence
    conflict = item.conflict.of(evidence.text) if item.conflict else None
    return (
        *(evidence.kind.value, evidence.id, evidence.text, conflict, evidence.relevance, item.probability),
        *(evidence.origin, evidence.valid_from, evidence.valid_until),
    )
