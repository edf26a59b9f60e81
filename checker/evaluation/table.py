"""Outcomes as a table for people and as plain values for machines."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rich.table import Table

from checker.evaluation.run import Outcome


@dataclass(frozen=True, slots=True)
class Row:
    """One measure of one benchmark: a text for each subject in order, empty where it was not measured."""

    benchmark: str
    measure: str
    cells: tuple[str, ...]
    units: int


def subjects_of(outcomes: Sequence[Outcome]) -> list[str]:
    """Models and baselines, in the order in which they were measured."""
    return list(dict.fromkeys(outcome.subject for outcome in outcomes))


def rows_of(outcomes: Sequence[Outcome]) -> list[Row]:
    """A row a measure, each figure with its 95 % interval."""
    cells: dict[tuple[str, str], dict[str, str]] = {}
    units: dict[tuple[str, str], int] = {}
    for outcome in outcomes:
        for measure in outcome.measures:
            key = outcome.benchmark, measure.name
            low, high = measure.interval()
            shown = f"{_shown(measure.value())} ({_shown(low)}-{_shown(high)})"
            cells.setdefault(key, {})[outcome.subject] = shown
            units[key] = len(measure.units)
    subjects = subjects_of(outcomes)
    return [
        Row(*key, tuple(found.get(subject, "") for subject in subjects), units[key]) for key, found in cells.items()
    ]


def table_of(outcomes: Sequence[Outcome]) -> Table:
    """The rows as a table for a terminal."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("benchmark", "measure"):
        table.add_column(heading)
    for heading in (*subjects_of(outcomes), "units"):
        table.add_column(heading, justify="right")
    before = None
    for row in rows_of(outcomes):
        table.add_row("" if row.benchmark == before else row.benchmark, row.measure, *row.cells, str(row.units))
        before = row.benchmark
    return table


def markdown(outcomes: Sequence[Outcome]) -> str:
    """The rows as a Markdown table."""
    headings = ["benchmark", "measure", *subjects_of(outcomes), "units"]
    lines = [headings, ["---"] * 2 + ["--:"] * (len(headings) - 2)]
    lines += [[row.benchmark, row.measure, *row.cells, str(row.units)] for row in rows_of(outcomes)]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


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
