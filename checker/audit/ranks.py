"""Which finding comes first where many compete for a place on the page."""

from __future__ import annotations

from checker.audit.schema import FindingRow
from checker.findings import Severity

# Penalty points of the MQM error typology (Multidimensional Quality Metrics, scoring model).
WEIGHTS = {Severity.NEUTRAL: 0.0, Severity.MINOR: 1.0, Severity.MAJOR: 5.0, Severity.CRITICAL: 25.0}


def severity_rank(severity: str) -> int:
    """0 for neutral up to 3 for critical; a name that this version does not know is no worse than neutral."""
    return Severity(severity).rank if severity in list(Severity) else 0


def harm(finding: FindingRow) -> float:
    """What the finding is expected to cost: MQM's weight of its severity times its confidence."""
    return WEIGHTS[Severity(finding.severity)] * finding.confidence if finding.severity in list(Severity) else 0.0
