"""`checker bench`: how fast the program is on this machine."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from checker.cli.options import Backend, Model, Output
from checker.cli.terminal import on_screen, open_output, say

if TYPE_CHECKING:
    from checker.evaluation.bench import Bench

SCHEMA = "checker.bench/1"


class Form(StrEnum):
    """How the figures are written."""

    TABLE = "table"
    JSON = "json"


def bench(
    model: Model = None,
    repeats: Annotated[int, typer.Option(min=1, metavar="N", help="Measure everything N times.")] = 5,
    longest: Annotated[
        int, typer.Option(min=10, metavar="N", help="Longest article, in sentences, to show how cost grows.")
    ] = 1_000,
    form: Annotated[Form, typer.Option("--format", help="How the figures are written.")] = Form.TABLE,
    output: Output = None,
    backend: Backend = None,
) -> None:
    """Measure speed and memory on this machine, beside a plain transformers pipeline.

    Takes some minutes and wants the machine for itself. Figures are medians, with the lowest and the highest.
    """
    from checker.evaluation.bench import bench as run
    from checker.settings import load_settings

    lengths = [length for length in (10, 100, 1_000, 10_000, 100_000) if length <= longest]
    with open_output(output) as write:
        found = run(
            load_settings({"model": model, "backend": backend.value if backend else None}),
            repeats=repeats,
            lengths=lengths,
            tell=say,
        )
        write({Form.TABLE: _table, Form.JSON: _json}[form](found).encode("utf-8"))


def _table(found: Bench) -> str:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("what")
    for heading in ("median", "lowest", "highest"):
        table.add_column(heading, justify="right")
    for heading in ("unit", "aim"):
        table.add_column(heading)
    for figure in found.figures:
        shown = [f"{value:.3g}" if value < 1000 else f"{value:,.0f}" for value in (figure.median, *figure.spread)]
        table.add_row(figure.name, *shown, figure.unit, figure.aim)
    made = f"{found.model} {found.weights_hash}, {found.backend}, {found.threads} threads"
    return on_screen(table, made, narrowest=110)


def _json(found: Bench) -> str:
    from checker.report.json import dumps

    figures = [
        {
            "name": figure.name,
            "unit": figure.unit,
            "median": float(f"{figure.median:.5g}"),
            "values": [float(f"{value:.5g}") for value in figure.values],
            "aim": figure.aim or None,
        }
        for figure in found.figures
    ]
    signature = {
        "model": found.model,
        "model_hash": found.weights_hash,
        "backend": found.backend,
        "threads": found.threads,
    }
    return dumps({"schema": SCHEMA, "signature": signature, "figures": figures})
