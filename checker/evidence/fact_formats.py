"""Text of a fact file -> numbered entries: one small parser a format, chosen by suffix and content.

A parser knows syntax only. What makes an entry a valid fact is decided in `checker.evidence.facts`; so a broken line
is an entry with an `error`, and the lines around it live on.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from checker.errors import FactFileError

if TYPE_CHECKING:
    import yaml

# The YAML parser reads some 150,000 characters a second; a larger fact sheet is no longer written by hand.
MAX_YAML_CHARACTERS = 2_000_000
MAX_YAML_DEPTH = 20

_CSV_DELIMITERS = (",", ";", "\t")
_CSV_RECORD_LINES = 40  # a quoted text may hold line breaks, but not a whole file
_MARKUP_SUFFIXES = (".xml", ".html", ".htm")
_MARKUP_START = re.compile(r"\s*<(?:\?xml|!doctype|html)\b", re.IGNORECASE)
_BULLET = re.compile(r"[*•‣◦▪–—-]\s+(?=\D)")  # before a number it may be a minus
_YAML_ITEM = re.compile(r"([ ]*)-(?:\s|\Z)")


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a fact file: `line` counts from 1; `value` is a string or a mapping unless `error` is set."""

    line: int
    value: object = None
    error: str | None = None


def parse_entries(text: str, name: str) -> list[Entry]:
    """The entries of the file called `name` in file order.

    Raises FactFileError where the file as a whole cannot be understood (no `text` column, YAML that does not parse,
    XML or HTML, whose lines are no facts).
    """
    return list(_parser_for(text, name)(text, name))


def split_lines(text: str) -> list[str]:
    r"""Lines as an editor numbers them: broken at \n, \r\n and \r only, unlike `str.splitlines`."""
    return re.split(r"\r\n|\n|\r", text)


def _parser_for(text: str, name: str) -> Callable[[str, str], Iterator[Entry]]:
    suffix = "." + name.lower().rpartition(".")[2]
    if suffix in _PARSERS:
        return _PARSERS[suffix]
    if suffix in _MARKUP_SUFFIXES or _MARKUP_START.match(text):
        raise FactFileError(f"{name}: is XML or HTML; save the facts as text, one a line, or as CSV, JSONL or YAML")
    return _json_lines if _first_line_is_json_fact(text) else _plain_lines


def _first_line_is_json_fact(text: str) -> bool:
    """True for JSONL that carries another suffix: its first line is an object with a `text`."""
    first = next((line for line in split_lines(text) if line.strip()), "")
    try:
        value = json.loads(first)
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict) and "text" in value


def _plain_lines(text: str, name: str) -> Iterator[Entry]:
    del name
    for number, line in enumerate(split_lines(text), start=1):
        stripped = _BULLET.sub("", line.strip())
        if stripped and not stripped.startswith("#"):
            yield Entry(number, stripped)


def _json_lines(text: str, name: str) -> Iterator[Entry]:
    del name
    for number, line in enumerate(split_lines(text), start=1):
        if not line.strip():
            continue
        try:
            yield Entry(number, json.loads(line))
        except json.JSONDecodeError as error:
            yield Entry(number, error=f"not valid JSON ({error.msg} at column {error.colno})")
        except (ValueError, RecursionError):
            yield Entry(number, error="not valid JSON (nested too deeply, or a number too long)")


def _json(text: str, name: str) -> Iterator[Entry]:
    """One JSON list, read item by item to keep line numbers; without one, `.json` holds JSON lines."""
    if not text.lstrip().startswith("["):
        yield from _json_lines(text, name)
        return
    decoder = json.JSONDecoder()
    line, counted = 1, 0
    start = _json_item(text, text.index("[") + 1)
    while start < len(text) and text[start] != "]":
        line, counted = line + text.count("\n", counted, start), start
        try:
            value, end = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            yield Entry(line, error="not valid JSON; what follows it in this list was not read")
            return
        yield Entry(line, value)
        start = _json_item(text, end)


def _json_item(text: str, place: int) -> int:
    """Where the next item of a JSON list begins, or its end."""
    while place < len(text) and text[place] in " \t\r\n,":
        place += 1
    return place


def _csv(text: str, name: str) -> Iterator[Entry]:
    lines = split_lines(text)
    header = next((line for line in lines if line.strip()), "")
    delimiter = max(_CSV_DELIMITERS, key=lambda mark: _header_score(header, mark))
    columns: list[str] | None = None
    number = 0
    while number < len(lines):
        first, (row, taken) = number + 1, _csv_record(lines[number : number + _CSV_RECORD_LINES], delimiter)
        number += taken
        if row is None:
            yield Entry(first, error="not valid CSV (a quotation mark is not closed, or stands inside a field)")
        elif not any(cell.strip() for cell in row):
            continue
        elif columns is None:
            columns = _csv_columns(row, name)
        else:
            yield _csv_entry(row, columns, first)


def _csv_record(lines: list[str], delimiter: str) -> tuple[list[str] | None, int]:
    """The record that begins at the first of `lines`, and how many lines it takes; None where none can be read.

    One record at a time, because a stray quotation mark would otherwise swallow the rest of the file.
    """
    for taken in range(1, len(lines) + 1):
        record = "\n".join(lines[:taken])
        try:
            rows = list(
                csv.reader(io.StringIO(record, newline=""), delimiter=delimiter, skipinitialspace=True, strict=True)
            )
        except csv.Error:
            continue
        return (rows[0] if rows else []), taken
    return None, 1


