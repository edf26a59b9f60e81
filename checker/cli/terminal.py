"""Standard output carries the result and nothing else; everything said to a person goes to standard error.

A reader that goes away (`checker check … | head`) is no error: writing stops, and the exit code stays what it was.
"""

from __future__ import annotations

import logging
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from checker.errors import UsageError
from checker.report.visible import show_invisible

if TYPE_CHECKING:
    from rich.progress import Progress

log = logging.getLogger(__name__)


class ReaderGoneError(Exception):
    """Nobody reads standard output any more."""


def say(message: str) -> None:
    """One line on standard error, whatever is in the message."""
    with suppress(OSError, ValueError):  # closed, or nobody there: no place is left to say so
        print(f"checker: {show_invisible(' '.join(message.split()))}", file=sys.stderr, flush=True)


def say_internal_error(error: Exception, what: str = "") -> None:
    """One line for a mistake of this program; the traceback comes with --debug alone."""
    debugging = log.isEnabledFor(logging.DEBUG)
    hint = "" if debugging else "; run again with --debug to see where"
    place = f"{what}: " if what else ""
    say(f"{place}internal error: {type(error).__name__}: {error}{hint}")
    log.debug("traceback", exc_info=error)


def is_coloured() -> bool:
    """Colours are for a terminal, and only where the user has not refused them (no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def terminal_width() -> int:
    """Columns of the terminal that standard output is, within what can be read well."""
    return max(40, min(120, shutil.get_terminal_size().columns))


@contextmanager
def open_output(path: Path | None) -> Iterator[BinaryIO]:
    """Standard output for None or `-`, else the file, which appears only when it is complete.

    Raises UsageError where the file cannot be written: at once, before an hour of work. Writing to standard output
    raises ReaderGoneError when its reader has gone; leaving the block with it is quiet.
    """
    if path is None or str(path) == "-":
        with suppress(ReaderGoneError):
            yield _StandardOutput()  # type: ignore[misc]  # write() and flush() are all that is used of it
        return
    place = path.resolve()
    if place.exists() and not place.is_file():  # a device or a pipe; a folder fails here
        with _opened(path, lambda: place.open("wb")) as stream:
            yield stream
        return
    partial = _opened(path, lambda: tempfile.NamedTemporaryFile(dir=place.parent, prefix=f".{place.name}.", delete=False))  # noqa: SIM115
    try:
        with partial as stream:
            yield stream  # type: ignore[misc]  # a temporary file wraps a binary one
        _give_usual_rights(Path(partial.name))
        Path(partial.name).replace(place)
    finally:
        Path(partial.name).unlink(missing_ok=True)


@contextmanager
def show_progress(total: int, what: str) -> Iterator[Callable[[], None]]:
    """A bar on standard error where that is a terminal; the value is called once a step."""
    bar = _bar()
    with bar:
        task = bar.add_task(what, total=total)
        yield lambda: bar.advance(task)


def flush_quietly() -> None:
    """Flush standard output; where its reader is gone, keep the interpreter from complaining about it at exit."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class _StandardOutput:
    """Bytes to standard output; a broken pipe becomes ReaderGoneError."""

    def write(self, content: bytes) -> int:
        try:
            sys.stdout.flush()
            written = sys.stdout.buffer.write(content)
            sys.stdout.buffer.flush()
        except BrokenPipeError as error:
            raise ReaderGoneError from error
        return written

    def flush(self) -> None:
        """Nothing waits: every write is flushed."""
