"""`checker audit`: many articles in, a data set out; and the verbs for what is in such a data set."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from checker.cli.audit_progress import say_outcome, show_audit, stop_on_termination
from checker.cli.audit_reading import write_page
from checker.cli.exit_codes import FOUND, INTERRUPTED, NOT_CHECKED, NOTHING_SERIOUS
from checker.cli.options import AsOf, Backend, Facts, FailFrom, Glossary, Language, MaxAlerts, MinConfidence, Model
from checker.cli.terminal import say
from checker.errors import UsageError

if TYPE_CHECKING:
    from checker.audit.checking import Means
    from checker.audit.engines.types import Engine
    from checker.audit.run import Request
    from checker.decisions import Dismissals
    from checker.settings import Settings


class EngineName(StrEnum):
    """What can run the checks."""

    LOCAL = "local"
    RAY = "ray"


class _WithoutVerb(TyperGroup):
    """`checker audit INPUT…` is `checker audit run INPUT…`; an input named like a verb is written `./report`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - typer's own click
        if args and args[0] not in self.commands and args[0] not in ctx.help_option_names:
            args = ["run", *args]
        return super().parse_args(ctx, args)


audit = typer.Typer(
    cls=_WithoutVerb,
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Check many articles: checker audit INPUT… --output DIR. Options: checker audit run --help.",
)


