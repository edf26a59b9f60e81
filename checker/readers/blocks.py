"""The visible blocks of an HTML page: paragraphs, headings and list items as text with places, and what holds them."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from checker.errors import UnreadableFileError
from checker.readers.article import Piece
from checker.readers.html_text import is_printable, text_pieces, trimmed
from checker.readers.markup import Kind, Token, attributes, tokens

VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())  # noqa: SIM905
BREAKING = frozenset(
    """address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main menu nav ol optgroup option p pre section
    select summary table tbody td tfoot th thead title tr ul video audio picture noscript template svg math object
    button canvas map""".split()  # noqa: SIM905
)
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# Never part of an article, whatever the page calls them.
_BARRED_TAGS = frozenset(
    """nav aside footer form button select option template svg math object audio video canvas map dialog menu noscript
    figcaption head script style textarea iframe noembed noframes xmp fieldset label""".split()  # noqa: SIM905
)
_BARRED_ROLES = frozenset("navigation banner contentinfo complementary search dialog alert menu toolbar form".split())  # noqa: SIM905
_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# Names that pages give to what surrounds an article; between word boundaries of class and id values.
_SUSPECT_NAME = re.compile(
    r"""(?:^|[\s_-])(?:comments?|disqus|related|recommend(?:ed|ations?)?|read-?more|more-?(?:on|from|stories|news)
    |most-?(?:read|popular|viewed)|popular|trending|share|sharing|social|share-?(?:bar|tools|links|buttons)
    |promo|promotion|advert(?:s|isement|ising)?|ads?|ad-?(?:slot|unit|container|wrapper)|sponsor(?:ed)?|sidebar
    |newsletter|subscri(?:be|ption)|sign-?up|cookie(?:s|-?(?:banner|notice|consent))?|consent|paywall|footer|nav
    |navbar|navigation|menu|breadcrumbs?|pagination|pager|tags?|tag-?list|topics|byline|author-?(?:bio|box|info)
    |caption|credit|copyright|timestamp|dateline-?meta|toolbar|popup|modal|overlay|banner|outbrain|taboola|widget
    |screen-?reader(?:-text)?|sr-only|visually-?hidden|skip-?link|print-?only|noprint|correction-?form|print-?link)
    (?=$|[\s_-])""",
    re.IGNORECASE | re.VERBOSE,
)
_BODY_NAME = re.compile(
    r"(?:^|[\s_-])(?:article|story|entry|post|news|content)[_-]{0,2}(?:body|content|text)(?=$|[\s_-])", re.IGNORECASE
)
_NEVER_SUSPECT = frozenset({"html", "body", "main", "article"})
_SPACE = re.compile(r"[ \t\n\r\f\v]+")
MOST_ELEMENTS = 100_000  # a long live blog has a tenth of it
_DEEPEST = 200  # elements; what lies deeper belongs to the last one
_NEAR = 16  # elements that a mis-nested end tag may reach over
_CLOSED_BY_SIBLING = {
    "li": ("ul", "ol", "menu"),
    "dt": ("dl",),
    "dd": ("dl",),
    "td": ("tr", "table"),
    "th": ("tr", "table"),
    "tr": ("table",),
    "option": ("select",),
}


@dataclass(slots=True)
class Element:
    """A node of the page: its parent's index (itself for the root) and what its tag says about it.

    `suspect` is the element's own; `barred`, `in_article`, `in_link` and `preformatted` are handed down.
    """

    tag: str
    parent: int
    barred: bool = False
    suspect: bool = False
    is_article: bool = False
    is_body: bool = False
    in_article: bool = False
    in_link: bool = False
    preformatted: bool = False


@dataclass(slots=True)
class Block:
    """Text without a block boundary in it; `linked` counts the characters that are link text."""

    element: int
    tag: str
    pieces: list[Piece] = field(default_factory=list)
    linked: int = 0
    text: str = ""


@dataclass(slots=True)
class Page:
    """All blocks with visible text in file order, all elements, and what the head says of the page."""

    elements: list[Element] = field(default_factory=lambda: [Element("#root", 0)])
    blocks: list[Block] = field(default_factory=list)
    title: str | None = None
    social_title: str | None = None
    linked_data: list[str] = field(default_factory=list)


def read_page(html: str) -> Page:
    """The blocks of any HTML, however broken. Raises UnreadableFileError beyond MOST_ELEMENTS."""
    walk = _Walk(html)
    for token in tokens(html):
        walk.take(token)
    walk.end_block()
    return walk.page


class _Walk:
    """Builds a Page token by token; the stack holds the open elements' indices."""

    def __init__(self, html: str) -> None:
        self.page = Page()
        self._html = html
        self._stack = [0]
        self._printable = is_printable(html)
        self._too_deep = 0
        self._block = Block(0, "#root")
        self._breaks = 0

    def take(self, token: Token) -> None:
        if token.kind is Kind.SIMPLE:
            self._simple(token)
        elif token.kind is Kind.TEXT:
            self._text(token)
        elif token.kind is Kind.START:
            self._start(token)
        elif token.kind is Kind.END:
            self._end(token.name)
        else:
            self._raw(token)

    def end_block(self) -> None:
        """Closes the current block; it is kept where it holds more than white space."""
        block = self._block
        if block.pieces:
            self._keep(block)
        current = self._stack[-1]
        self._block = Block(current, self._block_tag())
        self._breaks = 0

    def _keep(self, block: Block) -> None:
        pieces = block.pieces = trimmed(block.pieces)
        block.text = pieces[0][0] if len(pieces) == 1 else "".join([piece[0] for piece in pieces])
        if block.text and not block.text.isspace():
            self.page.blocks.append(block)

    def _element(self) -> Element:
        return self.page.elements[self._stack[-1]]

    def _block_tag(self) -> str:
        return next((tag for tag in self._near_tags() if tag in BREAKING), "#root")

    def _simple(self, token: Token) -> None:
        """A whole paragraph at once, with the same outcome as its start tag, text and end tag."""
        parent, name = self._element(), token.name
        if parent.barred or parent.in_link or parent.preformatted or len(self._stack) >= _DEEPEST:
            for part in token.parts():
                self.take(part)
            return
        self._close_siblings(name)
        if self._block.pieces or self._block.element != self._stack[-1]:
            self.end_block()
        self._breaks = 0
        above = self._stack[-1]
        index = self._add(Element(name, above, in_article=self.page.elements[above].in_article))
        block = Block(index, name)
        self._fill(block, token.start + len(name) + 2, token.end - len(name) - 3)
        if block.pieces:
            self._keep(block)

    def _add(self, element: Element) -> int:
        if len(self.page.elements) >= MOST_ELEMENTS:
            raise UnreadableFileError("this page has too much markup; copy the article into a text file")
        self.page.elements.append(element)
        return len(self.page.elements) - 1

    def _text(self, token: Token) -> None:
        element = self._element()
        if element.barred:
            return
        block = self._block
        before = len(block.pieces)
        self._fill(block, token.start, token.end, keep_space=element.preformatted)
        added = [piece[0] for piece in block.pieces[before:]]
        if element.in_link:
            block.linked += sum(map(len, added))
        if any(not text.isspace() for text in added):
            self._breaks = 0

    def _fill(self, block: Block, start: int, end: int, *, keep_space: bool = False) -> None:
        """Appends text; white space at the beginning and after white space is left out."""
        pieces = block.pieces
        for piece in text_pieces(self._html, start, end, keep_space=keep_space, printable=self._printable):
            text = piece[0]
            if text[0] == " " and (not pieces or pieces[-1][0][-1] in " \n"):
                if text == " ":
                    continue
                if not keep_space:
                    piece = piece.cut(1, 0)
            pieces.append(piece)

    def _start(self, token: Token) -> None:
        name = token.name
        if name in ("br", "hr"):
            self._break_line(token, whole=name == "hr")
            return
        if name == "meta":
            self._meta(token)
        if name in VOID:
            return
        if name in BREAKING:
            self._close_siblings(name)
            self.end_block()
        if len(self._stack) >= _DEEPEST:
            self._too_deep += 1
            return
        self._stack.append(self._add(_make_element(self._html, token, self._stack[-1], self._element())))
        if name in BREAKING:
            self._block = Block(self._stack[-1], name)

    def _end(self, name: str) -> None:
        if self._element().tag == name and not self._too_deep:
            self._stack.pop()
        elif name in ("br", "p") and name not in self._near_tags():
            self.end_block()
            return
        elif self._too_deep:
            self._too_deep -= 1
        else:
            self._pop_to(name)
        if name in BREAKING:
            self.end_block()

    def _near_tags(self) -> Iterator[str]:
        """The open elements from the innermost on."""
        elements = self.page.elements
        return (elements[index].tag for index in self._stack[: -_NEAR - 1 : -1])

    def _pop_to(self, name: str) -> None:
        """Closes the nearest open `name`; an inline end tag reaches neither over a block nor far."""
        reach = len(self._stack) if name in BREAKING else _NEAR
        for depth, index in enumerate(reversed(self._stack[1:][-reach:]), start=1):
            tag = self.page.elements[index].tag
            if tag == name:
                del self._stack[-depth:]
                return
            if name not in BREAKING and tag in BREAKING:
                return

    def _close_siblings(self, name: str) -> None:
        """HTML lets "<p>" and "<li>" go unclosed: the next block or item closes them."""
        if len(self._stack) == 1:
            return
        limits = _CLOSED_BY_SIBLING.get(name)
        if limits is not None:
            for tag in self._near_tags():
                if tag == name:
                    self._pop_to(name)
                    return
                if tag in limits:
                    return
        for tag in self._near_tags():
            if tag == "p":
                self._pop_to("p")
                return
            if tag in BREAKING:
                return

    def _break_line(self, token: Token, *, whole: bool) -> None:
        """One <br> is a line break, two are a paragraph."""
        self._breaks += 1
        if whole or self._breaks > 1:
            self.end_block()
        elif self._block.pieces and not self._element().barred:
            self._block.pieces.append(Piece("\n", token.start, token.end))

    def _meta(self, token: Token) -> None:
        values = attributes(self._html, token)
        if values.get("property", values.get("name", "")).lower() in ("og:title", "twitter:title"):
            self.page.social_title = self.page.social_title or _plain(values.get("content", ""))

    def _raw(self, token: Token) -> None:
        content = self._html[token.start : token.end]
        if token.name == "title" and self.page.title is None:
            self.page.title = _plain(content)
        elif token.name == "script" and "articleBody" in content:
            self.page.linked_data.append(content)


