"""Reference facts from files and from Python: every fact has an id and an origin, every broken line is named.

A desk's fact sheet is edited by hand, so one bad line must not cost the others, and none may vanish in silence.
"""

from __future__ import annotations

import codecs
import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from checker.errors import FactFileError, UsageError
from checker.evidence.fact_fields import (
    BOOKKEEPING,
    KEYS,
    BadFactError,
    checked_days,
    checked_text,
    fact_of,
    fields_of,
    items_of,
    shown,
)
from checker.evidence.fact_formats import Entry, parse_entries
from checker.evidence.types import Fact, FactStatus

MAX_FILE_BYTES = 100_000_000
# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY = re.compile(rb"\A(?:%PDF-|PK\x03\x04|\xd0\xcf\x11\xe0)|[\x00-\x08\x0e-\x1a]")


@dataclass(frozen=True, slots=True)
class FactProblem:
    """Something wrong in a fact file. `where` is `<file name>:<line>`, or the file name where it concerns all of it.

    `lost` tells whether a fact was left out; it is False for a note such as a guessed encoding.
    """

    where: str
    reason: str
    lost: bool = True


@dataclass(frozen=True, slots=True)
class LoadedFacts:
    """The usable facts of one file, in file order, and what was wrong with the rest."""

    facts: tuple[Fact, ...]
    problems: tuple[FactProblem, ...]


def load_facts(path: str | Path) -> LoadedFacts:
    """The facts of a text, JSONL, JSON, CSV/TSV or YAML file.

    Text: one fact a line, bullets before it, blank lines and lines that start with `#` ignored. Ids default to
    `<stem>:<line>`, origins to `<file name>:<line>`. UTF-8, UTF-16 and UTF-32 are read by their marks; a line that is
    not UTF-8 is read as windows-1252 and noted. Of facts that share an id the first is used. An empty file is a
    problem, not an error.
    Raises FactFileError where the file is missing, too large, binary, cannot be parsed as a whole, or none of its facts
    can be used.
    """
    path = Path(path)
    text, encoding_notes = read_fact_file(path)
    builder = _Builder(path)
    for entry in parse_entries(text, path.name):
        builder.add(entry)
    problems = (*encoding_notes, *builder.problems)
    if not builder.facts and builder.problems:
        first = builder.problems[0]
        raise FactFileError(f"{path.name}: none of its facts can be used; the first, {first.where}: {first.reason}")
    if not builder.facts:
        problems = (*problems, FactProblem(path.name, "the file holds no facts"))
    return LoadedFacts(tuple(builder.facts), problems)


def read_fact_file(path: Path) -> tuple[str, tuple[FactProblem, ...]]:
    """The text of a fact file, and a note where its encoding had to be guessed. Raises FactFileError."""
    return _decode(_read(path), path.name)


def facts_from_strings(items: Iterable[str | Fact]) -> tuple[Fact, ...]:
    """Facts given from Python, in the same order; strings get the ids `fact:1`, `fact:2`, … by position.

    Raises UsageError for an empty or over-long text, for an id that is used twice, and for one text instead of several.
    """
    facts: dict[str, Fact] = {}
    for number, item in enumerate(items_of(items), start=1):
        try:
            fact = item if isinstance(item, Fact) else Fact(f"fact:{number}", checked_text(item))
            checked_text(fact.text)
            checked_days(fact.valid_from, fact.valid_until)
        except BadFactError as error:
            raise UsageError(f"fact {number}: {error}") from error
        if fact.id in facts:
            raise UsageError(f"fact {number}: the id {fact.id!r} is used twice; give each fact an id of its own")
        facts[fact.id] = fact
    return tuple(facts.values())


def is_valid_at(fact: Fact, day: date) -> bool:
    """True where `day` lies within the fact's validity; both ends count, an open end is always valid."""
    begun = fact.valid_from is None or fact.valid_from <= day
    return begun and (fact.valid_until is None or day <= fact.valid_until)


def is_usable(fact: Fact, day: date) -> bool:
    """True where a fact may be evidence for an article of `day`: valid then, and neither disputed nor retired."""
    return fact.status is FactStatus.ACTIVE and is_valid_at(fact, day)


def facts_hash(facts: Iterable[Fact]) -> str:
    """16 hex digits that change with any field of any fact but who added it when, and not with their order."""
    return combined_hash(fact_digest(fact) for fact in facts)


