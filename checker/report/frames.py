"""Reports as tables: rows and columns as plain values, of which `checker.frames` makes data frames."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from checker.errors import UsageError
from checker.findings import Finding
from checker.report.types import Report

Table = Literal["findings", "sentences"]

# Names and types of the columns: an empty frame has them too, so that frames of many reports can be joined.
COLUMNS: dict[Table, dict[str, type]] = {
    "findings": {
        **dict.fromkeys(("document", "path", "id"), str),
        **dict.fromkeys(("start", "end"), int),
        "text": str,
        "sentence": int,
        **dict.fromkeys(("sentence_text", "category", "severity"), str),
        "confidence": float,
        "message": str,
        "suggestions": list,
        **dict.fromkeys(("evidence_kind", "evidence_text", "evidence_conflict", "evidence_origin"), str),
        **dict.fromkeys(("detector", "fingerprint"), str),
    },
    "sentences": {
        **dict.fromkeys(("document", "path"), str),
        **dict.fromkeys(("sentence", "start", "end"), int),
        **dict.fromkeys(("text", "verdict", "reason"), str),
        **dict.fromkeys(("entailment", "neutral", "contradiction"), float),
        "findings": int,
        "confidence": float,
    },
}


def rows_of(report: Report, table: Table) -> list[tuple[object, ...]]:
    """Rows in the order of `COLUMNS[table]`: findings surest first, sentences in text order; None where unknown.

    The evidence columns hold the first piece of evidence; `suggestions` is a list; a sentence's `confidence` is that of
    its surest finding. Raises UsageError for a table that there is not.
    """
    if not isinstance(table, str) or table not in COLUMNS:  # a list cannot be looked up
        raise UsageError(f"no table is called {table!r}; there are {' and '.join(COLUMNS)}")
    return [*(_findings(report) if table == "findings" else _sentences(report))]


def _findings(report: Report) -> Iterable[tuple[object, ...]]:
    document = report.document
    for finding in report.findings:
        yield (
            *(document.id, document.path, finding.id, finding.span.start, finding.span.end, finding.text),
            *(finding.sentence, document.sentences[finding.sentence].text),
            *(finding.category, finding.severity.value, finding.confidence, finding.message),
            [*finding.suggestions],
            *_first_evidence(finding),
            *(finding.detector, finding.fingerprint),
        )


def _first_evidence(finding: Finding) -> tuple[object, ...]:
    if not finding.evidence:
        return (None, None, None, None)
    first = finding.evidence[0]
    conflict = first.conflict.of(first.evidence.text) if first.conflict else None
    return first.evidence.kind.value, first.evidence.text, conflict, first.evidence.origin


def _sentences(report: Report) -> Iterable[tuple[object, ...]]:
    document = report.document
    for verdict in report.sentences:
        found = [finding.confidence for finding in report.findings if finding.sentence == verdict.index]
        yield (
            *(document.id, document.path, verdict.index, verdict.span.start, verdict.span.end),
            *(verdict.span.of(document.text), verdict.verdict.value, verdict.reason),
            *(verdict.entailment, verdict.neutral, verdict.contradiction),
            *(len(found), max(found, default=None)),
        )
