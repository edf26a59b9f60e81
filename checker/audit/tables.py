"""Articles in tables, JSON Lines and Parquet: a row each, or neighbouring rows that a column `document` puts together.

Rows are read one after the other, so a table may be of any size. A bad row costs that row alone.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from itertools import groupby
from pathlib import Path
from typing import Any, BinaryIO

from checker.audit.columns import ColumnNames
from checker.audit.given import Article, Item, Labels
from checker.audit.storage import Stored
from checker.document import AlignedSource, Document, SourceUnit, Span, make_document
from checker.errors import UnreadableFileError, first_line
from checker.readers import article as reading
from checker.readers.files import document_of
from checker.readers.formats.bitext import Unit, assemble_units
from checker.readers.formats.dates import read_date

SUFFIXES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz", ".parquet")
LARGEST_LINE = 20_000_000  # bytes
_ROWS_AT_ONCE = 256


@dataclass(frozen=True, slots=True)
class _Row:
    """A row: its number from 1, its values by field; `problem` where it cannot be read."""

    number: int
    values: Mapping[str, Any]
    problem: str | None = None

    def text(self, field: str) -> str | None:
        """The value of a field as text, None where there is none."""
        value = self.values.get(field)
        return None if value is None or value == "" else str(value)


def is_table(path: Path | Stored) -> bool:
    """True where the name is that of a table of articles."""
    return path.name.lower().endswith(SUFFIXES)


def rows_of(path: Path | Stored, columns: ColumnNames, language: str | None) -> Iterator[Item]:
    """An item for each article of a table, and one that says why where it cannot be read any further.

    Raises UnreadableFileError where it cannot be opened.
    """
    try:
        with _opened(path) as file:
            rows = _parquet_rows(file, columns) if path.suffix.lower() == ".parquet" else _json_rows(file, columns)
            for _, several in groupby(_to_the_end(rows), key=_group):
                group = list(several)
                yield _item(path, group, language)
    except FileNotFoundError as error:
        raise UnreadableFileError(f"{path}: no such file; check the name") from error
    except OSError as error:
        raise UnreadableFileError(f"{path}: cannot be read ({error.strerror}); check the file") from error


def _to_the_end(rows: Iterator[_Row]) -> Iterator[_Row]:
    """The rows, and a last one with the problem that ends them: a group that came before it must not be lost."""
    number = 0
    try:
        for row in rows:
            number = row.number
            yield row
    except UnreadableFileError as error:
        yield _Row(number + 1, {}, str(error))
    except (OSError, EOFError, zlib.error) as error:
        yield _Row(number + 1, {}, f"cannot be read any further ({error}); check the file")


def _opened(path: Path | Stored) -> BinaryIO:
    if isinstance(path, Stored):
        return path.open_unpacked()
    return gzip.open(path, "rb") if path.suffix.lower() == ".gz" else path.open("rb")  # type: ignore[return-value]


def _group(row: _Row) -> str:
    document = row.text("document")
    return f"#{row.number}" if document is None else f"={document}"


def _json_rows(file: BinaryIO, columns: ColumnNames) -> Iterator[_Row]:
    number = 0
    while line := file.readline(LARGEST_LINE):
        number += 1
        if not line.endswith(b"\n") and len(line) >= LARGEST_LINE:
            raise UnreadableFileError(f"line {number} is longer than {LARGEST_LINE // 1_000_000} MB; split it")
        if line.isspace():
            continue
        try:
            value = json.loads(line)
            if not isinstance(value, dict):
                raise UnreadableFileError("no JSON object; write one object a line")
            found = columns.among(list(value))
            yield _Row(number, {field: value[name] for field, name in found.items()})
        except UnreadableFileError as error:
            yield _Row(number, {}, f"line {number}: {error}")
        except (ValueError, RecursionError) as error:
            yield _Row(number, {}, f"line {number} is no JSON ({error}); correct it")


def _parquet_rows(file: BinaryIO, columns: ColumnNames) -> Iterator[_Row]:
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
                yield _Row(number, {field: row[name] for field, name in found.items()})
    except lib.ArrowException as error:
        raise UnreadableFileError(f"damaged Parquet ({first_line(error)}); write it anew") from error


def _item(path: Path | Stored, rows: list[_Row], language: str | None) -> Item:
    first = rows[0]
    name = f"{path}#{first.number}"
    labels = Labels(first.text("agency"), first.text("desk"), first.text("engine"), first.text("source_language"))
    published = _moment(first.values.get("published"))

    def read() -> Article:
        problem = next((row.problem for row in rows if row.problem), None)
        if problem is not None:
            raise UnreadableFileError(f"{path}: {problem}")
        grouped = first.text("document") is not None
        try:
            article = _of_units(rows, name, language) if grouped else _of_row(first, name, language)
        except UnreadableFileError as error:
            raise UnreadableFileError(f"{name}: {error}") from error
        document = replace(article.document, published=published or article.document.published)
        return replace(article, document=document, labels=labels)

    return Item(name, read, published, labels)


def _of_row(row: _Row, path: str, language: str | None) -> Article:
    text = row.text("text") or ""
    if not text.strip():
        raise UnreadableFileError("the row has no text; there is nothing to check")
    spoken = language or row.text("language")
    article = reading.Article(text, row.text("title"), runs=(), language=spoken)
    document = document_of(article, path=path, language=language, id=row.text("id"))
    return Article(document, _source_of(row, document, path))


def _source_of(row: _Row, document: Document, path: str) -> Document | AlignedSource | None:
    """The original: of a row that is one sentence it belongs to that sentence, else it is aligned like any other."""
    text = row.text("source")
    if text is None or not text.strip():
        return None
    source = make_document(text, path=f"{path} (original)", language=row.text("source_language"))
    if len(document.sentences) > 1:
        return source
    unit = SourceUnit(str(row.number), Span(0, len(document.text)), text)
    return AlignedSource((unit,), source.language, source.path)


def _of_units(rows: list[_Row], path: str, language: str | None) -> Article:
    units = [
        Unit(str(row.number), [reading.Piece(target, 0, 0)], row.text("source") or "", f"row {row.number}")
        for row in rows
        if (target := " ".join((row.text("text") or "").split()))
    ]
    if not units:
        raise UnreadableFileError("its rows have no text; there is nothing to check")
    first = rows[0]
    article = assemble_units(
        units, source_language=first.text("source_language"), target_language=first.text("language")
    )
    document = document_of(article, path=path, language=language, id=first.text("document"))
    return Article(replace(document, title=first.text("title") or document.title), document.source)


def _moment(value: object) -> datetime | None:
    """A date as JSON or Parquet have it, None where it is none."""
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime.combine(value, time())
    return read_date(value) if isinstance(value, str) else None