def fact_digest(fact: Fact) -> bytes:
    """16 bytes that stand for all that a fact says."""
    dates = [day.isoformat() if day else None for day in (fact.valid_from, fact.valid_until)]
    place = [fact.place.start, fact.place.end] if fact.place else None
    said = [fact.id, fact.text, fact.language, fact.origin, *dates, list(fact.tags), fact.status.value, place]
    return hashlib.sha256(json.dumps(said, ensure_ascii=True).encode("ascii")).digest()[:16]


def combined_hash(digests: Iterable[bytes]) -> str:
    """16 hex digits for a set of facts, given the digest of each in any order."""
    return hashlib.sha256(b"".join(sorted(digests))).hexdigest()[:16]


class _Builder:
    """Turns the entries of one file into facts, keeping track of ids and of what was wrong."""

    def __init__(self, path: Path) -> None:
        self.facts: list[Fact] = []
        self.problems: list[FactProblem] = []
        self._path = path
        self._line_of_id: dict[str, int] = {}
        self._last_line = 0
        self._in_line = 0
        self._unknown_keys: set[str] = set()

    def add(self, entry: Entry) -> None:
        where = f"{self._path.name}:{entry.line}"
        default_id = f"{self._path.stem}:{self._place(entry.line)}"
        try:
            if entry.error:
                raise BadFactError(entry.error)
            fields = fields_of(entry.value)
            fact = fact_of(fields, default_id=default_id, default_origin=where)
            self._claim_id(fact.id, entry.line)
        except BadFactError as error:
            self.problems.append(FactProblem(where, str(error)))
            return
        self.facts.append(fact)
        self._note_unknown_keys(fields, where)

    def _place(self, line: int) -> str:
        """The line, and for a further fact in the same line (JSON and YAML lists allow it) its number there."""
        self._in_line = self._in_line + 1 if line == self._last_line else 1
        self._last_line = line
        return f"{line}" if self._in_line == 1 else f"{line}.{self._in_line}"

    def _claim_id(self, fact_id: str, line: int) -> None:
        if fact_id in self._line_of_id:
            raise BadFactError(f"the id {shown(fact_id)} is already used in line {self._line_of_id[fact_id]}")
        self._line_of_id[fact_id] = line

    def _note_unknown_keys(self, fields: Mapping[str, object], where: str) -> None:
        """Said once a key: a misspelt `valid_until` would otherwise make a stale fact count for ever."""
        for key in sorted(fields.keys() - KEYS - BOOKKEEPING - self._unknown_keys):
            self._unknown_keys.add(key)
            self.problems.append(FactProblem(where, f"unknown key {shown(key)} is ignored", lost=False))


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:  # a pipe has no size beforehand, so one byte too many tells
            raw = file.read(MAX_FILE_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a zero byte in the path
        reason = getattr(error, "strerror", None) or error
        raise FactFileError(f"{path}: cannot be read ({reason}); check the path") from error
    if len(raw) > MAX_FILE_BYTES:
        raise FactFileError(f"{path}: larger than {MAX_FILE_BYTES:,} bytes, the most for a fact file: split it")
    return raw


def _decode(raw: bytes, name: str) -> tuple[str, tuple[FactProblem, ...]]:
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            try:
                return raw.decode(encoding), ()
            except UnicodeDecodeError as error:
                raise FactFileError(f"{name}: damaged {encoding} text ({error.reason}); save it as UTF-8") from error
    if _BINARY.search(raw):
        raise FactFileError(f"{name}: is not a text file; save the facts as UTF-8 text, CSV, JSONL or YAML")
    try:
        return raw.decode("utf-8"), ()
    except UnicodeDecodeError:
        return _decode_by_line(raw, name)


def _decode_by_line(raw: bytes, name: str) -> tuple[str, tuple[FactProblem, ...]]:
    """UTF-8 where a line is UTF-8: pasting from an old system spoils single lines, and only those are doubtful."""
    lines: list[str] = []
    doubtful: list[int] = []
    for number, line in enumerate(raw.split(b"\n"), start=1):
        try:
            lines.append(line.decode("utf-8"))
        except UnicodeDecodeError:
            doubtful.append(number)
            lines.append(_decode_legacy(line))
    more = f" (so are {len(doubtful) - 1} more lines)" if len(doubtful) > 1 else ""
    reason = f"not UTF-8, read as windows-1252{more}; check its accents, or save the file as UTF-8"
    return "\n".join(lines), (FactProblem(f"{name}:{doubtful[0]}", reason, lost=False),)


def _decode_legacy(line: bytes) -> str:
    try:
        return line.decode("cp1252")
    except UnicodeDecodeError:  # five bytes have no meaning in windows-1252
        return line.decode("latin-1")
