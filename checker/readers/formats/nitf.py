"""NITF, the News Industry Text Format of the IPTC, 3.x, with or without its namespace; also within other formats."""

from __future__ import annotations

from datetime import datetime

from checker.document import PartKind
from checker.readers.article import Article
from checker.readers.formats.dates import read_date
from checker.readers.formats.passages import Passage, assemble
from checker.readers.formats.prose import xml_passages
from checker.readers.formats.xml_tree import Element, Tree, parse_xml, root_name


def recognise(text: str, path: str) -> bool:
    """True where the root is <nitf>."""
    return root_name(text) == "nitf"


def read(text: str, language: str | None = None) -> Article:
    """The article of an NITF document."""
    tree = parse_xml(text)
    return read_element(tree, tree.root)


def read_element(tree: Tree, nitf: Element) -> Article:
    """The article of an <nitf> element; its head gives what its body head does not."""
    head, body = nitf.child("head") or nitf, nitf.child("body") or nitf
    title = _text(head.child("title"))
    top = body.child("body.head") or body
    dateline = top.child("dateline")
    return assemble(
        passages_of(tree, nitf) or xml_passages(tree, body),
        title=title,
        byline=byline_of(top),
        dateline=_text(dateline.child("location")) if dateline and dateline.child("location") else _plain(dateline),
        published=_published(nitf),
        language=nitf.get("baselang", "xml:lang", "lang") or body.get("xml:lang", "lang"),
    )


def passages_of(tree: Tree, nitf: Element) -> list[Passage]:
    """Headline, abstract, body and captions of an <nitf> element, in this order.

    Second headlines that are keywords in capitals ("HONDURAS GOVERNMENT") are no part of the article.
    """
    body = nitf.child("body") or nitf
    top = body.child("body.head")
    passages: list[Passage] = []
    if top is not None:
        for hedline in top.find_all("hedline"):
            for number, line in enumerate(hedline.elements):
                if number == 0 or (line.name == "hl2" and not line.text.isupper()):
                    kind = PartKind.SUMMARY if number else PartKind.HEADLINE
                    passages += xml_passages(tree, line, kind)
        for abstract in top.find_all("abstract"):
            passages += xml_passages(tree, abstract, PartKind.SUMMARY)
    for content in body.find_all("body.content"):
        passages += xml_passages(tree, content)
    return passages


def byline_of(top: Element) -> str | None:
    """The byline in a body head, its title set off."""
    byline = top.child("byline")
    if byline is None:
        return None
    said = (
        child.text if isinstance(child, Element) else " ".join(top.file[child.start : child.end].split())
        for child in byline.children
    )
    return " ".join(filter(None, said)) or None


def _published(nitf: Element) -> datetime | None:
    """The date in the head, else in the body's head, else anywhere."""
    for part in (nitf.child("head"), nitf.find("body/body.head"), nitf):
        for element in part.descendants("date.issue", "date.release", "story.date", "pubdata") if part else ():
            if found := read_date(element.get("norm", "date.publication")):
                return found
    return None


def _text(element: Element | None) -> str | None:
    return (element.text or None) if element else None


def _plain(dateline: Element | None) -> str | None:
    """A dateline without marked-up place, where it is more than a date."""
    text = _text(dateline)
    return None if text is None or (dateline and dateline.child("story.date")) else text
