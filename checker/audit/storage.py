"""Files in object storage (s3://, gs://, hdfs:// …), which pyarrow reads without further packages.

Who may read them is told by what the store's own programs use: variables of the environment, files of credentials. A
file that cannot be read costs that file; a store that no longer answers stops the audit, which can then go on later.
"""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, BinaryIO, NoReturn
from urllib.parse import quote, unquote

from checker.audit.given import Member
from checker.errors import StoreUnreachableError, UnreadableFileError, UsageError, first_line
from checker.readers.files import read_limited

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_READ_AT_ONCE = 2**20  # bytes; each reading is a request
# What an address may hold as it is, besides letters and digits of ASCII, "_", "." and "-".
_LEGAL = ":/@!$&'()*+,;=%~[]"
_WILDCARD = re.compile(r"\*\*/|\*\*|\*|[^*]+")


@dataclass(frozen=True, slots=True)
class Stored:
    """A file in a store; `address` is what people call it, `path` what `store` (a `pyarrow.FileSystem`) does.

    `base` is the path of a folder or file that could be seen when the audit began.
    """

    address: str
    path: str
    changed: datetime | None
    store: Any
    base: str

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
        """Its bytes as they are stored. Raises UnreadableFileError and StoreUnreachableError, also while it is read."""
        try:
            opened = self.store.open_input_file(self.path)
        except OSError as error:
            self._refuse(self.path, error)
        return io.BufferedReader(_Reading(self, opened), _READ_AT_ONCE)

    def member(self) -> Member:
        """The file as one of the files of its store."""
        return Member(self.path, self.changed, lambda: self._read(self.path), self._read, self.open)

    def _read(self, path: str) -> bytes:
        path = posixpath.normpath(path)
        try:
            with self.store.open_input_file(path) as stream:
                return read_limited(stream)
        except OSError as error:
            self._refuse(path, error)

    def _refuse(self, path: str, error: OSError) -> NoReturn:
        """Says whether it is this file that cannot be read, or nothing any more, as where keys have expired."""
        where = self.address.removesuffix(self.path) + path
        if isinstance(error, FileNotFoundError):
            raise UnreadableFileError(f"{where}: no such file; check the name") from error
        try:
            self.store.get_file_info(self.base)
        except OSError as lost:
            raise StoreUnreachableError(
                f"{where}: the store gives nothing any more ({first_line(lost)}); "
                "once it does, go on with the same command and --resume"
            ) from error
        raise UnreadableFileError(f"{where}: cannot be read ({first_line(error)}); check your rights") from error


class _Reading(io.RawIOBase):
    """The bytes of a stored file, which tells a lost store from bad content: to parsers both look like damage."""

    def __init__(self, stored: Stored, opened: Any) -> None:  # noqa: ANN401 - pyarrow is untyped
        self._stored, self._opened = stored, opened

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        try:
            return int(self._opened.readinto(buffer))
        except OSError as error:
            self._stored._refuse(self._stored.path, error)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        try:
            return int(self._opened.seek(offset, whence))
        except ValueError as error:  # files of a disk raise OSError where that leads before their beginning
            raise OSError(str(error)) from error

    def tell(self) -> int:
        return int(self._opened.tell())

    def close(self) -> None:
        if not self.closed:
            self._opened.close()
        super().close()


def is_stored(given: str) -> bool:
    """True for an address, such as s3://bucket/wire."""
    scheme, sign, _ = given.partition("://")
    return bool(sign) and scheme.isalnum()


def refuse_keys(address: str) -> None:
    """Raises UsageError for an address with a password in it: addresses are noted in the data set."""
    scheme, _, rest = address.partition("://")
    rights, sign, place = rest.partition("/")[0].rpartition("@")
    if sign and ":" in rights:
        raise UsageError(
            f"{scheme}://…@{place}: keys do not belong in an address, which the data set notes; "
            "give them as the store's own programs take them, such as AWS_SECRET_ACCESS_KEY"
        )


def files_at(address: str) -> Iterator[Stored]:
    """The file at an address, or all files below it by name, hidden ones left out. `*` and `**` are wildcards.

    Raises UsageError where there is none or where it is no address of a known store, StoreUnreachableError where it
    cannot be seen, CheckerError without pyarrow.
    """
    place, sign, options = address.partition("?")
    fixed = place.partition("*")[0].rpartition("/")[0] if "*" in place else place
    store, base = open_store(fixed + sign + options)
    entries = _entries(store, base, address)
    if fixed != place:
        wanted = _expression(unquote(place[len(fixed) + 1 :]))
        entries = [each for each in entries if wanted.fullmatch(each.path.removeprefix(base).lstrip("/"))]
    if not entries:
        raise UsageError(f"{address}: no file is there; check the address")
    start = f"{address.partition('://')[0]}://"
    for each in sorted(entries, key=lambda entry: str(entry.path)):
        yield Stored(start + each.path, each.path, each.mtime, store, base)


def open_store(address: str) -> tuple[Any, str]:
    """The `pyarrow.FileSystem` of an address, and the path in it. Letters that no URI may have are taken as they are.

    Raises UsageError where it is none, StoreUnreachableError where it cannot be reached, UnreadableFileError without
    pyarrow.
    """
    try:
        from pyarrow.fs import FileSystem  # type: ignore[attr-defined]
    except ImportError as error:
        raise UnreadableFileError(f"{address}: object storage needs pyarrow; install checker[audit]") from error
    place, sign, options = address.partition("?")
    try:
        store, path = FileSystem.from_uri(quote(place, safe=_LEGAL) + sign + options)
    except OSError as error:
        raise _unreachable(address, error) from error
    except (ValueError, NotImplementedError) as error:
        raise UsageError(
            f"{address}: is no address of a store ({first_line(error)}); s3://bucket/folder is one"
        ) from error
    return store, path


def _entries(store: Any, path: str, address: str) -> list[Any]:  # noqa: ANN401 - pyarrow is untyped
    from pyarrow.fs import FileSelector, FileType  # type: ignore[attr-defined]

    try:
        found = store.get_file_info(path)
        if found.type is not FileType.Directory:
            return [found] if found.type is FileType.File else []
        several = store.get_file_info(FileSelector(path, recursive=True))
    except OSError as error:
        raise _unreachable(address, error) from error
    return [each for each in several if each.type is FileType.File and not _is_hidden(each.path, path)]


def _unreachable(address: str, error: OSError) -> StoreUnreachableError:
    return StoreUnreachableError(
        f"{address}: cannot be seen ({first_line(error)}); check it, your rights, and the network"
    )


def _expression(pattern: str) -> re.Pattern[str]:
    """Of a pattern as the shell has it; of a folder that it names, all files below."""
    meaning = {"**/": "(?:[^/]+/)*", "**": ".*", "*": "[^/]*"}
    parts = (meaning.get(token) or re.escape(token) for token in _WILDCARD.findall(pattern.rstrip("/")))
    return re.compile(f"{''.join(parts)}(?:/.*)?", re.DOTALL)


def _is_hidden(path: str, folder: str) -> bool:
    return any(part.startswith(".") for part in path.removeprefix(folder).split("/"))
