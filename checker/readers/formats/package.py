"""Parts of zip packages (DOCX, ODT), with limits: a small file can unpack to more than any memory holds."""

from __future__ import annotations

import lzma
import zipfile
import zlib
from io import BytesIO

from checker.errors import UnreadableFileError

LARGEST_PART = 20_000_000  # bytes of XML, unpacked; a novel has a tenth
_MOST_PARTS = 10_000
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    NotImplementedError,
    RuntimeError,
    OSError,
    EOFError,
    ValueError,
)


def read_part(data: bytes, name: str) -> bytes | None:
    """One part of a package, None where it has none of that name.

    Raises UnreadableFileError for a damaged package and for a part larger than LARGEST_PART, whatever size its
    directory claims.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            if len(package.infolist()) > _MOST_PARTS:
                raise UnreadableFileError("this package has too many parts; save the article as a new document")
            try:
                stream = package.open(name)
            except KeyError:
                return None
            with stream:
                content = stream.read(LARGEST_PART + 1)
    except _DAMAGE as error:
        raise UnreadableFileError(
            f"this document is damaged or locked by a password ({error}); save it anew without one"
        ) from error
    if len(content) > LARGEST_PART:
        raise UnreadableFileError(
            f"this document unpacks to more than {LARGEST_PART // 1_000_000} MB of text; split it or refuse it"
        )
    return content


def has_part(data: bytes, name: str) -> bool:
    """True where `data` is a zip package with a part of that name."""
    return name in part_names(data)


def part_names(data: bytes) -> list[str]:
    """The names of all parts in order; none where `data` is no zip package, or a damaged one."""
    if not data.startswith(b"PK\x03\x04"):
        return []
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            return package.namelist()
    except _DAMAGE:
        return []
