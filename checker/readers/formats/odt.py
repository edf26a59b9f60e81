"""OpenDocument texts: the headings and paragraphs of content.xml. Notes, comments, forms and macros are left out."""

from __future__ import annotations

from collections.abc import Iterator

from checker.document import PartKind
from checker.errors import UnreadableFileError
from checker.readers.article import Article, Piece
from checker.readers.encoding import decode
from checker.readers.formats.office import kind_of, office_article
from checker.readers.formats.package import has_part, read_part
from checker.readers.formats.passages import Passage
from checker.readers.formats.xml_tree import Element, Text, Tree, parse_xml, text_pieces

CONTENT = "content.xml"
_META = "meta.xml"
_DROPPED = frozenset(
    """annotation annotation-end note tracked-changes forms sequence-decls variable-decls user-field-decls
    bookmark script event-listeners ruby-text table-of-content""".split()  # noqa: SIM905
)


def recognise(data: bytes) -> bool:
    """True for a package with the content of an OpenDocument file."""
    return has_part(data, CONTENT)


def read(data: bytes, language: str | None = None) -> tuple[str, Article]:
    """content.xml, and the article in it. Raises UnreadableFileError where that is damaged or no text document."""
    text = decode(read_part(data, CONTENT) or b"").text
    tree = parse_xml(text)
    body = tree.root.find("body/text")
    if body is None:
        raise UnreadableFileError("this OpenDocument file is no text document; export the article as ODT or text")
    styles = {style.get("style:name"): style.get("style:parent-style-name") for style in _styles(tree)}
    passages = [_passage(tree, each, number, styles) for number, each in enumerate(_paragraphs(body), start=1)]
    title, language = _meta(data)
    article = office_article(
        [passage for passage in passages if passage.pieces], _tables(tree, body), title=title, language=language
    )
    return text, article


def _styles(tree: Tree) -> Iterator[Element]:
    """Styles of this document, each of which derives from one with a name that says what it is for."""
    automatic = tree.root.child("automatic-styles")
    return automatic.find_all("style") if automatic else iter(())


def _meta(data: bytes) -> tuple[str | None, str | None]:
    content = read_part(data, _META)
    meta = parse_xml(decode(content).text).root.child("meta") if content else None
    if meta is None:
        return None, None
    title, language = meta.child("title"), meta.child("language")
    return (title.text or None) if title else None, (language.text or None) if language else None


def _paragraphs(element: Element) -> Iterator[Element]:
    for child in element.elements:
        if child.name in ("p", "h"):
            yield child
        if child.name not in _DROPPED:
            yield from _paragraphs(child)


def _passage(tree: Tree, paragraph: Element, number: int, styles: dict[str | None, str | None]) -> Passage:
    style = paragraph.get("text:style-name")
    kind = kind_of(styles.get(style) or style)
    if kind is PartKind.BODY and number == 1 and paragraph.name == "h":
        kind = PartKind.HEADLINE
    passage = Passage(kind, locator=f"paragraph {number}")
    passage.add(_pieces(tree, paragraph))
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


def _tables(tree: Tree, body: Element) -> Iterator[list[list[Passage]]]:
    for table in body.find_all("table"):
        yield [[_cell(tree, cell) for cell in row.find_all("table-cell")] for row in table.descendants("table-row")]


def _cell(tree: Tree, cell: Element) -> Passage:
    passage = Passage(PartKind.BODY)
    for number, paragraph in enumerate(_paragraphs(cell)):
        passage.add([Piece(" ", 0, 0)] if number else [])
        passage.add(_pieces(tree, paragraph))
    passage.trim()
    return passage
