"""From a path or bytes to a Document: size and content are checked, then decoded, then read by the format's reader.

Formats are told by their content (`formats.registry`); a suffix only decides between what looks alike.
"""

from __future__ import annotations

import json
import re
import sys
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from checker.document import Document, Span, confirm_language, make_document, other_languages
from checker.errors import UnreadableFileError
from checker.readers.article import Article, Place, Run, file_segments, file_span
from checker.readers.encoding import Decoded, decode, mark_length
from checker.readers.formats import mail
from checker.readers.formats.bitext import original_side
from checker.readers.formats.registry import PACKAGE_NAMES, binary_format, recognise_format
from checker.readers.html import read_html
from checker.readers.mojibake import damage_notes
from checker.readers.text import read_text

STANDARD_INPUT = "-"
LARGEST_FILE = 5_000_000  # bytes; a long book is smaller
LARGEST_PACKAGE = 50_000_000  # bytes of what may hold pictures: an office document, mail; and of a Parquet file
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")  # ESC is legal in ISO-2022-JP
_MOST_CONTROL = 0.02  # share of bytes; wire telexes carry a handful
_TELEX = re.compile(rb"[\s\x7f]{0,40}\x01[^\x00\x02]{3,1000}\x02")  # control characters are its structure
_SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive or office document"),
    (b"PK\x05\x06", "a zip archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"\x89PNG\r\n\x1a\n", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"II*\x00", "an image"),
    (b"MM\x00*", "an image"),
    (b"RIFF", "a sound, video or image file"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"SQLite format 3\x00", "a database"),
)
_PACKAGES = (b"PK\x03\x04", b"PAR1")
_HTML_SUFFIXES = (".html", ".htm", ".xhtml", ".shtml")
_HTML_TYPES = ("text/html", "application/xhtml+xml")
_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*){0,20}+<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_OTHER_START = re.compile(r"\s*<(?:\?xml|!doctype|rss|feed)\b", re.IGNORECASE)
_META_CHARSET = re.compile(rb"<meta[^>]{0,400}?charset\s{0,20}=\s{0,20}[\"']?\s{0,20}([\w.:-]{2,40})", re.IGNORECASE)
_XML_ENCODING = re.compile(
    rb"\A\s{0,100}<\?xml[^>]{0,200}?encoding\s{0,20}=\s{0,20}[\"']([\w.:-]{2,40})", re.IGNORECASE
)
_TYPE_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
_DECLARED_WITHIN = 4_096  # bytes; the HTML standard asks for the first 1,024


@dataclass(frozen=True, slots=True)
class Reading:
    """A Document, the decoded content of its file (without a byte order mark), and the ways from one to the other.

    Of an office document `decoded` is the XML part that holds the text; of a binary table it is empty. `format` is a
    name of `checker formats`, `encoding` Python's name of the one that the file is in;
    `mark_length` are the bytes of its byte order mark. Where it is `packed`, `decoded` is not the file, but out of it.
    """

    document: Document
    decoded: str
    runs: Sequence[Run]
    places: tuple[Place, ...] = ()
    format: str = "text"
    encoding: str = "utf-8"
    mark_length: int = 0
    packed: bool = False

    def file_span(self, span: Span) -> Span | None:
        """Where a span of the document stands in `decoded`; None where nothing of it came from the file."""
        return file_span(self.runs, span)

    def file_segments(self, span: Span) -> list[Span]:
        """As `file_span`, in stretches of `decoded` without markup in between; none where nothing came from there."""
        return file_segments(self.runs, span)

    def place(self, span: Span) -> Place | None:
        """The paragraph, unit or cue of the file in which a span of the document begins; None where none is known."""
        index = bisect_right(self.places, span.start, key=lambda place: place.start) - 1
        return self.places[index] if index >= 0 and span.start < self.places[index].end else None


def read_file(path: str | Path, *, language: str | None = None) -> Document:
    """The document in a file; "-" is standard input. Its `path` is as given.

    `language` (ISO 639-1) is identified where it is None. Raises UnreadableFileError, with one line that says what to
    do, where the file is missing, no file, not permitted, empty, larger than LARGEST_FILE, binary, in an encoding that
    cannot be told, or holds no article.
    """
    return open_file(path, language=language).document


