"""Decision: what one person said about one finding, with enough of the finding to be understood without its article."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from enum import StrEnum

from checker.document import has_half_character
from checker.errors import UsageError
from checker.evidence import EvidenceKind
from checker.findings import Finding
from checker.report import Report

LONGEST_NOTE = 2_000  # characters of a reason, a name, or the words written instead
_LONGEST_QUOTE = 1_000  # characters kept of the words, their sentence and each fact


class DecisionKind(StrEnum):
    """What a decision says. REOPENED takes back whatever was said of the finding before."""

    ACCEPTED = "accepted"
    LEFT_AS_IS = "left_as_is"
    NOT_AN_ERROR = "not_an_error"
    FACT_OUT_OF_DATE = "fact_out_of_date"
    REOPENED = "reopened"

    @property
    def dismisses(self) -> bool:
        """True where the finding is not to be shown again. An accepted one that is still there was not corrected."""
        return self in (DecisionKind.LEFT_AS_IS, DecisionKind.NOT_AN_ERROR, DecisionKind.FACT_OUT_OF_DATE)

    @property
    def says_right(self) -> bool | None:
        """Whether the finding was right; None where the decision tells nothing of that.

        A finding that rests on an old fact followed from it, and says nothing of how good the checker is.
        """
        if self in (DecisionKind.ACCEPTED, DecisionKind.LEFT_AS_IS):
            return True
        return False if self is DecisionKind.NOT_AN_ERROR else None


@dataclass(frozen=True, slots=True)
class CitedFact:
    """A fact that the finding rested on, as it read then."""

    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One person's decision about one finding; an impossible value raises UsageError. A kind's name becomes the kind.

    `at` has a time zone. `replacement` is what was written instead. `confidence` is the one that was shown, by `model`
    (its hash) and `calibration` (None: the model's own). `evidence_kind` is that of the finding's first evidence.
    """

    fingerprint: str
    kind: DecisionKind
    at: datetime
    by: str | None = None
    reason: str | None = None
    replacement: str | None = None
    article: str | None = None
    text: str = ""
    sentence: str = ""
    category: str | None = None
    severity: str | None = None
    detector: str | None = None
    confidence: float | None = None
    evidence_kind: str | None = None
    facts: tuple[CitedFact, ...] = ()
    model: str | None = None
    calibration: str | None = None

    def __post_init__(self) -> None:
        if not self.fingerprint or len(self.fingerprint) > 100 or not self.fingerprint.isprintable():
            raise UsageError(f"{self.fingerprint[:40]!r} is no fingerprint; take it from a report's finding")
        object.__setattr__(self, "kind", kind_of(self.kind))  # the one way within a frozen class
        if self.at.tzinfo is None:
            raise UsageError("the time of a decision has no time zone; write it as 2026-01-31T12:00:00+00:00")
        if self.confidence is not None and not 0.0 <= self.confidence <= 1.0:
            raise UsageError(f"confidence is {self.confidence}; give a number from 0 to 1")
        for name in ("by", "reason", "replacement"):
            _refuse_long(name, getattr(self, name))
        _refuse_broken(self)

    @property
    def id(self) -> str:
        """The same for a decision that was exported and imported again, different for any other."""
        said = [self.fingerprint, self.kind.value, self.at.astimezone(UTC).isoformat(), self.by, self.reason]
        return "d-" + hashlib.sha256(json.dumps([*said, self.replacement]).encode("ascii")).hexdigest()[:16]


def decision_on(
    report: Report,
    finding: Finding,
    kind: DecisionKind | str,
    *,
    at: datetime,
    by: str | None = None,
    reason: str | None = None,
    replacement: str | None = None,
) -> Decision:
    """The decision about a finding of a report. Raises UsageError for an impossible value."""
    for name, given, wanted in (("report", report, Report), ("finding", finding, Finding)):
        if not isinstance(given, wanted):
            raise UsageError(f"{name} is of type {type(given).__name__}; give a report, and one of its findings")
    document = report.document
    cited = {piece.evidence.id: piece.evidence.text for piece in finding.evidence if _is_fact(piece.evidence.kind)}
    return Decision(
        fingerprint=finding.fingerprint,
        kind=kind_of(kind),
        at=at,
        by=by,
        reason=reason,
        replacement=replacement,
        article=_quote(document.path or document.title or document.id) or None,
        text=_quote(finding.text),
        sentence=_quote(document.sentences[finding.sentence].text) if document.sentences else "",
        category=finding.category,
        severity=finding.severity.value,
        detector=finding.detector,
        confidence=finding.confidence,
        evidence_kind=finding.evidence[0].evidence.kind.value if finding.evidence else None,
        facts=tuple(CitedFact(_quote(id_), _quote(text)) for id_, text in sorted(cited.items())),
        model=report.signature.model_hash,
        calibration=report.signature.calibration,
    )


def kind_of(given: str) -> DecisionKind:
    """The kind, also given by its name. Raises UsageError, which names the kinds."""
    try:
        return DecisionKind(given)
    except ValueError:
        raise UsageError(f"the kind of a decision is {given!r}; give {', '.join(DecisionKind)}") from None


def quoted_fact(text: str) -> str:
    """The text of a fact as a decision keeps it, for comparing."""
    return _quote(text)


def _is_fact(kind: EvidenceKind) -> bool:
    return kind is EvidenceKind.FACT


def _quote(text: str | None) -> str:
    """At most _LONGEST_QUOTE characters; half characters, which no file can hold, become question marks."""
    return (text or "")[:_LONGEST_QUOTE].encode("utf-8", "replace").decode("utf-8")


def _refuse_long(name: str, value: str | None) -> None:
    if not isinstance(value, str | None):
        raise UsageError(f"{name} is of type {type(value).__name__}; give a text")
    if value is not None and len(value) > LONGEST_NOTE:
        raise UsageError(f"{name} is {len(value):,} characters long; give at most {LONGEST_NOTE:,}")


def _refuse_broken(decision: Decision) -> None:
    facts = [text for fact in decision.facts for text in (fact.id, fact.text)]
    said = [*(getattr(decision, field.name) for field in fields(decision)), *facts]
    if any(isinstance(value, str) and has_half_character(value) for value in said):
        raise UsageError("the decision holds half a character, which no file can keep; write it again")
