"""CSV and TSV (RFC 4180, with comma, semicolon or tab): a row is a unit, columns are told by their names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.errors import UnreadableFileError
from checker.readers.article import Article, Piece
from checker.readers.formats.bitext import Unit, assemble_units
from checker.readers.formats.columns import find_columns, has_columns
from checker.readers.formats.prose import words

_DELIMITERS = (",", "\t", ";", "|")
_FIELD = r"""(?:"((?:[^"]|"")*+)"[^{0}\r\n]*|([^{0}\r\n]*))({0}|\r\n?|\n|\Z)"""
_SUFFIXES = (".csv", ".tsv", ".tab")
_QUOTED_PART = re.compile(r'(?P<quote>"")|(?P<space>\s+)|[^"\s]+(?: [^"\s]+)*')

# A field: quoted or not, and where its content stands in the file.
Field = tuple[bool, int, int]


def recognise(text: str, path: str) -> bool:
    """True where the first line names columns for translation and original, or for the one in a file named .csv."""
    first = text.lstrip("\ufeff").partition("\n")[0].strip("\r")
    names = [name.strip('" ') for name in first.split(_delimiter(first))]
    return len(first) < 2_000 and (has_columns(names) or path.endswith(_SUFFIXES))


def read(text: str, language: str | None = None) -> Article:
    """The document of a table. Raises UnreadableFileError where no column is the translation's."""
    rows = _rows(text, _delimiter(text.partition("\n")[0]))
    names = [_text(text, field) for field in next(rows, [])]
    columns = find_columns(names)
    places = {name: names.index(name) for name in (columns.target, columns.source, columns.name) if name}
    return assemble_units(_units(text, rows, places, columns.target, columns.source, columns.name))


def _units(
    text: str, rows: Iterator[list[Field]], places: dict[str, int], target: str, source: str | None, name: str | None
) -> Iterator[Unit]:
    for number, row in enumerate(rows, start=2):
        fields = {column: row[place] for column, place in places.items() if place < len(row)}
        if target not in fields:
            if row != [(False, row[0][1], row[0][1])]:  # a blank line is none
                raise UnreadableFileError(f"row {number} has too few columns; quote fields that hold line breaks")
            continue
        yield Unit(
            id=(_text(text, fields[name]) if name and name in fields else "") or str(number),
            target=list(_pieces(text, fields[target])),
            source=_text(text, fields[source]) if source and source in fields else "",
            locator=f"row {number}, column {target}",
        )


def _delimiter(line: str) -> str:
    return max(_DELIMITERS, key=line.count)


def _rows(text: str, delimiter: str) -> Iterator[list[Field]]:
    row: list[Field] = []
    for match in re.finditer(_FIELD.format(re.escape(delimiter)), text):
        group = 1 if match[1] is not None else 2
        row.append((group == 1, match.start(group), match.end(group)))
        if match[3] != delimiter:
            if match.end() < len(text) or len(row) > 1 or match.start() < match.end():
                yield row
            row = []


def _text(text: str, field: Field) -> str:
    quoted, start, end = field
    return text[start:end].replace('""', '"') if quoted else text[start:end].strip()


def _pieces(text: str, field: Field) -> Iterator[Piece]:
    quoted, start, end = field
    if not quoted:
        yield from words(text, start, end)
        return
    for match in _QUOTED_PART.finditer(text, start, end):
        found = '"' if match["quote"] else " " if match["space"] else match.group()
        yield Piece(found, match.start(), match.end())
