"""How an audit is followed: a bar on a terminal, a line now and then in a log, and a summary at the end."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

from checker.cli.terminal import say

if TYPE_CHECKING:
    from checker.audit.ledger import Progress

SECONDS_BETWEEN_LINES = 60.0

Watch = Callable[["Progress", int], None]


@contextmanager
def show_audit() -> Iterator[Watch]:
    """A function that is told how far the audit is, and of how many documents."""
    if sys.stderr.isatty():
        with _bar() as watch:
            yield watch
    else:
        yield _Lines()


@contextmanager
def stop_on_termination() -> Iterator[None]:
    """SIGTERM, which batch systems send before they kill, stops as cleanly as Ctrl-C does."""

    def stop(number: int, frame: FrameType | None) -> None:
        del number, frame
        raise KeyboardInterrupt

    try:
        before = signal.signal(signal.SIGTERM, stop)
    except ValueError:  # not in the main thread
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


class Pace:
    """How fast documents are done, and how long the rest will take; those done by an earlier run do not count."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._began = clock()
        self._before: int | None = None

    def told(self, done: int, total: int) -> tuple[float, timedelta | None]:
        """Documents a second, and the time left, None where that cannot be told yet."""
        if self._before is None:
            self._before, self._began = done, self._clock()
        seconds = self._clock() - self._began
        rate = (done - self._before) / seconds if seconds > 0 else 0.0
        return rate, timedelta(seconds=round((total - done) / rate)) if rate else None


class _Lines:
    """One line a minute for a log."""

    def __init__(self) -> None:
        self._pace = Pace()
        self._told = time.monotonic()

    def __call__(self, progress: Progress, total: int) -> None:
        rate, left = self._pace.told(progress.done, total)
        if time.monotonic() - self._told >= SECONDS_BETWEEN_LINES:
            self._told = time.monotonic()
            say(f"{progress.done:,} of {total:,} documents, {_told(progress, rate)}, {left} left")


@contextmanager
def _bar() -> Iterator[Watch]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    pace = Pace()
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[told]}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("audit", total=None, told="loading the model")

        def watch(progress: Any, total: int) -> None:  # noqa: ANN401 - rich's Progress has the name here
            rate, left = pace.told(progress.done, total)
            told = f"{_told(progress, rate)}, {left} left" if left is not None else "checking"
            bar.update(task, completed=progress.done, total=total, told=told)

        yield watch


def _told(progress: Progress, rate: float) -> str:
    skipped = f", {progress.skipped:,} skipped" if progress.skipped else ""
    return f"{rate:.2f} a second, {progress.findings:,} alerts{skipped}"


def _say_first_skipped(output: Path) -> None:
    from checker.audit.dataset import AuditReader
    from checker.audit.reading import where_and_why
    from checker.audit.schema import Status

    row = next((row for row in AuditReader(output).documents() if row.status is Status.SKIPPED), None)
    if row is not None:
        say(f"skipped first: {where_and_why(row.path, row.reason or '')}")


def say_outcome(summary: dict[str, Any], output: Path) -> None:
    """What became of the documents, how many alerts there are, and how many of them are expected to be right."""
    from checker.report.wording import count

    documents, found = summary["documents"], summary["findings"]
    parts = [f"{documents['checked']:,} of {documents['total']:,} documents checked"]
    parts += [f"{documents[name]:,} {name}" for name in ("skipped",) if documents[name]]
    parts += [f"{documents['duplicate']:,} the same as another"] if documents["duplicate"] else []
    say(", ".join(parts))
    if documents["skipped"]:
        _say_first_skipped(output)
    known = f"; {found['known']:,} known ones left out" if found["known"] else ""
    expected = f", about {round(found['expected_right']):,} of them right" if found["total"] else ""
    say(f"{count(found['total'], 'alert')}{expected}{known}: {output}")
    for each in summary["skipped"]:
        say(f"not used: {each['what']}: {each['reason']}")
    if not summary["complete"]:
        say(f"shards that are done so far: {', '.join(f'{number}/{of}' for number, of in summary['shards'])}")
