"""An audit to look into: for analysts in Jupyter, and for programs that want frames and not files."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from checker.audit.dataset import AuditReader
from checker.audit.schema import Table
from checker.audit.survey import Survey, survey
from checker.errors import CheckerError, UsageError

if TYPE_CHECKING:
    import altair
    import pandas
    import polars

TableName = Literal["documents", "findings", "sentences"]
DOCUMENT_COLUMNS = ("title", "agency", "desk", "engine", "source_language", "language", "day")


class Audit:
    """The data set of an audit, opened for reading; nothing is read before it is asked for.

    It shows itself in a notebook: totals, findings by category, what repeats, what to read first.
    """

    def __init__(self, *folders: Path) -> None:
        """Opens the data set in `folders`, several where shards were written apart.

        Raises UsageError where one holds no audit, or where the first one's has not ended.
        """
        self.reader = AuditReader(*folders)
        self.summary: dict[str, Any] = self.reader.summary

    @classmethod
    def open(cls, *folders: Path | str) -> Audit:
        """The audit in the folder that was the --output of `checker audit`."""
        return cls(*map(Path, folders))

    @cached_property
    def survey(self) -> Survey:
        """What was counted, in one pass over the data set: totals, by facet, what repeats, the worst documents."""
        return survey(self.reader, worst=10, repeats=10)

    def to_frame(self, table: TableName = "findings") -> pandas.DataFrame:
        """A table as a pandas frame; findings have the columns of their document as well (`DOCUMENT_COLUMNS`).

        Raises UsageError for a table that there is not, CheckerError where pandas is not installed.
        """
        arrow = self._arrow(table)
        try:
            import pandas
        except ImportError as error:
            raise CheckerError("data frames need pandas; install it with: pip install 'checker[notebook]'") from error
        frame = arrow.to_pandas()
        assert isinstance(frame, pandas.DataFrame)  # noqa: S101 - arrow is untyped
        return frame

    def to_polars(self, table: TableName = "findings") -> polars.DataFrame:
        """The same frame for polars. Raises UsageError, or CheckerError where polars is not installed."""
        arrow = self._arrow(table)
        try:
            import polars
        except ImportError as error:
            raise CheckerError("polars is not installed; install it with: pip install polars") from error
        frame = polars.from_arrow(arrow)
        assert isinstance(frame, polars.DataFrame)  # noqa: S101 - a table never becomes a series
        return frame

    def plot_by(self, facet: str) -> altair.Chart:
        """Findings by "category", "severity", "evidence", "desk", "agency", "pair", "engine" or "day", as bars.

        Raises UsageError for another facet, CheckerError without altair.
        """
        from checker.audit.plots import plot_facet

        return plot_facet(self.survey, facet)

    def plot_confidence(self) -> altair.Chart:
        """How sure the findings are. Raises CheckerError without altair."""
        from checker.audit.plots import plot_confidence

        return plot_confidence(self.survey)

    def _arrow(self, table: TableName) -> Any:  # noqa: ANN401 - pyarrow is untyped
        if table not in list(Table):
            raise UsageError(f"no table is called {table!r}; there are {', '.join(Table)}")
        rows = self.reader.table(Table(table)).to_table()
        if Table(table) is not Table.FINDINGS:
            return rows
        from pyarrow import compute

        documents = self.reader.table(Table.DOCUMENTS).to_table(columns=["position", *DOCUMENT_COLUMNS])
        index_in = compute.index_in  # type: ignore[attr-defined]  # made when the module is imported
        places = index_in(rows["position"], documents["position"])
        for name in DOCUMENT_COLUMNS:
            rows = rows.append_column(name, documents[name].take(places))
        return rows

    def __repr__(self) -> str:
        return f"Audit({', '.join(repr(str(folder)) for folder in self.reader.folders)})"

    def _repr_html_(self) -> str:
        """Notebook display, escaped, without scripts."""
        from checker.audit.pieces import render_audit

        return render_audit(self.survey, self.summary)

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:  # noqa: ANN401, ARG002 - IPython's protocol
        from checker.audit.pieces import audit_text

        printer.text(audit_text(self.survey))
