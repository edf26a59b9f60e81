"""Pictures of an audit. Each function returns the figure (altair), so that it can be changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from checker.audit.survey import BANDS, Survey, Tally
from checker.audit.wording import FACET_TITLES, facet_name
from checker.errors import UsageError
from checker.findings import Severity
from checker.report.plots import SEVERITY_COLOURS, WIDTH, need_altair

if TYPE_CHECKING:
    import altair

MOST_BARS = 30
PLAIN = "#4f7ca8"


def plot_facet(counted: Survey, facet: str) -> altair.Chart:
    """Findings by a facet, most first, or by day from left to right; stacked by severity.

    Raises UsageError for a facet that there is not, CheckerError without altair.
    """
    need_altair()
    import altair as alt

    if facet == "day":
        groups: Mapping[str, Tally] = {day.isoformat(): tally for day, tally in counted.days.items()}
    elif isinstance(facet, str) and facet in FACET_TITLES:
        groups = counted.facets[facet]
    else:
        raise UsageError(f"no facet is called {facet!r}; there are {', '.join((*FACET_TITLES, 'day'))}")
    colour = alt.Color(
        "severity:N",
        scale=alt.Scale(domain=[*SEVERITY_COLOURS], range=[*SEVERITY_COLOURS.values()]),
        sort=[level.value for level in reversed(Severity)],
    )
    base = alt.Chart(alt.InlineData(values=_values(facet, groups))).mark_bar()
    tooltip = ["name:N", "severity:N", "findings:Q", "documents:Q"]
    if facet == "day":
        chart = base.encode(x=alt.X("name:T", title="day"), y="findings:Q", color=colour, tooltip=tooltip)
        return _sized(chart, 200)
    names = alt.Y("name:N", sort="-x", title=FACET_TITLES[facet], axis=alt.Axis(labelLimit=260))
    return _sized(base.encode(x="findings:Q", y=names, color=colour, tooltip=tooltip), None)


def plot_confidence(counted: Survey) -> altair.Chart:
    """A histogram of the findings' confidence. Raises CheckerError without altair."""
    need_altair()
    import altair as alt

    values = [
        {"from": place / BANDS, "to": (place + 1) / BANDS, "findings": number}
        for place, number in enumerate(counted.bands)
        if number
    ]
    bars = alt.Chart(alt.InlineData(values=values)).mark_bar(color=PLAIN, stroke="white")
    unit = alt.Scale(domain=[0, 1])
    across = alt.X("from:Q", scale=unit, title="confidence")
    return _sized(bars.encode(x=across, x2="to:Q", y="findings:Q", tooltip=["from:Q", "findings:Q"]), 200)


def _values(facet: str, groups: Mapping[str, Tally]) -> list[dict[str, object]]:
    """A row for each value and severity; of the values with most findings, all days."""
    ranked = sorted(groups.items(), key=lambda item: (-item[1].findings, item[0]))
    return [
        {
            "name": value if facet == "day" else facet_name(facet, value),
            "severity": severity,
            "findings": number,
            "documents": tally.documents,
        }
        for value, tally in (ranked if facet == "day" else ranked[:MOST_BARS])
        for severity, number in sorted(tally.severities.items())
    ]


def _sized(chart: altair.Chart, height: int | None) -> altair.Chart:
    sized: altair.Chart = (
        chart.properties(width=WIDTH) if height is None else chart.properties(width=WIDTH, height=height)
    )
    return sized
