"""`checker audit`: the verbs around an audit. A first word that is none of them is an input, and the audit is run.

An input that is called like a verb is written `./report`.
"""

from __future__ import annotations

from typing import Any

import typer
from typer.core import TyperGroup

from checker.cli.audit_reading import compare, export, report, sample, verdicts

RUN = "run"


class _Verbs(TyperGroup):
    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - typer brings a click of its own
        """`audit folder --output out` is `audit run folder --output out`."""
        if args and RUN in self.commands and args[0] not in self.commands and args[0] not in ctx.help_option_names:
            args = [RUN, *args]
        return super().parse_args(ctx, args)


audit = typer.Typer(
    cls=_Verbs, no_args_is_help=True, rich_markup_mode=None, help="Audit many articles, and read what an audit found."
)
for verb in (report, compare, export, sample, verdicts):
    audit.command()(verb)
