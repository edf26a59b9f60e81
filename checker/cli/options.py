"""Options that several verbs share, and the choices that --help shows."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Format(StrEnum):
    """Formats of a report; the same names as in `checker.report.renderers`."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"
    SARIF = "sarif"
    CSV = "csv"


class Computing(StrEnum):
    """Backends; the same names as in `checker.nli.backends`, which --help does not wait for."""

    AUTO = "auto"
    NUMPY = "numpy"
    TORCH = "torch"
    BFLOAT16 = "bfloat16"
    CUDA = "cuda"


class FailOn(StrEnum):
    """Severities from which the exit code is 1."""

    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"


def read_day(text: str) -> datetime:
    """Midnight of a day such as 2026-11-29. Raises BadParameter, which names the option, where it is none."""
    try:
        return datetime.strptime(text, "%Y-%m-%d")
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no day; give one such as 2026-11-29") from None


Model = Annotated[
    str | None,
    typer.Option(
        metavar="NAME|DIR|HUB-ID", help="The model; `checker models` lists those that are here.", show_default=False
    ),
]
Facts = Annotated[
    list[Path] | None,
    typer.Option(
        metavar="FILE|STORE",
        help="Reference facts: text, JSONL, CSV, YAML, or a fact store; may be repeated.",
        show_default=False,
    ),
]
AsOf = Annotated[
    datetime | None,
    typer.Option(
        metavar="DATE",
        parser=read_day,
        help="Use the facts that are valid on this day; if not given, the article's own date, else today.",
        show_default=False,
    ),
]
Glossary = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Terms to write and not to write: CSV, TBX or TMX.", show_default=False),
]
Language = Annotated[
    str | None,
    typer.Option(
        metavar="CODE",
        help="Language of the articles, such as en; told from the text if not given.",
        show_default=False,
    ),
]
MinConfidence = Annotated[
    float | None,
    typer.Option(metavar="X", help="Show alerts of at least this confidence, 0 to 1.", show_default=False),
]
MaxAlerts = Annotated[
    int | None, typer.Option(metavar="N", help="Show at most N alerts an article.", show_default=False)
]
FailFrom = Annotated[
    FailOn | None,
    typer.Option("--fail-on", help="Exit with 1 from this severity on; major if not given.", show_default=False),
]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="PATH", help="Write to a file, not to standard output.", show_default=False),
]
Data = Annotated[Path, typer.Option("--data", metavar="DIR", help="Folder with the data sets.", show_default=False)]
Backend = Annotated[
    Computing | None,
    typer.Option(
        help="What computes the model; auto if not given: numpy for ours, torch for others.", show_default=False
    ),
]
Cache = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR",
        help="Keep in this folder what the model says, so that a text that was checked before is not judged again.",
        show_default=False,
    ),
]
