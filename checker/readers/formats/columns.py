"""Which columns of a table hold translation and original, told by the names that people give them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from checker.errors import UnreadableFileError

TARGETS = ("target", "translation", "tgt", "trg", "mt", "hypothesis", "hyp", "translated", "target_text", "text")
SOURCES = ("source", "original", "src", "premise", "source_text", "reference")
NAMES = ("id", "key", "unit", "segment", "number")
DOCUMENTS = ("document", "document_id", "doc", "doc_id", "article", "article_id", "file")


@dataclass(frozen=True, slots=True)
class Columns:
    """Names of columns; `source`, `name` and `document` are None where there is none."""

    target: str
    source: str | None
    name: str | None
    document: str | None


def find_columns(names: Sequence[str]) -> Columns:
    """The columns among `names`, whatever their case. Raises UnreadableFileError where none is the translation's."""
    target = _first(names, TARGETS)
    if target is None:
        raise UnreadableFileError(
            f"no column of {', '.join(names) or 'none'} is the translation; name the columns source and target"
        )
    source = _first(names, SOURCES)
    return Columns(target, source, _first(names, NAMES), _first(names, DOCUMENTS))


def has_columns(names: Sequence[str]) -> bool:
    """True where translation and original are both among `names`."""
    return _first(names, TARGETS) is not None and _first(names, SOURCES) is not None


def _first(names: Sequence[str], wanted: Sequence[str]) -> str | None:
    by_key = {name.strip().casefold().replace(" ", "_").replace("-", "_"): name for name in reversed(names)}
    return next((by_key[each] for each in wanted if each in by_key), None)