def open_file(path: str | Path, *, language: str | None = None) -> Reading:
    """As `read_file`, with the way back from the document to the file."""
    return read_with_positions(file_content(path), path=path, language=language)


def read_bytes(
    data: bytes, *, path: str | Path | None = None, language: str | None = None, content_type: str | None = None
) -> Document:
    """The document in `data`. The format is told by the content itself, `content_type` and the suffix of `path`.

    A charset in `content_type` counts as declared. Raises UnreadableFileError as `read_file` does.
    """
    return read_with_positions(data, path=path, language=language, content_type=content_type).document


def read_with_positions(
    data: bytes, *, path: str | Path | None = None, language: str | None = None, content_type: str | None = None
) -> Reading:
    """As `read_bytes`, with the way back from the document to the decoded file."""
    place = None if path is None else str(path)
    try:
        name, decoded, article = _open(data, place or "", content_type or "", language)
    except UnreadableFileError as error:
        raise UnreadableFileError(f"{_shown(place)}: {error}") from error
    return reading_of(data, name, decoded, article, path=place, language=language)


def reading_of(
    data: bytes, format: str, decoded: Decoded, article: Article, *, path: str | None, language: str | None
) -> Reading:
    """The reading of an article that was found in `data`. Raises UnreadableFileError where it holds no text."""
    if not article.text.strip():
        what = "no unit of this file is translated" if article.originals else "the file is empty"
        raise UnreadableFileError(f"{_shown(path)}: {what}; there is nothing to check")
    notes = (decoded.note,) if decoded.note else ()
    document = document_of(article, path=path, language=language, notes=notes)
    return Reading(
        document,
        decoded.text,
        article.runs,
        article.places,
        format,
        decoded.encoding,
        mark_length(data, decoded.encoding),
        packed=format in PACKAGE_NAMES,
    )


def read_original(path: str | Path, *, language: str | None = None) -> Document:
    """The original of a translated article, from a file in any format; of a bitext file it is the source side.

    `language` and UnreadableFileError are as in `read_file`.
    """
    return read_original_bytes(file_content(path), path=path, language=language)


def read_original_bytes(data: bytes, *, path: str | Path, language: str | None = None) -> Document:
    """As `read_original`, of a file's content."""
    place = str(path)
    try:
        _, decoded, article = _open(data, place, "", None)
    except UnreadableFileError as error:
        raise UnreadableFileError(f"{_shown(place)}: {error}") from error
    if not article.originals:
        return read_with_positions(data, path=path, language=language).document
    notes = (f"of this bitext the original side was read, {len(article.originals)} units", decoded.note)
    side = original_side(article.originals, language=article.original_language)
    return document_of(side, path=place, language=language, notes=[note for note in notes if note])


def _open(data: bytes, path: str, content_type: str, language: str | None) -> tuple[str, Decoded, Article]:
    """The name of the format, the decoded file (of a package the part with the text), and the article."""
    if len(data) > LARGEST_PACKAGE and is_package(data):  # first, for a package that was cut off is none
        raise UnreadableFileError(f"the file is larger than {LARGEST_PACKAGE // 1_000_000} MB; split it")
    package = binary_format(data)
    if package is None:
        decoded = decoded_file(data, content_type)
        name, article = _article(decoded.text, path, content_type, language)
        return name, decoded, article
    content, article = package.read(data, language)
    return package.name, Decoded(content, "utf-8"), article


