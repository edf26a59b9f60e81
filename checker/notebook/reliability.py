"""Said confidence against the share that was right, for what `checker evaluate` measures, as a figure to look into."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from checker.report.plots import need_altair

if TYPE_CHECKING:
    import altair

    from checker.evaluation import Outcome

SIDE = 240  # pixels


def plot_reliability(outcomes: Sequence[Outcome]) -> altair.LayerChart:
    """One bar for each tenth of confidence, from every calibration measure in `outcomes`; the diagonal is the ideal.

    Cases of all measures are pooled. Raises CheckerError without altair, ValueError where nothing measures calibration.
    """
    need_altair()
    import altair as alt

    from checker.evaluation.diagram import pool_bins

    bins = pool_bins(outcomes)
    values = [
        {
            "from": one.start,
            "to": one.end,
            "zero": 0,
            "right": round(one.share, 3),
            "cases": one.cases,
            "said": round(one.said, 3),
        }
        for one in bins
    ]
    unit = alt.Scale(domain=[0, 1])
    bars = (
        alt.Chart(alt.InlineData(values=values))
        .mark_bar(color="#3b6ea5")
        .encode(
            x=alt.X("from:Q", scale=unit, title="said confidence"),
            x2="to:Q",
            y=alt.Y("right:Q", scale=unit, title="share that was right"),
            y2="zero:Q",
            opacity=alt.Opacity("cases:Q", scale=alt.Scale(range=[0.4, 1])),
            tooltip=["cases:Q", "said:Q", "right:Q"],
        )
    )
    ideal = (
        alt.Chart(alt.InlineData(values=[{"x": 0, "y": 0}, {"x": 1, "y": 1}]))
        .mark_line(color="#718096", strokeDash=[4, 3])
        .encode(x="x:Q", y="y:Q")
    )
    chart: altair.LayerChart = (bars + ideal).properties(width=SIDE, height=SIDE)
    return chart
