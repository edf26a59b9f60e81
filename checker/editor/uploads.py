"""Files that are dropped on the page: an article or a source in any format that is read, and fact files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

from checker.annotate import WRITERS
from checker.document import Part
from checker.errors import UsageError
from checker.evidence import Fact, FactStore, load_facts
from checker.readers import read_original_bytes, read_with_positions

_LONGEST_NAME = 120


def read_document(data: bytes, name: str, language: str | None) -> Mapping[str, Any]:
    """The document as the API's DocumentAnswer. Raises UnreadableFileError."""
    reading = read_with_positions(data, path=plain_name(name), language=language)
    document = reading.document
    source = document.source
    return {
        "text": document.text,
        "title": document.title,
        "language": document.language,
        "format": reading.format,
        "can_mark": reading.format in WRITERS,
        "can_correct": bool(reading.runs),
        "parts": _parts(document.parts),
        "units": [
            {"id": unit.id, "start": unit.span.start, "end": unit.span.end, "text": unit.text}
            for unit in (source.units if source else ())
        ],
        "source_language": source.language if source else None,
        "published": document.published.date().isoformat() if document.published else None,
        "notes": list(document.notes),
        "omitted": list(document.omitted),
    }


def read_source(data: bytes, name: str) -> Mapping[str, Any]:
    """The original of a translated article, as the API's SourceAnswer. Raises UnreadableFileError."""
    document = read_original_bytes(data, path=plain_name(name))
    return {
        "source": document.text,
        "source_language": document.language,
        "source_parts": _parts(document.parts),
        "notes": list(document.notes),
        "omitted": list(document.omitted),
    }


def read_facts(data: bytes, name: str) -> Mapping[str, Any]:
    """The facts of a file as the API's FactsAnswer. Raises FactFileError, and UsageError for a fact store."""
    with TemporaryDirectory(prefix="checker-") as folder:
        path = Path(folder, plain_name(name))
        path.write_bytes(data)
        if FactStore.is_store(path):
            raise UsageError("this is a fact store; start the server with `checker serve --facts STORE`")
        loaded = load_facts(path)
    return {
        "facts": [_fact(fact) for fact in loaded.facts],
        "skipped": [{"what": problem.where, "reason": problem.reason} for problem in loaded.problems if problem.lost],
    }


def _parts(parts: Sequence[Part]) -> list[Mapping[str, Any]]:
    return [{"kind": part.kind.value, "start": part.span.start, "end": part.span.end} for part in parts]


def _fact(fact: Fact) -> Mapping[str, Any]:
    return {
        "text": fact.text,
        "id": fact.id,
        "language": fact.language,
        "origin": fact.origin,
        "valid_from": fact.valid_from.isoformat() if fact.valid_from else None,
        "valid_until": fact.valid_until.isoformat() if fact.valid_until else None,
    }


def plain_name(name: str) -> str:
    """The last part of a file's name, in characters that any file system takes; it tells the format and the origin."""
    last = PurePosixPath(name.replace("\\", "/")).name
    kept = "".join(character if character.isalnum() or character in "._- " else "_" for character in last)
    return kept.strip(" .")[-_LONGEST_NAME:].strip(" .") or "file"
