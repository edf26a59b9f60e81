"""The alert budget: few, certain alerts. Editors who get many highlights do worse than editors who get none."""

from __future__ import annotations

from collections.abc import Iterable

from checker.findings.types import Finding


def apply_budget(
    findings: Iterable[Finding], *, min_confidence: float, max_alerts: int
) -> tuple[tuple[Finding, ...], int]:
    """At most `max_alerts` findings of at least `min_confidence`, surest first; and how many more there are of these.

    Ties: the graver one, then the earlier one in the text. A larger budget only adds findings at the end.
    """
    sure = sorted((finding for finding in findings if finding.confidence >= min_confidence), key=_order)
    return tuple(sure[:max_alerts]), len(sure[max_alerts:])


def _order(finding: Finding) -> tuple[float, int, int, int]:
    return (-finding.confidence, -finding.severity.rank, finding.span.start, finding.span.end)
