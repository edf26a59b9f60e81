"""SARIF 2.1.0 of a whole audit: one run, its results in the order of the documents.

Lines and columns are those of the documents' text, as in `checker.report.sarif`. Services that show SARIF refuse files
with very many results (GitHub more than 25,000 in a run); a baseline keeps the number down.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from checker.audit.dataset import AuditReader
from checker.audit.joined import read_stories
from checker.audit.schema import DocumentRow, EvidenceRow, FindingRow, Status
from checker.evidence import EvidenceKind
from checker.findings import Severity
from checker.report.json import dumps
from checker.report.sarif import LEVELS, SCHEMA_URI, fix_of, location_of
from checker.report.wording import category_name, kind_name
from checker.version import __version__


def export(reader: AuditReader, fail_on: Severity) -> Iterator[str]:  # noqa: ARG001 - all exports are called alike
    """The log in pieces; every document with findings is an artifact, every one not checked a notification."""
    signature = reader.summary.get("signature") or {}
    categories: dict[str, int] = {}
    yield f'{{"$schema":{_flat(SCHEMA_URI)},"version":"2.1.0","runs":[{{"columnKind":"unicodeCodePoints",\n"results":['
    yield from _array(_results(reader, categories))
    yield ',\n"artifacts":['
    yield from _array({"location": location_of(row.path, row.id)} for row in reader.documents() if row.findings)
    yield ',\n"invocations":[{"executionSuccessful":'
    successful = not any(row.status is Status.SKIPPED or row.incomplete for row in reader.documents())
    yield f'{_flat(successful)},"toolExecutionNotifications":['
    yield from _array(notice for row in reader.documents() for notice in _notices(row))
    rules = [{"id": path, "shortDescription": {"text": category_name(path)}} for path in categories]
    driver = {"name": "checker", "version": signature.get("checker") or __version__, "rules": rules}
    yield f'}}],\n"tool":{_flat({"driver": driver})},\n"properties":{_flat(signature)}}}]}}\n'


def _results(reader: AuditReader, categories: dict[str, int]) -> Iterator[dict[str, Any]]:
    """All results; `categories` fills with the number of each rule."""
    artifact = -1
    for story in read_stories(reader):
        artifact += bool(story.document.findings)
        for finding in story.findings:
            number = categories.setdefault(finding.category, len(categories))
            yield _result(story.document, finding, artifact, number)


def _result(row: DocumentRow, finding: FindingRow, artifact: int, rule: int) -> dict[str, Any]:
    location = location_of(row.path, row.id) | {"index": artifact}
    region = {
        "startLine": finding.start_line,
        "startColumn": finding.start_column,
        "endLine": finding.end_line,
        "endColumn": finding.end_column,
        "charOffset": finding.start,
        "charLength": finding.end - finding.start,
        "snippet": {"text": finding.text},
    }
    result: dict[str, Any] = {
        "ruleId": finding.category,
        "ruleIndex": rule,
        "level": LEVELS[Severity(finding.severity)],
        "rank": round(100 * finding.confidence, 1),
        "message": {"text": finding.message},
        "locations": [{"physicalLocation": {"artifactLocation": location, "region": region}}],
        "relatedLocations": [
            _related(item, location, number) for number, item in enumerate(finding.evidence, start=1) if item.text
        ],
        "partialFingerprints": {"checker/v1": finding.fingerprint},
        "properties": {
            "confidence": finding.confidence,
            "severity": finding.severity,
            "detector": finding.detector,
            "sentence": finding.context,
        },
    }
    if finding.suggestions:
        result["fixes"] = [fix_of(location, region, suggestion) for suggestion in finding.suggestions]
    return result


def _related(item: EvidenceRow, location: dict[str, Any], number: int) -> dict[str, Any]:
    name = kind_name(EvidenceKind(item.kind)) + (f", {item.origin}" if item.origin else "")
    related: dict[str, Any] = {"id": number, "message": {"text": f"{name}: {item.text}"}}
    if item.start is not None and item.end is not None:
        region = {"charOffset": item.start, "charLength": item.end - item.start, "snippet": {"text": item.text}}
        related["physicalLocation"] = {"artifactLocation": location, "region": region}
    return related


def _notices(row: DocumentRow) -> Iterator[dict[str, Any]]:
    """What could not be checked, so that no result is not taken for a clean document."""
    where = [{"physicalLocation": {"artifactLocation": location_of(row.path, row.id)}}]
    said: list[tuple[str, str]] = [("warning", f"not used: {note}") for note in row.notes]
    if row.status is Status.SKIPPED:
        said = [("error", f"not checked: {row.reason or 'no reason given'}")]
    elif row.status is Status.DUPLICATE:
        said = [("note", f"same content as document {row.duplicate_of}, whose results hold here")]
    elif row.incomplete and row.not_checked:
        said.append(("warning", f"{row.not_checked} of {row.sentences} sentences not checked"))
    return ({"level": level, "message": {"text": text}, "locations": where} for level, text in said)


def _array(items: Iterable[dict[str, Any]]) -> Iterator[str]:
    """The items of an array and its end, one a line."""
    ahead = "\n"
    for item in items:
        yield ahead + _flat(item)
        ahead = ",\n"
    yield "]"


def _flat(value: object) -> str:
    return dumps(value, indent=None).rstrip("\n")
