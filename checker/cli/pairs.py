"""The lines of `checker score`: a JSON object in, the same object with the model's view or an error out."""

from __future__ import annotations

import gzip
import json
import sys
import zlib
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from checker.document import foreign_language, has_half_character
from checker.document.language import DEFAULT_LANGUAGE
from checker.errors import UnreadableFileError
from checker.evidence import Relation
from checker.nli import Pair
from checker.report.json import dumps, round_shares

if TYPE_CHECKING:
    from checker.findings import Scored

_GZIP = b"\x1f\x8b"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_RELATIONS = {relation.value: relation for relation in (Relation.REFERENCE, Relation.CONTEXT)}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of input: its keys and the pair in them, or the error that takes its place."""

    keys: dict[str, Any]
    pair: Pair | None
    error: str | None = None


class _BadLineError(ValueError):
    """A line that holds no pair; the message is the reason shown to the user."""


def read_lines(path: Path) -> Iterator[Line]:
    """The lines of a file, gzipped or not, or of standard input for `-`. Raises UnreadableFileError, also midway."""
    try:
        with nullcontext(sys.stdin.buffer) if str(path) == "-" else path.open("rb") as stream:
            for number, raw in enumerate(_unpacked(stream), start=1):
                yield read_line(raw, number)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise UnreadableFileError(f"{path}: damaged gzip file ({error}); make it again") from error
    except OSError as error:
        raise UnreadableFileError(f"{path}: cannot be read ({error.strerror}); give a JSONL file or -") from error


def read_line(raw: bytes, number: int) -> Line:
    """The pair in line `number` (from 1); never raises."""
    try:
        keys = _parse(raw.removeprefix(_BYTE_ORDER_MARK))  # files that were joined have one in the middle too
        return Line(keys, _pair(keys))
    except _BadLineError as error:
        return Line({}, None, f"line {number}: {error}")


def write_line(line: Line, scored: Scored | None) -> bytes:
    """The line that stands in the same place of the output; ends in a newline."""
    answer = {"error": line.error} if scored is None else line.keys | _view(scored)
    return dumps(answer, indent=None).encode("utf-8")


def _unpacked(stream: BinaryIO) -> Iterable[bytes]:
    peek = getattr(stream, "peek", None)
    if peek is not None and peek(len(_GZIP))[: len(_GZIP)] == _GZIP:
        return gzip.GzipFile(fileobj=stream)
    return stream


def _parse(raw: bytes) -> dict[str, Any]:
    try:
        keys = json.loads(raw.decode("utf-8"), parse_constant=_refuse, parse_float=_finite)
    except UnicodeDecodeError as error:
        raise _BadLineError(f"not UTF-8 (byte {error.start + 1}); write the file as UTF-8") from error
    except json.JSONDecodeError as error:
        found = "empty" if not raw.strip() else f"not JSON ({error.msg}, column {error.colno})"
        raise _BadLineError(f"{found}; write one JSON object a line") from error
    except RecursionError as error:
        raise _BadLineError("nested too deeply") from error
    except _BadLineError:
        raise
    except ValueError as error:  # of thousands of digits, which Python does not read
        raise _BadLineError("holds a number that is too long; write it as a string") from error
    if not isinstance(keys, dict):
        raise _BadLineError("not a JSON object; write one JSON object a line")
    return keys


def _refuse(constant: str) -> float:
    raise _BadLineError(f"{constant} is not JSON")


def _finite(digits: str) -> float:
    """A number that can be written again: 1e999 is JSON and becomes infinity, which is not."""
    number = float(digits)
    if number in (float("inf"), float("-inf")):
        raise _BadLineError(f"the number {digits[:20]} is too large")
    return number


def _pair(keys: dict[str, Any]) -> Pair:
    premise, hypothesis = _text(keys, "premise"), _text(keys, "hypothesis")
    if not hypothesis.strip():
        raise _BadLineError("the hypothesis is empty: there is nothing to judge")
    name = keys.get("relation", Relation.REFERENCE.value)
    relation = _RELATIONS.get(name) if isinstance(name, str) else None
    if relation is None:
        raise _BadLineError(f"relation is {json.dumps(name)[:40]}; give {' or '.join(map(json.dumps, _RELATIONS))}")
    if not premise.strip():
        return Pair("", hypothesis, Relation.LANGUAGE)
    return Pair(premise, hypothesis, relation, foreign_language(premise) or DEFAULT_LANGUAGE)


def _text(keys: dict[str, Any], key: str) -> str:
    if key not in keys:
        raise _BadLineError(f"has no key {key!r}")
    value = keys[key]
    if not isinstance(value, str):
        raise _BadLineError(f"{key} is {_kind_of(value)}; give a string")
    if has_half_character(value):
        raise _BadLineError(f"{key} holds half a surrogate pair, which is no character")
    return value


def _kind_of(value: object) -> str:
    """What JSON calls a value that is no string."""
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    return "a list" if isinstance(value, list) else "an object" if isinstance(value, dict) else "a number"


def _view(scored: Scored) -> dict[str, Any]:
    entailment, neutral, contradiction = round_shares((scored.entailment, scored.neutral, scored.contradiction))
    return {
        "entailment": entailment,
        "neutral": neutral,
        "contradiction": contradiction,
        "error_probability": round(scored.error_probability, 6),
        "spans": [
            {
                "start": span.span.start,
                "end": span.span.end,
                "text": span.text,
                "probability": round(span.probability, 3),
                "category": span.category,
            }
            for span in scored.spans
        ],
        "truncated": scored.truncated,
    }
