"""gettext PO files: msgid is the original, msgstr the translation. Obsolete entries (#~) are left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from checker.errors import UnreadableFileError
from checker.readers.article import Article, Piece
from checker.readers.formats.bitext import Unit, assemble_units

_START = re.compile(r"(?:\s|#[^\n]*\n)*+(?:msgctxt\s+\"[^\n]*\n(?:\s*\"[^\n]*\n)*+)?msgid\s+\"")
_LINE = re.compile(r"[^\r\n]+")
_ENTRY_LINE = re.compile(
    r"\s*(?:(?P<keyword>msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)\s+)?\"(?P<string>(?:[^\"\\]|\\.)*)\"\s*"
)
_STRING_PART = re.compile(r"(?P<escape>\\(?:x[0-9a-fA-F]{2}|[0-7]{1,3}|.))|(?P<space>[ \t]+)|[^\\ \t]+(?: [^\\ \t]+)*")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\"}
_LONGEST_NAME = 60  # characters of the original by which an entry is named
_LANGUAGE = re.compile(r"^Language:\s*([\w@-]+)", re.MULTILINE)


@dataclass(slots=True)
class _Entry:
    """Strings by keyword, as pieces."""

    strings: dict[str, list[Piece]] = field(default_factory=dict)

    def text(self, keyword: str) -> str:
        return "".join(piece.text for piece in self.strings.get(keyword, ()))


def recognise(text: str, path: str) -> bool:
    """True where, after comments, an entry begins."""
    return bool(_START.match(text[:20_000]))


def read(text: str, language: str | None = None) -> Article:
    """The document of a PO file. Raises UnreadableFileError for a line that is none of PO, and for an empty file."""
    entries = list(_entries(text))
    header = next((entry.text("msgstr") for entry in entries if not entry.text("msgid")), "")
    declared = _LANGUAGE.search(header)
    return assemble_units(
        (unit for entry in entries if entry.text("msgid") for unit in _units(entry)),
        target_language=declared[1] if declared else None,
    )


def _entries(text: str) -> Iterator[_Entry]:
    entry: _Entry | None = None
    keyword = ""
    for match in _LINE.finditer(text):
        line = match.group()
        if line.isspace() or line.lstrip().startswith("#"):
            continue
        found = _ENTRY_LINE.fullmatch(line)
        if found is None or (found["keyword"] is None and not keyword):
            place = text.count("\n", 0, match.start()) + 1
            raise UnreadableFileError(f"this PO file is damaged in line {place}; check it with `msgfmt -c`")
        if found["keyword"]:
            begins = found["keyword"] == "msgctxt" or (found["keyword"] == "msgid" and keyword != "msgctxt")
            if begins or entry is None:
                if entry is not None:
                    yield entry
                entry = _Entry()
            keyword = found["keyword"]
            entry.strings[keyword] = []
        if entry is not None:
            start = match.start() + found.start("string")
            entry.strings[keyword] += _pieces(text, start, match.start() + found.end("string"))
    if entry is not None:
        yield entry


def _pieces(text: str, start: int, end: int) -> Iterator[Piece]:
    for match in _STRING_PART.finditer(text, start, end):
        found = match.group()
        if match["escape"]:
            found = _unescaped(found[1:])
            found = " " if found.isspace() else found
        elif match["space"]:
            found = " "
        yield Piece(found, match.start(), match.end())


def _unescaped(escape: str) -> str:
    if escape[0] in _ESCAPES:
        return _ESCAPES[escape]
    if escape[0] == "x":
        return chr(int(escape[1:], 16))
    return chr(int(escape, 8)) if escape.isdigit() else escape


def _units(entry: _Entry) -> Iterator[Unit]:
    """One unit; of a plural entry one for each form, the first of which translates the singular."""
    context = entry.text("msgctxt")
    name = f"{context}: {entry.text('msgid')}" if context else entry.text("msgid")
    for keyword, pieces in entry.strings.items():
        if not keyword.startswith("msgstr"):
            continue
        plural = keyword not in ("msgstr", "msgstr[0]") and entry.text("msgid_plural")
        source = entry.text("msgid_plural") if plural else entry.text("msgid")
        yield Unit(
            name[:_LONGEST_NAME],
            pieces,
            source,
            f"entry {name[:_LONGEST_NAME]!r}" + (f" {keyword}" if "[" in keyword else ""),
        )
