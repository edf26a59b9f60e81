"""JSON in which every string knows its code points in the file; Python's own parser keeps no places."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import NamedTuple, cast

from checker.errors import UnreadableFileError
from checker.readers.article import Piece

_TOKEN = re.compile(r'[ \t\n\r]*(?:"([^"\\]*(?:\\.[^"\\]*)*)"|([{}\[\],:])|([^\s{}\[\],:"]+))', re.DOTALL)
_STRING_PART = re.compile(
    r"[^\\]+|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.", re.DOTALL
)
_ESCAPES = {"\\n": "\n", '\\"': '"', "\\t": "\t", "\\r": "\r", "\\/": "/", "\\\\": "\\"}
_DEEPEST = 100


class JsonString(NamedTuple):
    """A string whose content, still escaped, is `file[start:end]`; `pointer` names it (RFC 6901)."""

    file: str
    start: int
    end: int
    pointer: str

    @property
    def value(self) -> str:
        """The string without escapes."""
        content = self.file[self.start : self.end]
        return cast(str, json.loads(f'"{content}"')) if "\\" in content else content

    def pieces(self) -> Iterator[Piece]:
        """The string without escapes, with places."""
        for match in _STRING_PART.finditer(self.file, self.start, self.end):
            found = match.group()
            if found[0] == "\\":
                found = _ESCAPES.get(found) or json.loads(f'"{found}"')
            yield Piece(found, match.start(), match.end())


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
    return _Walk(text, start, stop).value("", 0)


def _too_deep() -> UnreadableFileError:
    return UnreadableFileError("this JSON is nested too deeply; ask for the file as its standard has it")


class _Walk:
    """Reads well-formed JSON token by token."""

    def __init__(self, file: str, start: int, end: int) -> None:
        self._file = file
        self._tokens = _TOKEN.finditer(file, start, end)
        self._next: re.Match[str] | None = None

    def value(self, pointer: str, depth: int) -> JsonValue:
        if depth > _DEEPEST:
            raise _too_deep()
        token = self._take()
        if token[1] is not None:
            return JsonString(self._file, token.start(1), token.end(1), pointer)
        if token[2] == "{":
            return self._object(pointer, depth)
        if token[2] == "[":
            return self._array(pointer, depth)
        return None

    def _object(self, pointer: str, depth: int) -> JsonValue:
        found: dict[str, JsonValue] = {}
        token = self._take()
        while token[1] is not None:
            key = json.loads(f'"{token[1]}"') if "\\" in token[1] else token[1]
            self._take()  # the colon
            found[key] = self.value(f"{pointer}/{key.replace('~', '~0').replace('/', '~1')}", depth + 1)
            if self._take()[2] == "}":
                break
            token = self._take()
        return found

    def _array(self, pointer: str, depth: int) -> JsonValue:
        found: list[JsonValue] = []
        token = self._take()
        if token[2] == "]":
            return found
        self._next = token
        while True:
            found.append(self.value(f"{pointer}/{len(found)}", depth + 1))
            if self._take()[2] == "]":
                return found

    def _take(self) -> re.Match[str]:
        token, self._next = self._next or next(self._tokens), None
        return token


def texts(value: JsonValue) -> JsonString | None:
    """`value` where it is a string with something in it."""
    return value if isinstance(value, JsonString) and value.value.strip() else None
