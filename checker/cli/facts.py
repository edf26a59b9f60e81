"""`checker facts`: keeping a fact store."""

from __future__ import annotations

import getpass
import json
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checker.cli.exit_codes import FOUND, NOT_CHECKED
from checker.cli.options import Model, Output, read_day
from checker.cli.overwriting import refuse_overwriting
from checker.cli.terminal import open_output, say, show_progress
from checker.errors import FactFileError, UsageError

if TYPE_CHECKING:
    from checker.evidence import Embedder, Fact
    from checker.evidence.facts import FactProblem

facts = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Keep reference facts in a store.")

MOST_PROBLEMS = 20  # lines of an import that are named one by one


class ListFormat(StrEnum):
    """How facts are shown."""

    TEXT = "text"
    JSON = "json"


class Import(StrEnum):
    """What is imported; the same names as `checker.facts.ImportFormat`."""

    AUTO = "auto"
    FACTS = "facts"
    PARQUET = "parquet"
    TRIPLES = "triples"
    ARTICLES = "articles"


class Export(StrEnum):
    """Formats of an export; the same names as `checker.facts.exporting.ExportFormat`."""

    JSONL = "jsonl"
    CSV = "csv"


class Status(StrEnum):
    """The same names as `checker.evidence.FactStatus`."""

    ACTIVE = "active"
    DISPUTED = "disputed"
    RETIRED = "retired"


Store = Annotated[
    Path, typer.Argument(metavar="STORE", help="The fact store: a file, or postgresql://…", show_default=False)
]
Tags = Annotated[list[str] | None, typer.Option("--tag", help="May be repeated.", show_default=False)]
Day = Annotated[
    datetime | None, typer.Option(metavar="DATE", parser=read_day, help="As 2022-05-23.", show_default=False)
]
By = Annotated[str | None, typer.Option(help="Who adds them; your user name if not given.", show_default=False)]
Vectors = Annotated[bool, typer.Option("--vectors/--no-vectors", help="Use the model's sentence vectors too.")]
Form = Annotated[ListFormat, typer.Option("--format", "-f", help="How the facts are shown.")]


@facts.command()
def add(
    store: Store,
    texts: Annotated[list[str], typer.Argument(metavar="TEXT...", help="Facts, a sentence each.", show_default=False)],
    id_: Annotated[str | None, typer.Option("--id", help="Of a single fact.", show_default=False)] = None,
    origin: Annotated[str | None, typer.Option(help="Where it comes from.", show_default=False)] = None,
    language: Annotated[str, typer.Option(help="Language code.")] = "en",
    valid_from: Day = None,
    valid_until: Day = None,
    tag: Tags = None,
    status: Annotated[Status, typer.Option(help="Only active facts are evidence.")] = Status.ACTIVE,
    by: By = None,
    vectors: Vectors = True,
    model: Model = None,
) -> None:
    """Add facts; one with the id of another replaces it. The store is made where there is none."""
    from checker.evidence import FactStore
    from checker.evidence.fact_fields import BadFactError, fact_of

    if id_ is not None and len(texts) > 1:
        raise UsageError("--id names one fact; add the others on their own")
    more: dict[str, object] = {"id": id_, "language": language, "tags": tag or [], "status": status.value}
    more |= {"valid_from": _day(valid_from), "valid_until": _day(valid_until)}
    given = {key: value for key, value in more.items() if value is not None}
    try:
        new = [fact_of({"text": text, **given}, default_id=None, default_origin=origin) for text in texts]
    except BadFactError as error:
        raise UsageError(f"not a fact: {error}") from error
    with FactStore.open(store) as opened:
        added = opened.add(new, by=by or _user(), embedder=_embedder(model) if vectors else None)
    say(f"{added.new} new, {added.changed} changed, {added.unchanged} there already")
    _print("".join(f"{fact.id}\n" for fact in new))


