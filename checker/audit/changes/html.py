"""A comparison as a page, with the same list of findings as the page of an audit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from checker.audit.changes.comparison import Comparison
from checker.audit.changes.wording import headline, remarks
from checker.audit.page.entries import make_entries
from checker.audit.page.render import render_with_policy
from checker.audit.page.views import Entry, Figure, Filter
from checker.audit.schema import FindingRow
from checker.audit.survey import FINDING_FACETS, values_of
from checker.audit.wording import FACET_TITLES, facet_name


def render(comparison: Comparison) -> str:
    """A complete page that needs nothing outside itself."""
    new, gone = comparison.new, comparison.gone
    values = _values([*comparison.new_findings, *comparison.gone_findings])
    entries = _entries(comparison, {key: {value: place for place, value, _ in some} for key, some in values.items()})
    states = ((1, "new", new.findings), (2, "gone", gone.findings))
    return render_with_policy(
        "audit_changes.html.j2",
        headline=headline(comparison),
        figures=(
            Figure(f"{new.findings:,}", "new", f"about {new.expected:,.0f} of them real"),
            Figure(f"{gone.findings:,}", "gone", f"about {gone.expected:,.0f} of them real"),
            Figure(f"{comparison.unchanged.findings:,}", "unchanged"),
            Figure(f"{comparison.shared:,}", "documents in both"),
            Figure(f"{comparison.added.number:,} / {comparison.removed.number:,}", "documents added / gone"),
        ),
        remarks=remarks(comparison),
        filters=(Filter("state", "State", states), *_filters(values)),
        entries=entries,
        hidden=new.findings + gone.findings - len(entries),
    )


def _entries(comparison: Comparison, numbers: Mapping[str, Mapping[str, int]]) -> list[Entry]:
    """New findings, then those that are gone; each says which it is."""
    before, after = comparison.rows
    groups = (("new", comparison.new_findings, after), ("gone", comparison.gone_findings, before))
    return [
        replace(entry, badge=state, options=(*entry.options, ("state", number)))
        for number, (state, findings, rows) in enumerate(groups, start=1)
        for entry in make_entries(findings, rows, {}, numbers)
    ]


def _values(findings: Sequence[FindingRow]) -> dict[str, list[tuple[int, str, int]]]:
    """For each facet with at least two values: number, value and count of each, most frequent first."""
    counts = {facet: Counter(values_of(finding)[facet] for finding in findings) for facet in FINDING_FACETS}
    return {
        facet: [(place, *one) for place, one in enumerate(found.most_common(), start=1)]
        for facet, found in counts.items()
        if len(found) > 1
    }


def _filters(values: Mapping[str, Sequence[tuple[int, str, int]]]) -> list[Filter]:
    return [
        Filter(facet, FACET_TITLES[facet], tuple((place, facet_name(facet, value), n) for place, value, n in found))
        for facet, found in values.items()
    ]
