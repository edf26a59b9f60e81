"""JSON Lines: an object a line, a unit each; keys are named as the columns of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.errors import UnreadableFileError
from checker.readers.article import Article
from checker.readers.formats.bitext import Unit, assemble_units
from checker.readers.formats.columns import TARGETS, find_columns
from checker.readers.formats.json_places import JsonString, JsonValue, parse_json
from checker.readers.formats.prose import words

_LINE = re.compile(r"[^\n]*\S[^\n]*")


def recognise(text: str, path: str) -> bool:
    """True where the first line is a whole JSON object with a key for the translation."""
    first = _LINE.search(text)
    if first is None or not first.group().lstrip().startswith("{"):
        return False
    try:
        value = parse_json(text, first.start(), first.end())
    except UnreadableFileError:
        return False
    return isinstance(value, dict) and any(key.lower() in TARGETS for key in value)


def read(text: str, language: str | None = None) -> Article:
    """The document of a JSON Lines file. Raises UnreadableFileError where a line is no object."""
    return assemble_units(_units(text))


def _units(text: str) -> Iterator[Unit]:
    number = position = 0
    for match in _LINE.finditer(text):
        number += text.count("\n", position, match.start())
        position = match.start()
        try:
            value = parse_json(text, match.start(), match.end())
        except UnreadableFileError as error:
            raise UnreadableFileError(f"line {number + 1}: {error}") from error
        if not isinstance(value, dict):
            raise UnreadableFileError(f"line {number + 1} is no JSON object; write one object a line")
        yield _unit(value, number + 1)


def _unit(value: dict[str, JsonValue], line: int) -> Unit:
    columns = find_columns(list(value))
    target = value.get(columns.target)
    source = value.get(columns.source) if columns.source else None
    name = value.get(columns.name) if columns.name else None
    return Unit(
        id=name.value if isinstance(name, JsonString) else str(line),
        target=words(target.value, 0, len(target.value)) if isinstance(target, JsonString) else [],
        source=source.value if isinstance(source, JsonString) else "",
        locator=f"line {line}, /{columns.target}",
        within=target.runs if isinstance(target, JsonString) else None,
    )
