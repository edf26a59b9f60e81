"""A comparison for other programs (`checker.comparison/1`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from checker.audit.changes.comparison import Comparison, Documents
from checker.audit.schema import FindingRow
from checker.audit.survey import Tally
from checker.report.json import dumps

SCHEMA = "checker.comparison/1"


def render(comparison: Comparison) -> str:
    """One object; `listed` findings are those of the greatest harm, the counts are of all."""
    return dumps(
        {
            "schema": SCHEMA,
            "new": _tally(comparison.new, comparison.new_findings),
            "gone": _tally(comparison.gone, comparison.gone_findings),
            "unchanged": _tally(comparison.unchanged, ()),
            "documents": {
                "shared": comparison.shared,
                "added": _documents(comparison.added),
                "removed": _documents(comparison.removed),
                "no_longer_checked": comparison.lost,
                "checked_again": comparison.regained,
            },
            "differences": [
                {"what": name, "before": before, "after": after} for name, before, after in comparison.differences
            ],
        }
    )


def _tally(tally: Tally, listed: Sequence[FindingRow]) -> dict[str, Any]:
    return {
        "total": tally.findings,
        "expected_right": round(tally.expected, 3),
        "by_severity": dict(sorted(tally.severities.items())),
        "listed": [asdict(finding) for finding in listed],
    }


def _documents(documents: Documents) -> dict[str, Any]:
    return {"total": documents.number, "first": [row.path or row.id for row in documents.first]}
