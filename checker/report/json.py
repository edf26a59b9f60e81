"""The `checker.report/1` JSON that other programs read, and the way back from it to a Report.

The contract is fixed: fields are only ever added. Offsets count code points of the document's text; numbers are rounded
to three decimals so that the same input gives the same bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from checker.document import Document, Part, PartKind, Sentence, Span
from checker.errors import UsageError
from checker.evidence import Evidence, EvidenceKind, Relation
from checker.findings import Finding, FindingEvidence, SentenceVerdict, Severity, Verdict
from checker.report.types import Report, Signature, Skipped

SCHEMA = "checker.report/1"

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")

# The contract's evidence does not say how it relates to the sentence; these are the relations that its kinds have.
_USUAL_RELATION = {
    EvidenceKind.FACT: Relation.CONTEXT,
    EvidenceKind.SOURCE: Relation.REFERENCE,
    EvidenceKind.ARTICLE: Relation.CONTEXT,
    EvidenceKind.LANGUAGE: Relation.LANGUAGE,
}


def render(reports: Sequence[Report]) -> str:
    """One object for one report, an array otherwise; ends in a newline."""
    return dumps(to_dict(reports[0])) if len(reports) == 1 else render_array(reports)


def render_array(reports: Sequence[Report]) -> str:
    """Always an array, also of one report or none: what was asked for decides the shape, not what could be read."""
    return dumps([to_dict(report) for report in reports])


def dumps(value: object, *, indent: int | None = 2) -> str:
    """`value` as JSON in readable UTF-8, ending in a newline; only lone surrogates are escaped, as UTF-8 lacks them."""
    written = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent)
    return _LONE_SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", written) + "\n"


def to_dict(report: Report) -> dict[str, Any]:
    """The report as plain data, exactly the keys of the contract, in its order."""
    document = report.document
    return {
        "schema": SCHEMA,
        "document": {
            "id": document.id,
            "path": document.path,
            "title": document.title,
            "language": document.language,
            "characters": len(document.text),
            "words": document.words,
            "sentences": len(document.sentences),
            "byline": document.byline,
            "dateline": document.dateline,
            "published": document.published.isoformat() if document.published else None,
            "parts": [_part(part) for part in document.parts],
        },
        "findings": [finding_to_dict(finding) for finding in report.findings],
        "sentences": [sentence_to_dict(verdict) for verdict in report.sentences],
        "skipped": [{"what": skipped.what, "reason": skipped.reason} for skipped in report.skipped],
        "signature": {
            "checker": report.signature.checker,
            "model": report.signature.model,
            "model_hash": report.signature.model_hash,
            "settings_hash": report.signature.settings_hash,
            "backend": report.signature.backend,
            "facts_hash": report.signature.facts_hash,
            "as_of": report.signature.as_of,
            "calibration": report.signature.calibration,
            "originals": report.signature.originals,
        },
        "held_back": report.held_back,
    }


def from_dict(data: Mapping[str, Any], text: str) -> Report:
    """The report that `to_dict` wrote, given the text it was made on.

    What the contract does not carry comes back as its usual value: the relation of evidence by its kind, no notes.
    Raises UsageError where `data` is not a report, or was made on another text.
    """
    if data.get("schema") != SCHEMA:
        raise UsageError(f"not a report of schema {SCHEMA}; write one with `checker check --format json`")
    try:
        if data["document"]["characters"] != len(text):
            raise UsageError("the report was made on another text; check the document again")
        return Report(
            document=_document_from(data, text),
            findings=tuple(finding_from_dict(finding) for finding in data["findings"]),
            sentences=tuple(_sentence_from(verdict) for verdict in data["sentences"]),
            skipped=tuple(Skipped(skipped["what"], skipped["reason"]) for skipped in data["skipped"]),
            signature=Signature(**data["signature"]),
            held_back=int(data.get("held_back", 0)),
        )
    except (KeyError, TypeError, ValueError) as problem:
        raise UsageError(f"the report is damaged ({problem!r}); check the document again") from problem


def _part(part: Part) -> dict[str, Any]:
    return {"kind": part.kind.value, "start": part.span.start, "end": part.span.end}


def finding_to_dict(finding: Finding) -> dict[str, Any]:
    """One finding as plain data, as in `to_dict`."""
    return {
        "id": finding.id,
        "start": finding.span.start,
        "end": finding.span.end,
        "text": finding.text,
        "sentence": finding.sentence,
        "category": finding.category,
        "severity": finding.severity.value,
        "confidence": _rounded(finding.confidence),
        "message": finding.message,
        "suggestions": list(finding.suggestions),
        "evidence": [_evidence(item) for item in finding.evidence],
        "detector": finding.detector,
        "fingerprint": finding.fingerprint,
    }


def _evidence(item: FindingEvidence) -> dict[str, Any]:
    evidence, conflict = item.evidence, item.conflict
    return {
        "kind": evidence.kind.value,
        "id": evidence.id,
        "text": evidence.text,
        "start": None if evidence.span is None else evidence.span.start,  # an empty span is false
        "end": None if evidence.span is None else evidence.span.end,
        "relevance": _rounded(evidence.relevance),
        "probability": _rounded(item.probability),
        "span": None if conflict is None else _conflict(conflict, evidence.text),
        "origin": evidence.origin,
        "valid_from": evidence.valid_from.isoformat() if evidence.valid_from else None,
        "valid_until": evidence.valid_until.isoformat() if evidence.valid_until else None,
    }


def _conflict(span: Span, text: str) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": span.of(text)}


def sentence_to_dict(verdict: SentenceVerdict) -> dict[str, Any]:
    """One verdict as plain data, as in `to_dict`."""
    labels = {
        "entailment": verdict.entailment,
        "neutral": verdict.neutral,
        "contradiction": verdict.contradiction,
    }
    known = [value for value in labels.values() if value is not None]
    return {
        "index": verdict.index,
        "start": verdict.span.start,
        "end": verdict.span.end,
        "verdict": verdict.verdict.value,
        "reason": verdict.reason,
        "probabilities": dict(zip(labels, round_shares(known), strict=True)) if len(known) == len(labels) else None,
    }


def round_shares(shares: Iterable[float]) -> list[float]:
    """Probabilities that add to 1, in thousandths that still do: what is left goes to the largest remainders.

    [1/3, 1/3, 1/3] becomes [0.334, 0.333, 0.333]; ties go to the first.
    """
    exact = [1000 * share for share in shares]
    whole = [int(share) for share in exact]
    by_remainder = sorted(range(len(exact)), key=lambda place: whole[place] - exact[place])
    for place in by_remainder[: max(0, 1000 - sum(whole))]:  # below 0 for what was rounded otherwise before
        whole[place] += 1
    return [share / 1000 for share in whole]


def _rounded(value: float) -> float:
    """Three decimals; adding 0.0 turns a negative zero into zero."""
    return round(float(value), 3) + 0.0


def _document_from(data: Mapping[str, Any], text: str) -> Document:
    document = data["document"]
    spans = [(verdict["index"], Span(verdict["start"], verdict["end"])) for verdict in data["sentences"]]
    return Document(
        id=document["id"],
        text=text,
        sentences=tuple(Sentence(index, span, span.of(text)) for index, span in spans),
        language=document["language"],
        path=document["path"],
        title=document["title"],
        # Reports that were written before these keys were added have none of them.
        parts=tuple(
            Part(PartKind(part["kind"]), Span(part["start"], part["end"])) for part in document.get("parts", ())
        ),
        byline=document.get("byline"),
        dateline=document.get("dateline"),
        published=_time_from(document.get("published")),
    )


def finding_from_dict(data: Mapping[str, Any]) -> Finding:
    """The finding that `finding_to_dict` wrote; raises KeyError or ValueError where it is another thing."""
    return Finding(
        id=data["id"],
        span=Span(data["start"], data["end"]),
        text=data["text"],
        sentence=data["sentence"],
        category=data["category"],
        severity=Severity(data["severity"]),
        confidence=data["confidence"],
        message=data["message"],
        suggestions=tuple(data["suggestions"]),
        evidence=tuple(_evidence_from(item) for item in data["evidence"]),
        detector=data["detector"],
        fingerprint=data["fingerprint"],
    )


def _evidence_from(data: Mapping[str, Any]) -> FindingEvidence:
    kind = EvidenceKind(data["kind"])
    conflict = None if data["span"] is None else Span(data["span"]["start"], data["span"]["end"])
    evidence = Evidence(
        kind=kind,
        id=data["id"],
        text=data["text"],
        relevance=data["relevance"],
        relation=_USUAL_RELATION[kind],
        span=None if data["start"] is None else Span(data["start"], data["end"]),
        origin=data["origin"],
        valid_from=_date_from(data.get("valid_from")),
        valid_until=_date_from(data.get("valid_until")),
    )
    return FindingEvidence(evidence, data["probability"], conflict)


def _date_from(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def _time_from(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None


def _sentence_from(data: Mapping[str, Any]) -> SentenceVerdict:
    return SentenceVerdict(
        index=data["index"],
        span=Span(data["start"], data["end"]),
        verdict=Verdict(data["verdict"]),
        reason=data["reason"],
        **(data["probabilities"] or {}),
    )
