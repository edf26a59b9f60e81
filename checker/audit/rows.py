"""From a report to the rows of the data set, which say the same as its JSON."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

from checker.audit.dataset import Part
from checker.audit.reading import Job
from checker.audit.schema import DocumentRow, EvidenceRow, FindingRow, SentenceRow, SpanRow, Status
from checker.findings import Verdict
from checker.report import Report
from checker.report.completeness import is_incomplete
from checker.report.json import to_dict


def rows_of_report(job: Job, report: Report, known: int) -> Part:
    """The rows of a checked document; `known` is how many findings the baseline took away."""
    said = to_dict(report)
    originals = report.originals or (None,) * len(report.sentences)
    return Part(
        (_checked(job.row, report, known),),
        tuple(_finding(job.row, report, each) for each in said["findings"]),
        tuple(_sentence(job.row, report, each, originals[each["index"]]) for each in said["sentences"]),
    )


def skipped_row(row: DocumentRow, reason: str) -> DocumentRow:
    """A document that could not be checked, and why, in one line."""
    return replace(row, status=Status.SKIPPED, reason=" ".join(reason.split()), incomplete=True)


def duplicate_row(row: DocumentRow, first: int) -> DocumentRow:
    """A document whose content was seen before, at position `first`."""
    return replace(row, status=Status.DUPLICATE, reason=f"same content as document {first}", duplicate_of=first)


def _checked(row: DocumentRow, report: Report, known: int) -> DocumentRow:
    verdicts = Counter(each.verdict for each in report.sentences)
    signature = report.signature
    return replace(
        row,
        supported=verdicts[Verdict.SUPPORTED],
        contradicted=verdicts[Verdict.CONTRADICTED],
        unsupported=verdicts[Verdict.UNSUPPORTED],
        not_checked=verdicts[Verdict.NOT_CHECKED],
        findings=len(report.findings),
        known=known,
        worst=max((each.severity for each in report.findings), key=lambda each: each.rank, default=None),
        incomplete=is_incomplete(report),
        notes=(*row.notes, *(f"{each.what}: {each.reason}" for each in report.skipped)),
        as_of=date.fromisoformat(signature.as_of) if signature.as_of else None,
        facts_hash=signature.facts_hash,
    )


def _finding(row: DocumentRow, report: Report, said: dict[str, Any]) -> FindingRow:
    document = report.document
    sentence = document.sentences[said["sentence"]]
    start_line, start_column = _place(document.text, said["start"])
    end_line, end_column = _place(document.text, said["end"])
    return FindingRow(
        position=row.position,
        document=row.id,
        path=row.path,
        **said | {"suggestions": tuple(said["suggestions"]), "evidence": tuple(map(_evidence, said["evidence"]))},
        context=sentence.text,
        context_start=sentence.span.start,
        start_line=start_line,
        start_column=start_column,
        end_line=end_line,
        end_column=end_column,
    )


def _evidence(said: dict[str, Any]) -> EvidenceRow:
    return EvidenceRow(**said | {"span": None if said["span"] is None else SpanRow(**said["span"])})


def _sentence(row: DocumentRow, report: Report, said: dict[str, Any], original: str | None) -> SentenceRow:
    labels = said["probabilities"] or dict.fromkeys(("entailment", "neutral", "contradiction"))
    return SentenceRow(
        position=row.position,
        document=row.id,
        index=said["index"],
        start=said["start"],
        end=said["end"],
        text=report.document.sentences[said["index"]].text,
        verdict=said["verdict"],
        reason=said["reason"],
        **labels,
        findings=sum(each.sentence == said["index"] for each in report.findings),
        source=original,
    )


def _place(text: str, offset: int) -> tuple[int, int]:
    line_start = text.rfind("\n", 0, offset) + 1
    return text.count("\n", 0, offset) + 1, offset - line_start + 1
