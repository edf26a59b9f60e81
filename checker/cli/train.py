"""`checker train`: from a recipe and data sets to a model folder; an interrupted run goes on where it stopped."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from checker.cli.terminal import say, show_progress
from checker.errors import UsageError

GROUPS = "groups.jsonl.gz"


class Device(StrEnum):
    """Where a model is trained."""

    AUTO = "auto"
    CPU = "cpu"
    CUDA = "cuda"


def train(
    recipe: Annotated[Path, typer.Argument(metavar="RECIPE", help="The recipe, a TOML file.", show_default=False)],
    output: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="DIR", help="Folder of the model that is made.", show_default=False),
    ],
    data: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Folder with the data sets that the recipe names.", show_default=False),
    ] = None,
    groups: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Examples prepared before, in place of --data.", show_default=False),
    ] = None,
    start_from: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="DIR", help="A model of this program to go on from; of several, the mean.", show_default=False
        ),
    ] = None,
    teacher: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="DIR", help="A model whose opinions are learnt; of several, the mean.", show_default=False
        ),
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume/--fresh", help="Go on with an interrupted run, or begin again.")
    ] = True,
    device: Annotated[
        Device, typer.Option(help="Processor to train on; auto: a graphics processor where there is one.")
    ] = Device.AUTO,
    workers: Annotated[int, typer.Option(min=0, help="Processes that make and encode examples.")] = 0,
    minutes: Annotated[
        float | None, typer.Option(min=0.1, help="End in good order after so many minutes.", show_default=False)
    ] = None,
) -> None:
    """Train a model by a recipe."""
    prepared = groups or _prepare(recipe, data, output, resume=resume, workers=workers)
    from checker.training.machine import Machine
    from checker.training.run import train as run_training

    machine = Machine(device.value, workers, minutes)
    with show_progress(None, "training") as progress:

        def tell(step: int, of: int, line: str) -> None:
            say(line)
            progress(step, of)

        made = run_training(
            recipe, prepared, output, resume=resume, start_from=start_from or (), teachers=teacher or (),
            machine=machine, progress=tell,
        )  # fmt: skip
    say(f"the model is in {made}")


def _prepare(recipe: Path, data: Path | None, output: Path, *, resume: bool, workers: int) -> Path:
    """The file of examples in the output folder, made once; whole or not there. No steps need no examples."""
    from checker.training.recipe import load_recipe

    read = load_recipe(recipe)
    place = output / "run" / GROUPS
    if (resume and place.is_file()) or read.schedule.steps == 0:
        return place
    if data is None:
        raise UsageError(
            "nothing to train on; give --data (the folder with the data sets) or --groups (a prepared file)"
        )
    from checker.training.sources import prepare

    place.parent.mkdir(parents=True, exist_ok=True)
    for what, number in sorted(prepare(read, data, place, workers=max(1, workers)).items()):
        say(f"{number:,} examples: {what}")
    return place
