"""One row a finding of the whole audit, with the columns of `check --format csv` and those of its document."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from checker.audit.dataset import AuditReader
from checker.audit.joined import Story, read_stories
from checker.audit.schema import FindingRow
from checker.findings import Severity
from checker.report.csv import COLUMNS, harmless

DOCUMENT_COLUMNS = ("title", "agency", "desk", "engine", "source_language", "language", "day")


def export(reader: AuditReader, fail_on: Severity) -> Iterator[str]:  # noqa: ARG001 - all exports are called alike
    """A header and one row a finding, documents in order; RFC 4180, cells that a spreadsheet would run put in as text.

    Documents that were not checked have no row here: JSON, SARIF and JUnit name them.
    """
    yield _line([*COLUMNS, *DOCUMENT_COLUMNS])
    for story in read_stories(reader):
        for finding in story.findings:
            yield _line(_cells(story, finding))


def _cells(story: Story, finding: FindingRow) -> list[str | int]:
    first = finding.evidence[0] if finding.evidence else None
    cells = {
        **{name: getattr(finding, name, None) for name in COLUMNS},
        "sentence_text": finding.context,
        "confidence": f"{finding.confidence:.3f}",
        "suggestions": " | ".join(finding.suggestions),
        "evidence_kind": first.kind if first else None,
        "evidence_text": first.text if first else None,
        "evidence_conflict": first.span.text if first and first.span else None,
        "evidence_origin": first.origin if first else None,
        **{name: getattr(story.document, name) for name in DOCUMENT_COLUMNS},
    }
    return [cell if isinstance(cell, int) else harmless("" if cell is None else str(cell)) for cell in cells.values()]


def _line(cells: list[str | int] | list[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()
