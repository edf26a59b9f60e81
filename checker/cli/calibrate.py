"""`checker calibrate`: makes figures probabilities: a trained model's by data, a newsroom's own by its decisions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from checker.cli.options import Model
from checker.cli.overwriting import refuse_overwriting
from checker.cli.terminal import open_output, say
from checker.errors import UsageError


def calibrate(
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="DIR", help="Folder of a model, for --data.", show_default=False),
    ] = None,
    data: Annotated[
        Path | None,
        typer.Option(
            "--data", metavar="DIR", help="Folder with the data sets; fits the model in DIR.", show_default=False
        ),
    ] = None,
    decisions: Annotated[
        Path | None,
        typer.Option(
            metavar="STORE",
            help="Fit confidences to what editors decided, without touching the model.",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Where the newsroom's calibration goes; name it as `calibration` in checker.toml.",
            show_default=False,
        ),
    ] = None,
    model: Model = None,
) -> None:
    """Fit confidences: of a trained model to unseen data, or of a newsroom's alerts to its decisions."""
    if decisions is not None and data is None and folder is None:
        if output is None:
            raise UsageError("give the file to write as --output, for example newsroom.calibration.json")
        _by_decisions(decisions, output, model)
    elif data is not None and folder is not None and decisions is None:
        if output is not None or model is not None:
            raise UsageError("--output and --model belong to --decisions; a model is calibrated in its own folder")
        _by_data(folder, data)
    else:
        raise UsageError("give either a model's folder with --data, or --decisions with --output")


def _by_data(folder: Path, data: Path) -> None:
    from checker.evaluation.calibrate import calibrate
    from checker.evaluation.originals_fitting import calibrate_originals
    from checker.findings.calibration import FILE_NAME
    from checker.nli.registry import reads_originals
    from checker.settings import load_settings

    is_second = (folder / "config.json").is_file() and reads_originals(folder)
    fit = calibrate_originals if is_second else calibrate
    fit(folder, data, backend=load_settings().backend)
    say(f"the calibration is in {folder / FILE_NAME}")


def _by_decisions(store: Path, output: Path, model: str | None) -> None:
    from checker.decisions import DecisionStore
    from checker.evaluation.newsroom import recalibrate
    from checker.findings.recalibration import load_recalibration, to_json
    from checker.pipeline import Checker
    from checker.settings import load_settings

    # A calibration that is already in use may be replaced: the new one is made from it.
    refuse_overwriting({"--output": [output]}, {"the decision store": [store]})
    settings = load_settings({"model": model})
    current = load_recalibration(Path(settings.calibration)) if settings.calibration else None
    with DecisionStore.open(store, create=False) as opened:
        newest = list(opened.list(newest_only=True))
    found = recalibrate(newest, Checker(settings).predictor.weights_hash, current)
    with open_output(output) as write:
        write((json.dumps(to_json(found), indent=1) + "\n").encode("ascii"))
    for kind, shift in found.shifts.items():
        told = ", ".join(f"{shown:.2f} becomes {shift.of(shown):.2f}" for shown in (0.6, 0.75, 0.9))
        say(f"{kind}: {shift.right} of {shift.decided} alerts were right; {told}")
    say(f"to use it, write calibration = {json.dumps(str(output))} in checker.toml")
