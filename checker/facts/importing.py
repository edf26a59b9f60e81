"""Bringing facts into a store, batch by batch: an import that is cut off goes on where it was."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from itertools import islice
from pathlib import Path

from checker.errors import FactFileError, UsageError
from checker.evidence import Added, Embedder, Fact, FactStore
from checker.evidence.fact_fields import BOOKKEEPING, KEYS, BadFactError, fact_of, fields_of, shown
from checker.evidence.fact_formats import Entry
from checker.evidence.facts import FactProblem, read_fact_file
from checker.facts.sources import article_entries, file_entries, parquet_entries, triple_entries

BATCH = 1_000


class ImportFormat(StrEnum):
    """What is imported. AUTO: a folder holds articles, .parquet is Parquet, anything else is a fact file."""

    AUTO = "auto"
    FACTS = "facts"
    PARQUET = "parquet"
    TRIPLES = "triples"
    ARTICLES = "articles"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """How facts are brought in: tags that all of them get, who adds them, a date for articles that have none."""

    format: ImportFormat = ImportFormat.AUTO
    tags: tuple[str, ...] = ()
    by: str | None = None
    day: date | None = None
    embedder: Embedder | None = None
    batch: int = BATCH


@dataclass(slots=True)
class Imported:
    """What an import did. `resumed` entries were committed by one that was cut off; `problems` lists all others."""

    added: Added = field(default_factory=Added)
    resumed: int = 0
    problems: list[FactProblem] = field(default_factory=list)


def import_file(
    store: FactStore,
    path: Path,
    options: ImportOptions | None = None,
    tell: Callable[[int], object] = lambda _: None,
) -> Imported:
    """Bring the facts of a file or folder into the store.

    Each batch is committed with the number of entries it came to, so that the same call goes on from there after a
    kill; a file that has changed meanwhile is read from its start, which changes nothing that is there already. A fact
    without an id gets one from its words and dates. `tell` hears how many entries are done. Raises FactFileError where
    the file as a whole cannot be read, and what `FactStore.add` raises.
    """
    chosen = options or ImportOptions()
    kind = _kind(path, chosen.format)
    notes, entries, content = _open(path, kind, chosen)
    source = f"{kind}:{path.name}:{chosen.tags}:{content}"
    done = store.import_position(source)
    result = Imported(resumed=done, problems=list(notes))
    reader = _FactReader(path, kind, chosen, result)
    remaining = islice(entries, done, None)
    while batch := list(islice(remaining, chosen.batch)):
        done += len(batch)
        facts = reader.facts_of(batch)
        result.added += store.add(facts, by=chosen.by, embedder=chosen.embedder, position=(source, done))
        tell(done)
    store.end_import(source)
    return result


class _FactReader:
    """Entries to facts, with what was wrong noted in the result."""

    def __init__(self, path: Path, kind: ImportFormat, options: ImportOptions, result: Imported) -> None:
        self._path = path
        self._kind = kind
        self._options = options
        self._result = result
        self._told: set[str] = set()

    def facts_of(self, entries: Sequence[Entry]) -> list[Fact]:
        """The facts of a batch; of those that share an id the last."""
        facts: dict[str, Fact] = {}
        for entry in entries:
            where = self._where(entry)
            try:
                if entry.error:
                    raise BadFactError(entry.error)
                fields = fields_of(entry.value)
                fact = fact_of(fields, default_id=None, default_origin=where)
            except BadFactError as error:
                self._result.problems.append(FactProblem(where, str(error)))
                continue
            for key in sorted(fields.keys() - KEYS - BOOKKEEPING - self._told):
                self._told.add(key)
                self._result.problems.append(FactProblem(where, f"unknown key {shown(key)} is ignored", lost=False))
            fact = replace(fact, tags=tuple(dict.fromkeys((*fact.tags, *self._options.tags))))
            if fact.id in facts and fact.text != facts[fact.id].text:
                reason = f"the id {shown(fact.id)} is used twice; the later fact is kept"
                self._result.problems.append(FactProblem(where, reason, lost=False))
            facts[fact.id] = fact
        return list(facts.values())

    def _where(self, entry: Entry) -> str:
        """Its line; of an article the file that it stands in, for its number in the folder leads nowhere."""
        if self._kind is ImportFormat.ARTICLES and isinstance(entry.value, Mapping):
            return f"{self._path.name}/{entry.value['origin']}"
        return f"{self._path.name}:{entry.line}"


def _kind(path: Path, given: ImportFormat) -> ImportFormat:
    if given is not ImportFormat.AUTO:
        if (given is ImportFormat.ARTICLES) != path.is_dir() and path.exists():
            raise UsageError(f"{path}: {'articles are' if given is ImportFormat.ARTICLES else 'this is'} a folder")
        return given
    if path.is_dir():
        return ImportFormat.ARTICLES
    return ImportFormat.PARQUET if path.suffix.lower() == ".parquet" else ImportFormat.FACTS


def _open(path: Path, kind: ImportFormat, options: ImportOptions) -> tuple[Sequence[FactProblem], Iterator[Entry], str]:
    """What is said of the file as a whole, its entries, and a hash that changes with its content."""
    if kind is ImportFormat.ARTICLES:
        if not path.is_dir():
            raise FactFileError(f"{path}: no such folder; check the path")
        return (), article_entries(path, options.day), _folder_hash(path)
    if kind is ImportFormat.PARQUET:
        try:
            with path.open("rb") as file:
                content = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise FactFileError(f"{path}: cannot be read ({error.strerror}); check the path") from error
        return (), parquet_entries(path), content
    text, notes = read_fact_file(path)
    entries = triple_entries(text) if kind is ImportFormat.TRIPLES else file_entries(path, text)
    return notes, entries, hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _folder_hash(folder: Path) -> str:
    """Changes with the names and sizes of the files, which tells an archive that has grown."""
    names = sorted(
        (one.relative_to(folder).as_posix(), one.stat().st_size) for one in folder.rglob("*") if one.is_file()
    )
    return hashlib.sha256(repr(names).encode("utf-8", "surrogatepass")).hexdigest()
