"""`checker evaluate`: runs one benchmark, and says with what the figures were made."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from checker.cli.options import Data, Model, Output
from checker.cli.terminal import open_output


def evaluate(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="The benchmark; a wrong name lists them.", show_default=False)
    ],
    data: Data,
    model: Model = None,
    limit: Annotated[int, typer.Option(min=0, metavar="N", help="Use at most N cases; 0 is all.")] = 0,
    output: Output = None,
) -> None:
    """Measure a model on a benchmark.

    The figures are written as JSON, with the hashes of the model and the settings they were made with.
    """
    from checker.evaluation import run_benchmark
    from checker.pipeline import Checker
    from checker.report.json import dumps
    from checker.settings import load_settings
    from checker.version import __version__

    checker = Checker(load_settings({"model": model}))
    with open_output(output) as write:
        figures = run_benchmark(name, checker, data, limit)
        result: dict[str, Any] = {
            "benchmark": name,
            "limit": limit,
            "figures": {figure: round(float(value), 4) for figure, value in figures.items()},
            "checker": __version__,
            "model": checker.predictor.name,
            "model_hash": checker.predictor.weights_hash,
            "settings_hash": checker.settings.hash(),
            "backend": checker.predictor.backend,
        }
        write(dumps(result).encode("utf-8"))
