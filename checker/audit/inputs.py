"""What is given on the command line, as one stream of items in an order that is the same each time.

Files, folders (all files below, by name), globs, archives, tables, and addresses in object storage. What cannot be
listed or opened is an item too, whose reading says why: nothing that was named is left out in silence.
"""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, NoReturn

from checker.audit.archives import is_archive, members
from checker.audit.columns import ColumnNames
from checker.audit.given import Article, Item, Labels, Member
from checker.audit.naming import Naming
from checker.audit.storage import Stored, files_at, is_stored, refuse_keys
from checker.audit.tables import SUFFIXES, is_table, no_date, rows_of
from checker.document import Document
from checker.errors import UnreadableFileError, UsageError
from checker.readers import (
    Held,
    documents_in,
    file_content,
    may_hold_several,
    read_bytes,
    read_file,
    read_original,
)
from checker.readers.files import LARGEST_PACKAGE
from checker.readers.formats.dates import read_date
from checker.report import Skipped

_NO_FILE = "no regular file but a pipe, a socket or a device; write its content to a file"
_BEGINNING = 65_536  # bytes of a file, in which the header of a mail message ends
_SEVERAL_SUFFIXES = (".eml", ".rss", ".atom")  # in an archive, where looking into each member would unpack it twice


@dataclass(frozen=True, slots=True)
class Inputs:
    """Where articles are. `language` (ISO 639-1) is the articles', told from each text where it is None."""

    given: tuple[str, ...]
    naming: Naming
    columns: ColumnNames
    language: str | None = None

    def __post_init__(self) -> None:
        if "-" in self.given:
            raise UsageError("an audit reads its input more than once, so it cannot be standard input; write a file")
        for each in filter(is_stored, self.given):
            refuse_keys(each)

    def items(self, output: Path | None = None) -> Iterator[Item]:
        """Every article, in the order given; folders by name. What the audit itself writes below `output` is none.

        Raises UsageError for a glob or an address at which nothing is, StoreUnreachableError.
        """
        for file in self._files(output):
            yield from self._items_of(file) if isinstance(file, Path) else self._items_stored(file)

    def refuse_impossible(self, output: Path) -> None:
        """Raises UsageError where `output` is a folder to be read, or where no input is a table with named columns."""
        if any(not is_stored(each) and _is_same(Path(each), output) for each in self.given):
            raise UsageError(f"{output}: the audit would read what it writes; give a folder of its own as --output")
        if self.columns.named and not any(map(_holds_table, self._files(output))):
            raise UsageError(
                f"--column names columns of tables ({', '.join(SUFFIXES)}), but no input is one; leave it out"
            )

    def _files(self, output: Path | None) -> Iterator[Path | Stored]:
        for each in self.given:
            yield from files_at(each) if is_stored(each) else _paths(each, output)

    def _items_of(self, path: Path) -> Iterator[Item]:
        if _would_wait(path):
            if self.naming.fields_of(path.as_posix()) is not None:
                yield Item(path.as_posix(), _Refusal(f"{path}: {_NO_FILE}"), _changed(path))
        elif is_table(path.name):
            if path in map(Path, self.given) or self.naming.fields_of(path.as_posix()) is not None:
                yield from self._rows(str(path), lambda: path.open("rb"))
        elif is_archive(path.name):
            yield from _until_unreadable(str(path), self._items_in(members(path), f"{path}!"))
        elif _holds_several(path):
            yield from self._items_held(path.as_posix(), path.as_posix(), partial(file_content, path), _changed(path))
        elif (item := self._file(path)) is not None:
            yield item

    def _file(self, path: Path) -> Item | None:
        place = path.as_posix()
        fields = self.naming.fields_of(place)
        if fields is None:
            return None
        source = self.naming.source_of(place, fields)

        def read() -> Article:
            document = read_file(path, language=self.language or fields.get("language"))
            if source is None:
                return _article(document, None, fields)
            try:
                if _would_wait(Path(source)):
                    raise UnreadableFileError(_NO_FILE)
                original = read_original(source, language=fields.get("source_language"))
            except UnreadableFileError as error:
                return _article(document, None, fields, Skipped(f"source {source}", _short(error, source)))
            return _article(document, original, fields)

        return Item(place, read, _changed(path), _labels(fields))

    def _items_held(
        self, path: str, name: str, content: Callable[[], bytes], changed: datetime | None
    ) -> Iterator[Item]:
        """An item for each article of a feed and each file of a mail message; one original for all is of no use."""
        fields = self.naming.fields_of(name)
        if fields is None:
            return
        source = self.naming.source_of(name, fields)
        unused = [Skipped(f"source {source}", "this file holds several articles; check each against its own")]
        try:
            held = documents_in(content(), path=path, language=self.language or fields.get("language"))
        except UnreadableFileError as error:
            yield Item(path, _Refusal(str(error)), changed)
            return
        for each in held:

            def read(each: Held = each) -> Article:
                return _article(each.read().document, None, fields, *(unused if source else ()))

            yield Item(each.path or path, read, changed, _labels(fields))

    def _rows(self, path: str, opened: Callable[[], BinaryIO]) -> Iterator[Item]:
        return _until_unreadable(path, rows_of(path, opened, self.columns, self.language))

    def _items_stored(self, stored: Stored) -> Iterator[Item]:
        if is_table(stored.name):
            if str(stored) in self.given or self.naming.fields_of(stored.path) is not None:
                yield from self._rows(str(stored), stored.open)
        elif is_archive(stored.name):
            yield from _until_unreadable(str(stored), self._items_in(members(stored), f"{stored}!"))
        else:
            yield from self._items_in(iter([stored.member()]), str(stored).removesuffix(stored.path))

    def _items_in(self, files: Iterator[Member], start: str) -> Iterator[Item]:
        """Items of an archive's or a store's files, whose paths begin with `start`."""
        for member in files:
            if member.name.lower().endswith(_SEVERAL_SUFFIXES):
                path = f"{start}{member.name}"
                yield from self._items_held(path, member.name, member.read, member.changed)
                continue
            fields = self.naming.fields_of(member.name)
            if fields is None:
                continue
            if is_table(member.name):
                yield from self._rows(f"{start}{member.name}", partial(_opened_table, member))
            else:
                yield self._member(start, member, fields)

    def _member(self, start: str, member: Member, fields: Mapping[str, str]) -> Item:
        path = f"{start}{member.name}"
        source = self.naming.source_of(member.name, fields)

        def read() -> Article:
            document = read_bytes(member.read(), path=path, language=self.language or fields.get("language"))
            if source is None:
                return _article(document, None, fields)
            where = f"{start}{source}"
            try:
                original = read_bytes(member.beside(source), path=where, language=fields.get("source_language"))
            except UnreadableFileError as error:
                return _article(document, None, fields, Skipped(f"source {where}", _short(error, where)))
            return _article(document, original, fields)

        return Item(path, read, member.changed, _labels(fields))


