"""`checker formats`: which files can be opened, and what `check --annotate` makes of each."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from checker.cli.models import ListFormat
from checker.cli.terminal import open_output


def formats(
    format_: Annotated[ListFormat, typer.Option("--format", "-f", help="Format of the list.")] = ListFormat.TEXT,
) -> None:
    """List the file formats that can be checked."""
    from checker.report.json import dumps

    found = _described()
    text = dumps(found) if format_ is ListFormat.JSON else "".join(map(_line, found))
    with open_output(None) as write:
        write(text.encode("utf-8"))


def _described() -> list[dict[str, Any]]:
    from checker.readers.formats.registry import PACKAGE_FORMATS, PLAIN_FORMATS, TEXT_FORMATS

    return [
        {"name": each.name, "title": each.title, "suffixes": list(each.suffixes), "annotated": each.written_back}
        for each in (*PLAIN_FORMATS, *TEXT_FORMATS, *PACKAGE_FORMATS)
    ]


def _line(described: dict[str, Any]) -> str:
    suffixes = " ".join(described["suffixes"])
    return f"{described['name']:<10} {described['title']} ({suffixes}); annotated: {described['annotated']}\n"
