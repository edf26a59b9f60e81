"""Tables of turns of phrase: a row is one pattern, what it comes from, and what to write instead.

Columns (tab-separated, `#` begins a line that is skipped):

    find      the pattern, see `checker.rules.phrasing.patterns`
    say       what to write instead, several parted by ` / `: words, `hold:v` in the form of the verb that was found,
              `meeting:n` in its number, `{2}` the words of the second token, `{2:billion}` its thousands as billions
    source    `es semestre; fr semestre`: languages and their words; `a/b` are two words for one, `y…es` a gap
    kind      friend, sense, idiom, grammar or number
    tier      sure, likely or weak; see `checker.rules.calques`
    context   words that silence the pattern where the sentence has them, `min*` for all that begin so; `+word` must
              stand in the sentence; parted by blanks
    note      what the editor should know besides, a sentence without its full stop, or nothing
    fails     a sentence with the suspect words between ⟦ and ⟧
    passes    a sentence that looks alike and is right
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

from checker.rules.phrasing.patterns import Pattern, read_pattern

COLUMNS = ("find", "say", "source", "kind", "tier", "context", "note", "fails", "passes")
KINDS = ("friend", "sense", "idiom", "grammar", "number")
TIERS = ("sure", "likely", "weak")


@dataclass(frozen=True)
class Entry:
    """One row. `sources` maps a language to the words that were translated, the first to be shown."""

    pattern: Pattern
    says: tuple[str, ...]
    sources: Mapping[str, tuple[str, ...]]
    kind: str
    tier: str
    context: tuple[str, ...]
    note: str
    fails: str
    passes: str

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The pattern compiled, when it is first needed: compiling all of them takes longer than reading an article."""
        return self.pattern.regex()

    @cached_property
    def needs(self) -> tuple[frozenset[str], ...]:
        """Words of which a sentence needs one each, so that most sentences need no regular expression."""
        return self.pattern.needs()

    @cached_property
    def not_after(self) -> re.Pattern[str] | None:
        """What may not stand before the pattern."""
        return self.pattern.not_after()

    @cached_property
    def silencing(self) -> re.Pattern[str] | None:
        """Words of the sentence that make the phrase right."""
        return _words([word for word in self.context if not word.startswith("+")])

    @cached_property
    def demanded(self) -> re.Pattern[str] | None:
        """Words of which the sentence needs one."""
        return _words([word[1:] for word in self.context if word.startswith("+")])


@cache
def load_entries(table: str) -> tuple[Entry, ...]:
    """The rows of a table of this package, in order; raises ValueError with the number of a row that cannot be read."""
    text = (files("checker.rules.phrasing") / table).read_text(encoding="utf-8")
    rows = [(number, line) for number, line in enumerate(text.splitlines(), start=1) if line and line[0] != "#"]
    cells = csv.reader((line for _, line in rows), delimiter="\t", quoting=csv.QUOTE_NONE)
    entries = []
    for (number, _), row in zip(rows, cells, strict=True):
        try:
            entries.append(_entry(dict(zip(COLUMNS, row, strict=True))))
        except (ValueError, KeyError) as error:
            raise ValueError(f"{table}, line {number}: {error}") from error
    return tuple(entries)


@cache
def entries_by_trigger(table: str) -> Mapping[str, tuple[Entry, ...]]:
    """For each word that some pattern needs, the patterns that need it."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in load_entries(table):
        for word in entry.pattern.triggers():
            found[word].append(entry)
    return {word: tuple(entries) for word, entries in found.items()}


@cache
def triggers(table: str) -> frozenset[str]:
    """The words that some pattern needs, as a set, for two sets meet faster than a set and a mapping."""
    return frozenset(entries_by_trigger(table))


def _entry(row: Mapping[str, str]) -> Entry:
    if row["kind"] not in KINDS or row["tier"] not in TIERS:
        raise ValueError(f"kind {row['kind']!r} or tier {row['tier']!r} is not known")
    return Entry(
        pattern=read_pattern(row["find"]),
        says=tuple(each.strip() for each in row["say"].split(" / ") if each.strip() not in ("", "-")),
        sources=dict(_sources(row["source"])),
        kind=row["kind"],
        tier=row["tier"],
        context=tuple(row["context"].split()),
        note=row["note"],
        fails=row["fails"],
        passes=row["passes"],
    )


def _sources(cell: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for piece in cell.split(";"):
        language, _, words = piece.strip().partition(" ")
        if len(language) != 2 or not words:
            raise ValueError(f"{piece!r} is no language with its words")
        yield language, tuple(word.strip() for word in words.split("/"))


def _words(words: list[str]) -> re.Pattern[str] | None:
    if not words:
        return None
    parts = (re.escape(word).replace("_", r"\s+") + r"\b" for word in words)
    return re.compile(rf"\b(?:{'|'.join(parts)})".replace(r"\*\b", ""), re.IGNORECASE)