@facts.command("import")
def import_(
    store: Store,
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH...", help="Fact files, or folders of published articles.", show_default=False),
    ],
    format_: Annotated[Import, typer.Option("--format", "-f", help="What the paths are.")] = Import.AUTO,
    tag: Tags = None,
    by: By = None,
    day: Annotated[
        datetime | None,
        typer.Option(
            "--date",
            metavar="DATE",
            parser=read_day,
            help="Of articles that do not say when they appeared.",
            show_default=False,
        ),
    ] = None,
    vectors: Vectors = True,
    model: Model = None,
) -> None:
    """Import facts. An import that was cut off goes on where it was when it is started again.

    Text, JSONL, JSON, CSV, TSV and YAML as for --facts; Parquet; triples are lines of subject, relation and object with
    tabs between them.
    """
    from checker.evidence import FactStore
    from checker.facts.importing import ImportFormat, ImportOptions, import_file

    options = ImportOptions(
        format=ImportFormat(format_.value),
        tags=tuple(tag or ()),
        by=by or _user(),
        day=day.date() if day else None,
        embedder=_embedder(model) if vectors else None,
    )
    lost = False
    with FactStore.open(store) as opened, show_progress(None, "importing") as progress:
        for path in paths:
            try:
                done = import_file(opened, path, options, lambda entries: progress(entries, None))
            except FactFileError as error:  # a file that cannot be read must not cost the others
                say(str(error))
                lost = True
                continue
            lost |= _say_problems(done.problems)
            again = f", {done.resumed} entries were imported before" if done.resumed else ""
            added = done.added
            say(f"{path}: {added.new} new, {added.changed} changed, {added.unchanged} there already{again}")
    if lost:
        raise typer.Exit(NOT_CHECKED)


@facts.command()
def export(
    store: Store,
    output: Output = None,
    format_: Annotated[Export, typer.Option("--format", "-f", help="Format of the file.")] = Export.JSONL,
    as_of: Day = None,
    tag: Tags = None,
    status: Annotated[Status | None, typer.Option(help="Only those.", show_default=False)] = None,
) -> None:
    """Write facts to a file that can be imported again."""
    from checker.evidence import FactStatus, FactStore
    from checker.facts.exporting import ExportFormat, export_facts

    refuse_overwriting({"--output": [output]}, {"the fact store": [store]})
    with FactStore.open(store, create=False) as opened, open_output(output) as write:
        chosen = opened.list(as_of=_date(as_of), tags=tag or (), status=FactStatus(status.value) if status else None)
        for line in export_facts(chosen, ExportFormat(format_.value)):
            write(line.encode("utf-8"))


@facts.command("list")
def list_(
    store: Store,
    as_of: Day = None,
    tag: Tags = None,
    status: Annotated[Status | None, typer.Option(help="Only those.", show_default=False)] = None,
    limit: Annotated[int, typer.Option(min=0, metavar="N", help="At most N; 0 is all.")] = 0,
    format_: Form = ListFormat.TEXT,
) -> None:
    """List facts in the order in which they were added."""
    from checker.evidence import FactStatus, FactStore

    with FactStore.open(store, create=False) as opened:
        chosen = opened.list(
            as_of=_date(as_of),
            tags=tag or (),
            status=FactStatus(status.value) if status else None,
            limit=limit or None,
        )
        _print(_shown(((fact, None) for fact in chosen), format_))


@facts.command()
def search(
    store: Store,
    sentence: Annotated[str, typer.Argument(help="What the facts should speak of.", show_default=False)],
    as_of: Day = None,
    tag: Tags = None,
    count: Annotated[int, typer.Option("--count", "-k", min=1, metavar="N", help="At most N facts.")] = 5,
    vectors: Vectors = True,
    model: Model = None,
    format_: Form = ListFormat.TEXT,
) -> None:
    """Find the facts that a sentence would be judged against, most relevant first; without --as-of of any day."""
    from checker.evidence import FactStore

    with FactStore.open(store, create=False) as opened:
        found = opened.search(
            sentence, count, as_of=_date(as_of), tags=tag or (), embedder=_embedder(model) if vectors else None
        )
    if not found:
        say("no active fact speaks of the same matters; a whole sentence, or names and figures, find more than a word")
    _print(_shown(((each.fact, each.relevance) for each in found), format_))


@facts.command()
def remove(
    store: Store,
    ids: Annotated[list[str], typer.Argument(metavar="ID...", help="Ids of facts.", show_default=False)],
) -> None:
    """Remove facts."""
    from checker.evidence import FactStore

    with FactStore.open(store, create=False) as opened:
        _say_changed(opened.remove(ids), ids, "removed")


@facts.command()
def mark(
    store: Store,
    status: Annotated[Status, typer.Argument(help="Only active facts are evidence.", show_default=False)],
    ids: Annotated[list[str], typer.Argument(metavar="ID...", help="Ids of facts.", show_default=False)],
) -> None:
    """Mark facts as active, disputed or retired."""
    from checker.evidence import FactStatus, FactStore

    with FactStore.open(store, create=False) as opened:
        _say_changed(opened.mark(ids, FactStatus(status.value)), ids, f"marked as {status.value}")


