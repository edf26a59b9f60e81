"""`checker score`: pairs in, the model's view of each out, a line for a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checker.cli.exit_codes import NOT_CHECKED, NOTHING_SERIOUS
from checker.cli.options import Model, Output
from checker.cli.overwriting import refuse_overwriting
from checker.cli.terminal import open_output, say, show_progress

if TYPE_CHECKING:
    from checker.cli.pairs import Line
    from checker.findings import Scored
    from checker.pipeline import Checker

# Enough for the model to sort by length, few enough to be held in memory and to show progress.
LINES_AT_ONCE = 256


def score(
    pairs: Annotated[
        Path,
        typer.Argument(metavar="PAIRS.jsonl", help="Pairs, one JSON object a line, also gzipped; - is standard input."),
    ],
    output: Output = None,
    model: Model = None,
) -> None:
    """Judge pairs of premise and hypothesis, a JSON line each.

    The same lines come out with the model's view: probabilities and suspect words. A line that holds no pair becomes
    {"error": …} in its place, and the exit code is 3.
    """
    from checker.cli.pairs import read_lines, write_line
    from checker.pipeline import Checker
    from checker.settings import load_settings

    refuse_overwriting({"--output": [output]}, {"the pairs": [pairs]})
    checker = Checker(load_settings({"model": model}))
    lines = bad = 0
    with open_output(output) as write, show_progress(None, "scoring") as progress:
        for chunk in _chunks(read_lines(pairs)):
            views = _views(checker, chunk)
            write(b"".join(write_line(line, view) for line, view in zip(chunk, views, strict=True)))
            lines += len(chunk)
            bad += sum(line.pair is None for line in chunk)
            progress(lines, None)
    if bad:
        say(f"{bad:,} of {lines:,} lines could not be scored; each says why in its place")
    raise typer.Exit(NOT_CHECKED if bad else NOTHING_SERIOUS)


def _chunks(lines: Iterator[Line]) -> Iterator[list[Line]]:
    while chunk := list(islice(lines, LINES_AT_ONCE)):
        yield chunk


def _views(checker: Checker, chunk: Sequence[Line]) -> list[Scored | None]:
    """The model's view of each line, None for a bad one."""
    pairs = [line.pair for line in chunk if line.pair is not None]
    scored = iter(checker.score(pairs) if pairs else [])
    return [None if line.pair is None else next(scored) for line in chunk]
