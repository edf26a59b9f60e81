"""The verbs, written out, so that reading this file tells what there is."""

from __future__ import annotations

from typing import Annotated

import typer
from typer.core import TyperGroup

from checker.cli.audit import audit
from checker.cli.audit_reading import compare, copy, export, report, sample, verdicts
from checker.cli.bench import bench
from checker.cli.calibrate import calibrate
from checker.cli.check import check
from checker.cli.decisions import decisions
from checker.cli.evaluate import evaluate
from checker.cli.facts import facts
from checker.cli.fit_exit import fit_exit
from checker.cli.formats import formats
from checker.cli.lsp import lsp
from checker.cli.models import models
from checker.cli.rules import rules
from checker.cli.score import score
from checker.cli.serve import serve
from checker.cli.train import train
from checker.errors import UsageError
from checker.version import __version__


class Verbs(TyperGroup):
    """Says what is wrong with a value in one line, as `checker.cli.entry` does with all that goes wrong."""

    def invoke(self, ctx: typer.Context) -> object:  # type: ignore[override]  # typer declares a class of its inside
        """The verb's result. Raises UsageError for a value that an option does not take."""
        try:
            return super().invoke(ctx)
        except typer.BadParameter as error:
            if type(error) is not typer.BadParameter:  # a value that is missing: typer shows the usage
                raise
            error.message = error.message.removeprefix("Value error, ")  # how its validator starts what it raises
            raise UsageError(error.format_message()) from error


# No markup: help is text for a terminal of any kind, and for a pipe.
app = typer.Typer(
    cls=Verbs,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for verb in (check, score, serve, lsp, models, formats, train, calibrate, fit_exit, evaluate, bench):
    app.command()(verb)
for reading in (report, compare, copy, export, sample, verdicts):
    audit.command()(reading)
app.add_typer(audit, name="audit")
app.add_typer(facts, name="facts")
app.add_typer(decisions, name="decisions")
app.add_typer(rules, name="rules")


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"checker {__version__}")
        raise typer.Exit


@app.callback()
def checker(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version.", callback=_show_version, is_eager=True)
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show where in the program an error comes from.")] = False,
) -> None:
    """Finds what machine translation got wrong in news copy.

    Exit codes: 0 nothing serious found, 1 something found, 2 wrong usage, 3 something could not be checked.
    """
    del version, debug  # both have had their effect: one in its callback, the other in checker.cli.entry
