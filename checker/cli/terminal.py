"""Standard output carries the result and nothing else; everything said to a person goes to standard error.

A reader that goes away (`checker check … | head`) is no error: writing stops, and the exit code stays what it was.
"""

from __future__ import annotations

import io
import logging
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from checker.errors import CheckerError, UsageError

if TYPE_CHECKING:
    from rich.console import RenderableType

Write = Callable[[bytes], object]

log = logging.getLogger(__name__)


class ReaderGoneError(Exception):
    """Nobody reads standard output any more."""


def say(message: str) -> None:
    """One line on standard error, whatever is in the message."""
    from checker.report.visible import show_invisible

    with suppress(OSError, ValueError):  # closed, or nobody there: no place is left to say so
        sys.stderr.write(f"checker: {show_invisible(' '.join(message.split()))}\n")
        sys.stderr.flush()


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


def on_screen(*parts: RenderableType, narrowest: int) -> str:
    """Tables and lines as the terminal shows them, at least `narrowest` columns wide; colours only on a terminal."""
    from rich.console import Console

    file = io.StringIO()
    width = max(narrowest, terminal_width())
    screen = Console(file=file, width=width, force_terminal=is_coloured(), no_color=not is_coloured())
    for part in parts:
        screen.print(part)
    return file.getvalue()


@contextmanager
def open_output(path: Path | None) -> Iterator[Write]:
    """A function that writes bytes: to standard output for None or `-`, else to the file, which is there once complete.

    Raises UsageError where the file cannot be written: at once, before an hour of work; CheckerError where the disk is
    full on the way. When the reader of standard output goes away, the block ends there, quietly.
    """
    if path is None or str(path) == "-":
        with suppress(ReaderGoneError):
            yield _write_standard_output
    elif path.exists() and not path.is_file() and not path.is_dir():  # a device or a pipe cannot be replaced
        with _writing(path, path) as write:
            yield write
    else:
        yield from _replace_file(path)


def _replace_file(path: Path) -> Iterator[Write]:
    """Writes beside `path` first, so that an interrupted run leaves what was there before."""
    place = path.resolve()
    if place.is_dir():
        raise UsageError(f"{path}: is a folder; give the name of a file as --output")
    beside = place.with_name(f".{place.name}.{os.getpid()}")
    try:
        with _writing(beside, path) as write:
            yield write
        beside.replace(place)
    finally:
        beside.unlink(missing_ok=True)


@contextmanager
def _writing(place: Path, given: Path) -> Iterator[Write]:
    """A function that writes to the file at `place`; messages speak of `given`, the name that the user knows."""
    stream = _open(place, given)
    try:
        yield partial(_write, stream, str(given))
    finally:
        with _reporting(str(given)):  # closing writes what is left once more, and fails once more
            stream.close()


def _open(place: Path, given: Path) -> BinaryIO:
    try:
        return place.open("wb")
    except FileNotFoundError as error:
        raise UsageError(f"{given}: its folder does not exist; make it, or give another --output") from error
    except OSError as error:
        raise UsageError(f"{given}: cannot be written ({error.strerror}); give another --output") from error


def _write(stream: BinaryIO, name: str, content: bytes) -> None:
    with _reporting(name):
        stream.write(content)
        stream.flush()


@contextmanager
def _reporting(name: str) -> Iterator[None]:
    """Turns what a full disk raises into one line for the user."""
    try:
        yield
    except OSError as error:
        raise CheckerError(f"{name}: cannot be written any further ({error.strerror}); make room") from error


def _write_standard_output(content: bytes) -> None:
    with _reporting("standard output"):
        try:
            sys.stdout.flush()
            sys.stdout.buffer.write(content)
            sys.stdout.buffer.flush()
        except BrokenPipeError as error:
            raise ReaderGoneError from error


@contextmanager
def show_progress(total: int | None, what: str) -> Iterator[Callable[[int, int | None], None]]:
    """A bar on standard error where that is a terminal; the value takes what is done so far, and of how much."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(what, total=total)
        yield lambda done, of: bar.update(task, completed=done, total=of)


def flush_quietly() -> None:
    """Flush standard output; where its reader is gone, keep the interpreter from complaining about it at exit."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
