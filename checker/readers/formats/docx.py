"""Word documents: the paragraphs of word/document.xml as they read with all changes accepted, and their notes.

Pictures, macros, comments and field codes are never looked at.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.document import PartKind
from checker.readers.article import Article, Piece
from checker.readers.encoding import decode
from checker.readers.formats import office
from checker.readers.formats.package import has_part, part_names, read_part
from checker.readers.formats.passages import Passage
from checker.readers.formats.xml_tree import Element, Text, Tree, parse_xml, text_pieces

DOCUMENT = "word/document.xml"
_PROPERTIES = "docProps/core.xml"
_NOTES = ("footnote", "endnote")
_PAGE_MARGINS = ("word/header", "word/footer")
_MOST_MARGINS = 12  # six for each kind of section; thousands of them would only cost time
# Deleted text, and the copy of a text box for old programs.
_GONE = frozenset({"del", "moveFrom", "Fallback"})
# Also codes of fields, and what is no text at all.
_DROPPED = _GONE | frozenset(
    """delText instrText delInstrText rPr pPr drawing pict object
    footnoteReference endnoteReference commentReference footnoteRef endnoteRef""".split()  # noqa: SIM905
)
_SPACES = frozenset({"tab", "ptab", "noBreakHyphen"})


def recognise(data: bytes) -> bool:
    """True for a package with the main part of a Word document."""
    return has_part(data, DOCUMENT)


def read(data: bytes, language: str | None = None) -> tuple[str, Article]:
    """The main part, and the article in it. Raises UnreadableFileError where that is damaged or too large.

    Notes stand in parts of their own: they are read, but lead to no place in the main part.
    """
    missing = "this Word document has no body; save it anew"
    tree, body = office.read_body(data, DOCUMENT, "body", missing)
    passages = [_passage(tree, paragraph) for paragraph in office.paragraphs(body, _DIALECT)]
    for kind in _NOTES:
        passages += _notes(data, kind)
    article = office.office_article(
        tree,
        body,
        passages,
        _DIALECT,
        title=office.read_property(data, _PROPERTIES, "title"),
        notes=office.shown_headers(_page_margins(data)),
    )
    return tree.file, article


def _passage(tree: Tree, paragraph: office.Paragraph) -> Passage:
    properties = paragraph.element.child("pPr")
    style = properties.child("pStyle") if properties else None
    passage = Passage(office.kind_of(style.get("w:val") if style else None), locator=paragraph.locator)
    passage.add(_pieces(tree, paragraph.element))
    passage.trim()
    passage.stretches = [(run.tag_start, f"run {number}") for number, run in enumerate(_runs(paragraph.element), 1)]
    return passage


def _runs(element: Element) -> Iterator[Element]:
    for child in element.elements:
        if child.name == "r":
            yield child
        elif child.name not in _DROPPED and child.name != "p":
            yield from _runs(child)


def _notes(data: bytes, kind: str) -> Iterator[Passage]:
    """Footnotes or endnotes; the lines that part them from the page are notes of a type of their own."""
    content = read_part(data, f"word/{kind}s.xml")
    if content is None:
        return
    tree = parse_xml(decode(content).text)
    notes = (note for note in tree.root.find_all(kind) if note.get("w:type") in (None, "normal"))
    for number, note in enumerate(notes, start=1):
        for paragraph in office.paragraphs(note, _DIALECT, within=f"{kind} {number}, "):
            passage = Passage(PartKind.NOTE, locator=paragraph.locator)
            passage.add(Piece(piece.text, 0, 0) for piece in _pieces(tree, paragraph.element))
            passage.trim()
            yield passage


def _page_margins(data: bytes) -> Iterator[str]:
    names = [name for name in part_names(data) if name.startswith(_PAGE_MARGINS) and name.endswith(".xml")]
    for name in names[:_MOST_MARGINS]:
        tree = parse_xml(decode(read_part(data, name) or b"").text)
        for paragraph in office.paragraphs(tree.root, _DIALECT):
            yield "".join(piece.text for piece in _pieces(tree, paragraph.element)).strip()


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


_DIALECT = office.Dialect(
    labels={
        "p": office.PARAGRAPH,
        "tbl": office.TABLE,
        "tr": office.ROW,
        "tc": office.CELL,
        "txbxContent": office.TEXT_BOX,
    },
    gone=_GONE,
    pieces=_pieces,
)