def _paths(given: str, output: Path | None) -> Iterator[Path]:
    """The files that are meant, without those that the audit writes to `output`."""
    path = Path(given)
    if path.is_dir():
        yield from _below(path, output)
    elif not path.exists() and glob.has_magic(given):
        found = [Path(each) for each in sorted(glob.glob(given, recursive=True))]
        if not found:
            raise UsageError(f"{given}: no file matches; check the pattern")
        for each in found:
            if _is_within(each, output):
                continue
            yield from _below(each, output) if each.is_dir() else [each]
    else:
        yield path


def _below(folder: Path, output: Path | None) -> Iterator[Path]:
    """All files below a folder by name; hidden ones, links to folders and what is in `output` are left out."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:  # reading it as a file says why
        yield folder
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        below = folder / entry.name
        if entry.is_dir(follow_symlinks=False):
            if not _is_same(below, output):
                yield from _below(below, output)
        elif not entry.is_dir():
            yield below


def _is_same(path: Path, output: Path | None) -> bool:
    return output is not None and os.path.realpath(path) == os.path.realpath(output)


def _is_within(path: Path, output: Path | None) -> bool:
    """True for `output` and what lies in it."""
    return output is not None and Path(os.path.realpath(path)).is_relative_to(os.path.realpath(output))


def _would_wait(path: Path) -> bool:
    """True for a pipe, a socket or a device: opening it could wait for ever, and it cannot be read twice."""
    return os.path.exists(path) and not os.path.isfile(path) and not os.path.isdir(path)


def _holds_table(file: Path | Stored) -> bool:
    """True for a table, and for an archive with one."""
    if not is_archive(file.name):
        return is_table(file.name)
    try:
        return any(is_table(member.name) for member in members(file))
    except UnreadableFileError:  # reading it says why
        return False


def _opened_table(member: Member) -> BinaryIO:
    """The bytes of a table in an archive; of Parquet, which is read from its end, all at once."""
    if not member.name.lower().endswith(".parquet"):
        return member.open()
    content = member.read()
    if len(content) > LARGEST_PACKAGE:
        raise UnreadableFileError(f"{member.name}: larger than {LARGEST_PACKAGE // 1_000_000} MB; unpack the archive")
    return BytesIO(content)


def _holds_several(path: Path) -> bool:
    """True for a feed or a mail message, which is told from its beginning; what cannot be opened is read as a file."""
    try:
        with path.open("rb") as file:
            return may_hold_several(file.read(_BEGINNING))
    except OSError:
        return False


def _until_unreadable(path: str, items: Iterator[Item]) -> Iterator[Item]:
    """The items, and one more that says why there are no others where they end with an error."""
    try:
        yield from items
    except UnreadableFileError as error:
        yield Item(path, _Refusal(str(error)))


@dataclass(frozen=True, slots=True)
class _Refusal:
    """A reading that says why there is nothing to read."""

    message: str

    def __call__(self) -> NoReturn:
        raise UnreadableFileError(self.message)


def _article(document: Document, source: Document | None, fields: Mapping[str, str], *skipped: Skipped) -> Article:
    named = fields.get("published")
    published = document.published or read_date(named)
    notes = (*document.notes, no_date(named)) if named and read_date(named) is None else document.notes
    return Article(replace(document, published=published, notes=notes), source, _labels(fields), skipped)


def _labels(fields: Mapping[str, str]) -> Labels:
    return Labels(*(fields.get(name) for name in ("agency", "desk", "engine", "source_language")))


def _changed(path: Path) -> datetime | None:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError:
        return None


def _short(error: Exception, path: str | Sequence[str]) -> str:
    """The message without the path in front of it, which is named already."""
    return str(error).removeprefix(f"{path}: ")
