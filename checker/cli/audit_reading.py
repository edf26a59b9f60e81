"""`checker audit report|compare|copy|export|sample|verdicts`: what is made of an audit once it has run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checker.cli.exit_codes import FOUND, NOT_CHECKED, NOTHING_SERIOUS
from checker.cli.options import FailOn, Output
from checker.cli.overwriting import refuse_overwriting
from checker.cli.terminal import open_output, say
from checker.errors import UsageError

if TYPE_CHECKING:
    from checker.audit.dataset import AuditReader
    from checker.audit.survey import Tally
    from checker.findings import Severity

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The folder of an audit.", show_default=False)]
Fail = Annotated[
    FailOn | None, typer.Option(help="Exit with 1 from this severity on; major if not given.", show_default=False)
]


class ExportFormat(StrEnum):
    """Formats for other programs; the same names as in `checker.audit.exports`."""

    SARIF = "sarif"
    JUNIT = "junit"
    CSV = "csv"
    JSON = "json"


class CompareFormat(StrEnum):
    """Forms of a comparison; the same names as in `checker.audit.changes`."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"


class TableFormat(StrEnum):
    """Forms of a measurement."""

    TEXT = "text"
    JSON = "json"


def copy(
    folder: Folder,
    address: Annotated[str, typer.Argument(metavar="ADDRESS", help="Such as s3://bucket/audits/2026-11.")],
) -> None:
    """Copy the data set of an audit to object storage: the tables, the page, and the summary last."""
    from checker.audit.copying import copy_audit

    say(f"{copy_audit(folder, address):,} files are at {address}")


def report(
    folder: Folder,
    findings: Annotated[
        int, typer.Option(min=0, metavar="N", help="Show at most N findings one by one; all are counted.")
    ] = 1_000,
    output: Output = None,
) -> None:
    """Make the page of an audit again: DIR/index.html, or --output."""
    refuse_overwriting({"--output": [output]}, _read_in(folder))
    place = write_page(_open(folder), findings=findings, output=output)
    say(f"the page is {place}")


def write_page(reader: AuditReader, *, findings: int = 1_000, output: Path | None = None) -> Path:
    """Writes the page of an audit to `output`, by default its folder's index.html, and returns where it is."""
    from checker.audit.page import make_page
    from checker.audit.schema import PAGE

    place = output or reader.folders[0] / PAGE
    with open_output(place) as write:
        write(make_page(reader, findings=findings).encode("utf-8", "backslashreplace"))
    return place


def compare(
    before: Annotated[Path, typer.Argument(metavar="A", help="The folder of the earlier audit.", show_default=False)],
    after: Annotated[Path, typer.Argument(metavar="B", help="The folder of the later audit.", show_default=False)],
    format_: Annotated[CompareFormat, typer.Option("--format", "-f", help="Form of the result.")] = CompareFormat.TEXT,
    findings: Annotated[
        int, typer.Option(min=0, metavar="N", help="List at most N new and N gone findings; all are counted.")
    ] = 500,
    fail_on: Fail = None,
    output: Output = None,
) -> None:
    """Say which findings are new in audit B, gone, or unchanged.

    The exit code speaks of new findings; it is 3 where documents could be checked in A and not in B.
    """
    from checker.audit.changes import RENDERERS, refuse_same
    from checker.audit.changes import compare as compare_audits
    from checker.audit.changes.wording import headline

    refuse_overwriting({"--output": [output]}, _read_in(before, after))
    earlier, later = _open(before), _open(after)
    refuse_same(earlier, later)
    with open_output(output) as write:
        comparison = compare_audits(earlier, later, shown=findings)
        write(RENDERERS[format_](comparison).encode("utf-8", "backslashreplace"))
    if format_ is not CompareFormat.TEXT or output is not None:
        say(headline(comparison))
    raise typer.Exit(NOT_CHECKED if comparison.lost else _code(comparison.new, fail_on))


