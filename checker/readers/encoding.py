"""Bytes to text, with one policy: never a wrong character in silence.

The order: byte order mark; UTF-16 told by its NUL bytes; strict UTF-8; the declared charset; the legacy encoding whose
reading looks most like writing. Whatever is not plain UTF-8 leaves a note, and what cannot be told is refused.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from checker.errors import UnreadableFileError
from checker.readers.plausibility import best_legacy_encoding, legacy_plausibility, looks_written

_BYTE_ORDER_MARKS = (  # the longer ones first: UTF-32-LE begins like UTF-16-LE
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
# https://encoding.spec.whatwg.org/#names-and-labels: these labels mean windows-1252 wherever they are met.
_MEANS_WINDOWS_1252 = frozenset({"ascii", "us-ascii", "iso8859-1", "iso-8859-1", "latin-1", "latin1", "cp1252"})
_PYTHON_NAMES = {"cp1250": "windows-1250", "cp1251": "windows-1251", "cp1252": "windows-1252"}
_NOT_TEXT = frozenset({"utf-7", "hz", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"})
_MOST_STRAY_BYTES = 50
_GOOD_PER_STRAY = 10
_LEAST_DECLARED = 0.5
_UTF8_SEQUENCE = re.compile(rb"[\xc2-\xf4][\x80-\xbf]{1,3}")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text without a byte order mark, the encoding's name, and what the user should know about it (None: nothing)."""

    text: str
    encoding: str
    note: str | None = None


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Decode a whole file.

    `declared` is what a header or the content claims; it is used only where the bytes do not say otherwise. Raises
    UnreadableFileError for binary content and where no encoding gives plausible writing.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decode_marked(data[len(mark) :], encoding)
    if b"\x00" in data:
        return _decode_wide(data)
    codec = _codec(declared)
    if codec == "iso2022_jp" and b"\x1b" in data:
        return _decode_as(data, codec)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _decode_nearly_utf8(data) or _decode_legacy(data, codec)


def mark_length(data: bytes, encoding: str) -> int:
    """How many bytes the byte order mark of `data` has, which was decoded as `encoding`."""
    return next((len(mark) for mark, name in _BYTE_ORDER_MARKS if name == encoding and data.startswith(mark)), 0)


def _decode_marked(data: bytes, encoding: str) -> Decoded:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableFileError(
            f"the file is marked as {encoding} but is damaged at byte {error.start}; export it again as UTF-8 text"
        ) from error
    if "\x00" in text:
        raise _binary()
    return Decoded(text, encoding, None if encoding == "utf-8" else f"decoded as {encoding}")


def _decode_wide(data: bytes) -> Decoded:
    """UTF-16 or UTF-32 without a mark, told by where its zeros lie; all else with NUL bytes is binary."""
    readings = []
    for encoding in _WIDE:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if looks_written(text):
            # With its bytes swapped, a space is U+2000: the right order has the plain ones.
            readings.append((sum(character < "\x80" for character in text), encoding, text))
    plain, encoding, text = max(readings, default=(0, "", ""))
    if plain:
        return Decoded(text, encoding, f"decoded as {encoding}")
    raise _binary()


def _decode_nearly_utf8(data: bytes) -> Decoded | None:
    """UTF-8 with a few stray bytes (a cut character, a pasted windows-1252 quote), which are read as windows-1252."""
    good = len(_UTF8_SEQUENCE.findall(data))
    parts: list[str] = []
    stray = position = 0
    while position < len(data):
        try:
            parts.append(data[position:].decode("utf-8"))
            break
        except UnicodeDecodeError as error:
            stray += 1
            if stray > _MOST_STRAY_BYTES or stray * _GOOD_PER_STRAY > good:
                return None
            wrong = position + error.start
            parts.append(data[position:wrong].decode("utf-8"))
            parts.append(_windows_1252(data[wrong : wrong + 1]))
            position = wrong + 1
    count = "1 byte" if stray == 1 else f"{stray} bytes"
    return Decoded("".join(parts), "utf-8", f"{count} not valid in UTF-8 decoded as windows-1252: check those places")


def _decode_legacy(data: bytes, codec: str | None) -> Decoded:
    detected = best_legacy_encoding(data)
    if codec is not None and codec != "utf-8":
        try:
            declared = data.decode(codec)
        except UnicodeDecodeError:
            pass
        else:
            if detected is None or legacy_plausibility(declared) >= _LEAST_DECLARED:
                return Decoded(declared, _name(codec), f"decoded as {_name(codec)}")
    if detected is None:
        raise UnreadableFileError("the encoding cannot be told; save the file as UTF-8 and check it again")
    return _decode_as(data, detected)


def _decode_as(data: bytes, codec: str) -> Decoded:
    try:
        text = _windows_1252(data) if codec == "cp1252" else data.decode(codec)
    except UnicodeDecodeError as error:
        raise UnreadableFileError(
            f"the file is declared as {_name(codec)} but is not valid in it; save it as UTF-8 and check it again"
        ) from error
    return Decoded(text, _name(codec), f"decoded as {_name(codec)}")


def _windows_1252(data: bytes) -> str:
    """As browsers read it: the five bytes that windows-1252 leaves open become the control characters of latin-1."""
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in data)


def _codec(label: str | None) -> str | None:
    """Python's name of a declared charset; None for unknown ones and for what is no text encoding."""
    if label is None:
        return None
    if label.strip().casefold() in _MEANS_WINDOWS_1252:
        return "cp1252"
    try:
        name = codecs.lookup(label.strip()).name
        b"".decode(name)
    except (LookupError, ValueError, TypeError):
        return None
    if name in _NOT_TEXT or name.startswith(("utf-16", "utf-32")):  # the bytes have shown that it is not so
        return None
    return "cp1252" if name in _MEANS_WINDOWS_1252 else name


def _name(codec: str) -> str:
    return _PYTHON_NAMES.get(codec, codec)


def _binary() -> UnreadableFileError:
    return UnreadableFileError("this is a binary file, not text; export the article as plain text or HTML")