def document_of(
    article: Article, *, path: str | None, language: str | None = None, id: str | None = None, notes: Sequence[str] = ()
) -> Document:
    """The document of an article, with `notes` and those of its text.

    A declared language that the text contradicts is noted, and the text believed.
    """
    notes = [*notes, *damage_notes(article.text), *article.notes]
    spoken, contradicts = (language, False) if language else confirm_language(article.text, article.language)
    if contradicts:
        notes.append(f"declared as {article.language}, but the text reads as {spoken}; checked as {spoken}")
    others = other_languages(article.text, spoken)
    if others:
        notes.append(
            f"warning: parts of the text read as {', '.join(others)}; check each language in a file of its own"
        )
    document = make_document(
        article.text, id=id, path=path, title=article.title, language=spoken, notes=notes, parts=article.parts
    )
    return replace(
        document,
        byline=article.byline,
        dateline=article.dateline or document.dateline,
        published=article.published or document.published,
        source=replace(article.source, path=path) if article.source else None,
        omitted=article.omitted,
    )


def _shown(path: str | None) -> str:
    return "standard input" if path in (None, STANDARD_INPUT) else str(path)


def file_content(path: str | Path) -> bytes:
    """The file's bytes, a little more than LARGEST_FILE at most (LARGEST_PACKAGE for packages); "-": standard input.

    Raises UnreadableFileError where it cannot be read.
    """
    try:
        if str(path) == STANDARD_INPUT:
            return read_limited(sys.stdin.buffer)
        if Path(path).is_dir():
            raise UnreadableFileError(f"{path}: this is a folder; name the files in it")
        with Path(path).open("rb") as stream:
            return read_limited(stream)
    except FileNotFoundError as error:
        raise UnreadableFileError(f"{path}: no such file; check the name") from error
    except PermissionError as error:
        raise UnreadableFileError(f"{path}: reading it is not permitted; change its permissions") from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise UnreadableFileError(f"{path}: cannot be read ({error}); copy it to a local disk and try again") from error


def read_limited(stream: BinaryIO) -> bytes:
    """As `file_content`, of a stream."""
    head = stream.read(LARGEST_FILE + 1)
    return head + stream.read(LARGEST_PACKAGE - LARGEST_FILE) if is_package(head) else head


def is_package(head: bytes) -> bool:
    """True where a file that begins so may be as large as LARGEST_PACKAGE, and not only LARGEST_FILE."""
    return head.startswith(_PACKAGES) or mail.recognise(head)


def decoded_file(data: bytes, content_type: str | None = None) -> Decoded:
    """A text file decoded. Raises UnreadableFileError where it is none, too large, or in an unknown encoding."""
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            raise UnreadableFileError(f"this is {kind}, not text; export the article as plain text or HTML")
    if len(data) > LARGEST_FILE:
        raise UnreadableFileError(
            f"the file is larger than {LARGEST_FILE // 1_000_000} MB; split the file, one article in each"
        )
    if not data.strip():
        raise UnreadableFileError("the file is empty; there is nothing to check")
    decoded = decode(data, _declared_charset(data, content_type))
    if decoded.encoding.startswith("utf-16") or _TELEX.match(data):
        return decoded
    if len(_CONTROL.findall(data)) > _MOST_CONTROL * len(data):
        raise UnreadableFileError("this is a binary file, not text; export the article as plain text or HTML")
    return decoded


def _declared_charset(data: bytes, content_type: str | None) -> str | None:
    """What the transport, the XML declaration or a meta element says, in this order."""
    said = _TYPE_CHARSET.search(content_type or "")
    if said:
        return said[1]
    head = data[:_DECLARED_WITHIN]
    found = _XML_ENCODING.search(head) or _META_CHARSET.search(head)
    return found[1].decode("ascii") if found else None


def _article(text: str, path: str, content_type: str, language: str | None) -> tuple[str, Article]:
    """The name of the format and the article."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind in _HTML_TYPES or _HTML_START.match(text):
        return "html", read_html(text)
    known = recognise_format(text, path.lower())
    if known is not None:
        return known.name, known.read(text, language)
    if path.lower().endswith(_HTML_SUFFIXES):
        return "html", read_html(text)
    other = "XML" if _OTHER_START.match(text) else "JSON" if _is_json(text) else None
    if other is not None:
        raise UnreadableFileError(
            f"this {other} is in no format of `checker formats`; export the article as plain text or HTML"
        )
    return "text", read_text(text)


def _is_json(text: str) -> bool:
    if not text.lstrip().startswith(("{", "[")):
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
