"""Reference facts from files and from Python: every fact has an id and an origin, every broken line is named.

A desk's fact sheet is edited by hand, so one bad line must not cost the others, and none may vanish in silence.
"""

from __future__ import annotations

import codecs
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from checker.errors import FactFileError, UsageError
from checker.evidence.fact_formats import Entry, parse_entries
from checker.evidence.types import Fact

MAX_FACT_CHARACTERS = 2_000
MAX_FILE_BYTES = 100_000_000
_KEYS = frozenset({"text", "id", "language", "origin", "valid_from", "valid_until", "tags"})
# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY = re.compile(rb"\A(?:%PDF-|PK\x03\x04|\xd0\xcf\x11\xe0)|[\x00-\x08\x0e-\x1a]")
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9]+)*", re.IGNORECASE)


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


class _BadFactError(ValueError):
    """An entry that cannot become a Fact; the message is the reason shown to the user."""


def load_facts(path: Path) -> LoadedFacts:
    """The facts of a text, JSONL, JSON, CSV/TSV or YAML file.

    Text: one fact a line, blank lines and lines that start with `#` ignored. Ids default to `<stem>:<line>`, origins to
    `<file name>:<line>`. UTF-8, UTF-16 and UTF-32 are read by their marks; a line that is not UTF-8 is read as
    windows-1252 and noted. Of facts that share an id the first is used. An empty file is a problem, not an error.
    Raises FactFileError where the file is missing, too large, binary, cannot be parsed as a whole, or none of its facts
    can be used.
    """
    text, encoding_notes = _decode(_read(path), path.name)
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


def facts_from_strings(items: Iterable[str | Fact]) -> tuple[Fact, ...]:
    """Facts given from Python, in the same order; strings get the ids `fact:1`, `fact:2`, … by position.

    Raises UsageError for an empty or over-long text and for an id that is used twice.
    """
    facts: dict[str, Fact] = {}
    for number, item in enumerate(items, start=1):
        try:
            fact = item if isinstance(item, Fact) else Fact(f"fact:{number}", _checked_text(item))
            _checked_text(fact.text)
        except _BadFactError as error:
            raise UsageError(f"fact {number}: {error}") from error
        if fact.id in facts:
            raise UsageError(f"fact {number}: the id {fact.id!r} is used twice; give each fact an id of its own")
        facts[fact.id] = fact
    return tuple(facts.values())


def is_valid_at(fact: Fact, day: date) -> bool:
    """True where `day` lies within the fact's validity; both ends count, an open end is always valid."""
    begun = fact.valid_from is None or fact.valid_from <= day
    return begun and (fact.valid_until is None or day <= fact.valid_until)


def facts_hash(facts: Iterable[Fact]) -> str:
    """16 hex digits that change with any field of any fact, and not with their order."""
    lines = sorted(json.dumps(_canonical(fact), ensure_ascii=True) for fact in facts)
    return hashlib.sha256("\n".join(lines).encode("ascii")).hexdigest()[:16]


def _canonical(fact: Fact) -> list[object]:
    dates = [day.isoformat() if day else None for day in (fact.valid_from, fact.valid_until)]
    return [fact.id, fact.text, fact.language, fact.origin, *dates, list(fact.tags)]


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
                raise _BadFactError(entry.error)
            fields = _fields(entry.value)
            fact = _fact(fields, default_id=default_id, default_origin=where)
            self._claim_id(fact.id, entry.line)
        except _BadFactError as error:
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
            raise _BadFactError(f"the id {_shown(fact_id)} is already used in line {self._line_of_id[fact_id]}")
        self._line_of_id[fact_id] = line

    def _note_unknown_keys(self, fields: Mapping[str, object], where: str) -> None:
        """Said once a key: a misspelt `valid_until` would otherwise make a stale fact count for ever."""
        for key in sorted(fields.keys() - _KEYS - self._unknown_keys):
            self._unknown_keys.add(key)
            self.problems.append(FactProblem(where, f"unknown key {_shown(key)} is ignored", lost=False))


