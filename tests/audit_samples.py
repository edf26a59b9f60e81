"""Rows of an audit, with everything in them that a row can have; a test replaces what it is about."""

from datetime import date

from checker.audit.dataset import Part
from checker.audit.schema import DocumentRow, EvidenceRow, FindingRow, SentenceRow, SpanRow, Status


def make_evidence(**more):
    fields = {
        "kind": "fact",
        "id": "f1",
        "text": "The council rejected it.",
        "start": None,
        "end": None,
        "relevance": 0.75,
        "probability": 0.9,
        "span": SpanRow(12, 20, "rejected"),
        "origin": "facts.txt:1",
        "valid_from": "2021-05-01",
        "valid_until": None,
    }
    return EvidenceRow(**fields | more)


def make_finding(position, **more):
    fields = {
        "position": position,
        "document": "a",
        "path": "a.txt",
        "id": "n0",
        "start": 12,
        "end": 20,
        "text": "approved",
        "sentence": 0,
        "context": "The council approved it.",
        "context_start": 0,
        "start_line": 1,
        "start_column": 13,
        "end_line": 1,
        "end_column": 21,
        "category": "accuracy/mistranslation/polarity",
        "severity": "major",
        "confidence": 0.912,
        "message": "The facts say the opposite.",
        "suggestions": ("rejected",),
        "evidence": (make_evidence(),),
        "detector": "nli",
        "fingerprint": "0" * 16,
    }
    return FindingRow(**fields | more)


def make_sentence(position, **more):
    fields = {
        "position": position,
        "document": "a",
        "index": 0,
        "start": 0,
        "end": 24,
        "text": "The council approved it.",
        "verdict": "contradicted",
        "reason": None,
        "entailment": 0.01,
        "neutral": 0.02,
        "contradiction": 0.97,
        "findings": 1,
    }
    return SentenceRow(**fields | more)


def make_part(first=0):
    documents = (
        DocumentRow(
            position=first, id="a", path="a.txt", status=Status.CHECKED, day=date(2022, 5, 1), notes=("source b: gone",)
        ),
        DocumentRow(position=first + 1, id="", path="b.txt", status=Status.SKIPPED, reason="the file is empty"),
    )
    bare = make_finding(first, evidence=(make_evidence(span=None, start=3, end=9),), suggestions=())
    return Part(documents, (make_finding(first), bare), (make_sentence(first),))
