"""Files in object storage (s3://, gs://, hdfs:// …), which pyarrow reads without further packages.

Who may read them is told by what the store's own programs use: variables of the environment, files of credentials.
"""

from __future__ import annotations

import gzip
import io
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any, BinaryIO

from checker.audit.archives import Member
from checker.errors import UnreadableFileError
from checker.readers.files import read_limited


@dataclass(frozen=True, slots=True)
class Stored:
    """A file in a store; `address` is what people call it, `path` what `store` (a `pyarrow.FileSystem`) does."""

    address: str
    path: str
    changed: datetime | None
    store: Any

    def __str__(self) -> str:
        return self.address

    @property
    def name(self) -> str:
        """The last part of its path."""
        return PurePosixPath(self.path).name

    @property
    def suffix(self) -> str:
        """What its name ends with, with the dot."""
        return PurePosixPath(self.path).suffix

    def open(self) -> BinaryIO:
        """Its bytes, unpacked where the name ends with .gz. Raises OSError."""
        stream = io.BufferedReader(self.store.open_input_file(self.path))
        return gzip.open(stream, "rb") if self.suffix.lower() == ".gz" else stream

    def member(self) -> Member:
        """The file as one of the files of its store."""
        return Member(self.path, self.changed, lambda: self._read(self.path), self._read)

    def _read(self, path: str) -> bytes:
        path = posixpath.normpath(path)
        try:
            with self.store.open_input_file(path) as stream:
                return read_limited(stream)
        except OSError as error:
            raise UnreadableFileError(f"{path}: cannot be read from the store ({_line(error)})") from error


def is_stored(given: str) -> bool:
    """True for an address, such as s3://bucket/wire."""
    scheme, sign, _ = given.partition("://")
    return bool(sign) and scheme.isalnum()


def files_at(address: str) -> Iterator[Stored]:
    """The file at an address, or all files below it by name, hidden ones left out.

    Raises UnreadableFileError where there is none, where the store cannot be reached, or without pyarrow.
    """
    try:
        from pyarrow.fs import FileSelector, FileSystem, FileType  # type: ignore[attr-defined]
    except ImportError as error:
        raise UnreadableFileError(f"{address}: object storage needs pyarrow; install checker[audit]") from error
    try:
        store, path = FileSystem.from_uri(address)
        found = store.get_file_info(path)
        if found.type is FileType.Directory:
            several = store.get_file_info(FileSelector(path, recursive=True))
            entries = [each for each in several if each.type is FileType.File and not _is_hidden(each.path, path)]
        else:
            entries = [found] if found.type is FileType.File else []
    except (OSError, ValueError, NotImplementedError) as error:
        raise UnreadableFileError(f"{address}: cannot be read ({_line(error)}); check it, and your rights") from error
    if not entries:
        raise UnreadableFileError(f"{address}: no file is there; check the address")
    start = f"{address.partition('://')[0]}://"
    for each in sorted(entries, key=lambda entry: str(entry.path)):
        yield Stored(start + each.path, each.path, each.mtime, store)


def _is_hidden(path: str, folder: str) -> bool:
    return any(part.startswith(".") for part in path.removeprefix(folder).split("/"))


def _line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__
