"""A comparison in a terminal: new findings after a plus, gone ones after a minus, like any other difference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.audit.changes.comparison import Comparison
from checker.audit.changes.wording import headline, remarks
from checker.audit.schema import FindingRow
from checker.report.visible import show_invisible
from checker.report.wording import category_name


def render(comparison: Comparison) -> str:
    """Lines of plain text; nothing in them can move a terminal's cursor."""
    return "".join(f"{show_invisible(' '.join(line.split()))}\n" for line in _lines(comparison))


def _lines(comparison: Comparison) -> Iterator[str]:
    yield headline(comparison)
    yield from remarks(comparison)
    yield from _findings("+", comparison.new_findings, comparison.new.findings)
    yield from _findings("-", comparison.gone_findings, comparison.gone.findings)


def _findings(sign: str, findings: Sequence[FindingRow], total: int) -> Iterator[str]:
    for finding in findings:
        suggestion = f" → {finding.suggestions[0]}" if finding.suggestions else ""
        yield (
            f"{sign} {finding.path}:{finding.start_line}:{finding.start_column}: {finding.severity} "
            f"({finding.confidence:.2f}) {category_name(finding.category)}: “{finding.text}”{suggestion}"
        )
    if total > len(findings):
        yield f"{sign} … {total - len(findings):,} more"
