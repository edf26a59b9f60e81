"""Rows as data frames of pandas or polars, whichever is installed; neither is imported before a frame is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from checker.errors import CheckerError

if TYPE_CHECKING:
    import pandas
    import polars

Rows = Sequence[tuple[object, ...]]
# Name -> int, float, str, list (of texts), date, or datetime (with a time zone), in the order of a row's values.
Columns = Mapping[str, type]


def as_pandas(rows: Rows, columns: Columns) -> pandas.DataFrame:
    """A pandas frame; whole numbers that may be missing are of its own kind, Int64. Raises CheckerError without it."""
    try:
        import pandas
    except ImportError as error:
        raise CheckerError("data frames need pandas; install it with: pip install 'checker[notebook]'") from error
    frame = pandas.DataFrame.from_records([*rows], columns=[*columns])
    for name, kind in columns.items():
        if kind in (date, datetime):
            frame[name] = pandas.to_datetime(frame[name], utc=kind is datetime, errors="coerce")
        elif kind is int and frame[name].isna().any():
            frame = frame.astype({name: "Int64"})
        elif kind in (int, float):
            frame = frame.astype({name: kind})
    return frame


def as_polars(rows: Rows, columns: Columns) -> polars.DataFrame:
    """A polars frame. Raises CheckerError where polars is not installed."""
    try:
        import polars
    except ImportError as error:
        raise CheckerError("polars is not installed; install it with: pip install polars") from error
    kinds = {
        int: polars.Int64(),
        float: polars.Float64(),
        str: polars.String(),
        list: polars.List(polars.String()),
        date: polars.Date(),
        datetime: polars.Datetime(time_zone="UTC"),
    }
    return polars.DataFrame([*rows], schema={name: kinds[kind] for name, kind in columns.items()}, orient="row")
