"""XML as a small tree in which every text knows its code points in the file.

Python's expat says whether the file is well-formed and refuses what is dangerous; then one regular expression cuts the
text into tags. So places are exact without counting bytes, and no entity is ever expanded.
"""

from __future__ import annotations

import html as entities
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple
from xml.parsers import expat

from checker.errors import UnreadableFileError
from checker.readers.article import Piece, is_plain, pieces_between

MOST_ELEMENTS = 400_000
DEEPEST = 200  # elements within one another
# The text before a tag and the tag; comments, CDATA and instructions are the other alternatives. Where an end tag
# follows, the text before it and that tag too: most elements hold text alone, and are one match. From the root on, one
# match follows the other without a gap, so their lengths tell where they are.
_TOKENS = re.compile(
    r"([^<]*)(<(?:[^\"'>!?][^\"'>]*(?:(?:\"[^\"]*\"|'[^']*')[^\"'>]*)*>"
    r"|!--(?:.*?)-->|!\[CDATA\[.*?\]\]>|\?.*?\?>))(?:([^<]*)(</[^>]*>))?",
    re.DOTALL,
)
_NAME = re.compile(r"[^\s/>]+")
_LONGEST_REMEMBERED = 300  # characters of a tag
_CDATA, _CDATA_END = "<![CDATA[", "]]>"
_ATTRIBUTE = re.compile(r"""([^\s=/]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_ROOT = re.compile(
    r"\s*(?>(?:<\?.{0,1000}?\?>|<!--.{0,4000}?-->|"
    r"<!DOCTYPE[^\[>]{0,1000}(?:\[[^\]]{0,20000}\]\s*)?>)\s*){0,20}+<([A-Za-z_][\w.:-]*)",
    re.DOTALL,
)
_DROPPED = "\u00ad\u200b\ufeff"
_NOTHING = {ord(character): None for character in _DROPPED}
# Copy that was escaped twice on its way: "o&amp;#39;clock" is "o'clock".
_ENTITY = re.compile(
    r"&(?:amp;(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|quot|apos|nbsp|lt|gt|amp|[lr]dquo|[lr]squo|[mn]dash);"
    r"|(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
)
_ENTITIES = re.compile(rf"({_ENTITY.pattern}|&)")
_TEXT_PART = re.compile(
    r"(?P<plain>[^ \t\n\r\f\v&\u00ad\u200b\ufeff]+(?: [^ \t\n\r\f\v&\u00ad\u200b\ufeff]+)*)"
    r"|(?P<space>[ \t\n\r\f\v]+)"
    rf"|(?P<entity>{_ENTITY.pattern}|&)"
    rf"|(?P<dropped>[{_DROPPED}]+)"
)
_LITERAL_PART = re.compile(rf"[^ \t\n\r\f\v{_DROPPED}]+(?: [^ \t\n\r\f\v{_DROPPED}]+)*|([ \t\n\r\f\v]+)")

_ENTITY_OR_TEXT = re.compile(r"(&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)|[^&]+|&")


class Text(NamedTuple):
    """Characters `start` to `end` of the file; those of a CDATA section are `literal`: "&" means itself there."""

    start: int
    end: int
    literal: bool = False


class Element:
    """`file[tag_start:end]`, its content `file[inner_start:inner_end]`; `name` is local, without a prefix.

    `order` are all elements of the file by their tags.
    """

    __slots__ = ("children", "end", "file", "inner_end", "inner_start", "name", "order", "parent", "tag_start")

    def __init__(
        self, name: str, parent: Element | None, file: str, tag_start: int, inner_start: int, order: list[Element]
    ) -> None:
        self.name = name
        self.parent = parent
        self.file = file
        self.tag_start = tag_start
        self.inner_start = self.inner_end = self.end = inner_start
        self.children: list[Element | Text] = []
        self.order = order

    @property
    def attributes(self) -> Mapping[str, str]:
        """Attributes by their names as written, prefix included, entities decoded."""
        tag = self.file[self.tag_start : self.inner_start]
        return _attributes(tag) if len(tag) <= _LONGEST_REMEMBERED else _attributes.__wrapped__(tag)

    @property
    def has_attributes(self) -> bool:
        """False for "<p>"; sooner told than attributes are read."""
        return self.inner_start - self.tag_start > len(self.name) + 2

    def get(self, *names: str) -> str | None:
        """The first of these attributes that is there and not blank."""
        values = self.attributes
        for name in names:
            if value := values.get(name, "").strip():
                return value
        return None

    @property
    def elements(self) -> list[Element]:
        """Child elements in order."""
        return [child for child in self.children if isinstance(child, Element)]

    @property
    def first(self) -> Element | None:
        """The first child element."""
        return next(iter(self.elements), None)

    def child(self, *names: str) -> Element | None:
        """The first child with the first of `names` that any child has."""
        elements = self.elements
        return next((found for name in names for found in elements if found.name == name), None)

    def find(self, path: str) -> Element | None:
        """The first element at "a/b/c" below this one."""
        return next(self.find_all(path), None)

    def find_all(self, path: str) -> Iterator[Element]:
        """All elements at "a/b/c" below this one, in order."""
        name, _, rest = path.partition("/")
        for element in self.elements:
            if element.name == name:
                if rest:
                    yield from element.find_all(rest)
                else:
                    yield element

    def descendants(self, *names: str) -> list[Element]:
        """Elements below this one that have one of `names`, in order of the file."""
        first, after = (bisect_left(self.order, place, key=_tag_start) for place in (self.inner_start, self.inner_end))
        return [element for element in self.order[first:after] if element.name in names]

    def texts(self) -> Iterator[Text]:
        """All texts in this element and below, in order."""
        waiting: list[Element | Text] = self.children[::-1]
        while waiting:
            child = waiting.pop()
            if isinstance(child, Text):
                yield child
            else:
                waiting += child.children[::-1]

    @property
    def text(self) -> str:
        """All text below, white space joined and trimmed."""
        pieces = (piece.text for text in self.texts() for piece in text_pieces(self.file, text))
        return " ".join("".join(pieces).split())


def _tag_start(element: Element) -> int:
    return element.tag_start


class Tree:
    """A parsed file: its `root`, and XPaths of its elements."""

    def __init__(self, file: str, root: Element) -> None:
        self.file = file
        self.root = root
        # XPath 1.0 finds an element of a namespace by its local name alone only in this form.
        self._step = ("*[local-name()='", "'][") if "xmlns" in file else ("", "[")
        self._paths: dict[int, dict[int, str]] = {}

    def xpath(self, element: Element) -> str:
        """An XPath 1.0 that selects `element` and no other."""
        parent = element.parent
        if parent is None:
            return f"/{element.name.join(self._step)}1]"
        children = self._paths.get(id(parent))
        if children is None:
            children = self._paths[id(parent)] = self._child_paths(parent)
        return children[id(element)]

    def _child_paths(self, parent: Element) -> dict[int, str]:
        """The XPaths of all children at once, each numbered among the siblings of its name, from 1."""
        before, behind = self._step
        front = f"{self.xpath(parent)}/{before}"
        counts: dict[str, int] = {}
        paths = {}
        for child in parent.elements:
            name = child.name
            counts[name] = number = counts.get(name, 0) + 1
            paths[id(child)] = f"{front}{name}{behind}{number}]"
        return paths


def root_name(text: str) -> str | None:
    """The local name of the first element, None where `text` does not begin as XML does."""
    match = _ROOT.match(text)
    return match[1].rpartition(":")[2] if match else None


def parse_xml(text: str) -> Tree:
    """The tree of a decoded XML file. Nothing outside the file is ever read.

    Raises UnreadableFileError where the file is not well-formed, defines entities, or is beyond MOST_ELEMENTS or
    DEEPEST.
    """
    begin = len(text) - len(text.lstrip())
    begin += _root_start(text[begin:])
    root = _grown(text, begin).first
    if root is None:
        raise UnreadableFileError("this XML file holds no element; ask for the file again")
    root.parent = None
    return Tree(text, root)


def _grown(text: str, begin: int) -> Element:
    """An element around the root, which begins at `begin` of a well-formed file."""
    order: list[Element] = []
    top = Element("", None, text, begin, begin, order)
    current, depth, end = top, 0, begin
    for before, tag, inside, closing in _TOKENS.findall(text, begin):
        start = end + len(before)
        if before:
            current.children.append(Text(end, start))
        end = start + len(tag)
        opens = tag[1]
        if opens == "/":
            current.inner_end, current.end = start, end
            current, depth = current.parent or top, depth - 1
        elif opens not in "!?":
            element = Element(_local_name(tag[:_LONGEST_REMEMBERED]), current, text, start, end, order)
            current.children.append(element)
            order.append(element)
            if tag[-2] != "/":
                current, depth = element, depth + 1
            if depth > DEEPEST or len(order) > MOST_ELEMENTS:
                raise UnreadableFileError("this file has too much markup; split it, one article in each file")
        elif tag.startswith(_CDATA) and len(tag) > len(_CDATA) + len(_CDATA_END):
            current.children.append(Text(start + len(_CDATA), end - len(_CDATA_END), literal=True))
        if closing:
            start = end + len(inside)
            if inside:
                current.children.append(Text(end, start))
            end = start + len(closing)
            current.inner_end, current.end = start, end
            current, depth = current.parent or top, depth - 1
    return top


@lru_cache(maxsize=1_024)
def _local_name(tag: str) -> str:
    """The name in a start tag, without a prefix; the tags of a file are much alike."""
    match = _NAME.match(tag, 1)
    return match.group().rpartition(":")[2] if match else ""


@lru_cache(maxsize=1_024)
def _attributes(tag: str) -> Mapping[str, str]:
    return {name: entities.unescape(double or single) for name, double, single in _ATTRIBUTE.findall(tag)}


def _root_start(text: str) -> int:
    """Where the root begins, behind any document type.

    Raises UnreadableFileError for broken XML and for declared entities, which can expand without end.
    """
    starts: list[int] = []  # in bytes of UTF-8

    def note_start(*_: object) -> None:
        starts.append(parser.CurrentByteIndex)
        parser.StartElementHandler = None

    parser = expat.ParserCreate()
    parser.StartElementHandler = note_start
    parser.EntityDeclHandler = _refuse_entities
    parser.UseForeignDTD(True)  # entities of a DTD that is not read ("&nbsp;") are no error
    try:
        parser.Parse(text, True)
    except expat.ExpatError as error:
        place = f"line {error.lineno}, column {error.offset + 1}"
        raise UnreadableFileError(
            f"this XML file is damaged ({expat.errors.messages[error.code]}, {place}); ask for the file again"
        ) from error
    except UnicodeEncodeError as error:
        raise UnreadableFileError("this XML file holds half a character; ask for the file again") from error
    return len(text[: starts[0]].encode("utf-8")[: starts[0]].decode("utf-8"))


def _refuse_entities(*_: object) -> None:
    raise UnreadableFileError("this XML file defines entities, which is not accepted; have it written without them")


def text_pieces(file: str, text: Text, content: str | None = None) -> Iterable[Piece]:
    """The text decoded, runs of white space as one space; pieces may begin and end with it.

    `content` is the stretch of the file, where the caller has it already.
    """
    content = content or file[text.start : text.end]
    if not is_plain(content):
        return _literal_text(file, text) if text.literal else _decoded_text(file, text)
    if text.literal or "&" not in content:
        return (Piece(content, text.start, text.end),)
    return pieces_between(_ENTITIES.split(content), text.start, _decoded)


def _literal_text(file: str, text: Text) -> Iterator[Piece]:
    for match in _LITERAL_PART.finditer(file, text.start, text.end):
        yield Piece(" " if match[1] else match.group(), match.start(), match.end())


def _decoded_text(file: str, text: Text) -> Iterator[Piece]:
    for match in _TEXT_PART.finditer(file, text.start, text.end):
        kind, found = match.lastgroup, match.group()
        if kind == "plain":
            yield Piece(found, match.start(), match.end())
        elif kind == "space":
            yield Piece(" ", match.start(), match.end())
        elif kind == "entity" and (decoded := _decoded(found)):
            yield Piece(decoded, match.start(), match.end())


@lru_cache(maxsize=1_024)
def _decoded(entity: str) -> str:
    """What an entity stands for, a lone "&" itself; "" for characters that no copy shows."""
    if len(entity) > len("&amp;") and entity.startswith("&amp;"):  # escaped twice
        entity = entities.unescape(entity)
    return entities.unescape(entity).translate(_NOTHING)


def literal_pieces(tree: Tree, element: Element) -> Iterator[Piece]:
    """The text below `element` decoded once, white space as it is: for bodies that hold another format."""
    for text in element.texts():
        if text.literal:
            yield Piece(tree.file[text.start : text.end], text.start, text.end)
            continue
        for match in _ENTITY_OR_TEXT.finditer(tree.file, text.start, text.end):
            found = match.group()
            yield Piece(entities.unescape(found) if match[1] else found, match.start(), match.end())
