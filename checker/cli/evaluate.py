"""`checker evaluate`: runs benchmarks, and says with what the figures were made."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checker.cli.options import Data, Model, Output
from checker.cli.overwriting import refuse_overwriting
from checker.cli.terminal import on_screen, open_output, say

if TYPE_CHECKING:
    from checker.evaluation import Outcome
    from checker.pipeline import Checker

SCHEMA = "checker.evaluation/1"


class Form(StrEnum):
    """How the figures are written."""

    TABLE = "table"
    JSON = "json"
    MARKDOWN = "markdown"


class Baseline(StrEnum):
    """What a model is compared with; the same names as `checker.evaluation.BASELINES`."""

    CHRF = "chrf"
    COSINE = "cosine"
    LABELS = "labels"


def evaluate(
    data: Data,
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[NAME]...", help="Benchmarks; a wrong name lists them.", show_default="all"),
    ] = None,
    model: Model = None,
    compare: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME|DIR", help="A further model for the same table; may be repeated.", show_default=False
        ),
    ] = None,
    baseline: Annotated[
        list[Baseline] | None, typer.Option(help="A baseline for the same table; may be repeated.", show_default=False)
    ] = None,
    limit: Annotated[int, typer.Option(min=0, metavar="N", help="Use at most N cases of each; 0 is all.")] = 0,
    form: Annotated[Form, typer.Option("--format", help="How the figures are written.")] = Form.TABLE,
    diagram: Annotated[
        Path | None, typer.Option(metavar="PATH", help="Draw a reliability diagram (SVG) there.", show_default=False)
    ] = None,
    output: Output = None,
) -> None:
    """Measure models on benchmarks.

    Each figure comes with its 95 % bootstrap interval, and JSON with the hashes of the models and the settings.
    """
    from checker.evaluation import evaluate as run
    from checker.evaluation import find_benchmarks
    from checker.evaluation.run import RULES
    from checker.pipeline import Checker
    from checker.settings import load_settings

    refuse_overwriting({"--output": [output], "--diagram": [diagram]}, {})
    chosen = find_benchmarks(names or [])
    checkers = [Checker(load_settings({"model": name})) for name in (model, *(compare or ()))]
    with open_output(output) as write:
        baselines = [each.value for each in baseline or ()]
        outcomes = list(run(chosen, checkers, data, baselines=baselines, limit=limit, tell=say))
        if diagram is not None:
            from checker.evaluation.diagram import reliability_diagram

            with open_output(diagram) as draw:
                draw(reliability_diagram(outcomes).encode("utf-8"))
        if all(outcome.subject == RULES for outcome in outcomes):
            checkers = []  # no model took part, so none is named, or loaded to be named
        render = {Form.TABLE: _table, Form.JSON: _json, Form.MARKDOWN: _markdown}[form]
        write(render(outcomes, checkers, limit).encode("utf-8"))


def _table(outcomes: list[Outcome], checkers: list[Checker], limit: int) -> str:
    from checker.evaluation.table import table_of

    made = [f"{one.predictor.name} {one.predictor.weights_hash}, settings {one.settings.hash()}" for one in checkers]
    limited = [f"at most {limit} cases of each benchmark"] if limit else []
    return on_screen(table_of(outcomes), *made, *limited, narrowest=100)


def _markdown(outcomes: list[Outcome], checkers: list[Checker], limit: int) -> str:
    from checker.evaluation.table import markdown

    made = ", ".join(f"{checker.predictor.name} {checker.predictor.weights_hash}" for checker in checkers)
    return f"{markdown(outcomes)}\nModels: {made}. Limit: {limit or 'none'}.\n"


def _json(outcomes: list[Outcome], checkers: list[Checker], limit: int) -> str:
    from checker.evaluation.table import plain
    from checker.report.json import dumps
    from checker.version import __version__

    models = [
        {
            "name": checker.predictor.name,
            "hash": checker.predictor.weights_hash,
            "settings_hash": checker.settings.hash(),
            "backend": checker.predictor.backend,
        }
        for checker in checkers
    ]
    return dumps(
        {"schema": SCHEMA, "checker": __version__, "models": models, "limit": limit, "outcomes": plain(outcomes)}
    )
