"""Reports as tables: rows and columns as plain values, and data frames of pandas or polars, whichever is installed.

Neither library is imported before a frame is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from checker.errors import CheckerError
from checker.findings import Finding
from checker.report.types import Report

if TYPE_CHECKING:
    import pandas
    import polars

Table = Literal["findings", "sentences"]

# Names and types of the columns: an empty frame has them too, so that frames of many reports can be joined.
COLUMNS: dict[Table, dict[str, type]] = {
    "findings": {
        **dict.fromkeys(("document", "path", "id"), str),
        **dict.fromkeys(("start", "end"), int),
        "text": str,
        "sentence": int,
        **dict.fromkeys(("sentence_text", "category", "severity"), str),
        "confidence": float,
        "message": str,
        "suggestions": list,
        **dict.fromkeys(("evidence_kind", "evidence_text", "evidence_conflict", "evidence_origin"), str),
        **dict.fromkeys(("detector", "fingerprint"), str),
    },
    "sentences": {
        **dict.fromkeys(("document", "path"), str),
        **dict.fromkeys(("sentence", "start", "end"), int),
        **dict.fromkeys(("text", "verdict", "reason"), str),
        **dict.fromkeys(("entailment", "neutral", "contradiction"), float),
        "findings": int,
        "confidence": float,
    },
}


def rows_of(report: Report, table: Table) -> list[tuple[object, ...]]:
    """Rows in the order of `COLUMNS[table]`: findings surest first, sentences in text order; None where unknown.

    The evidence columns hold the first piece of evidence; `suggestions` is a list; a sentence's `confidence` is that of
    its surest finding. Raises ValueError for a table that there is not.
    """
    if table not in COLUMNS:
        raise ValueError(f"no table is called {table!r}; there are {' and '.join(COLUMNS)}")
    return [*(_findings(report) if table == "findings" else _sentences(report))]


def as_pandas(rows: Sequence[tuple[object, ...]], columns: Mapping[str, type]) -> pandas.DataFrame:
    """A pandas frame. Raises CheckerError where pandas is not installed."""
    try:
        import pandas
    except ImportError as error:
        raise CheckerError("data frames need pandas; install it with: pip install 'checker[notebook]'") from error
    frame = pandas.DataFrame.from_records([*rows], columns=[*columns])
    return frame.astype({name: kind for name, kind in columns.items() if kind in (int, float)})


def as_polars(rows: Sequence[tuple[object, ...]], columns: Mapping[str, type]) -> polars.DataFrame:
    """A polars frame. Raises CheckerError where polars is not installed."""
    try:
        import polars
    except ImportError as error:
        raise CheckerError("polars is not installed; install it with: pip install polars") from error
    kinds = {int: polars.Int64(), float: polars.Float64(), str: polars.String(), list: polars.List(polars.String())}
    return polars.DataFrame([*rows], schema={name: kinds[kind] for name, kind in columns.items()}, orient="row")


def _findings(report: Report) -> Iterable[tuple[object, ...]]:
    document = report.document
    for finding in report.findings:
        yield (
            *(document.id, document.path, finding.id, finding.span.start, finding.span.end, finding.text),
            *(finding.sentence, document.sentences[finding.sentence].text),
            *(finding.category, finding.severity.value, finding.confidence, finding.message),
            [*finding.suggestions],
            *_first_evidence(finding),
            *(finding.detector, finding.fingerprint),
        )


def _first_evidence(finding: Finding) -> tuple[object, ...]:
    if not finding.evidence:
        return (None, None, None, None)
    first = finding.evidence[0]
    conflict = first.conflict.of(first.evidence.text) if first.conflict else None
    return first.evidence.kind.value, first.evidence.text, conflict, first.evidence.origin


def _sentences(report: Report) -> Iterable[tuple[object, ...]]:
    document = report.document
    for verdict in report.sentences:
        found = [finding.confidence for finding in report.findings if finding.sentence == verdict.index]
        yield (
            *(document.id, document.path, verdict.index, verdict.span.start, verdict.span.end),
            *(verdict.span.of(document.text), verdict.verdict.value, verdict.reason),
            *(verdict.entailment, verdict.neutral, verdict.contradiction),
            *(len(found), max(found, default=None)),
        )
