"""Paragraphs out of the markup that news bodies use: NITF, XHTML within XML, and HTML in a string.

All of it is the article, so nothing is guessed as for a web page; only what the markup itself calls a caption, a
byline, a teaser or a header is told apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from checker.document import PartKind
from checker.readers.article import Piece, Run
from checker.readers.blocks import BREAKING, read_page
from checker.readers.formats.passages import Passage
from checker.readers.formats.xml_tree import Element, Text, Tree, text_pieces

_BLOCKS = BREAKING | frozenset(
    """block body.content body.head body.end hl1 hl2 bq fn media media-caption media-producer nitf-table datasource
    abstract tagline ol ul dl q-block note pubdata""".split()  # noqa: SIM905
)
_CAPTIONS = frozenset({"figcaption", "caption", "media-caption"})
_DROPPED = frozenset(
    """head script style header footer nav media-metadata media-reference media-object media-producer alt-code nitf-col
    nitf-colgroup note tagline bibliography svg math time object form button select""".split()  # noqa: SIM905
)
# Names in class attributes that say what a part of a body is for.
_DROPPED_CLASS = re.compile(
    r"(?:^|\s)(?:byline|author|dat|dateline-meta|vignette|slugline|closingline|notepad|np-nonpublic|credit-line|copyright)(?=$|\s)"
)
_SUMMARY_CLASS = re.compile(r"(?:^|\s)(?:teaser|summary|abstract)(?=$|\s)")
_PARAGRAPH_INDENT = re.compile(r"(?:[ \t]{2,}|\t)(?=\S)")
_BLANK_LINES = re.compile(r"(?>\r\n?|\n)(?:[ \t]*(?>\r\n?|\n))+")
_LINE = re.compile(r"[^\r\n]+")
_WIDEST_TELEX = 100  # characters of a line; what is longer is a paragraph
_WORDS = re.compile(r"\S+(?: \S+)*|\s+")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_DESK_WORDS = ("notebook", "* * * *", "not for publication")
_NOT_FOR_PUBLICATION = re.compile(
    r"\s*(?:#+\s*\w{2,5}\s+NOTEBOOK\b|\* \* \* \*|.{0,40}not for publication)", re.IGNORECASE
)


class _Role(NamedTuple):
    """What an element is: left out, a block, and of what kind its text is (None: of that around it)."""

    dropped: bool
    block: bool
    kind: PartKind | None


def _role_of(element: Element) -> _Role:
    """What an element is by its name and classes."""
    if not element.has_attributes:
        return _role(element.name, "")
    return _role(element.name, element.attributes.get("class", ""))


@lru_cache(maxsize=256)
def _role(name: str, classes: str) -> _Role:
    kind = None
    if name in _CAPTIONS:
        kind = PartKind.CAPTION
    elif name == "abstract" or _SUMMARY_CLASS.search(classes):
        kind = PartKind.SUMMARY
    elif name == "h1":
        kind = PartKind.HEADLINE
    return _Role(name in _DROPPED or bool(_DROPPED_CLASS.search(classes)), name in _BLOCKS, kind)


class _Walk:
    """Collects passages below an element."""

    def __init__(self, tree: Tree, kind: PartKind) -> None:
        self.passages: list[Passage] = []
        self._tree = tree
        self._kind = kind
        self._passage = Passage(kind)
        self._breaks = 0

    def walk(self, element: Element) -> None:
        for child in element.children:
            if isinstance(child, Text):
                content = self._tree.file[child.start : child.end]
                if self._passage.pieces or not content.isspace():
                    self._text(child, content, element)
            elif child.name == "br":
                self._break(child)
            else:
                self._element(child)

    def _element(self, element: Element) -> None:
        kind = self._kind
        dropped, block, said = _role_of(element)
        if dropped:
            return
        if said is PartKind.CAPTION or (said is not None and kind is PartKind.BODY):
            self._kind = said
        if block or self._kind is not kind:
            self.end_passage()
            self._passage.kind = self._kind
            self.walk(element)
            self.end_passage()
        else:
            self.walk(element)
        self._kind = self._passage.kind = kind

    def _text(self, text: Text, content: str, element: Element) -> None:
        passage = self._passage
        passage.add(text_pieces(self._tree.file, text, content))
        if passage.pieces:
            self._breaks = 0
            if not passage.locator:
                passage.locator = self._tree.xpath(element)

    def _break(self, element: Element) -> None:
        """One <br/> is a line break, two are a paragraph."""
        self._breaks += 1
        if self._breaks > 1:
            self.end_passage()
        elif self._passage.pieces:
            self._passage.pieces.append(Piece("\n", element.tag_start, element.inner_start))

    def end_passage(self) -> None:
        passage = self._passage
        if passage.pieces:
            passage.trim()
            if passage.pieces:
                self.passages.append(passage)
            self._passage = Passage(self._kind)
        self._breaks = 0


def xml_passages(tree: Tree, element: Element, kind: PartKind = PartKind.BODY) -> list[Passage]:
    """The passages below `element`, which are of `kind` where their markup does not say otherwise; with XPaths."""
    walk = _Walk(tree, kind)
    walk.walk(element)
    walk.end_passage()
    return walk.passages


def html_passages(html: str, kind: PartKind = PartKind.BODY) -> list[Passage]:
    """The passages of a fragment of HTML, however broken; places are offsets in `html`."""
    page = read_page(html)
    passages = []
    for block in page.blocks:
        element = page.elements[block.element]
        found = PartKind.HEADLINE if element.tag == "h1" and kind is PartKind.BODY else kind
        passages.append(Passage(found, block.pieces))
    return passages


def telex_passages(text: str, kind: PartKind = PartKind.BODY, *, wrapped: bool | None = None) -> list[Passage]:
    """The paragraphs of plain text; places are offsets in `text`.

    Paragraphs are parted by blank lines or begin with an indent. Within a paragraph lines are joined where the text is
    `wrapped` (None: told from the length of its lines). What an agency marks as not for publication is left out.
    """
    lines = [match.span() for match in _LINE.finditer(text) if not match.group().isspace()]
    if wrapped is None:
        wrapped = len(lines) > 2 and max(end - start for start, end in lines) <= _WIDEST_TELEX
    begins = {match.end() for match in _BLANK_LINES.finditer(text)} if wrapped else set()
    folded = text.casefold()
    desk = any(words in folded for words in _DESK_WORDS)  # sooner told than line by line
    passages: list[Passage] = []
    for number, (start, end) in enumerate(lines):
        if desk and _NOT_FOR_PUBLICATION.match(text, start, end):
            break
        if (
            not passages
            or not wrapped
            or start in begins
            or _PARAGRAPH_INDENT.match(text, start)
            or text.startswith("==", start)
        ):
            passages.append(Passage(kind))
        else:
            passages[-1].add([Piece(" ", lines[number - 1][1], start)])
        passages[-1].add(words(text, start, end))
    for passage in passages:
        passage.trim()
    return [passage for passage in passages if passage.pieces]


def line_numbers(text: str, passages: Sequence[Passage]) -> list[int]:
    """The lines of `text`, from 1, on which passages begin, which ascend in it."""
    numbers = []
    line, position = 1, 0
    for passage in passages:
        start = passage.pieces[0].file_start
        line += text.count("\n", position, start)
        position = start
        numbers.append(line)
    return numbers


def words(text: str, start: int, end: int) -> list[Piece]:
    """Plain text as it is, runs of white space as one space."""
    content = text[start:end]
    if content and "  " not in content and content.isprintable():
        return [Piece(content, start, end)]
    return [
        Piece(" " if match.group().isspace() else match.group(), match.start(), match.end())
        for match in _WORDS.finditer(text, start, end)
    ]


def any_passages(text: str, kind: PartKind = PartKind.BODY) -> list[Passage]:
    """The passages of a body that is HTML or plain text, told from its tags.

    Agencies put "<p>" around a telex and declare it text/plain: hard-wrapped and indented lines are read as one.
    """
    tags = _TAG.findall(text)
    if not tags:
        return telex_passages(text, kind)
    bare = _TAG.sub(lambda match: " " * len(match.group()), text)
    indented = sum(bool(_PARAGRAPH_INDENT.match(bare, line.start())) for line in _LINE.finditer(bare))
    if len(tags) <= 2 and indented > 1 and bare.strip().count("\n") > 3:
        return telex_passages(bare, kind, wrapped=True)
    return html_passages(text, kind)


def embedded(passages: list[Passage], runs: Sequence[Run], locator: str) -> list[Passage]:
    """Passages of a text that stands inside a file, with places in that file."""
    for passage in passages:
        passage.within = runs
        passage.locator = f"{locator} {passage.locator}" if passage.locator else locator
    return passages
