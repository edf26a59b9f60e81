"""`checker serve`: the page for the editor's desk, and the API."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checker.cli.options import Facts, Glossary, MaxAlerts, MinConfidence, Model
from checker.cli.terminal import say
from checker.errors import CheckerError, UsageError

if TYPE_CHECKING:
    from checker.decisions import DecisionStore

TOKEN_VARIABLE = "CHECKER_TOKEN"  # noqa: S105 - its name, not the secret
NO_DECISIONS = "-"


def serve(
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Where to listen; elsewhere needs a token.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="N", help="Port; 0 takes a free one.")] = 8017,
    facts: Facts = None,
    decisions: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Where dismissals are kept; in your user data folder if not given, - for nowhere.",
            show_default=False,
        ),
    ] = None,
    model: Model = None,
    min_confidence: MinConfidence = None,
    max_alerts: MaxAlerts = None,
    glossary: Glossary = None,
    token_file: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help=f"File with the token that clients give; or set {TOKEN_VARIABLE}.", show_default=False
        ),
    ] = None,
    allow_host: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Another name of this server; may be repeated.", show_default=False),
    ] = None,
    workers: Annotated[int, typer.Option(metavar="N", help="Articles that are checked at once.")] = 2,
) -> None:
    """Serve the page for editors, the API, and other editors' checks, on this machine.

    Stop it with Ctrl-C.
    """
    _require_libraries()
    from checker.cli.material import read_material
    from checker.editor.desk import Desk
    from checker.editor.fair_queue import FairQueue
    from checker.editor.serve_settings import ServeSettings
    from checker.editor.serving import address, listen
    from checker.editor.serving import serve as run
    from checker.nli.registry import staying_backend
    from checker.pipeline import Checker
    from checker.settings import load_settings

    flags = {
        "model": model,
        "min_confidence": min_confidence,
        "max_alerts": max_alerts,
        "glossary": str(glossary) if glossary else None,
    }
    settings = load_settings(flags)
    settings = replace(settings, backend=staying_backend(settings.model, settings.backend))
    where = ServeSettings(
        host=host, port=port, token=_token(token_file), allowed_hosts=tuple(allow_host or ()), workers=workers
    )
    material = read_material(facts or (), None)
    for skipped in material.skipped:
        say(f"not used: {skipped.what}: {skipped.reason}")
    listening = listen(where)
    desk = Desk(
        Checker(settings),
        facts=material.facts,
        skipped=material.skipped,
        decisions=_decisions(decisions),
        queue=FairQueue(
            workers=where.workers,
            most_waiting=where.most_waiting,
            most_per_client=where.most_per_client,
            longest=where.check_seconds,
        ),
    )
    desk.warm_up()
    say(f"open {address(where, listening)} in a browser; stop with Ctrl-C")
    run(desk, where, listening)


def _require_libraries() -> None:
    try:
        import docx  # noqa: F401
        import fastapi  # noqa: F401
        import uvicorn  # noqa: F401
    except ImportError as error:
        raise CheckerError(f"{error.name} is not installed; the server needs `pip install 'checker[serve]'`") from error


def _token(file: Path | None) -> str | None:
    """The token from the file, else from the environment; never from the command line, which others can read."""
    if file is None:
        return os.environ.get(TOKEN_VARIABLE, "").strip() or None
    try:
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file}: the token cannot be read ({error}); give a text file") from error


def _decisions(path: Path | None) -> DecisionStore | None:
    from checker.decisions import DecisionStore

    if str(path) == NO_DECISIONS:
        return None
    place = path or _user_data() / "decisions.db"
    if path is None:
        place.parent.mkdir(parents=True, exist_ok=True)
    say(f"decisions are kept in {place}")
    return DecisionStore.open(place)


def _user_data() -> Path:
    """Where programs keep a user's data: the XDG base directory specification's XDG_DATA_HOME, or Windows' APPDATA."""
    base = os.environ.get("XDG_DATA_HOME") or os.environ.get("APPDATA")
    return (Path(base) if base else Path.home() / ".local" / "share") / "checker"
