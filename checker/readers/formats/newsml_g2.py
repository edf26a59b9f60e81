"""NewsML-G2: newsMessage, newsItem or a bare contentSet, with XHTML, NITF or text inside.

The first text item that has words is the article; the captions of picture items belong to it.
"""

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

_ROOTS = ("newsMessage", "newsItem", "contentSet", "packageItem", "knowledgeItem", "newsMessageItem")
_SUMMARIES = ("summary", "teaser", "abstract", "lead", "caption")
_DATES = (
    "contentMeta/contentModified",
    "itemMeta/versionCreated",
    "itemMeta/firstCreated",
    "contentMeta/contentCreated",
)


def recognise(text: str, path: str) -> bool:
    """True where the root is one of NewsML-G2's."""
    return root_name(text) in _ROOTS


def read(text: str, language: str | None = None) -> Article:
    """The article of a NewsML-G2 file. Raises UnreadableFileError where no item holds text."""
    tree = parse_xml(text)
    items = [tree.root] if tree.root.name in ("newsItem", "contentSet") else list(tree.root.descendants("newsItem"))
    found = [(item, passages) for item in items if (passages := _body(tree, item))]
    if not found:
        raise UnreadableFileError("this NewsML-G2 file holds no text; it only refers to other files, so check those")
    item, body = found[0]
    captions = [caption for other in items if other is not item for caption in _captions(tree, other)]
    omitted: tuple[str, ...] = ()
    if len(found) > 1:
        omitted = (f"the first of {len(found)} articles in this file was checked; split it, one article in each file",)
    return assemble(
        [*_headlines(tree, item), *_summaries(tree, item), *body, *captions],
        byline=_first_text(item, "contentMeta/by") or _nitf_byline(item),
        dateline=_first_text(item, "contentMeta/dateline") or _located(item),
        published=_published(tree.root, item),
        language=_language(tree.root, item),
        omitted=omitted,
    )


def _first_text(item: Element, path: str) -> str | None:
    return next((element.text for element in item.find_all(path) if element.text), None)


def _nitf_byline(item: Element) -> str | None:
    return next((nitf.byline_of(top) for top in item.descendants("body.head")), None)


def _located(item: Element) -> str | None:
    located = item.find("contentMeta/located")
    return (located.text or located.get("literal")) if located else None


def _headlines(tree: Tree, item: Element) -> Iterator[Passage]:
    """The headline; one with another role or rank ("hld:subHeadline") stands below it."""
    found = False
    for headline in item.find_all("contentMeta/headline"):
        passages = xml_passages(tree, headline, PartKind.SUMMARY if found else PartKind.HEADLINE)
        # A line of keywords is marked by a low rank.
        if not passages or (found and headline.get("rank") not in (None, "0", "1")):
            continue
        yield from passages
        found = True


def _summaries(tree: Tree, item: Element) -> Iterator[Passage]:
    for description in item.find_all("contentMeta/description"):
        role = (description.get("role") or "summary").rpartition(":")[2].lower()
        if role in _SUMMARIES and description.text:
            yield from xml_passages(tree, description, PartKind.SUMMARY)


def _captions(tree: Tree, item: Element) -> Iterator[Passage]:
    for description in item.find_all("contentMeta/description"):
        if description.text:
            yield from xml_passages(tree, description, PartKind.CAPTION)


def _body(tree: Tree, item: Element) -> list[Passage]:
    """The passages of the first rendition that has any: markup before plain text."""
    contents = item if item.name == "contentSet" else item.child("contentSet")
    if contents is None:
        return []
    for inline in contents.find_all("inlineXML"):
        inner = inline.first or inline
        passages = nitf.passages_of(tree, inner) if inner.name == "nitf" else []
        passages = passages or xml_passages(tree, inner.child("body") or inner)
        if any(passage.kind is PartKind.BODY for passage in passages):
            return passages
    for data in contents.find_all("inlineData"):
        content, runs = join_pieces(literal_pieces(tree, data))
        if content.strip():
            return embedded(any_passages(content), runs, tree.xpath(data))
    return []


def _published(root: Element, item: Element) -> datetime | None:
    for path in _DATES:
        for element in item.find_all(path):
            if found := read_date(element.text):
                return found
    return read_date(_first_text(root, "header/sent"))


def _language(root: Element, item: Element) -> str | None:
    tag = item.find("contentMeta/language")
    inner = next(iter(item.descendants("nitf", "html")), None)
    return (
        (tag.get("tag") if tag else None)
        or item.get("xml:lang")
        or (inner.get("baselang", "xml:lang", "lang") if inner else None)
        or root.get("xml:lang")
    )
