"""`checker calibrate`: makes a trained model's figures probabilities; the last step after `checker train`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from checker.cli.options import Data
from checker.cli.terminal import say


def calibrate(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of the model.", show_default=False)],
    data: Data,
) -> None:
    """Fit a trained model's confidence to unseen data."""
    from checker.evaluation.calibrate import calibrate as fit
    from checker.findings.calibration import FILE_NAME

    fit(folder, data)
    say(f"the calibration is in {folder / FILE_NAME}")