def export(
    folder: Folder,
    format_: Annotated[ExportFormat, typer.Option("--format", "-f", help="Format.", show_default=False)],
    fail_on: Annotated[
        FailOn, typer.Option(help="In JUnit, a document fails by a finding of this severity or above.")
    ] = FailOn.MAJOR,
    output: Output = None,
) -> None:
    """Write a whole audit for another program.

    The exit code only says whether it could be written.
    """
    from checker.audit.exports import EXPORTS
    from checker.findings import Severity

    refuse_overwriting({"--output": [output]}, _read_in(folder))
    reader = _open(folder)
    with open_output(output) as write:
        for piece in EXPORTS[format_](reader, Severity(fail_on.value)):
            write(piece.encode("utf-8", "backslashreplace"))


def sample(
    folder: Folder,
    number: Annotated[int, typer.Option("--n", min=1, metavar="N", help="How many items to judge.")] = 200,
    unflagged: Annotated[
        int | None,
        typer.Option(
            min=0,
            metavar="N",
            help="How many of them are sentences without a finding; half if not given.",
            show_default=False,
        ),
    ] = None,
    seed: Annotated[int, typer.Option(metavar="N", help="Another seed draws another sample.")] = 0,
    output: Output = None,
) -> None:
    """Draw a sample for people to judge: a sheet as CSV, or XLSX where --output ends in .xlsx.

    Reviewers fill in the column verdict; `checker audit verdicts` reads it. Findings are drawn by confidence and
    category, sentences without a finding by verdict.
    """  # fmt: skip
    from checker.audit.review import draw_sample, is_filled_in, write_sheet

    refuse_overwriting({"--output": [output]}, _read_in(folder))
    reader = _open(folder)
    if output is not None and output.is_file() and is_filled_in(output):
        raise UsageError(
            f"{output}: reviewers have written in this sheet; give another --output, or move it away first"
        )
    with open_output(output) as write:
        items = draw_sample(reader, number, unflagged=unflagged, seed=seed)
        write(write_sheet(items, workbook=output is not None and output.suffix.lower() == ".xlsx"))
    found = sum(item.key.startswith("finding") for item in items)
    say(f"{len(items)} items: {found} findings, {len(items) - found} sentences without one")


def verdicts(
    folder: Folder,
    sheet: Annotated[
        Path, typer.Argument(metavar="SHEET", help="The sheet, filled in: CSV or XLSX.", show_default=False)
    ],
    format_: Annotated[TableFormat, typer.Option("--format", "-f", help="Form of the result.")] = TableFormat.TEXT,
    output: Output = None,
) -> None:
    """Measure precision and recall by the verdicts of reviewers, with 95 % intervals."""
    from checker.audit.review import measure, read_sheet
    from checker.audit.review.text import render_json, render_text

    refuse_overwriting({"--output": [output]}, {"the sheet": [sheet], **_read_in(folder)})
    reader = _open(folder)
    with open_output(output) as write:
        answers, blank = read_sheet(sheet)
        if not any(answer is not None for answer in answers.values()):
            raise UsageError(f"{sheet}: no row has a verdict yet; fill in the column verdict")
        measured = measure(reader, answers, blank)
        write((render_json if format_ is TableFormat.JSON else render_text)(measured).encode("utf-8"))


def _read_in(*folders: Path) -> Mapping[str, Sequence[Path]]:
    """The data set, without the page and whatever else lies there that can be made again."""
    from checker.audit.schema import SUMMARY

    return {"the audit's": [path for folder in folders for path in (folder / SUMMARY, *folder.glob("*/*.parquet"))]}


def _open(folder: Path) -> AuditReader:
    """The data set. Raises UsageError where there is none, or where it has not ended."""
    from checker.audit.dataset import AuditReader

    reader = AuditReader(folder)
    if reader.summary.get("complete") is False:
        say(f"{folder}: this audit is not complete; figures are of what is there")
    return reader


def _code(tally: Tally, fail_on: FailOn | None) -> int:
    """As of `checker check`, by the severities that `tally` has."""
    from checker.audit.ranks import severity_rank
    from checker.settings import load_settings

    settings = load_settings({"fail_on": fail_on.value if fail_on else None})
    level: Severity = settings.fail_on
    serious = any(number and severity_rank(name) >= level.rank for name, number in tally.severities.items())
    return FOUND if serious else NOTHING_SERIOUS