def _header_score(header: str, delimiter: str) -> tuple[bool, int]:
    cells = _column_names(header.split(delimiter))
    return "text" in cells, len(cells)


def _column_names(cells: list[str]) -> list[str]:
    return [cell.strip().strip('"').lower() for cell in cells]


def _csv_columns(row: list[str], name: str) -> list[str]:
    columns = _column_names(row)
    if "text" not in columns:
        raise FactFileError(
            f"{name}: the first line of a CSV fact file must name its columns, one of them 'text'; "
            "lines of subject, relation and object go into a store with --format triples"
        )
    return columns


def _csv_entry(row: list[str], columns: list[str], line: int) -> Entry:
    if any(cell.strip() for cell in row[len(columns) :]):
        return Entry(line, error=f"{len(row)} columns where the header has {len(columns)}; put quotes around the text")
    cells = zip(columns, (cell.strip() for cell in row), strict=False)
    return Entry(line, {column: cell for column, cell in cells if cell and column})


def _yaml(text: str, name: str) -> Iterator[Entry]:
    """A list of facts, or a mapping with a list `facts`; where it does not parse as a whole, item by item."""
    import yaml  # only here: most fact sheets are not YAML, and `import checker` is to be fast

    if len(text) > MAX_YAML_CHARACTERS:
        raise FactFileError(f"{name}: more than {MAX_YAML_CHARACTERS:,} characters of YAML; save the facts as JSONL")
    try:
        yield from _yaml_entries(text, name, 0)
    except yaml.YAMLError as error:
        pieces = list(_yaml_pieces(text))
        if len(pieces) < 2:
            raise FactFileError(f"{name}: not valid YAML ({_yaml_reason(error)}); correct it, or use .txt") from error
        for line, piece in pieces:
            try:
                yield from _yaml_entries(piece, name, line)
            except yaml.YAMLError as broken:
                yield Entry(line + 1, error=f"not valid YAML ({_yaml_reason(broken)})")


def _yaml_entries(text: str, name: str, before: int) -> list[Entry]:
    """The entries of `text`, which has `before` lines of the file in front of it. Raises yaml.YAMLError."""
    import yaml

    _refuse_yaml_bombs(text, name)
    entries: list[Entry] = []
    loader = yaml.SafeLoader(text)
    items = _yaml_items(loader.get_single_node(), name)
    for item in items:
        line = before + item.start_mark.line + 1
        try:
            entries.append(Entry(line, loader.construct_document(item)))
        except (yaml.YAMLError, ValueError) as error:
            entries.append(Entry(line, error=f"not a valid YAML value ({_yaml_reason(error)})"))
    return entries


def _refuse_yaml_bombs(text: str, name: str) -> None:
    """Raise FactFileError for YAML whose cost is out of proportion to its size. Reads tokens, builds nothing."""
    import yaml

    depth = 0
    for token in yaml.scan(text, yaml.SafeLoader):
        # An alias may stand for a list of aliases and so on: ten lines that unfold into gigabytes. Facts need none.
        if isinstance(token, yaml.AliasToken):
            raise FactFileError(f"{name}: holds YAML aliases (*name), which are not read; write the text out")
        kind = type(token).__name__
        depth += kind.endswith(("SequenceStartToken", "MappingStartToken"))
        depth -= kind.endswith(("SequenceEndToken", "MappingEndToken", "BlockEndToken"))
        if depth > MAX_YAML_DEPTH:  # the parser's time grows with the square of the depth
            raise FactFileError(f"{name}: YAML nested too deeply; write a list of facts")


def _yaml_reason(error: Exception) -> str:
    """One line of what the parser says."""
    return str(getattr(error, "problem", None) or error).partition("\n")[0]


def _yaml_pieces(text: str) -> Iterator[tuple[int, str]]:
    """Each item of the outermost block list with the number of lines before it, found by its dash alone."""
    lines = split_lines(text)
    dashes = [(number, match[1]) for number, line in enumerate(lines) if (match := _YAML_ITEM.match(line))]
    outermost = min((len(indent) for _, indent in dashes), default=0)
    starts = [number for number, indent in dashes if len(indent) == outermost]
    for start, end in pairwise([*starts, len(lines)]):
        yield start, "\n".join(lines[start:end])


def _yaml_items(root: yaml.Node | None, name: str) -> list[yaml.Node]:
    import yaml

    if root is None:
        return []
    if isinstance(root, yaml.MappingNode):
        named = [value for key, value in root.value if key.value == "facts"]
        root = named[0] if named else root
    if not isinstance(root, yaml.SequenceNode):
        raise FactFileError(f"{name}: must hold a list of facts, or a mapping with a list called 'facts'")
    return list(root.value)


_PARSERS: dict[str, Callable[[str, str], Iterator[Entry]]] = {
    ".jsonl": _json_lines,
    ".ndjson": _json_lines,
    ".json": _json,
    ".csv": _csv,
    ".tsv": _csv,
    ".yaml": _yaml,
    ".yml": _yaml,
}
