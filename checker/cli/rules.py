"""`checker rules`: which exact rules there are, and what one of them does."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated

import typer

from checker.cli.terminal import open_output


class ListFormat(StrEnum):
    """Formats of the list."""

    TEXT = "text"
    JSON = "json"


rules = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="List and explain the exact rules that run beside the model."
)


@rules.command("list")
def list_rules(
    format_: Annotated[ListFormat, typer.Option("--format", "-f", help="Format of the list.")] = ListFormat.TEXT,
) -> None:
    """List the rules: id, what they find, how sure they are, and whether they run without being asked for."""
    from checker.rules import RULES, confidence_of
    from checker.settings import load_settings

    settings = load_settings()
    rows = [
        {
            "id": rule.id,
            "summary": rule.summary,
            "confidence": confidence_of(rule.id),
            "needs_source": rule.needs_source,
            "on": (rule.normally_on or rule.id in settings.enable_rules) and rule.id not in settings.disable_rules,
        }
        for rule in RULES.values()
    ]
    if format_ is ListFormat.JSON:
        text = json.dumps(rows, ensure_ascii=False, indent=2) + "\n"
    else:
        text = "".join(
            f"{row['id']:<14}{row['confidence']:.2f}  {'on ' if row['on'] else 'off'}  {row['summary']}\n"
            for row in rows
        )
    with open_output(None) as write:
        write(text.encode("utf-8"))


@rules.command("explain")
def explain(rule: Annotated[str, typer.Argument(metavar="ID", help="The rule's id.", show_default=False)]) -> None:
    """Say what a rule finds and what it passes, with examples."""
    from checker.rules import confidence_of, find_rule

    found = find_rule(rule)
    state = "on" if found.normally_on else "off, until enable_rules in checker.toml names it"
    text = f"{found.explanation.strip()}\n\nConfidence of its alerts: {confidence_of(rule):.2f}. Normally {state}.\n"
    with open_output(None) as write:
        write(text.encode("utf-8"))
