"""One row a finding, for a spreadsheet or a data frame.

Spreadsheets run cells that begin like a formula, and article text is not ours, so such cells are put in as text (OWASP,
"CSV Injection"). A table of findings cannot say what was not checked: the exit code and the other formats do.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from checker.findings import Finding
from checker.report.types import Report
from checker.report.visible import show_invisible

COLUMNS = (
    "document", "path", "start", "end", "text", "sentence", "sentence_text", "category", "severity", "confidence",
    "message", "suggestions", "evidence_kind", "evidence_text", "evidence_conflict", "evidence_origin", "detector",
    "fingerprint",
)  # fmt: skip

# Spreadsheets also take the full-width forms, tab and line breaks for the start of a formula.
_FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")


def render(reports: Sequence[Report]) -> str:
    """A header and one row a finding, in the order of the reports and their findings; RFC 4180, line ends CR LF.

    The evidence columns hold the first piece of evidence, which is the weightiest; suggestions are joined by " | ".
    """
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(COLUMNS)
    for report in reports:
        writer.writerows(_row(report, finding) for finding in report.findings)
    return table.getvalue()


def _row(report: Report, finding: Finding) -> list[str | int]:
    first = finding.evidence[0] if finding.evidence else None
    conflict = first.conflict.of(first.evidence.text) if first and first.conflict else ""
    cells: list[str | int | None] = [
        report.document.id,
        report.document.path,
        finding.span.start,
        finding.span.end,
        finding.text,
        finding.sentence,
        report.document.sentences[finding.sentence].text,
        finding.category,
        finding.severity.value,
        f"{finding.confidence:.3f}",
        finding.message,
        " | ".join(finding.suggestions),
        first.evidence.kind.value if first else None,
        first.evidence.text if first else None,
        conflict,
        first.evidence.origin if first else None,
        finding.detector,
        finding.fingerprint,
    ]
    return [cell if isinstance(cell, int) else harmless(cell or "") for cell in cells]


def harmless(cell: str) -> str:
    """A cell that no spreadsheet runs: "=1+1" becomes "'=1+1"."""
    shown = show_invisible(cell)
    return f"'{shown}" if shown.lstrip(" ").startswith(_FORMULA_STARTS) else shown
