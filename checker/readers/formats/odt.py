"""OpenDocument texts: the headings, paragraphs and notes of content.xml. Comments, forms and macros are left out."""

from __future__ import annotations

from collections.abc import Iterator

from checker.document import PartKind
from checker.readers.article import Article, Piece
from checker.readers.encoding import decode
from checker.readers.formats import office
from checker.readers.formats.package import has_part, read_part
from checker.readers.formats.passages import Passage
from checker.readers.formats.xml_tree import Element, Text, Tree, parse_xml, text_pieces

CONTENT = "content.xml"
_META, _STYLES = "meta.xml", "styles.xml"
_GONE = frozenset(
    """annotation annotation-end tracked-changes forms sequence-decls variable-decls user-field-decls
    bookmark script event-listeners ruby-text table-of-content""".split()  # noqa: SIM905
)
_DROPPED = _GONE | {"note"}  # in the line of a paragraph; a note's paragraphs are read by themselves
_PAGE_MARGINS = ("header", "footer", "header-left", "footer-left", "header-first", "footer-first")


def recognise(data: bytes) -> bool:
    """True for a package with the content of an OpenDocument file."""
    return has_part(data, CONTENT)


def read(data: bytes, language: str | None = None) -> tuple[str, Article]:
    """content.xml, and the article in it. Raises UnreadableFileError where that is damaged or no text document."""
    missing = "this OpenDocument file is no text document; export the article as ODT or text"
    tree, body = office.read_body(data, CONTENT, "body/text", missing)
    styles = {style.get("style:name"): style.get("style:parent-style-name") for style in _styles(tree)}
    passages = [_passage(tree, paragraph, styles) for paragraph in office.paragraphs(body, _DIALECT)]
    article = office.office_article(
        tree,
        body,
        passages,
        _DIALECT,
        title=office.read_property(data, _META, "meta/title"),
        language=office.read_property(data, _META, "meta/language"),
        notes=office.shown_headers(_page_margins(data)),
    )
    return tree.file, article


def _styles(tree: Tree) -> Iterator[Element]:
    """Styles of this document, each of which derives from one with a name that says what it is for."""
    automatic = tree.root.child("automatic-styles")
    return automatic.find_all("style") if automatic else iter(())


def _page_margins(data: bytes) -> Iterator[str]:
    content = read_part(data, _STYLES)
    root = parse_xml(decode(content).text).root if content else None
    masters = root.child("master-styles") if root else None
    return (element.text for element in masters.descendants(*_PAGE_MARGINS)) if masters else iter(())


def _passage(tree: Tree, paragraph: office.Paragraph, styles: dict[str | None, str | None]) -> Passage:
    style = paragraph.element.get("text:style-name")
    kind = office.kind_of(styles.get(style) or style)
    if kind is PartKind.BODY and paragraph.locator == f"{office.PARAGRAPH} 1" and paragraph.element.name == "h":
        kind = PartKind.HEADLINE
    passage = Passage(PartKind.NOTE if paragraph.is_note else kind, locator=paragraph.locator)
    passage.add(_pieces(tree, paragraph.element))
    passage.trim()
    return passage


def _pieces(tree: Tree, element: Element) -> Iterator[Piece]:
    for child in element.children:
        if isinstance(child, Text):
            yield from text_pieces(tree.file, child)
        elif child.name == "line-break":
            yield Piece("\n", child.tag_start, child.inner_start)
        elif child.name in ("s", "tab"):
            yield Piece(" ", child.tag_start, child.inner_start)
        elif child.name not in _DROPPED and child.name not in ("p", "h"):  # a frame's text is a paragraph of its own
            yield from _pieces(tree, child)


_DIALECT = office.Dialect(
    labels={
        "p": office.PARAGRAPH,
        "h": office.PARAGRAPH,
        "table": office.TABLE,
        "table-row": office.ROW,
        "table-cell": office.CELL,
        "text-box": office.TEXT_BOX,
        "note": office.NOTE,
    },
    gone=_GONE,
    pieces=_pieces,
)
