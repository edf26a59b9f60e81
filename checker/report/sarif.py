"""SARIF 2.1.0 (OASIS standard, 2020), which editors and continuous integration show beside the text.

Columns count code points, as everywhere here (`columnKind`). Lines and columns are those of the document's text: for a
plain text file they are the file's; for HTML they are those of the extracted article.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from checker.document import Document, Span
from checker.findings import Finding, FindingEvidence, Severity
from checker.report.json import dumps
from checker.report.types import Report, Signature, Skipped
from checker.report.wording import category_name, evidence_name, unchecked_reasons
from checker.version import __version__

SCHEMA_URI = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

LEVELS = {Severity.CRITICAL: "error", Severity.MAJOR: "warning", Severity.MINOR: "note", Severity.NEUTRAL: "note"}


def render(reports: Sequence[Report], unread: Sequence[Skipped] = ()) -> str:
    """One SARIF log; reports with the same signature share a run.

    `unread` are files without a report. They are notifications of the first run, which is there without reports too: a
    log that has no run says of no file that it could not be checked.
    """
    groups = [list(group) for _, group in groupby(reports, key=lambda report: report.signature)] or [[]]
    runs = [_run(group, () if place else unread) for place, group in enumerate(groups)]
    return dumps({"$schema": SCHEMA_URI, "version": "2.1.0", "runs": runs})


def _run(reports: Sequence[Report], unread: Sequence[Skipped]) -> dict[str, Any]:
    categories = sorted({finding.category for report in reports for finding in report.findings})
    rules = [{"id": path, "shortDescription": {"text": category_name(path)}} for path in categories]
    notices = [notice for report in reports for notice in _notices(report)]
    signature = reports[0].signature if reports else None
    version = signature.checker if signature else __version__
    return {
        "tool": {"driver": {"name": "checker", "version": version, "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "artifacts": [{"location": _location(report.document)} for report in reports],
        "invocations": [
            {
                "executionSuccessful": not (unread or any(report.skipped for report in reports)),
                "toolExecutionNotifications": [*notices, *map(_failure, unread)],
            }
        ],
        "results": [
            _result(report, finding, place, categories)
            for place, report in enumerate(reports)
            for finding in report.findings
        ],
        "properties": _properties(signature) if signature else {},
    }


def _properties(signature: Signature) -> dict[str, str | None]:
    return {
        "model": signature.model,
        "modelHash": signature.model_hash,
        "settingsHash": signature.settings_hash,
        "backend": signature.backend,
        "factsHash": signature.facts_hash,
    }


def _result(report: Report, finding: Finding, place: int, categories: Sequence[str]) -> dict[str, Any]:
    document = report.document
    artifact = _location(document) | {"index": place}
    region = _region(document, finding.span)
    result: dict[str, Any] = {
        "ruleId": finding.category,
        "ruleIndex": categories.index(finding.category),
        "level": LEVELS[finding.severity],
        "rank": round(100 * finding.confidence, 1),
        "message": {"text": finding.message},
        "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": region}}],
        "relatedLocations": [
            _related(document, artifact, item, number) for number, item in enumerate(finding.evidence, start=1)
        ],
        "partialFingerprints": {"checker/v1": finding.fingerprint},
        "properties": {
            "confidence": round(finding.confidence, 3),
            "severity": finding.severity.value,
            "detector": finding.detector,
        },
    }
    if finding.suggestions:
        result["fixes"] = [fix_of(artifact, region, suggestion) for suggestion in finding.suggestions]
    return result


def _related(document: Document, artifact: dict[str, Any], item: FindingEvidence, number: int) -> dict[str, Any]:
    """Evidence with its place where it is in the same article, and with its text alone where it is elsewhere."""
    evidence = item.evidence
    related: dict[str, Any] = {"id": number, "message": {"text": f"{evidence_name(evidence)}: {evidence.text}"}}
    if evidence.span is not None:
        region = _region(document, evidence.span)
        related["physicalLocation"] = {"artifactLocation": artifact, "region": region}
    return related


def fix_of(artifact: dict[str, Any], region: dict[str, Any], suggestion: str) -> dict[str, Any]:
    """Replacing `region` by `suggestion`, as an editor offers it."""
    replacement = {"deletedRegion": region, "insertedContent": {"text": suggestion}}
    return {
        "description": {"text": f"Replace with “{suggestion}”"},
        "artifactChanges": [{"artifactLocation": artifact, "replacements": [replacement]}],
    }


def _region(document: Document, span: Span) -> dict[str, Any]:
    """Lines and columns count from 1, the end column is exclusive (SARIF 2.1.0, section 3.30)."""
    start_line, start_column = _place(document.text, span.start)
    end_line, end_column = _place(document.text, span.end)
    return {
        "startLine": start_line,
        "startColumn": start_column,
        "endLine": end_line,
        "endColumn": end_column,
        "charOffset": span.start,
        "charLength": len(span),
        "snippet": {"text": span.of(document.text)},
    }


def _place(text: str, offset: int) -> tuple[int, int]:
    line_start = text.rfind("\n", 0, offset) + 1
    return text.count("\n", 0, offset) + 1, offset - line_start + 1


def _location(document: Document) -> dict[str, Any]:
    return location_of(document.path, document.id)


def location_of(given: str | None, id: str) -> dict[str, Any]:
    """A relative path as a relative URI, an absolute one as a file URI; text without a path goes by its id."""
    if given is None:
        return {"uri": quote(id, safe="", errors="replace")}
    path = PurePath(given)
    uri = quote(path.as_posix(), errors="replace")
    return {"uri": f"file://{uri}" if path.is_absolute() else uri}


def _notices(report: Report) -> list[dict[str, Any]]:
    """What could not be checked, so that an empty list of results is not taken for a clean article."""
    location = [{"physicalLocation": {"artifactLocation": _location(report.document)}}]
    texts = [f"not used: {skipped.what}: {skipped.reason}" for skipped in report.skipped]
    texts += [
        f"{number} of {len(report.sentences)} sentences not checked: {reason}"
        for reason, number in unchecked_reasons(report)
    ]
    return [{"level": "warning", "message": {"text": text}, "locations": location} for text in texts]


def _failure(unread: Skipped) -> dict[str, Any]:
    """A file that has no report, as a notification (SARIF 2.1.0, section 3.20.21)."""
    location = {"physicalLocation": {"artifactLocation": location_of(unread.what, unread.what)}}
    return {"level": "error", "message": {"text": f"not checked: {unread.reason}"}, "locations": [location]}
