"""Report and Signature: everything a renderer needs, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from checker.document import Document
from checker.findings import Finding, SentenceVerdict

if TYPE_CHECKING:
    import altair
    import pandas
    import polars

    from checker.report.frames import Table


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that could not be checked, and why: `what` names it (a fact line, a source file)."""

    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class Signature:
    """What made this report; equal signatures and equal input give byte-identical output.

    `as_of` is the day on which facts had to be valid, None where every day has the same. `calibration` is the id of the
    newsroom's own calibration, None for the model's. `originals` are name and hash of the model that read the original
    in another language, None where none did.
    """

    checker: str
    model: str
    model_hash: str
    settings_hash: str
    backend: str
    facts_hash: str | None = None
    as_of: str | None = None
    calibration: str | None = None
    originals: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """Result of checking one document; findings are ordered by confidence, highest first.

    `originals` are what the sentences translate, in order, None where that is not known; empty without a source that
    the rules read. No renderer shows them. `held_back` more findings were sure enough and had no room in the budget.
    """

    document: Document
    findings: tuple[Finding, ...]
    sentences: tuple[SentenceVerdict, ...]
    skipped: tuple[Skipped, ...]
    signature: Signature
    originals: tuple[str | None, ...] = ()
    held_back: int = 0

    def to_frame(self, table: Table = "findings") -> pandas.DataFrame:
        """Findings, surest first, or sentences ("sentences") in text order, one a row; `checker.report.frames` names
        the columns.

        Raises UsageError for another table, CheckerError where pandas is not installed.
        """
        from checker.frames import as_pandas
        from checker.report.frames import COLUMNS, rows_of  # renderers import this module

        return as_pandas(rows_of(self, table), COLUMNS[table])

    def to_polars(self, table: Table = "findings") -> polars.DataFrame:
        """The same frame for polars. Raises CheckerError where polars is not installed."""
        from checker.frames import as_polars
        from checker.report.frames import COLUMNS, rows_of

        return as_polars(rows_of(self, table), COLUMNS[table])

    def plot(self) -> altair.VConcatChart:
        """The article from left to right: verdicts, and findings by confidence. Raises CheckerError without altair."""
        from checker.report.plots import plot_report

        return plot_report(self)

    def _repr_html_(self) -> str:
        """Notebook display: the article with highlights, escaped."""
        from checker.report.html import render_fragment

        return render_fragment(self)

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:  # noqa: ANN401, ARG002 - IPython's protocol
        """Where no HTML is shown: the report as in a terminal."""
        from checker.report.text import render

        printer.text(render([self]).rstrip())