def _make_element(html: str, token: Token, parent_index: int, parent: Element) -> Element:
    values = attributes(html, token)
    names = f"{values.get('class', '')} {values.get('id', '')}"
    role = values.get("role", "").lower()
    is_article = token.name in ("article", "main") or role in ("main", "article")
    return Element(
        tag=token.name,
        parent=parent_index,
        barred=parent.barred or _is_barred(token.name, values, role, parent),
        suspect=_is_suspect(token.name, names, parent),
        is_article=is_article,
        is_body=bool(values)
        and ("articlebody" in values.get("itemprop", "").lower() or bool(_BODY_NAME.search(names))),
        in_article=parent.in_article or is_article,
        in_link=parent.in_link or token.name == "a",
        preformatted=parent.preformatted or token.name == "pre",
    )


def _is_suspect(name: str, names: str, parent: Element) -> bool:
    if name == "header":  # the page's own; that of an article holds its headline
        return not parent.in_article
    return len(names) > 1 and name not in _NEVER_SUSPECT and bool(_SUSPECT_NAME.search(names))


def _is_barred(name: str, values: dict[str, str], role: str, parent: Element) -> bool:
    if name in _BARRED_TAGS or role in _BARRED_ROLES:
        # ASP.NET wraps whole pages in one form.
        return not (name == "form" and parent.tag in ("body", "#root", "html"))
    return bool(values) and (
        "hidden" in values
        or values.get("aria-hidden", "").lower() == "true"
        or bool(_HIDING_STYLE.search(values.get("style", "")))
    )


def _plain(text: str) -> str | None:
    return _SPACE.sub(" ", entities.unescape(text)).strip() or None
