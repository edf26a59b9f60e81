"""All formats, written out: their names, how each is recognised, and which reader opens it.

The order is that of recognition: what is unmistakable comes first. Readers are imported when they are needed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import cast

from checker.readers.article import Article

ReadPackage = Callable[[bytes, str | None], tuple[str, Article]]
Recognise = Callable[[str, str], bool]
Read = Callable[[str, str | None], Article]


@dataclass(frozen=True, slots=True)
class Format:
    """A format of text files; `reader` is a module with `recognise(text, path)` and `read(text, language)`.

    `written_back` says what `check --annotate` makes of a file.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    reader: str
    written_back: str = "a copy and W3C Web Annotations"

    def recognises(self, text: str, path: str) -> bool:
        """True where decoded `text`, from a file of this name, is in this format."""
        return cast(Recognise, import_module(self.reader).recognise)(text, path)

    def read(self, text: str, language: str | None) -> Article:
        """The article; `language` is the one that the user asked for. Raises UnreadableFileError."""
        return cast(Read, import_module(self.reader).read)(text, language)


@dataclass(frozen=True, slots=True)
class PackageFormat:
    """A format of binary files; `reader` is a module with `recognise(data)` and `read(data, language)`."""

    name: str
    title: str
    suffixes: tuple[str, ...]
    reader: str
    written_back: str = "a copy and W3C Web Annotations"

    def recognises(self, data: bytes) -> bool:
        """True where `data` is in this format."""
        return cast(Callable[[bytes], bool], import_module(self.reader).recognise)(data)

    def read(self, data: bytes, language: str | None) -> tuple[str, Article]:
        """The XML part that holds the text ("" where there is none), and the article. Raises UnreadableFileError."""
        return cast(ReadPackage, import_module(self.reader).read)(data, language)


_HERE = "checker.readers.formats"
TEXT_FORMATS = (
    Format("iptc7901", "IPTC 7901 wire message", (".txt", ".iptc"), f"{_HERE}.iptc7901"),
    Format("nitf", "NITF 3.x, News Industry Text Format", (".xml", ".nitf"), f"{_HERE}.nitf"),
    Format("newsml-g2", "NewsML-G2 with XHTML, NITF or text", (".xml",), f"{_HERE}.newsml_g2"),
    Format("newsml-1", "NewsML 1.x with NITF, XHTML or text", (".xml",), f"{_HERE}.newsml_1"),
    Format("feed", "RSS and Atom feed, an article an item", (".xml", ".rss", ".atom"), f"{_HERE}.feed"),
    Format("xliff", "XLIFF 1.2 and 2.x, bitext", (".xlf", ".xliff"), f"{_HERE}.xliff", "<mrk> and <note> elements"),
    Format("tmx", "TMX, translation memory", (".tmx",), f"{_HERE}.tmx", "<note> elements"),
    Format("po", "gettext PO, bitext", (".po",), f"{_HERE}.po", "comments of entries"),
    Format("subtitles", "SRT and WebVTT subtitles", (".srt", ".vtt"), f"{_HERE}.subtitles"),
    Format("jsonl", "JSON Lines with keys source and target", (".jsonl", ".ndjson"), f"{_HERE}.jsonl"),
    Format("ninjs", "ninjs 1 to 3, news in JSON", (".json",), f"{_HERE}.ninjs"),
    Format("csv", "CSV or TSV with columns source and target", (".csv", ".tsv"), f"{_HERE}.csv_table"),
)
PACKAGE_FORMATS = (
    PackageFormat("docx", "Word document", (".docx",), f"{_HERE}.docx", "comments"),
    PackageFormat("odt", "OpenDocument text", (".odt",), f"{_HERE}.odt", "comments"),
    PackageFormat("eml", "mail message and what is attached to it", (".eml",), f"{_HERE}.mail"),
    PackageFormat("parquet", "Parquet with columns source and target", (".parquet",), f"{_HERE}.parquet"),
)
PACKAGE_NAMES = frozenset(each.name for each in PACKAGE_FORMATS)
# Read by modules of their own, which stand before and after all others.
PLAIN_FORMATS = (
    Format("html", "HTML page", (".html", ".htm", ".xhtml"), "checker.readers.html", "<mark> elements"),
    Format("text", "plain text", (".txt",), "checker.readers.text"),
)


def binary_format(data: bytes) -> PackageFormat | None:
    """The format of a file that is no text, None where it is none of PACKAGE_FORMATS."""
    return next((each for each in PACKAGE_FORMATS if each.recognises(data)), None)


def recognise_format(text: str, path: str) -> Format | None:
    """The format of a decoded file, None where it is none of TEXT_FORMATS."""
    return next((each for each in TEXT_FORMATS if each.recognises(text, path)), None)
