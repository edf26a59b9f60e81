"""Articles in tables (JSON Lines, CSV, Parquet): a row each, or neighbouring rows of one `document`.

A bad row costs that row alone.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, time
from itertools import groupby
from pathlib import PurePath
from typing import BinaryIO

from checker.audit.columns import ColumnNames
from checker.audit.given import Article, Item, Labels
from checker.audit.table_rows import Row, csv_rows, json_rows, parquet_rows
from checker.document import AlignedSource, Document, SourceUnit, Span, language_code, make_document
from checker.errors import UnreadableFileError
from checker.readers import article as reading
from checker.readers.files import document_of
from checker.readers.formats.bitext import Unit, assemble_units
from checker.readers.formats.dates import read_date

_TEXTS = (".jsonl", ".ndjson", ".csv", ".tsv")
SUFFIXES = (*_TEXTS, *(f"{suffix}.gz" for suffix in _TEXTS), ".parquet")

_SHOWN = 40  # characters of a value

Open = Callable[[], BinaryIO]


def is_table(name: str) -> bool:
    """True where the name is that of a table of articles."""
    return name.lower().endswith(SUFFIXES)


def rows_of(path: str, opened: Open, columns: ColumnNames, language: str | None) -> Iterator[Item]:
    """An item for each article of a table, and one that says why where it cannot be read any further.

    `path` names it, `opened` gives its bytes as they are stored; of Parquet they can be sought in. Raises
    UnreadableFileError where it cannot be opened.
    """
    try:
        with opened() as stored, _unpacked(path, stored) as file:
            for _, several in groupby(_to_the_end(_rows(path, file, columns)), key=_group):
                yield _item(path, list(several), language)
    except FileNotFoundError as error:
        raise UnreadableFileError(f"{path}: no such file; check the name") from error
    except OSError as error:
        raise UnreadableFileError(f"{path}: cannot be read ({error.strerror}); check the file") from error


def _unpacked(path: str, stored: BinaryIO) -> BinaryIO:
    return gzip.open(stored, "rb") if path.lower().endswith(".gz") else stored  # type: ignore[return-value]


def _rows(path: str, file: BinaryIO, columns: ColumnNames) -> Iterator[Row]:
    match PurePath(path.lower().removesuffix(".gz")).suffix:
        case ".parquet":
            return parquet_rows(file, columns)
        case ".csv":
            return csv_rows(file, columns)
        case ".tsv":
            return csv_rows(file, columns, "\t")
        case _:
            return json_rows(file, columns)


def _to_the_end(rows: Iterator[Row]) -> Iterator[Row]:
    """The rows, and a last one with the problem that ends them: a group that came before it must not be lost."""
    number = 0
    try:
        for row in rows:
            number = row.number
            yield row
    except UnreadableFileError as error:
        yield Row(number + 1, {}, str(error))
    except (OSError, EOFError, zlib.error) as error:
        yield Row(number + 1, {}, f"cannot be read any further ({error}); check the file")


def _group(row: Row) -> str:
    document = row.text("document")
    return f"#{row.number}" if document is None or row.problem else f"={document}"


def _item(path: str, rows: list[Row], language: str | None) -> Item:
    first = rows[0]
    name = f"{path}#{first.number}"
    labels = Labels(first.text("agency"), first.text("desk"), first.text("engine"), first.text("source_language"))
    published = _moment(first.values.get("published"))
    grouped = first.text("document") is not None

    def read() -> Article:
        problem = next((row.problem for row in rows if row.problem), None)
        if problem is not None:
            raise UnreadableFileError(f"{path}: {problem.removeprefix(f'{path}: ')}")
        try:
            for row in rows:
                row.refuse_other_than_strings("text", "source")
            article = _of_units(rows, name, language) if grouped else _of_row(first, name, language)
        except UnreadableFileError as error:
            raise UnreadableFileError(f"{name}: {error}") from error
        notes = (*article.document.notes, *_not_understood(first, language))
        document = replace(article.document, published=published or article.document.published, notes=notes)
        return replace(article, document=document, labels=labels)

    return Item(name, read, published, labels, first.text("document" if grouped else "id") or "")


def _not_understood(row: Row, language: str | None) -> Iterator[str]:
    """Notes on values that say nothing, so that nobody takes them for heard."""
    for field in row.values:
        kind = row.kind(field)
        if kind is not None:
            yield f"{field} is {kind}, no plain text; it was left out"
    day, spoken = row.text("published"), row.text("language")
    if day is not None and _moment(row.values["published"]) is None:
        yield no_date(day)
    if spoken is not None and language is None and language_code(spoken) is None:
        yield f"language is {spoken[:_SHOWN]!r}, which is no code such as en; it was told from the text"


def no_date(value: str) -> str:
    """A note on a value that should say when an article was published."""
    return f"published is {value[:_SHOWN]!r}, which is no date such as 2024-05-01; it was left out"


def _of_row(row: Row, path: str, language: str | None) -> Article:
    text = row.text("text") or ""
    if not text.strip():
        raise UnreadableFileError("this row has no text; there is nothing to check")
    spoken = language or row.text("language")
    article = reading.Article(text, row.text("title"), runs=(), language=spoken)
    document = document_of(article, path=path, language=language, id=row.text("id"))
    return Article(document, _source_of(row, document, path))


def _source_of(row: Row, document: Document, path: str) -> Document | AlignedSource | None:
    """The original: of a row that is one sentence it belongs to that sentence, else it is aligned like any other."""
    text = row.text("source")
    if text is None or not text.strip():
        return None
    source = make_document(text, path=f"{path} (original)", language=row.text("source_language"))
    if len(document.sentences) > 1:
        return source
    unit = SourceUnit(str(row.number), Span(0, len(document.text)), text)
    return AlignedSource((unit,), source.language, source.path)


def _of_units(rows: list[Row], path: str, language: str | None) -> Article:
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
