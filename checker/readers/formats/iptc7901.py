"""IPTC 7901, the telex format of the wires: control characters part header, text and the lines after it.

SOH begins the header line, STX the text, ETX the lines after the text with the date. In the text come keywords, the
headline (it ends in "=" or "+"), then indented, hard-wrapped paragraphs.
"""

from __future__ import annotations

import re

from checker.document import PartKind
from checker.errors import UnreadableFileError
from checker.readers.article import Article, Piece
from checker.readers.formats.dates import read_telex_date
from checker.readers.formats.passages import Passage, assemble
from checker.readers.formats.prose import line_numbers, telex_passages

_START = re.compile(r"[\s\x7f]{0,40}\x01[^\x02]{3,1000}\x02")
_TEXT = re.compile(r"\x02(?P<text>[^\x03\x04]*)(?:\x03(?P<after>[^\x04\x01]*))?")
_ADDRESS_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_HEADLINE_END = re.compile(r"[ \t]*[=+][ \t]*(?=\r?\n)")
_LONGEST_HEAD = 600  # characters before the first paragraph
_INDENT = re.compile(r"(?<=\n)[ \t]{2,}\S")
_SIGN_OFF = re.compile(r"\s*(?:[a-z]{2,4}(?: [a-z]{2,4}){1,5}|.{0,20}\b(?:wsz|jln)\b.{0,20})\s*")


def recognise(text: str, path: str) -> bool:
    """True where SOH and, some lines later, STX begin the file."""
    return bool(_START.match(text))


def read(text: str, language: str | None = None) -> Article:
    """The article of the first message in the file. Raises UnreadableFileError where it has no text."""
    messages = [match for match in _TEXT.finditer(text) if match["text"].strip()]
    if not messages:
        raise UnreadableFileError("this IPTC 7901 message holds no text; ask for it again")
    first = messages[0]
    content, offset = _ADDRESS_CONTROLS.sub(" ", first["text"]), first.start("text")
    headline, body_start = _headline(content)
    body = telex_passages(content[body_start:], wrapped=True)
    while len(body) > 1 and _SIGN_OFF.fullmatch(body[-1].text):  # initials of the desk
        del body[-1]
    passages = [*headline, *(_shifted(passage, body_start) for passage in body)]
    omitted: tuple[str, ...] = ()
    if len(messages) > 1:
        omitted = (f"the first of {len(messages)} messages in this file was checked; split it, one in each file",)
    passages = [_shifted(passage, offset) for passage in passages]
    for passage, line in zip(passages, line_numbers(text, passages), strict=True):
        passage.locator = f"line {line}"
    return assemble(
        passages,
        published=read_telex_date(first["after"] or ""),
        omitted=omitted,
    )


def _headline(content: str) -> tuple[list[Passage], int]:
    """The headline, and where the body begins. Lines before the line that ends in "=" or "+" are keywords.

    A keyword line that the headline goes on from ("France:" above "France: …") is no part of it.
    """
    end = _HEADLINE_END.search(content[:_LONGEST_HEAD] + "\n")
    if end is None:
        indent = _INDENT.search(content)
        return [], indent.start() if indent else 0
    start = content.rfind("\n", 0, end.start()) + 1
    passages = telex_passages(content[start : end.start()], PartKind.HEADLINE, wrapped=True)
    return [_shifted(passage, start) for passage in passages[:1]], end.end()


def _shifted(passage: Passage, offset: int) -> Passage:
    pieces = [Piece(piece.text, piece.file_start + offset, piece.file_end + offset) for piece in passage.pieces]
    return Passage(passage.kind, pieces, passage.locator)