def _fields(value: object) -> Mapping[str, object]:
    if isinstance(value, str):
        return {"text": value}
    if not isinstance(value, Mapping):
        raise _BadFactError(f"a fact is a text or an object with 'text', not {type(value).__name__}")
    return {str(key): field for key, field in value.items() if field is not None}


def _fact(fields: Mapping[str, object], *, default_id: str, default_origin: str) -> Fact:
    if "text" not in fields:
        raise _BadFactError("has no 'text'")
    valid_from, valid_until = _date(fields, "valid_from"), _date(fields, "valid_until")
    if valid_from and valid_until and valid_until < valid_from:
        raise _BadFactError(f"valid_until {valid_until} is before valid_from {valid_from}")
    return Fact(
        id=_label(fields, "id", default_id),
        text=_checked_text(fields["text"]),
        language=_language(fields.get("language", "en")),
        origin=_label(fields, "origin", default_origin),
        valid_from=valid_from,
        valid_until=valid_until,
        tags=tuple(_tags(fields.get("tags", ()))),
    )


def _checked_text(value: object) -> str:
    if not isinstance(value, str):
        raise _BadFactError(f"the text must be a string, not {type(value).__name__}; put quotes around it")
    text = " ".join(value.split())
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise _BadFactError("the text holds half a character (a broken \\u escape)")
    if not any(character.isalnum() for character in text):
        raise _BadFactError("the text is empty")
    if len(text) > MAX_FACT_CHARACTERS:
        raise _BadFactError(f"{len(text):,} characters long; a fact has at most {MAX_FACT_CHARACTERS:,}: split it")
    return text


def _label(fields: Mapping[str, object], key: str, default: str) -> str:
    """An id or origin; a bare number is taken as its digits, since YAML and JSON invite `id: 7`."""
    value = fields.get(key, default)
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise _BadFactError(f"{key} must be a string, not {type(value).__name__}")
    if isinstance(value, int) and value.bit_length() > 64:
        raise _BadFactError(f"{key} is too long a number; put quotes around it")
    return str(value).strip() or default


def _language(value: object) -> str:
    match = _LANGUAGE.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        raise _BadFactError(f"language {_shown(value)} is not a code such as 'en' (in quotes in YAML)")
    return match[1].lower()


def _date(fields: Mapping[str, object], key: str) -> date | None:
    value = fields.get(key)
    if isinstance(value, datetime):  # YAML reads `2022-05-23 10:00:00` so; a datetime is a date too, hence first
        return value.date()
    if isinstance(value, date):
        return value
    if value is None or value == "":
        return None
    try:
        return date.fromisoformat(value.strip() if isinstance(value, str) else "")
    except ValueError:
        raise _BadFactError(f"{key} {_shown(value)} is not a date; write it as 2022-05-23") from None


def _tags(value: object) -> Iterator[str]:
    items: Sequence[object] = re.split(r"[,;]", value) if isinstance(value, str) else ()
    if isinstance(value, list | tuple):
        items = value
    elif not isinstance(value, str):
        raise _BadFactError("tags must be a list of strings, or one string with commas")
    for item in items:
        if not isinstance(item, str):
            raise _BadFactError(f"tag {_shown(item)} is not a string")
        if item.strip():
            yield item.strip()


def _shown(value: object) -> str:
    """A value in a message: short strings as they are, of anything else its type, as its text may be endless."""
    if not isinstance(value, str):
        return f"of type {type(value).__name__}"
    return repr(value if len(value) <= 40 else value[:40] + "…")


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:  # a pipe has no size beforehand, so one byte too many tells
            raw = file.read(MAX_FILE_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a zero byte in the path
        reason = getattr(error, "strerror", None) or error
        raise FactFileError(f"{path}: cannot be read ({reason}); check the path given with --facts") from error
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
