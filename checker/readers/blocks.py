"""The visible blocks of an HTML page: paragraphs, headings and list items as text with places, and what holds them."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from checker.errors import UnreadableFileError
from checker.readers.article import Piece, is_plain
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
_ENTITY = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,8}|[A-Za-z][A-Za-z0-9]{1,31});?")
_TEXT_PART = re.compile(
    r"(?P<space>[ \t\n\r\f\v]+)"
    rf"|(?P<entity>{_ENTITY.pattern})"
    # Soft hyphens and zero-width spaces are no letters of the word; other control characters are debris.
    r"|(?P<dropped>[\u00ad\u200b\ufeff\x00-\x08\x0e-\x1f\x7f]+)"
    r"|(?P<plain>[^ \t\n\r\f\v&\u00ad\u200b\ufeff\x00-\x08\x0e-\x1f\x7f]+"
    r"(?: [^ \t\n\r\f\v&\u00ad\u200b\ufeff\x00-\x08\x0e-\x1f\x7f]+)*|&)"
)
_DROPPED_CHARACTERS = frozenset("\u00ad\u200b\ufeff\ufffd\x00")
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
        self._too_deep = 0
        self._block = Block(0, "#root")
        self._breaks = 0

    def take(self, token: Token) -> None:
        if token.kind is Kind.TEXT:
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
            block.pieces = trimmed(block.pieces)
            block.text = "".join([piece[0] for piece in block.pieces])
            if block.text.strip():
                self.page.blocks.append(block)
        current = self._stack[-1]
        self._block = Block(current, self._block_tag())
        self._breaks = 0

    def _element(self) -> Element:
        return self.page.elements[self._stack[-1]]

    def _block_tag(self) -> str:
        for index in reversed(self._stack[-_NEAR:]):
            if self.page.elements[index].tag in BREAKING:
                return self.page.elements[index].tag
        return "#root"

    def _text(self, token: Token) -> None:
        element = self._element()
        if element.barred:
            return
        pieces = self._block.pieces
        for piece in text_pieces(self._html, token.start, token.end, keep_space=element.preformatted):
            text = piece[0]
            if text[0] == " " and (not pieces or pieces[-1][0][-1] in " \n"):
                if text == " ":
                    continue
                if not element.preformatted:
                    piece = piece.cut(1, 0)
            pieces.append(piece)
            if element.in_link:
                self._block.linked += len(text)
            if not text.isspace():
                self._breaks = 0

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
        if len(self.page.elements) >= MOST_ELEMENTS:
            raise UnreadableFileError("this page has too much markup; copy the article into a text file")
        self.page.elements.append(_make_element(self._html, token, self._stack[-1], self._element()))
        self._stack.append(len(self.page.elements) - 1)
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

    def _near_tags(self) -> list[str]:
        return [self.page.elements[index].tag for index in self._stack[-_NEAR:]]

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
        limits = _CLOSED_BY_SIBLING.get(name)
        near = self._near_tags()
        if limits is not None:
            for tag in reversed(near):
                if tag == name:
                    self._pop_to(name)
                    return
                if tag in limits:
                    return
        for tag in reversed(near):
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


def text_pieces(html: str, start: int, end: int, *, keep_space: bool = False) -> Iterator[Piece]:
    """Decoded pieces of `html[start:end]`, runs of white space as one space (line breaks kept in a `<pre>`)."""
    content = html[start:end]
    if is_plain(content):
        return _around_entities(content, start)
    return _all_pieces(html, start, end, keep_space=keep_space)


def _around_entities(content: str, offset: int) -> Iterator[Piece]:
    """The pieces of a text that is plain but for its entities; they may begin and end with a space."""
    position = 0
    while (found := content.find("&", position)) >= 0:
        if found > position:
            yield Piece(content[position:found], offset + position, offset + found)
        match = _ENTITY.match(content, found)
        position = match.end() if match else found + 1
        decoded = _decoded(match.group()) if match else "&"
        if decoded:
            yield Piece(decoded, offset + found, offset + position)
    if position < len(content):
        yield Piece(content[position:], offset + position, offset + len(content))


def _all_pieces(html: str, start: int, end: int, *, keep_space: bool) -> Iterator[Piece]:
    for match in _TEXT_PART.finditer(html, start, end):
        found = match.group()
        if match.lastgroup == "space":
            yield Piece(_kept_space(found) if keep_space else " ", match.start(), match.end())
        elif match.lastgroup == "entity":
            decoded = _decoded(found)
            if decoded:
                yield Piece(decoded, match.start(), match.end())
        elif match.lastgroup == "plain":
            yield Piece(found, match.start(), match.end())


@lru_cache(maxsize=1_024)
def _decoded(entity: str) -> str:
    return "".join(char for char in entities.unescape(entity) if char not in _DROPPED_CHARACTERS)


def _kept_space(space: str) -> str:
    return re.sub(r"\r\n?|\f|\v", "\n", space).expandtabs(4)


def trimmed(pieces: list[Piece]) -> list[Piece]:
    """Pieces without white space at both ends, and without spaces before line breaks."""
    kept: list[Piece] = []
    for piece in pieces:
        if piece.text == "\n" and kept and kept[-1].text[-1:] == " ":
            last = kept.pop()
            if len(last.text) > 1:
                kept.append(last.cut(0, 1))
        kept.append(piece)
    while kept and kept[-1].text.isspace():
        kept.pop()
    while kept and kept[0].text.isspace():
        kept.pop(0)
    if kept and kept[-1].text[-1] == " ":
        kept[-1] = kept[-1].cut(0, 1)
    if kept and kept[0].text[0] == " ":
        kept[0] = kept[0].cut(1, 0)
    return kept


def _plain(text: str) -> str | None:
    return _SPACE.sub(" ", entities.unescape(text)).strip() or None
