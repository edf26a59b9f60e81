"""All documents as reports of the contract (`checker.report/1`), for programs that read what `check` writes.

`check --baseline` and `audit --baseline` take it, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from checker.audit.dataset import AuditReader
from checker.audit.joined import Story, read_stories
from checker.audit.schema import FindingRow, SentenceRow, Status
from checker.findings import Severity
from checker.nli.types import LABELS
from checker.report.json import SCHEMA, dumps

# What the rows have over the contract.
_NOT_IN_CONTRACT = frozenset(
    {"position", "document", "path", "context", "context_start", "start_line", "start_column", "end_line", "end_column"}
)
_DOCUMENT_KEYS = ("id", "path", "title", "language", "characters", "words", "sentences")


def export(reader: AuditReader, fail_on: Severity) -> Iterator[str]:  # noqa: ARG001 - all exports are called alike
    """An array, one report a line. What could not be checked is a report that says so under `skipped`."""
    signature = reader.summary.get("signature") or {}
    ahead = "[\n"
    for story in read_stories(reader, with_sentences=True):
        yield ahead + dumps(report_of(story, signature), indent=None).rstrip("\n")
        ahead = ",\n"
    yield "[]\n" if ahead == "[\n" else "\n]\n"


def report_of(story: Story, signature: Mapping[str, Any]) -> dict[str, Any]:
    """One document as the contract has it."""
    row = story.document
    as_of = row.as_of.isoformat() if row.as_of else None
    return {
        "schema": SCHEMA,
        "document": {key: getattr(row, key) for key in _DOCUMENT_KEYS},
        "findings": [_finding(finding) for finding in story.findings],
        "sentences": [_sentence(sentence) for sentence in story.sentences],
        "skipped": _skipped(story),
        "signature": {**signature, "facts_hash": row.facts_hash, "as_of": as_of},
    }


def _skipped(story: Story) -> list[dict[str, str]]:
    row = story.document
    if row.status is Status.SKIPPED:
        return [{"what": row.path, "reason": row.reason or "no reason given"}]
    if row.status is Status.DUPLICATE:
        return [{"what": row.path, "reason": f"same content as document {row.duplicate_of}, which was checked"}]
    parted = (note.partition(": ") for note in row.notes)
    return [{"what": what, "reason": reason or "not used"} for what, _, reason in parted]


def _finding(row: FindingRow) -> dict[str, Any]:
    return {key: value for key, value in asdict(row).items() if key not in _NOT_IN_CONTRACT}


def _sentence(row: SentenceRow) -> dict[str, Any]:
    labels = {name: getattr(row, name) for name in LABELS}
    return {
        "index": row.index,
        "start": row.start,
        "end": row.end,
        "verdict": row.verdict,
        "reason": row.reason,
        "probabilities": labels if None not in labels.values() else None,
    }