@audit.command("run")
def run(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT…",
            help="Files, folders, globs, ZIP or TAR archives, tables (JSONL, CSV, Parquet); s3://, gs://.",
            show_default=False,
        ),
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="DIR", help="Folder for the data set.", show_default=False)
    ],
    facts: Facts = None,
    as_of: AsOf = None,
    match: Annotated[
        str | None,
        typer.Option(
            metavar="PATTERN",
            help="Check files named so alone, such as '{agency}/{base}.en.xml'; {agency}, {desk}, {engine}, "
            "{language}, {source_language} and {published} become columns.",
            show_default=False,
        ),
    ] = None,
    source: Annotated[
        str | None,
        typer.Option(
            metavar="PATTERN",
            help="Where the original of a file is, such as '{base}.es.xml' or 'original/{name}'.",
            show_default=False,
        ),
    ] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FIELD=NAME",
            help="Which column of a table is what, such as text=body; may be repeated.",
            show_default=False,
        ),
    ] = None,
    model: Model = None,
    glossary: Glossary = None,
    language: Language = None,
    min_confidence: MinConfidence = None,
    max_alerts: MaxAlerts = None,
    fail_on: FailFrom = None,
    baseline: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE|DIR",
            help="A JSON report or an audit made earlier; its alerts are left out.",
            show_default=False,
        ),
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the audit in DIR where it stopped.")] = False,
    shard: Annotated[
        str | None, typer.Option(metavar="I/N", help="Check the I-th of N shares, such as 2/4.", show_default=False)
    ] = None,
    changed_since: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
            metavar="DATE",
            help="Check what was changed since: files by their time (UTC), rows by their date.",
            show_default=False,
        ),
    ] = None,
    sample: Annotated[
        int | None, typer.Option(metavar="N", help="Check N articles drawn at random.", show_default=False)
    ] = None,
    seed: Annotated[int, typer.Option(metavar="N", help="Another number draws another sample.")] = 0,
    limit: Annotated[
        int | None, typer.Option(metavar="N", help="Check at most the first N articles.", show_default=False)
    ] = None,
    workers: Annotated[
        int, typer.Option(metavar="N", help="Processes that each have the model and a share of the processors.")
    ] = 1,
    engine: Annotated[
        EngineName,
        typer.Option(help="What runs the checks: this machine, or a Ray cluster (RAY_ADDRESS; else Ray here)."),
    ] = EngineName.LOCAL,
    backend: Backend = None,
    copy_to: Annotated[
        str | None,
        typer.Option(
            "--copy-to",
            metavar="ADDRESS",
            help="Copy the data set there when it is whole, such as to s3://bucket/audits/2026-11.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Check many articles and write a data set: Parquet tables of documents, findings and sentences."""
    from checker.audit.columns import parse_columns
    from checker.audit.copying import check_destination, copy_audit
    from checker.audit.dataset import AuditReader
    from checker.audit.inputs import Inputs
    from checker.audit.naming import Naming
    from checker.audit.run import Request
    from checker.audit.selecting import Choice, parse_shard
    from checker.settings import load_settings

    flags = {
        "model": model,
        "min_confidence": min_confidence,
        "fail_on": fail_on.value if fail_on else None,
        "max_alerts": max_alerts,
        "language": language,
        "glossary": str(glossary) if glossary else None,
        "backend": backend.value if backend else None,
    }
    _refuse_address(output)
    if copy_to is not None:
        check_destination(copy_to)
    settings = load_settings(flags)
    given = Inputs(tuple(inputs), Naming(match, source), parse_columns(column or ()), settings.language)
    choice = Choice(
        changed_since=changed_since.replace(tzinfo=UTC) if changed_since else None,
        sample=sample,
        seed=seed,
        limit=limit,
        shard=parse_shard(shard) if shard else (1, 1),
    )
    means = _means(settings, facts or (), baseline)
    day = as_of.date() if as_of else None
    request = Request(inputs=given, choice=choice, means=means, output=output, as_of=day, resume=resume)
    summary = _run(request, _engine(engine, means, workers))
    say_outcome(summary, output)
    write_page(AuditReader(output))
    if copy_to is not None:
        say(f"{copy_audit(output, copy_to):,} files are at {copy_to}")
    raise typer.Exit(_exit_code(summary, settings))


def _refuse_address(output: Path) -> None:
    scheme, sign, _ = str(output).partition(":/")  # a path has but one slash of "s3://"
    if sign and len(scheme) > 1 and scheme.isalnum():
        raise UsageError(f"{output}: an audit works on a disk; give a local --output, and this address as --copy-to")


def _engine(name: EngineName, means: Means, workers: int) -> Engine:
    if name is EngineName.RAY:
        from checker.audit.engines.cluster import ray_engine

        return ray_engine(means, workers)
    from checker.audit.engines.local import local_engine

    return local_engine(means, workers)


def _run(request: Request, engine: Engine) -> dict[str, Any]:
    from checker.audit.run import run_audit

    try:
        with stop_on_termination(), show_audit() as watch:
            return run_audit(request, engine, watch)
    except KeyboardInterrupt:
        say(f"stopped; go on with the same command and --resume: what is in {request.output} is not lost")
        raise typer.Exit(INTERRUPTED) from None
    finally:
        engine.close()


def _means(settings: Settings, facts: list[Path] | tuple[()], baseline: Path | None) -> Means:
    from checker.audit.checking import Means

    return Means(settings, tuple(facts), _known(baseline)) if baseline else Means(settings, tuple(facts))


def _known(baseline: Path) -> Dismissals:
    """Findings of an audit or of a JSON report, or those that a decision store dismisses. Raises UsageError else."""
    from checker.audit.dataset import AuditReader
    from checker.audit.schema import Table
    from checker.decisions import Dismissals, read_baseline

    if not baseline.is_dir():
        return read_baseline(baseline)
    batches = AuditReader(baseline).table(Table.FINDINGS).to_batches(columns=["fingerprint"])
    return Dismissals.of_fingerprints(name for batch in batches for name in batch["fingerprint"].to_pylist())


def _exit_code(summary: dict[str, Any], settings: Settings) -> int:
    from checker.findings import Severity

    documents = summary["documents"]
    if documents["skipped"] or documents["incomplete"] or summary["skipped"]:
        return NOT_CHECKED
    found = summary["findings"]["by_severity"]
    return FOUND if any(Severity(each).rank >= settings.fail_on.rank for each in found) else NOTHING_SERIOUS
