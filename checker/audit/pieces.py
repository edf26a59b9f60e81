"""An audit at a glance, for a notebook and a terminal: the same figures as the page, without its list of findings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from checker.audit.page.build import frame_views
from checker.audit.survey import Survey
from checker.audit.wording import headline
from checker.report.templating import render_piece
from checker.report.visible import show_invisible
from checker.report.wording import category_name

MOST_LINES = 8


def render_audit(counted: Survey, summary: Mapping[str, Any]) -> str:
    """One element without scripts and ids."""
    return render_piece("audit_fragment.html.j2", headline=headline(counted), **frame_views(counted, summary))


def audit_text(counted: Survey) -> str:
    """A few lines of plain text: the headline, categories, and the errors that repeat."""
    ranked = sorted(counted.facets["category"].items(), key=lambda item: -item[1].findings)
    lines = [headline(counted)]
    lines += [f"{tally.findings:>7,}  {category_name(value)}" for value, tally in ranked[:MOST_LINES]]
    lines += [
        f"{one.tally.flagged:>7,} documents: “{one.text}”" + (f" → {one.suggestion}" if one.suggestion else "")
        for one in counted.repeats[:MOST_LINES]
    ]
    return "\n".join(show_invisible(line) for line in lines)
