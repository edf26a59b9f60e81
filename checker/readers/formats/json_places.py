"""JSON in which every string knows its code points in the file; Python's own parser keeps no places."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import NamedTuple, cast

from checker.errors import UnreadableFileError
from checker.readers.article import LateRuns, Run

_TOKEN = re.compile(r'[ \t\n\r]*(["{}\[\],:]|[^\s{}\[\],:"]+)')
# A pair of surrogates is one character.
_ESCAPE = re.compile(r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|[^u])", re.DOTALL)
_DECODER = json.JSONDecoder()
_DEEPEST = 100
_QUOTE = '"'


class JsonString(NamedTuple):
    """A string, without escapes in `value`; in the file it is `file[start:end]`. `pointer` names it (RFC 6901)."""

    value: str
    file: str
    start: int
    end: int
    pointer: str

    @property
    def runs(self) -> Sequence[Run]:
        """The way from `value` to the file."""
        return LateRuns(self._runs)

    def _runs(self) -> list[Run]:
        runs: list[Run] = []
        position, written = 0, self.start
        for match in _ESCAPE.finditer(self.file, self.start, self.end):
            start, end = match.span()
            if start > written:
                runs.append(Run(position, written, start - written, start - written))
                position += start - written
            runs.append(Run(position, start, 1, end - start))
            position, written = position + 1, end
        if self.end > written:
            runs.append(Run(position, written, self.end - written, self.end - written))
        return runs


# Numbers, true, false and null carry no text of an article: they are None.
JsonValue = dict[str, "JsonValue"] | list["JsonValue"] | JsonString | None


def parse_json(text: str, start: int = 0, end: int | None = None) -> JsonValue:
    """The JSON value in `text[start:end]`. Raises UnreadableFileError where it is damaged or nested too deeply."""
    stop = len(text) if end is None else end
    try:
        json.loads(text[start:stop])
    except json.JSONDecodeError as error:
        raise UnreadableFileError(
            f"this JSON is damaged ({error.msg}, line {error.lineno}, column {error.colno}); ask for the file again"
        ) from error
    except RecursionError as error:
        raise _too_deep() from error
    return _Walk(text, start).value("", 0)


def _too_deep() -> UnreadableFileError:
    return UnreadableFileError("this JSON is nested too deeply; ask for the file as its standard has it")


class _Walk:
    """Reads well-formed JSON token by token."""

    def __init__(self, file: str, start: int) -> None:
        self._file = file
        self._position = start

    def value(self, pointer: str, depth: int) -> JsonValue:
        return self._value(self._take(), pointer, depth)

    def _value(self, mark: str, pointer: str, depth: int) -> JsonValue:
        if depth > _DEEPEST:
            raise _too_deep()
        if mark == _QUOTE:
            start = self._position
            value = self._string()
            return JsonString(value, self._file, start, self._position - len(_QUOTE), pointer)
        if mark == "{":
            return self._object(pointer, depth)
        return self._array(pointer, depth) if mark == "[" else None

    def _object(self, pointer: str, depth: int) -> JsonValue:
        found: dict[str, JsonValue] = {}
        while self._take() == _QUOTE:
            key = self._string()
            self._take()  # the colon
            found[key] = self.value(f"{pointer}/{key.replace('~', '~0').replace('/', '~1')}", depth + 1)
            if self._take() == "}":
                break
        return found

    def _array(self, pointer: str, depth: int) -> JsonValue:
        found: list[JsonValue] = []
        mark = self._take()
        while mark != "]":
            if mark == ",":
                mark = self._take()
            found.append(self._value(mark, f"{pointer}/{len(found)}", depth + 1))
            mark = self._take()
        return found

    def _string(self) -> str:
        """What stands between the quotation mark just taken and its end, which is taken as well."""
        value, self._position = _DECODER.raw_decode(self._file, self._position - len(_QUOTE))
        return cast(str, value)

    def _take(self) -> str:
        """The next token; of a string its quotation mark. The JSON is known to be well-formed."""
        match = _TOKEN.match(self._file, self._position)
        assert match is not None  # noqa: S101
        self._position = match.end()
        return match[1]


def texts(value: JsonValue) -> JsonString | None:
    """`value` where it is a string with something in it."""
    return value if isinstance(value, JsonString) and value.value.strip() else None
