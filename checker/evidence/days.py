"""A day from what people and data frames give for one: a date, a point in time, text as ISO 8601 has it."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime

import numpy as np

from checker.errors import UsageError

_LONGEST_SHOWN = 40


def day_of(value: object, name: str) -> date | None:
    """The day that `value` is; None for None and for what a data frame has where nothing is (NaT, NaN).

    Of a point in time it is the day in its own time zone. Raises UsageError, which names the field by `name`.
    """
    if isinstance(value, np.datetime64):  # a date, None for NaT, or a number where the year has no four digits
        value = value.astype("datetime64[D]").item()
    if value is None or type(value) is date:
        return value
    if isinstance(value, datetime | float) and value != value:  # only what is missing differs from itself
        return None
    if isinstance(value, date):  # points in time are dates too
        return value.date() if isinstance(value, datetime) else value
    if isinstance(value, str):
        with suppress(ValueError):
            return datetime.fromisoformat(value.strip()).date()
    raise UsageError(f"{name} is {repr(value)[:_LONGEST_SHOWN]}, which is no day; give a date, or text as 2022-05-23")
