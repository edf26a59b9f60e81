"""`checker fit-exit`: where pairs that are plainly harmless may leave a trained network early."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from checker.cli.terminal import say, show_progress


def fit_exit(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of the model.", show_default=False)],
    data: Annotated[Path, typer.Option("--data", metavar="DIR", help="Folder with the data sets.", show_default=False)],
    after: Annotated[int, typer.Option(min=1, metavar="N", help="After which layer pairs may leave.")] = 4,
) -> None:
    """Make a trained model quicker: pairs that surely raise no suspicion leave its network early.

    Once for each set of weights, some minutes on one processor; writes exit.safetensors into the folder. To do without
    it, remove that file.
    """
    from checker.evaluation.fit_exit import fit_exit as fit
    from checker.nli.early_exit import FILE_NAME

    with show_progress(None, "fitting an exit") as progress:
        stages: list[str] = []

        def tell(stage: str, done: int, of: int) -> None:
            if stage not in stages[-1:]:
                stages.append(stage)
                say(stage)
            progress(done, of)

        made = fit(folder, data, after=after, tell=tell)
    say(
        f"of {made.pairs:,} pairs held back {made.leave:.0%} leave after layer {after}: {made.tokens:.0%} of the tokens"
    )
    say(f"of {made.matter:,} that matter {made.missed:.1%} leave")
    say(f"of {made.supporting:,} that support their sentence {made.support_lost:.1%} leave")
    say(f"the exit is in {folder / FILE_NAME}")
