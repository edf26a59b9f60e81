"""`checker lsp`: alerts in any editor that speaks the Language Server Protocol, over standard input and output."""

from __future__ import annotations

import getpass
import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from checker.cli.options import Facts, Language, MaxAlerts, MinConfidence, Model
from checker.errors import CheckerError


def lsp(
    facts: Facts = None,
    decisions: Annotated[
        Path | None,
        typer.Option(
            metavar="STORE",
            help="Keep what is decided about alerts there, and leave out what was dismissed.",
            show_default=False,
        ),
    ] = None,
    by: Annotated[
        str | None, typer.Option(help="Who decides; your user name if not given.", show_default=False)
    ] = None,
    model: Model = None,
    min_confidence: MinConfidence = None,
    max_alerts: MaxAlerts = None,
    language: Language = None,
) -> None:
    """Run a language server: an editor starts it and talks to it over standard input and output."""
    try:
        from checker.editor.lsp.server import make_server
    except ImportError as error:
        raise CheckerError("the language server needs pygls; install it with: pip install 'checker[lsp]'") from error
    from checker.cli.material import read_material
    from checker.decisions import DecisionStore
    from checker.editor.lsp.desk import Desk
    from checker.nli.registry import staying_backend
    from checker.pipeline import Checker
    from checker.settings import load_settings

    settings = load_settings(
        {"model": model, "min_confidence": min_confidence, "max_alerts": max_alerts, "language": language}
    )
    settings = replace(settings, backend=staying_backend(settings.model, settings.backend))
    material = read_material(facts or (), None)
    store = DecisionStore.open(decisions) if decisions else None
    desk = Desk(Checker(settings), facts=material.facts, skipped=material.skipped, decisions=store, by=by or _user())
    uris = {path.name: path.resolve().as_uri() for path in facts or ()}
    # The protocol has standard output to itself: what a library prints goes where people look.
    output, sys.stdout = sys.stdout.buffer, sys.stderr
    make_server(desk, fact_files=uris).start_io(sys.stdin.buffer, output)


def _user() -> str | None:
    with suppress(KeyError, OSError, ImportError):
        return getpass.getuser()
    return None
