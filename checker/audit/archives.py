"""Members of ZIP and TAR archives, one at a time and within limits: a small archive can unpack to more than any disk.

Nothing is ever unpacked to disk, so names of members that lead elsewhere do no harm. An archive within an archive is a
member like any other, which no reader of articles can read.
"""

from __future__ import annotations

import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO

from checker.audit.given import Member
from checker.audit.storage import Stored
from checker.errors import UnreadableFileError
from checker.readers.files import LARGEST_FILE, LARGEST_PACKAGE, is_package

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

SUFFIXES = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz")
# What an archive may unpack to: text shrinks to a twentieth at most, a bomb to a thousandth.
LARGEST_RATIO = 200
ALWAYS_ALLOWED = 1_000_000_000  # bytes
MOST_MEMBERS = 5_000_000

_DAMAGE = (
    *(zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError),
    *(NotImplementedError, RuntimeError, OSError, EOFError, ValueError),
)


def is_archive(name: str) -> bool:
    """True where the name is that of an archive. DOCX and ODT files are archives too, and not meant."""
    return name.lower().endswith(SUFFIXES)


def members(path: Path | Stored) -> Iterator[Member]:
    """The files of an archive by name (ZIP) or as they come (TAR), hidden ones left out.

    Raises UnreadableFileError where the archive is damaged, has more than MOST_MEMBERS, or unpacks to more than
    LARGEST_RATIO times its own size; the members before that have come by then. Of an archive in a store also
    StoreUnreachableError.
    """
    try:
        with path.open() if isinstance(path, Stored) else path.open("rb") as file:
            allowed = _Allowance(max(ALWAYS_ALLOWED, LARGEST_RATIO * file.seek(0, io.SEEK_END)))
            file.seek(0)
            reading = _zip_members if path.suffix.lower() == ".zip" else _tar_members
            yield from reading(file, path, allowed)
    except FileNotFoundError as error:
        raise UnreadableFileError(f"{path}: no such file; check the name") from error
    except _DAMAGE as error:
        raise UnreadableFileError(f"{path}: this archive is damaged ({error}); make it anew") from error


class _Allowance:
    """Bytes that may still be unpacked."""

    def __init__(self, left: int) -> None:
        self._left = left

    def read(self, stream: IO[bytes]) -> bytes:
        """At most a little more than the largest file that is read, which then is refused for its size."""
        content = stream.read(min(LARGEST_FILE + 1, self._left + 1))
        if is_package(content):
            content += stream.read(max(0, min(LARGEST_PACKAGE + 1, self._left + 1) - len(content)))
        self.take(len(content))
        return content

    def take(self, size: int) -> None:
        """So many bytes are unpacked."""
        self._left -= size
        if self._left < 0:
            raise UnreadableFileError("the archive unpacks to more than it should; unpack and look at it first")


class _Unpacking(io.RawIOBase):
    """The bytes of a member as they are unpacked, within what is allowed."""

    def __init__(self, stream: IO[bytes], allowed: _Allowance) -> None:
        self._stream, self._allowed = stream, allowed

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        place = memoryview(buffer)
        try:
            content = self._stream.read(len(place))
        except _DAMAGE as error:
            raise UnreadableFileError(f"damaged from here on ({error}); make the archive anew") from error
        self._allowed.take(len(content))
        place[: len(content)] = content
        return len(content)

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
        super().close()


def _zip_members(file: BinaryIO, path: Path | Stored, allowed: _Allowance) -> Iterator[Member]:
    with zipfile.ZipFile(file) as archive:
        entries = sorted(
            (each for each in archive.infolist() if _is_wanted(each.filename)), key=lambda each: each.filename
        )
        if len(entries) > MOST_MEMBERS:
            raise UnreadableFileError(f"{path}: more than {MOST_MEMBERS:,} files; split the archive")

        def read(name: str) -> bytes:
            try:
                with archive.open(name) as stream:
                    return allowed.read(stream)
            except KeyError as error:
                raise UnreadableFileError(f"{path}!{name}: no such file in the archive; check the pattern") from error
            except _DAMAGE as error:
                raise UnreadableFileError(f"{path}!{name}: damaged or locked by a password ({error})") from error

        def unpack(name: str) -> BinaryIO:
            try:
                return io.BufferedReader(_Unpacking(archive.open(name), allowed))
            except _DAMAGE as error:
                raise UnreadableFileError(f"{path}!{name}: damaged or locked by a password ({error})") from error

        for entry in entries:
            name = entry.filename
            yield Member(name, _zip_time(entry), partial(read, name), read, partial(unpack, name))


def _tar_members(file: BinaryIO, path: Path | Stored, allowed: _Allowance) -> Iterator[Member]:
    with tarfile.open(fileobj=file, mode="r|*") as archive:
        for number, entry in enumerate(archive, start=1):
            if number > MOST_MEMBERS:
                raise UnreadableFileError(f"{path}: more than {MOST_MEMBERS:,} files; split the archive")
            if entry.isfile() and _is_wanted(entry.name):
                changed = datetime.fromtimestamp(entry.mtime, UTC)
                read = partial(_read_tar, archive, entry, path, allowed)
                yield Member(entry.name, changed, read, _not_in_tar, partial(_unpack_tar, archive, entry, allowed))


def _read_tar(archive: tarfile.TarFile, entry: tarfile.TarInfo, path: Path | Stored, allowed: _Allowance) -> bytes:
    try:
        stream = archive.extractfile(entry)
        return allowed.read(stream) if stream is not None else b""
    except _DAMAGE as error:
        raise UnreadableFileError(f"{path}!{entry.name}: damaged ({error}); make the archive anew") from error


def _unpack_tar(archive: tarfile.TarFile, entry: tarfile.TarInfo, allowed: _Allowance) -> BinaryIO:
    return io.BufferedReader(_Unpacking(archive.extractfile(entry) or io.BytesIO(), allowed))


def _not_in_tar(name: str) -> bytes:
    raise UnreadableFileError(f"{name}: originals cannot be found in a TAR archive; unpack it or make it a ZIP")


def _is_wanted(name: str) -> bool:
    return not name.endswith("/") and not any(part.startswith(".") or part == "__MACOSX" for part in name.split("/"))


def _zip_time(entry: zipfile.ZipInfo) -> datetime | None:
    try:
        return datetime(*entry.date_time, tzinfo=UTC)
    except ValueError:  # a day that does not exist
        return None
