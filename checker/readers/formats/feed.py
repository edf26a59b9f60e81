"""RSS (0.9x, 1.0, 2.0) and Atom (RFC 4287) feeds: each item is an article, its text HTML that was escaped, or XHTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from checker.document import PartKind
from checker.errors import UnreadableFileError
from checker.readers.article import Article, join_pieces
from checker.readers.formats.dates import read_any_date
from checker.readers.formats.passages import Passage, assemble
from checker.readers.formats.prose import any_passages, embedded, html_passages, telex_passages, xml_passages
from checker.readers.formats.xml_tree import Element, Tree, literal_pieces, parse_xml, root_name

_ROOTS = ("rss", "feed", "RDF")
_ITEMS = ("item", "entry")
_BODIES = ("content:encoded", "content", "body", "xhtml:body")
_SUMMARIES = ("description", "summary", "subtitle")
_CAPTIONS = ("media:description", "media:content/media:description", "media:group/media:description")
_BYLINES = ("dc:creator", "author/name", "author")
_DATES = ("pubDate", "published", "dc:date", "updated", "issued", "modified")
# What a well-known program for blogs puts under every item.
_ADVERTISEMENT = re.compile(r"The post .{1,300} (?:appeared|first appeared|appeared first) on .{1,200}\.", re.DOTALL)
_ADDRESS = re.compile(r"\s*\S+@\S+\s+\((?P<name>[^()]+)\)\s*")  # RSS has "anna@example.org (Anna Writer)"


def recognise(text: str, path: str) -> bool:
    """True where the root is that of RSS or Atom, and an item is there."""
    return root_name(text) in _ROOTS and any(f"<{name}" in text for name in _ITEMS)


def read(text: str, language: str | None = None) -> Article:
    """The first article of a feed; that there are more is said. Raises UnreadableFileError where no item has text."""
    every = read_every(text, language)
    article = next((each for each in every if isinstance(each, Article)), None)
    if article is None:
        raise UnreadableFileError("no item of this feed holds any text; ask for a feed with the articles in it")
    if len(every) == 1:
        return article
    more = f"one of {len(every)} articles in this feed was checked; check it as a file of its own to take them all"
    return replace(article, omitted=(*article.omitted, more))


def read_every(text: str, language: str | None = None) -> list[Article | UnreadableFileError]:
    """Each item in order of the file: its article, or why it has none. Raises UnreadableFileError for broken XML."""
    tree = parse_xml(text)
    root = tree.root
    items = [item for item in root.descendants(*_ITEMS) if item.parent in (root, root.child("channel"))]
    spoken = _text(tree, root, ("channel/language", "language", "channel/dc:language")) or root.get("xml:lang")
    return [_article(tree, item, spoken) for item in items]


def _article(tree: Tree, item: Element, language: str | None) -> Article | UnreadableFileError:
    bodies = (_passages(tree, each, PartKind.BODY) for each in _found(item, _BODIES))
    body = next((passages for passages in bodies if passages), [])
    summary = next((each for each in _found(item, _SUMMARIES) if each.text), None)
    passages = list(_headline(tree, item))
    if summary:
        passages += _passages(tree, summary, PartKind.SUMMARY if body else PartKind.BODY)
    passages += body
    for caption in _found(item, _CAPTIONS):
        passages += _passages(tree, caption, PartKind.CAPTION)
    passages = [passage for passage in passages if not _ADVERTISEMENT.fullmatch(passage.text)]
    if not passages:
        return UnreadableFileError("this item of the feed holds no text; open the page that it leads to")
    return assemble(
        passages,
        byline=_byline(tree, item),
        published=_published(tree, item),
        language=_text(tree, item, ("dc:language", "language")) or item.get("xml:lang") or language,
    )


def _found(item: Element, paths: tuple[str, ...]) -> Iterator[Element]:
    """The elements at `paths`, prefixes included: a picture's description is not the article's."""
    for path in paths:
        around, _, name = path.rpartition("/")
        for parent in item.find_all(_local(around)) if around else (item,):
            for child in parent.elements:
                if child.name == _local(name) and _written_name(child) in (name, f"atom:{name}"):
                    yield child


def _local(path: str) -> str:
    return "/".join(name.rpartition(":")[2] for name in path.split("/"))


def _written_name(element: Element) -> str:
    return re.split(r"[\s/>]", element.file[element.tag_start + 1 : element.inner_start], maxsplit=1)[0]


def _text(tree: Tree, item: Element, paths: tuple[str, ...]) -> str | None:
    return next((text for each in _found(item, paths) if (text := each.text)), None)


def _headline(tree: Tree, item: Element) -> Iterator[Passage]:
    for title in _found(item, ("title",)):
        yield from _passages(tree, title, PartKind.HEADLINE)


def _passages(tree: Tree, element: Element, kind: PartKind) -> list[Passage]:
    """The passages of a text construct: markup as elements, markup that was escaped, or no markup at all."""
    form = (element.get("type") or "").lower()
    if element.get("src") or form.startswith(("image/", "video/", "audio/", "application/octet")):
        return []
    if element.first is not None:
        return xml_passages(tree, element, kind)
    content, runs = join_pieces(literal_pieces(tree, element))
    if form in ("text", "text/plain") and not content.lstrip().startswith("<"):
        passages = telex_passages(content, kind)
    elif kind is PartKind.BODY and not form:
        passages = any_passages(content, kind)
    else:
        passages = html_passages(content, kind)
    return embedded(passages, runs, tree.xpath(element))


def _byline(tree: Tree, item: Element) -> str | None:
    said = _text(tree, item, _BYLINES)
    named = _ADDRESS.fullmatch(said or "")
    return named["name"].strip() if named else said


def _published(tree: Tree, item: Element) -> datetime | None:
    dates = (read_any_date(each.text) for path in _DATES for each in _found(item, (path,)))
    return next((date for date in dates if date), None)
