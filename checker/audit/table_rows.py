"""The rows of a table, one after the other, so that it may be of any size: JSON Lines, CSV and TSV, Parquet.

A row that is broken says so itself and costs no other. What ends a table is raised as UnreadableFileError.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import chain
from math import isnan
from typing import Any, BinaryIO

from checker.audit.columns import ColumnNames
from checker.document import has_half_character
from checker.errors import UnreadableFileError, first_line

LARGEST_LINE = 20_000_000  # bytes
_ROWS_AT_ONCE = 256
_KINDS = (  # the first that fits: True is an int
    *((str, "a string"), (bool, "true or false"), ((int, float, Decimal), "a number"), (date, "a date")),
    *((list, "a list"), (dict, "a map"), (bytes, "bytes")),
)
_PLAIN = (None, "a string", "a number", "a date")  # kinds that can be written as text in one way only
_DELIMITERS = ",;\t|"  # of two that are as frequent in the first line, the earlier one


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its number from 1, its values by field; `problem` where it cannot be read. NaN is no value."""

    number: int
    values: Mapping[str, Any]
    problem: str | None = None

    def text(self, field: str) -> str | None:
        """The value of a field as text, a number as it is written; None where there is none, or one of another kind."""
        value = self.values.get(field)
        return None if self.kind(field) is not None or _is_missing(value) else str(value)

    def kind(self, field: str) -> str | None:
        """What a value is that `text` leaves out: "a list"; None where there is none to leave out."""
        kind = _kind(self.values.get(field))
        return None if kind in _PLAIN else kind

    def refuse_other_than_strings(self, *fields: str) -> None:
        """Raises UnreadableFileError where one of the fields has a value that is no string."""
        for field in fields:
            kind = _kind(self.values.get(field))
            if kind not in (None, "a string"):
                raise UnreadableFileError(f"the {field} is {kind}; give a string")


def _kind(value: object) -> str | None:
    """What a value is, None where it is missing."""
    if _is_missing(value):
        return None
    return next((name for kind, name in _KINDS if isinstance(value, kind)), "of a kind that is no text")


def _is_missing(value: object) -> bool:
    return value is None or value == "" or (isinstance(value, float) and isnan(value))


def json_rows(file: BinaryIO, columns: ColumnNames) -> Iterator[Row]:
    """An object a line; the number is the line's. A row may lack a field that one before it had."""
    had: set[str] = set()
    for number, line in _lines(file):
        if line.isspace():
            continue
        values: Mapping[str, Any] = {}
        problem: str | None = None
        try:
            value = json.loads(line)
            if not isinstance(value, dict):
                raise UnreadableFileError("no JSON object; write one object a line")
            values = {field: value[name] for field, name in columns.present(list(value)).items()}
            had.update(values)
            columns.refuse_without_named(had, list(value))
            if "text" not in had:
                names = ", ".join(value) or "none"
                raise UnreadableFileError(
                    f"this row has no text among {names}; if one of these is it, say --column text=NAME"
                )
        except UnreadableFileError as error:
            problem = f"line {number}: {error}"
        except (ValueError, RecursionError) as error:
            problem = f"line {number} is no JSON ({error}); correct it"
        yield Row(number, values, problem)


def csv_rows(file: BinaryIO, columns: ColumnNames, delimiter: str | None = None) -> Iterator[Row]:
    """The rows below a first one that names the columns (RFC 4180, UTF-8, also with a byte order mark), from 1 on.

    `delimiter` is told from the first row where it is None. A row of other than the named columns is broken: where a
    comma or a line break is not in quotes nobody can tell which words belong to which column.
    """
    # The limit is one for the whole process; the usual one is less than a long article has.
    csv.field_size_limit(max(csv.field_size_limit(), LARGEST_LINE))
    lines = (line.decode("utf-8", "surrogateescape") for _, line in _lines(file))
    first = next(lines, "").removeprefix("\ufeff")
    if not first.strip():
        raise UnreadableFileError("the first row is empty; it has to name the columns")
    if has_half_character(first):
        raise UnreadableFileError("this table is not UTF-8; save it as CSV UTF-8")
    reader = csv.reader(chain([first], lines), delimiter=delimiter or max(_DELIMITERS, key=first.count), strict=True)
    try:
        names = [name.strip() for name in next(reader)]
    except csv.Error as error:
        raise UnreadableFileError(f"the first row cannot be read ({error}); it has to name the columns") from error
    places = {field: names.index(name) for field, name in columns.among(names).items()}
    for number, (line, cells) in enumerate(_records(reader), start=1):
        if isinstance(cells, str):
            yield Row(number, {}, f"line {line}: {cells}; write a quote within a cell twice, and close the cell")
        elif len(cells) < len(names) or any(cells[len(names) :]):
            yield Row(
                number,
                {},
                f"line {line}: {len(cells)} cells, but {len(names)} columns are named; "
                "put cells with line breaks or delimiters in quotes",
            )
        elif any(map(has_half_character, cells)):
            yield Row(number, {}, f"line {line} is not UTF-8; save the table as CSV UTF-8")
        else:
            yield Row(number, {field: cells[place] for field, place in places.items()})


def _records(reader: Any) -> Iterator[tuple[int, list[str] | str]]:  # noqa: ANN401 - the type of csv readers is private
    """The cells of each row, or what is wrong with it, and the line on which it begins; blank lines are left out."""
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield line, str(error)
        else:
            if cells:
                yield line, cells


def parquet_rows(file: BinaryIO, columns: ColumnNames) -> Iterator[Row]:
    """The rows in the order of the file, from 1 on. `file` can be sought in."""
    try:
        from pyarrow import lib, parquet
    except ImportError as error:
        raise UnreadableFileError("reading Parquet needs pyarrow; install checker[audit]") from error
    try:
        table = parquet.ParquetFile(file)  # type: ignore[no-untyped-call]
        found = columns.among(table.schema_arrow.names)
        number = 0
        for batch in table.iter_batches(batch_size=_ROWS_AT_ONCE, columns=list(found.values())):  # type: ignore[no-untyped-call]
            for row in batch.to_pylist():
                number += 1
                yield Row(number, {field: row[name] for field, name in found.items()})
    except lib.ArrowException as error:
        raise UnreadableFileError(f"damaged Parquet ({first_line(error)}); write it anew") from error


def _lines(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """The lines with their ends and their numbers from 1."""
    number = 0
    while line := file.readline(LARGEST_LINE):
        number += 1
        if not line.endswith(b"\n") and len(line) >= LARGEST_LINE:
            raise UnreadableFileError(f"line {number} is longer than {LARGEST_LINE // 1_000_000} MB; split it")
        yield number, line
