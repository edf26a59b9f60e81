"""Progress bars for a notebook, that need no widgets: they show in Jupyter, VS Code, Colab and in a terminal.

for text in track(texts, "checking"):
    reports.append(checker.check(text))

with ProgressBar("checking", len(document.sentences)) as bar:
    report = checker.check(document, watch=bar.watch)
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sized
from contextlib import ExitStack
from types import TracebackType
from typing import Any, Self, TypeVar

from checker.report.pieces import render_progress

SECONDS_BETWEEN = 0.2

_Item = TypeVar("_Item")


class ProgressBar:
    """A bar that says how much of `total` is done; a context manager, which leaves one line when it ends.

    `total` is None where it is not known. Inside a notebook the bar is a part of the cell's output, elsewhere one on
    standard error where that is a terminal.
    """

    def __init__(self, what: str, total: int | None = None) -> None:
        self.what = what
        self.total = total
        self.done = 0
        self._stack = ExitStack()
        self._show: Callable[[], None] = lambda: None
        self._shown = 0.0

    def __enter__(self) -> Self:
        self._show = _in_notebook(self) or self._stack.enter_context(_Terminal(self))
        self._shown = time.monotonic()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._show()
        self._stack.close()

    def update(self, done: int) -> None:
        """So much is done by now; shown a few times a second at most."""
        self.done = done
        now = time.monotonic()
        if now - self._shown >= SECONDS_BETWEEN:
            self._shown = now
            self._show()

    def watch(self, done: int, tell: object) -> None:
        """For `Checker.check(…, watch=bar.watch)`: sentences that are judged."""
        del tell
        self.update(done)


def track(items: Iterable[_Item], what: str = "checking", total: int | None = None) -> Iterator[_Item]:
    """The same items in order, with a bar that counts them; their number is asked of them where `total` is None."""
    known = total if total is not None else len(items) if isinstance(items, Sized) else None
    with ProgressBar(what, known) as bar:
        for done, item in enumerate(items, start=1):
            yield item
            bar.update(done)


class _Terminal:
    """The bar of a terminal; nothing where standard error is none."""

    def __init__(self, bar: ProgressBar) -> None:
        from rich.console import Console
        from rich.progress import Progress

        console = Console(stderr=True, force_jupyter=False)
        self._bar = bar
        self._progress = Progress(console=console, disable=not console.is_terminal)

    def __enter__(self) -> Callable[[], None]:
        self._progress.__enter__()
        task = self._progress.add_task(self._bar.what, total=self._bar.total)
        return lambda: self._progress.update(task, completed=self._bar.done)

    def __exit__(self, *raised: Any) -> None:  # noqa: ANN401 - what a context manager is given
        self._progress.__exit__(*raised)


def _in_notebook(bar: ProgressBar) -> Callable[[], None] | None:
    """What shows the bar in the output of a notebook's cell; None where there is no notebook."""
    try:
        from IPython import get_ipython  # type: ignore[attr-defined,unused-ignore]  # not exported by all versions
        from IPython.display import display
    except ImportError:
        return None
    session = get_ipython()  # type: ignore[no-untyped-call,unused-ignore]
    if session is None or not hasattr(session, "kernel"):
        return None
    handle = display(_Shown(bar), display_id=True)  # type: ignore[no-untyped-call,unused-ignore]
    return (lambda: handle.update(_Shown(bar))) if handle is not None else None


class _Shown:
    """The bar as it stands now."""

    def __init__(self, bar: ProgressBar) -> None:
        self._text = f"{bar.what}: {bar.done:,}" + (f" of {bar.total:,}" if bar.total is not None else "")
        self._html = render_progress(bar.what, bar.done, bar.total)

    def __repr__(self) -> str:
        return self._text

    def _repr_html_(self) -> str:
        return self._html
