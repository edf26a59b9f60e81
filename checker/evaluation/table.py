"""Outcomes as a table for people and as plain values for machines."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from rich.table import Table

from checker.evaluation.run import Outcome


def table_of(outcomes: Sequence[Outcome]) -> Table:
    """A row a measure; a column a subject, each figure with its 95 % interval."""
    subjects = list(dict.fromkeys(outcome.subject for outcome in outcomes))
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("benchmark")
    table.add_column("measure")
    for subject in subjects:
        table.add_column(subject, justify="right")
    table.add_column("units", justify="right")
    for benchmark in dict.fromkeys(outcome.benchmark for outcome in outcomes):
        cells: dict[str, dict[str, str]] = {}
        units: dict[str, int] = {}
        for outcome in outcomes:
            for measure in outcome.measures if outcome.benchmark == benchmark else ():
                low, high = measure.interval()
                cells.setdefault(measure.name, {})[outcome.subject] = (
                    f"{_shown(measure.value())} [dim]{_shown(low)}-{_shown(high)}[/dim]"
                )
                units[measure.name] = len(measure.units)
        for place, (name, row) in enumerate(cells.items()):
            shown = [row.get(subject, "") for subject in subjects]
            table.add_row(
                "" if place else benchmark, name, *shown, str(units[name]), end_section=place == len(cells) - 1
            )
    return table


def plain(outcomes: Sequence[Outcome]) -> list[dict[str, Any]]:
    """JSON values; a figure that has no units is null."""
    return [
        {
            "benchmark": outcome.benchmark,
            "subject": outcome.subject,
            "seconds": round(outcome.seconds, 1),
            "figures": {
                measure.name: {
                    "value": _rounded(measure.value()),
                    "interval": [_rounded(end) for end in measure.interval()],
                    "units": len(measure.units),
                }
                for measure in outcome.measures
            },
        }
        for outcome in outcomes
    ]


def _rounded(value: float) -> float | None:
    return round(value, 4) if math.isfinite(value) else None


def _shown(value: float) -> str:
    if not math.isfinite(value):
        return "-"
    return f"{value:.3f}".lstrip("0") if abs(value) < 1 else f"{value:.2f}"
