"""A zip package written anew with some of its parts replaced; all others are copied as they are."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

from checker.errors import UnreadableFileError

_LARGEST = 300_000_000  # bytes of all parts, unpacked


def replace_parts(data: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The package with `parts`; new ones come last. Raises UnreadableFileError beyond _LARGEST."""
    written = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(written, "w") as new:
        left = _LARGEST
        for entry in old.infolist():
            with old.open(entry) as stream:
                content = stream.read(left + 1)
            left -= len(content)
            if left < 0:
                raise UnreadableFileError("this document is too large to be written back; save it without its pictures")
            copied = zipfile.ZipInfo(entry.filename, entry.date_time)
            copied.compress_type, copied.external_attr = entry.compress_type, entry.external_attr
            new.writestr(copied, parts.get(entry.filename, content))
        known = set(old.namelist())
        for name, content in parts.items():
            if name not in known:
                added = zipfile.ZipInfo(name)
                added.compress_type = zipfile.ZIP_DEFLATED
                new.writestr(added, content)
    return written.getvalue()
