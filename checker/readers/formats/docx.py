"""Word documents: the paragraphs of word/document.xml as they read with all changes accepted.

Pictures, macros, notes, comments and field codes are never looked at.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.errors import UnreadableFileError
from checker.readers.article import Article, Piece
from checker.readers.encoding import decode
from checker.readers.formats.office import kind_of, office_article
from checker.readers.formats.package import has_part, read_part
from checker.readers.formats.passages import Passage
from checker.readers.formats.xml_tree import Element, Text, Tree, parse_xml, text_pieces

DOCUMENT = "word/document.xml"
_PROPERTIES = "docProps/core.xml"
# Deleted text, codes of fields, the copy of a text box for old programs, and what is no text at all.
_DROPPED = frozenset(
    """del moveFrom delText instrText delInstrText Fallback rPr pPr drawing pict object
    footnoteReference endnoteReference commentReference""".split()  # noqa: SIM905
)
_SPACES = frozenset({"tab", "ptab", "noBreakHyphen"})


def recognise(data: bytes) -> bool:
    """True for a package with the main part of a Word document."""
    return has_part(data, DOCUMENT)


def read(data: bytes, language: str | None = None) -> tuple[str, Article]:
    """The main part, and the article in it. Raises UnreadableFileError where that is damaged or too large."""
    text = decode(read_part(data, DOCUMENT) or b"").text
    tree = parse_xml(text)
    body = tree.root.child("body")
    if body is None:
        raise UnreadableFileError("this Word document has no body; save it anew")
    passages = [_passage(tree, each, number) for number, each in enumerate(body.descendants("p"), start=1)]
    article = office_article(
        [passage for passage in passages if passage.pieces], _tables(tree, body), title=_title(data), language=None
    )
    return text, article


def _title(data: bytes) -> str | None:
    properties = read_part(data, _PROPERTIES)
    if properties is None:
        return None
    title = parse_xml(decode(properties).text).root.child("title")
    return (title.text or None) if title else None


def _passage(tree: Tree, paragraph: Element, number: int) -> Passage:
    properties = paragraph.child("pPr")
    style = properties.child("pStyle") if properties else None
    passage = Passage(kind_of(style.get("w:val") if style else None), locator=f"paragraph {number}")
    passage.add(_pieces(tree, paragraph))
    passage.trim()
    return passage


def _pieces(tree: Tree, element: Element) -> Iterator[Piece]:
    for child in element.children:
        if isinstance(child, Text):
            if element.name == "t":
                yield from text_pieces(tree.file, child)
        elif child.name in ("br", "cr"):
            yield Piece("\n", child.tag_start, child.inner_start)
        elif child.name in _SPACES:
            yield Piece("-" if child.name == "noBreakHyphen" else " ", child.tag_start, child.inner_start)
        elif child.name not in _DROPPED and child.name != "p":  # a text box is a paragraph of its own
            yield from _pieces(tree, child)


def _tables(tree: Tree, body: Element) -> Iterator[list[list[Passage]]]:
    for table in body.find_all("tbl"):
        yield [[_cell(tree, cell) for cell in row.find_all("tc")] for row in table.find_all("tr")]


def _cell(tree: Tree, cell: Element) -> Passage:
    passage = Passage(kind_of(None))
    for number, paragraph in enumerate(cell.find_all("p")):
        passage.add([Piece(" ", 0, 0)] if number else [])
        passage.add(_pieces(tree, paragraph))
    passage.trim()
    return passage
