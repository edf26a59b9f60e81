"""Large tables of bitext, JSON Lines and Parquet, as a stream of documents in little memory.

`read_file` makes one document of a file. Here each row is a document of its own, or all neighbouring rows that name the
same one in a column `document`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from checker.document import Document
from checker.errors import UnreadableFileError
from checker.readers.article import Piece
from checker.readers.files import document_of
from checker.readers.formats.bitext import Unit, assemble_units
from checker.readers.formats.columns import Columns, find_columns

LARGEST_LINE = 5_000_000  # bytes

# Number of the row from 1, its values, and which of them are what.
_Row = tuple[int, dict[str, Any], Columns]


def stream_documents(path: str | Path, *, language: str | None = None) -> Iterator[Document]:
    """The documents of a JSON Lines or Parquet file one after the other; the id is that of the row or document.

    Rows without a translation are left out. Raises UnreadableFileError where the file cannot be opened or a row cannot
    be read; the documents before it have come by then.
    """
    try:
        with Path(path).open("rb") as file:
            rows = _parquet_rows(file) if file.peek(4).startswith(b"PAR1") else _json_rows(file)
            for name, group in _grouped(rows):
                yield from _document(str(path), name, group, language)
    except UnreadableFileError as error:
        raise UnreadableFileError(f"{path}: {error}") from error
    except OSError as error:
        raise UnreadableFileError(f"{path}: cannot be read ({error.strerror}); check the name") from error


def _grouped(rows: Iterator[_Row]) -> Iterator[tuple[str, list[_Row]]]:
    """Neighbouring rows of one document; those before a bad row come before its error."""
    name, held = "", list[_Row]()
    try:
        for row in rows:
            following = _document_name(row)
            if held and following != name:
                yield name, held
                held = []
            name = following
            held.append(row)
    except UnreadableFileError:
        if held:
            yield name, held
        raise
    if held:
        yield name, held


def _json_rows(file: BinaryIO) -> Iterator[_Row]:
    number = 0
    while line := file.readline(LARGEST_LINE + 1):
        number += 1
        if len(line) > LARGEST_LINE:
            raise UnreadableFileError(f"line {number} is longer than {LARGEST_LINE // 1_000_000} MB; split it")
        if line.isspace():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise UnreadableFileError(f"line {number} is no JSON ({error}); correct it") from error
        if not isinstance(value, dict):
            raise UnreadableFileError(f"line {number} is no JSON object; write one object a line")
        yield number, value, find_columns(list(value))


def _parquet_rows(file: BinaryIO) -> Iterator[_Row]:
    from checker.readers.formats.parquet import rows

    for number, (row, columns) in enumerate(rows(file), start=1):
        yield number, row, columns


def _document_name(row: _Row) -> str:
    number, values, columns = row
    for column in (columns.document, columns.name):
        if column is not None and values.get(column) is not None:
            return str(values[column])
    return str(number)


def _document(path: str, name: str, rows: Iterable[_Row], language: str | None) -> Iterator[Document]:
    units = [unit for row in rows if (unit := _unit(row)).target]
    if units:
        yield document_of(assemble_units(units), path=f"{path}#{name}", language=language, id=name)


def _unit(row: _Row) -> Unit:
    number, values, columns = row
    target = " ".join(str(values.get(columns.target) or "").split())
    source = values.get(columns.source) if columns.source else None
    return Unit(str(number), [Piece(target, 0, 0)] if target else [], str(source or ""), f"row {number}")
