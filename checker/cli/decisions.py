"""`checker decisions`: what editors decided about alerts, to read, to move between machines, and to learn from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checker.cli.exit_codes import NOT_CHECKED
from checker.cli.options import Output, read_day
from checker.cli.overwriting import refuse_overwriting
from checker.cli.terminal import open_output, say

if TYPE_CHECKING:
    from checker.decisions import Decision
    from checker.decisions.stats import DecisionStats, Tally

decisions = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Read and move what editors decided about alerts."
)

MOST_PROBLEMS = 20  # lines of an import that are named one by one


class Kind(StrEnum):
    """The same names as `checker.decisions.DecisionKind`."""

    ACCEPTED = "accepted"
    LEFT_AS_IS = "left_as_is"
    NOT_AN_ERROR = "not_an_error"
    FACT_OUT_OF_DATE = "fact_out_of_date"
    REOPENED = "reopened"


class ListFormat(StrEnum):
    """How decisions are shown."""

    TEXT = "text"
    JSON = "json"


class Export(StrEnum):
    """The same names as `checker.decisions.exchange.ExportFormat`."""

    JSONL = "jsonl"
    CSV = "csv"


Store = Annotated[Path, typer.Argument(metavar="STORE", help="The decision store, a file.", show_default=False)]
OfKind = Annotated[Kind | None, typer.Option("--kind", help="Only those.", show_default=False)]
By = Annotated[str | None, typer.Option(help="Only those of this person.", show_default=False)]
Since = Annotated[
    datetime | None,
    typer.Option(metavar="DATE", parser=read_day, help="Only from this day on (UTC).", show_default=False),
]
Newest = Annotated[
    bool, typer.Option("--newest", help="Only the decision that counts for each finding, not those before it.")
]


@decisions.command("list")
def list_(
    store: Store,
    kind: OfKind = None,
    by: By = None,
    since: Since = None,
    newest: Newest = False,
    limit: Annotated[int, typer.Option(min=0, metavar="N", help="At most N; 0 is all.")] = 0,
    format_: Annotated[ListFormat, typer.Option("--format", "-f", help="How decisions are shown.")] = ListFormat.TEXT,
) -> None:
    """List decisions in the order in which they were added."""
    from checker.decisions import DecisionStore
    from checker.decisions.exchange import ExportFormat, export_decisions

    with DecisionStore.open(store, create=False) as opened, open_output(None) as write:
        chosen = opened.list(kind=_kind(kind), by=by, since=_moment(since), newest_only=newest, limit=limit or None)
        lines = export_decisions(chosen, ExportFormat.JSONL) if format_ is ListFormat.JSON else map(_line, chosen)
        for line in lines:
            write(line.encode("utf-8"))


@decisions.command()
def export(
    store: Store,
    output: Output = None,
    format_: Annotated[Export, typer.Option("--format", "-f", help="Format of the file.")] = Export.JSONL,
    kind: OfKind = None,
    by: By = None,
    since: Since = None,
    newest: Newest = False,
) -> None:
    """Write decisions to a file: JSONL, which can be imported again, or CSV for a spreadsheet."""
    from checker.decisions import DecisionStore
    from checker.decisions.exchange import ExportFormat, export_decisions

    refuse_overwriting({"--output": [output]}, {"the decision store": [store]})
    with DecisionStore.open(store, create=False) as opened, open_output(output) as write:
        chosen = opened.list(kind=_kind(kind), by=by, since=_moment(since), newest_only=newest)
        for line in export_decisions(chosen, ExportFormat(format_.value)):
            write(line.encode("utf-8"))


@decisions.command("import")
def import_(
    store: Store,
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Exports in JSONL.", show_default=False)],
) -> None:
    """Add exported decisions; those that are there already stay as they are. The store is made where there is none."""
    from checker.decisions import DecisionStore
    from checker.decisions.exchange import import_decisions

    lost = False
    with DecisionStore.open(store) as opened:
        for path in files:
            found, problems = import_decisions(path)
            for problem in problems[:MOST_PROBLEMS]:
                say(f"{problem.where}: {problem.reason}")
            if len(problems) > MOST_PROBLEMS:
                say(f"and {len(problems) - MOST_PROBLEMS} more")
            lost |= bool(problems)
            new = opened.add(found)
            say(f"{path}: {new} new, {len(found) - new} there already")
    if lost:
        raise typer.Exit(NOT_CHECKED)


@decisions.command()
def reopen(
    store: Store,
    fingerprints: Annotated[
        list[str],
        typer.Argument(metavar="FINGERPRINT...", help="Of the alerts, as `list` names them.", show_default=False),
    ],
    by: Annotated[str | None, typer.Option(help="Who takes it back.", show_default=False)] = None,
    reason: Annotated[str | None, typer.Option(help="Why.", show_default=False)] = None,
) -> None:
    """Take decisions back: the alerts are shown again. The decisions stay in the store, as history."""
    from checker.decisions import DecisionKind, DecisionStore

    with DecisionStore.open(store, create=False) as opened:
        for fingerprint in fingerprints:
            before = opened.current([fingerprint]).get(fingerprint)
            made = opened.reopen(fingerprint, by=by, reason=reason)
            say(f"{fingerprint}: “{made.text}” is shown again")
            if before and before.kind is DecisionKind.FACT_OUT_OF_DATE:
                say("its facts stay disputed in a fact store; `checker facts mark STORE active ID` makes them active")


@decisions.command()
def stats(
    store: Store,
    since: Since = None,
    format_: Annotated[ListFormat, typer.Option("--format", "-f", help="How they are shown.")] = ListFormat.TEXT,
) -> None:
    """Say how often alerts were right, as editors decided: by confidence, category and evidence."""
    from dataclasses import asdict

    from checker.decisions import DecisionStore
    from checker.decisions.stats import summarise
    from checker.report.json import dumps

    with DecisionStore.open(store, create=False) as opened:
        found = summarise(opened.list(since=_moment(since), newest_only=True))
    with open_output(None) as write:
        write((dumps(asdict(found)) if format_ is ListFormat.JSON else "".join(_told(found))).encode("utf-8"))


def _told(found: DecisionStats) -> Iterable[str]:
    yield f"{found.findings} findings decided\n"
    yield from _counts("decisions", found.kinds)
    yield from _counts("by", found.people)
    yield f"right: {_share(found.overall)}\n"
    for title, tallies in (
        ("confidence", found.confidence),
        ("category", found.categories),
        ("evidence", found.evidence),
    ):
        if tallies:
            yield f"right by {title}:\n"
            yield from (f"    {name:<44}{_share(tally)}\n" for name, tally in tallies.items())
    yield from _counts("facts that are out of date", found.old_facts)


def _counts(title: str, counts: dict[str, int]) -> Iterable[str]:
    if counts:
        yield f"{title}:\n"
        yield from (f"    {name:<44}{count}\n" for name, count in counts.items())


def _share(tally: Tally) -> str:
    """`3 of 4 (75 %)`."""
    return f"{tally.right} of {tally.judged}" + ("" if tally.share is None else f" ({tally.share:.0%})")


def _line(decision: Decision) -> str:
    """`2026-01-31 12:00  not_an_error  Ada  "justified"  because …  (article.txt, 0.91, 0123456789abcdef)`"""
    from checker.report.visible import show_invisible

    confidence = "" if decision.confidence is None else f"{decision.confidence:.2f}"
    about = ", ".join(each for each in (decision.article, confidence, decision.fingerprint) if each)
    words = f'"{decision.text}"' + (f' -> "{decision.replacement}"' if decision.replacement else "")
    moment = f"{decision.at.astimezone(UTC):%Y-%m-%d %H:%M}"
    parts = [moment, decision.kind.value, decision.by, words, decision.reason, f"({about})"]
    return show_invisible("  ".join(" ".join(part.split()) for part in parts if part)) + "\n"


def _kind(given: Kind | None):  # type: ignore[no-untyped-def]  # noqa: ANN202 - imported late
    from checker.decisions import DecisionKind

    return DecisionKind(given.value) if given else None


def _moment(day: datetime | None) -> datetime | None:
    return day.replace(tzinfo=UTC) if day else None
