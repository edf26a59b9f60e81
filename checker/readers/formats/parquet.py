"""Parquet tables with a row a unit, columns told by their names. Needs pyarrow (the extra `parquet`)."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from checker.errors import UnreadableFileError, first_line
from checker.readers.article import Article, Piece
from checker.readers.formats.bitext import Unit, assemble_units
from checker.readers.formats.columns import Columns, find_columns

_MAGIC = b"PAR1"
_LARGEST_TEXT = 5_000_000  # characters of one document
_ROWS_AT_ONCE = 1_024


def recognise(data: bytes) -> bool:
    """True where the file begins as Parquet does."""
    return data.startswith(_MAGIC)


def read(data: bytes, language: str | None = None) -> tuple[str, Article]:
    """The document of all rows. Raises UnreadableFileError where pyarrow or a column of translations is missing."""
    return "", assemble_units(_units(data))


def _units(data: bytes) -> Iterator[Unit]:
    characters = 0
    for number, (row, columns) in enumerate(rows(BytesIO(data)), start=1):
        target = str(row.get(columns.target) or "")
        characters += len(target)
        if characters > _LARGEST_TEXT:
            raise UnreadableFileError("this table holds more than one document can; read it with `stream_documents`")
        yield Unit(
            id=str(row.get(columns.name) if columns.name else number),
            target=[Piece(" ".join(target.split()), 0, 0)] if target.strip() else [],
            source=str(row.get(columns.source) or "") if columns.source else "",
            locator=f"row {number}, column {columns.target}",
        )


def rows(file: Any) -> Iterator[tuple[dict[str, Any], Columns]]:  # noqa: ANN401 - whatever pyarrow opens
    """Each row's columns of use, read in batches, so that any size fits the memory."""
    try:
        from pyarrow import lib, parquet
    except ImportError as error:
        raise UnreadableFileError("reading Parquet needs pyarrow; install checker[parquet]") from error
    try:
        table = parquet.ParquetFile(file)  # type: ignore[no-untyped-call]
        columns = find_columns(table.schema_arrow.names)
        used = [name for name in (columns.target, columns.source, columns.name, columns.document) if name]
        batches = table.iter_batches(batch_size=_ROWS_AT_ONCE, columns=used)  # type: ignore[no-untyped-call]
        for batch in batches:
            for row in batch.to_pylist():
                yield row, columns
    except (lib.ArrowException, OSError) as error:
        raise UnreadableFileError(f"this Parquet file is damaged ({first_line(error)}); write it anew") from error