@facts.command()
def check(
    store: Store,
    as_of: Day = None,
    judge: Annotated[bool, typer.Option("--judge/--no-judge", help="Let the model look for contradictions.")] = True,
    model: Model = None,
    format_: Form = ListFormat.TEXT,
) -> None:
    """Find damage, stale facts, duplicates, and facts that contradict one another. Exit code 1 where there are any."""
    from checker.evidence import FactStore
    from checker.facts.doubts import find_doubts
    from checker.report.wording import count

    with FactStore.open(store, create=False) as opened, show_progress(None, "comparing") as progress:
        faults = opened.faults()
        for fault in faults:
            say(f"{store}: damaged: {fault}")
        if faults:
            raise typer.Exit(NOT_CHECKED)
        predictor = _checker(model).predictor if judge else None
        day = _date(as_of) or date.today()
        doubts = list(find_doubts(opened, day, predictor, lambda done: progress(done, len(opened))))
    if format_ is ListFormat.JSON:
        from checker.facts.exporting import fact_fields
        from checker.report.json import dumps

        _print(
            dumps(
                [
                    {
                        "kind": doubt.kind.value,
                        "probability": None if doubt.probability is None else round(doubt.probability, 3),
                        "facts": [fact_fields(fact) for fact in doubt.facts],
                    }
                    for doubt in doubts
                ]
            )
        )
    else:
        _print("".join(f"{doubt.kind.value}\n{_lines(doubt.facts)}" for doubt in doubts))
    say(count(len(doubts), "doubt"))
    raise typer.Exit(FOUND if doubts else 0)


def _lines(several: Iterable[Fact]) -> str:
    return "".join(f"    {_line(fact, None)}\n" for fact in several)


def _shown(found: Iterable[tuple[Fact, float | None]], format_: ListFormat) -> str:
    from checker.facts.exporting import fact_fields

    if format_ is ListFormat.TEXT:
        return "".join(_line(fact, relevance) + "\n" for fact, relevance in found)
    return "".join(
        json.dumps(fact_fields(fact) | ({} if relevance is None else {"relevance": relevance}), ensure_ascii=False)
        + "\n"
        for fact, relevance in found
    )


def _line(fact: Fact, relevance: float | None) -> str:
    """`0.91  f-3d…  The text.  (origin, valid from …, disputed, #tag)`"""
    from checker.report.visible import show_invisible
    from checker.report.wording import validity

    status = "" if fact.status.value == Status.ACTIVE.value else fact.status.value
    about = [fact.origin or "", validity(fact.valid_from, fact.valid_until), status, *(f"#{tag}" for tag in fact.tags)]
    known = ", ".join(each for each in about if each)
    parts = [f"{relevance:.2f}" if relevance is not None else "", fact.id, fact.text, f"({known})" if known else ""]
    return show_invisible("  ".join(part for part in parts if part))


def _say_problems(problems: list[FactProblem]) -> bool:
    """Name the first problems; True where facts were left out."""
    for problem in problems[:MOST_PROBLEMS]:
        say(f"{problem.where}: {problem.reason}")
    if len(problems) > MOST_PROBLEMS:
        say(f"and {len(problems) - MOST_PROBLEMS} more")
    return any(problem.lost for problem in problems)


def _say_changed(done: int, ids: list[str], what: str) -> None:
    from checker.report.wording import count

    say(f"{done} of {count(len(set(ids)), 'fact')} {what}")
    if done < len(set(ids)):
        say("the others are not in the store; `checker facts list` shows the ids")
        raise typer.Exit(NOT_CHECKED)


def _embedder(model: str | None) -> Embedder:
    from checker.evidence import Embedder

    predictor = _checker(model).predictor
    return Embedder(predictor.weights_hash, predictor.embed)


def _checker(model: str | None):  # type: ignore[no-untyped-def]  # noqa: ANN202 - imported late
    from checker.pipeline import Checker
    from checker.settings import load_settings

    return Checker(load_settings({"model": model}))


def _user() -> str | None:
    with suppress(KeyError, OSError, ImportError):
        return getpass.getuser()
    return None


def _day(given: datetime | None) -> str | None:
    return given.date().isoformat() if given else None


def _date(given: datetime | None) -> date | None:
    return given.date() if given else None


def _print(text: str) -> None:
    with open_output(None) as write:
        write(text.encode("utf-8", "backslashreplace"))
