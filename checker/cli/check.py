"""`checker check`: articles in, reports out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checker.cli.exit_codes import FOUND, NOT_CHECKED, NOTHING_SERIOUS
from checker.cli.options import (
    AsOf,
    Backend,
    Cache,
    Facts,
    FailFrom,
    Format,
    Glossary,
    Language,
    MaxAlerts,
    MinConfidence,
    Model,
    Output,
)
from checker.cli.overwriting import refuse_overwriting
from checker.cli.terminal import is_coloured, open_output, say, say_internal_error, show_progress, terminal_width
from checker.errors import CheckerError, ModelError, UsageError

if TYPE_CHECKING:
    from checker.cli.material import Material
    from checker.decisions import Dismissals
    from checker.findings import Finding, Severity
    from checker.readers import Reading
    from checker.report import Report, Skipped
    from checker.settings import Settings


# What is read by programs and has a form without any article: a header, a run that says what could not be checked.
SAYS_SOMETHING_OF_NOTHING = frozenset({Format.SARIF, Format.CSV})


def check(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE…", help="Articles; - is standard input.", show_default=False)
    ],
    facts: Facts = None,
    as_of: AsOf = None,
    source: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The article that was translated; - is standard input.", show_default=False),
    ] = None,
    model: Model = None,
    format_: Annotated[Format, typer.Option("--format", "-f", help="Format of the report.")] = Format.TEXT,
    output: Output = None,
    min_confidence: MinConfidence = None,
    fail_on: FailFrom = None,
    max_alerts: MaxAlerts = None,
    baseline: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE|STORE",
            help="A JSON report made earlier, or a decision store; alerts in it are not shown again.",
            show_default=False,
        ),
    ] = None,
    glossary: Glossary = None,
    annotate: Annotated[
        Path | None,
        typer.Option(
            metavar="OUT",
            help="Write a copy of the article with the alerts as notes; a folder for several.",
            show_default=False,
        ),
    ] = None,
    language: Language = None,
    cache: Cache = None,
    backend: Backend = None,
) -> None:
    """Check articles: suspect words, and what they contradict.

    Facts and the original article are evidence; so is the rest of the article itself.
    """
    from checker.cli.copies import make_folders, plan_copies, written_by
    from checker.cli.material import read_material
    from checker.decisions import Dismissals, read_baseline
    from checker.settings import load_settings

    flags = {
        "model": model,
        "min_confidence": min_confidence,
        "fail_on": fail_on.value if fail_on else None,
        "max_alerts": max_alerts,
        "language": language,
        "glossary": str(glossary) if glossary else None,
        "cache": str(cache) if cache else None,
        "backend": backend.value if backend else None,
    }
    settings = load_settings(flags)
    _refuse_what_cannot_be(files, source)
    copies = plan_copies(files, annotate) if annotate else {}
    evidence = {"the fact file": facts or (), "the original": [source], "the baseline": [baseline]}
    refuse_overwriting(
        {"--output": [output], "--annotate": written_by(copies)},
        {"the article": files, **evidence, **_read_by(settings)},
    )
    make_folders(copies)
    known = _Known(read_baseline(baseline) if baseline else Dismissals())
    with open_output(output) as write:
        material = read_material(facts or (), source)
        check_one = _article_check(material, settings, known, copies, as_of.date() if as_of else None)
        reports, unread = _check_all(files, check_one)
        several = len(files) > 1 or len(reports) + len(unread) > 1
        if reports or several or format_ in SAYS_SOMETHING_OF_NOTHING:
            write(_rendered(reports, unread, format_, array=several, on_screen=_is_screen(output)))
    _say_summary(reports, detailed=format_ is not Format.TEXT or not _is_screen(output))
    known.say_left_out(baseline)
    raise typer.Exit(_exit_code(reports, bool(unread), settings.fail_on))


class _Known:
    """What a baseline hides, and how often it did: an article of which it hides all is not to seem fine."""

    def __init__(self, dismissals: Dismissals) -> None:
        self._dismissals = dismissals
        self._left_out = 0

    def hides(self, finding: Finding) -> bool:
        """True where an alert is known."""
        hidden = self._dismissals.hides(finding)
        self._left_out += hidden
        return hidden

    def say_left_out(self, baseline: Path | None) -> None:
        """Tells the user of the alerts that were not shown."""
        from checker.report.wording import count

        if self._left_out:
            say(f"{count(self._left_out, 'known alert')} left out, see {baseline}")


def _refuse_what_cannot_be(files: Sequence[Path], source: Path | None) -> None:
    if source is not None and len(files) > 1:
        raise UsageError("--source is the original of one article; check the files one at a time")
    given = [str(path) for path in (*files, *([source] if source else []))]
    if given.count("-") > 1:
        raise UsageError("standard input (-) can be read only once")


def _read_by(settings: Settings) -> Mapping[str, Sequence[Path]]:
    """The files that settings name, and that in which they may be written, by what they are called."""
    from checker.settings import CONFIG_NAME

    named = {"the glossary": settings.glossary, "the calibration": settings.calibration, "the settings": CONFIG_NAME}
    return {what: [Path(name)] for what, name in named.items() if name}


def _check_all(
    files: Sequence[Path], check_one: Callable[[Path], Iterator[Report | Exception]]
) -> tuple[list[Report], list[Skipped]]:
    """Reports of all documents that could be checked, and the files of those that could not be, both in order."""
    reports: list[Report] = []
    unread: list[Skipped] = []
    with show_progress(len(files), "checking") as progress:
        for done, path in enumerate(files, start=1):
            try:
                for outcome in check_one(path):
                    if isinstance(outcome, Exception):
                        unread.append(_said(outcome, path))
                    else:
                        reports.append(outcome)
            except UsageError:
                raise
            except Exception as error:  # a file that trips the program must not cost the others
                unread.append(_said(error, path))
                if isinstance(error, ModelError):  # it would be the same for every file
                    unread += [replace(unread[-1], what=str(other)) for other in files[done:]]
                    break
            progress(done, len(files))
    return reports, unread


def _said(error: Exception, path: Path) -> Skipped:
    """Tells the user why a file could not be checked, and whoever reads the report."""
    from checker.report import Skipped

    if isinstance(error, CheckerError):
        say(str(error))
        return Skipped(str(path), str(error))
    say_internal_error(error, str(path))
    return Skipped(str(path), f"internal error: {type(error).__name__}: {error}")


def _article_check(
    material: Material,
    settings: Settings,
    known: _Known,
    copies: Mapping[Path, Path],
    as_of: date | None,
) -> Callable[[Path], Iterator[Report | Exception]]:
    """The check of one file, document by document, which writes its annotated copy too."""
    from checker.cli.copies import write_copy
    from checker.pipeline import Checker
    from checker.readers import documents_in, file_content

    report_on = partial(
        Checker(settings).check,
        facts=material.facts,
        source=material.source,
        as_of=as_of,
        skipped=material.skipped,
        hides=known.hides,
    )

    def check_one(path: Path) -> Iterator[Report | Exception]:
        content = file_content(path)
        held = documents_in(content, path=path, language=settings.language)
        if len(held) > 1 and material.source is not None:
            raise UsageError(f"{path} holds {len(held)} articles, and --source is the original of one; split the file")
        checked: list[tuple[Reading, Report]] = []
        for each in held:
            try:
                reading = each.read()
                checked.append((reading, report_on(reading.document)))
            except (UsageError, ModelError):
                raise
            except Exception as error:  # a document that trips the program must not cost the others
                yield error
            else:
                yield checked[-1][1]
        if path in copies and checked:
            write_copy(copies[path], content, checked, whole=[each.path for each in held] == [str(path)])

    return check_one


def _rendered(
    reports: Sequence[Report], unread: Sequence[Skipped], format_: Format, *, array: bool, on_screen: bool
) -> bytes:
    from checker.report import json, sarif, text
    from checker.report.renderers import RENDERERS

    if format_ is Format.JSON:
        return (json.render_array(reports) if array else json.render(reports)).encode("utf-8")
    if format_ is Format.SARIF:
        return sarif.render(reports, unread).encode("utf-8")
    if format_ is not Format.TEXT:
        return RENDERERS[format_](reports).encode("utf-8")
    if not (on_screen and sys.stdout.isatty()):
        return text.render(reports).encode("utf-8")
    shown = text.render(reports, colour=is_coloured(), width=terminal_width())
    return shown.encode(sys.stdout.encoding or "utf-8", "replace")


def _is_screen(output: Path | None) -> bool:
    return output is None or str(output) == "-"


def _say_summary(reports: Sequence[Report], *, detailed: bool) -> None:
    """What the result was, for whoever does not see it on the screen; what the text report says is not said twice."""
    from checker.report.wording import count, document_name, headline, unchecked_reasons

    if detailed:
        for report in reports:
            name = document_name(report.document)
            say(f"{name}: {headline(report)}")
            for reason, number in unchecked_reasons(report):
                say(f"{name}: not checked: {number} of {count(len(report.sentences), 'sentence')}: {reason}")
        for skipped in dict.fromkeys(entry for report in reports for entry in report.skipped):
            say(f"not used: {skipped.what}: {skipped.reason}")
    if len(reports) > 1:
        alerts = count(sum(len(report.findings) for report in reports), "alert")
        say(f"{alerts} in {count(len(reports), 'article')}")


def _exit_code(reports: Sequence[Report], failed: bool, fail_on: Severity) -> int:
    from checker.report.completeness import is_incomplete

    if failed or any(is_incomplete(report) for report in reports):
        return NOT_CHECKED
    serious = (finding.severity.rank >= fail_on.rank for report in reports for finding in report.findings)
    return FOUND if any(serious) else NOTHING_SERIOUS
