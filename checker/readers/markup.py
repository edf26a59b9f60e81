"""HTML as a flat sequence of tags and text with exact offsets, in one pass and in linear time.

Python's own parser reports lines and columns, decodes as it goes, and needs quadratic time for some broken input; an
article reader needs code-point offsets, undecoded text, and an end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto
from typing import NamedTuple


class Kind(Enum):
    """What a token is. RAW is the content of an element whose content is no markup (script, style, textarea …).

    SIMPLE is a whole element, "<p>text</p>": a paragraph, list item or heading without attributes and markup inside.
    """

    TEXT = auto()
    START = auto()
    END = auto()
    RAW = auto()
    SIMPLE = auto()


class Token(NamedTuple):
    """`html[start:end]`; `name` is the lower-case tag name ("" for text), for RAW that of the element around it."""

    kind: Kind
    start: int
    end: int
    name: str = ""

    def parts(self) -> tuple[Token, Token, Token]:
        """The start tag, text and end tag of a SIMPLE token."""
        inner, outer = self.start + len(self.name) + 2, self.end - len(self.name) - 3
        return (
            Token(Kind.START, self.start, inner, self.name),
            Token(Kind.TEXT, inner, outer),
            Token(Kind.END, outer, self.end, self.name),
        )


RAW_ELEMENTS = frozenset({"script", "style", "textarea", "xmp", "iframe", "noembed", "noframes", "title"})
# "<p>", "</em>": most tags of an article, so they are read without further looking.
_BARE_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})>")
_SIMPLE = re.compile(r"<(p|li|h[1-6])>[^<]+</\1>")  # most elements of an article
_NAME = re.compile(r"[a-zA-Z][^\s/>\x00]{0,60}")
_TAG_STOP = re.compile(r">|=\s*+([\"'])")
_ATTRIBUTE = re.compile(r"""([^\s=>"'/]+)(?:\s*+=\s*+(?:"([^"]*)"|'([^']*)'|([^\s"'>]++)))?""")
_LONGEST_TAG_READ = 20_000  # characters of a tag in which attributes are looked for
_MOST_OPEN_TAGS = 50  # tags that never end and are passed over; then the rest is taken as text


def tokens(html: str) -> Iterator[Token]:
    """The tags and texts of `html` in order. Comments, declarations and instructions are left out.

    Broken markup never raises: an unclosed comment ends at the next ">", an unclosed raw element at the end.
    """
    scanner = _Scanner(html)
    position = text_start = 0
    while (position := html.find("<", position)) >= 0:
        simple = _SIMPLE.match(html, position)
        bare = None if simple else _BARE_TAG.match(html, position)
        if simple:
            after = simple.end()
            token: Token | None = Token(Kind.SIMPLE, position, after, simple[1])
        elif bare:
            after = bare.end()
            token = Token(Kind.END if bare[1] else Kind.START, position, after, bare[2].lower())
        else:
            token, after = scanner.markup_at(position)
        if after == position:  # a "<" that opens nothing is text
            position += 1
            continue
        if position > text_start:
            yield Token(Kind.TEXT, text_start, position)
        position = text_start = after
        if token is None:
            continue
        yield token
        if token.kind is Kind.START and token.name in RAW_ELEMENTS:
            position = text_start = scanner.raw_end(token)
            if position > token.end:
                yield Token(Kind.RAW, token.end, position, token.name)
    if text_start < len(html):
        yield Token(Kind.TEXT, text_start, len(html))


def attributes(html: str, token: Token) -> dict[str, str]:
    """The attributes of a start tag, names in lower case, values undecoded; the first of equal names counts."""
    found: dict[str, str] = {}
    if token.end - token.start == len(token.name) + 2:  # "<p>"
        return found
    end = min(token.end, token.start + _LONGEST_TAG_READ)
    for match in _ATTRIBUTE.finditer(html, token.start + 1 + len(token.name), end):
        name, *values = match.groups(default="")
        found.setdefault(name.lower(), "".join(values))
    return found


class _Scanner:
    """Finds where markup ends, remembering which terminators are known not to come any more."""

    def __init__(self, html: str) -> None:
        self._html = html
        self._absent: set[str] = set()
        self._open_tags = 0

    def markup_at(self, position: int) -> tuple[Token | None, int]:
        """The token that begins with the "<" at `position` (None: nothing to report) and where it ends."""
        html = self._html
        following = html[position + 1 : position + 2]
        if following == "!" and html.startswith("<!--", position):
            return None, self._after("-->", position + 4) or self._after(">", position + 4) or len(html)
        if following in ("!", "?"):
            return None, self._after(">", position) or len(html)
        closing = following == "/"
        name = _NAME.match(html, position + 1 + closing)
        if name is None:
            return None, (self._after(">", position) or position) if closing else position
        end = self._after(">", name.end()) if closing else self._tag_end(name.end())
        if not end:
            return None, position
        return Token(Kind.END if closing else Kind.START, position, end, name.group().lower()), end

    def raw_end(self, token: Token) -> int:
        """Where the content of a raw element ends, which is where its end tag begins."""
        key = f"</{token.name}"
        if key in self._absent:
            return token.end if token.name == "title" else len(self._html)
        match = re.compile(rf"</{re.escape(token.name)}(?=[\s/>])", re.IGNORECASE).search(self._html, token.end)
        if match:
            return match.start()
        self._absent.add(key)
        # An unclosed title would swallow the page.
        return token.end if token.name == "title" else len(self._html)

    def _tag_end(self, position: int) -> int:
        """Behind the ">" of a start tag, quoted values passed over; 0 where the tag never ends."""
        start = position
        if self._open_tags >= _MOST_OPEN_TAGS:
            return self._after(">", start)
        while stop := _TAG_STOP.search(self._html, position):
            if stop[1] is None:
                return stop.end()
            position = self._after(stop[1], stop.end())
            if not position:
                break
        self._open_tags += 1
        return self._after(">", start)

    def _after(self, terminator: str, position: int) -> int:
        """Behind the next `terminator`, 0 where there is none (and then never looked for again)."""
        if terminator in self._absent:
            return 0
        found = self._html.find(terminator, position)
        if found < 0:
            self._absent.add(terminator)
            return 0
        return found + len(terminator)
