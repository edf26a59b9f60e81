"""NewsML 1.x: nested NewsComponents, told apart by their roles, with NITF, XHTML or text in DataContent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from checker.document import PartKind
from checker.errors import UnreadableFileError
from checker.readers.article import Article, join_pieces
from checker.readers.formats import nitf
from checker.readers.formats.dates import read_date
from checker.readers.formats.passages import Passage, assemble
from checker.readers.formats.prose import any_passages, embedded, xml_passages
from checker.readers.formats.xml_tree import Element, Tree, literal_pieces, parse_xml, root_name

_NOT_TEXT = ("stylesheet", "logo", "contact", "thumbnail", "picture", "photo", "graphic", "video", "audio", "keywords")
_KINDS = {
    "headline": PartKind.HEADLINE,
    "subheadline": PartKind.SUMMARY,
    "abstract": PartKind.SUMMARY,
    "summary": PartKind.SUMMARY,
    "caption": PartKind.CAPTION,
}
_TEXT_TYPES = ("text/", "application/xhtml", "application/xml", "application/nitf")


def recognise(text: str, path: str) -> bool:
    """True where the root is <NewsML>."""
    return root_name(text) == "NewsML"


def read(text: str, language: str | None = None) -> Article:
    """The article of a NewsML 1 file. Raises UnreadableFileError where no component holds text."""
    tree = parse_xml(text)
    items = list(tree.root.find_all("NewsItem")) or [tree.root]
    found = [(item, passages) for item in items if (passages := list(_content(tree, item)))]
    if not found:
        raise UnreadableFileError("this NewsML file holds no text; it only refers to other files, so check those")
    item, passages = found[0]
    omitted: tuple[str, ...] = ()
    if len(found) > 1:
        omitted = (f"the first of {len(found)} articles in this file was checked; split it, one article in each file",)
    return assemble(
        [*_lines(tree, item, "HeadLine", PartKind.HEADLINE), *passages],
        byline=_line(item, "ByLine") or _line(item, "byline"),
        dateline=_line(item, "DateLine"),
        published=_published(item) or read_date(_line(tree.root, "DateAndTime")),
        language=_language(item),
        omitted=omitted,
    )


def _lines(tree: Tree, item: Element, name: str, kind: PartKind) -> Iterator[Passage]:
    for line in item.descendants(name)[:1]:
        yield from xml_passages(tree, line, kind)


def _line(item: Element, name: str) -> str | None:
    return next((line.text for line in item.descendants(name) if line.text), None)


def _content(tree: Tree, item: Element) -> Iterator[Passage]:
    """The passages of all content that is text, in order of the file."""
    for content in item.descendants("ContentItem"):
        role = _role(content)
        mime = (_formal_name(content.child("MimeType")) or "text/").lower()
        data = content.child("DataContent")
        if data is None or role in _NOT_TEXT or not mime.startswith(_TEXT_TYPES) or mime == "text/css":
            continue
        yield from _passages(tree, data, _KINDS.get(role, PartKind.BODY))


def _passages(tree: Tree, data: Element, kind: PartKind) -> list[Passage]:
    inner = data.first
    if inner is None:
        content, runs = join_pieces(literal_pieces(tree, data))
        return embedded(any_passages(content, kind), runs, tree.xpath(data))
    if inner.name == "nitf":
        return nitf.passages_of(tree, inner)
    return xml_passages(tree, inner.child("body") or data, kind)


def _role(content: Element) -> str:
    """The role of the nearest component around `content`, in lower case; "" where it has none."""
    component = content.parent
    role = component.child("Role") if component else None
    return (_formal_name(role) or "").lower()


def _formal_name(element: Element | None) -> str | None:
    return element.get("FormalName") if element else None


def _published(item: Element) -> datetime | None:
    for name in ("ThisRevisionCreated", "FirstCreated", "DateId"):
        if found := read_date(_line(item, name)):
            return found
    return None


def _language(item: Element) -> str | None:
    declared = next((_formal_name(element) for element in item.descendants("Language")), None)
    inner = next(iter(item.descendants("nitf", "html")), None)
    return declared or (inner.get("baselang", "xml:lang", "lang") if inner else None)
