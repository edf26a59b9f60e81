"""What DOCX and ODT have in common: a package, numbered paragraphs with styles, notes, and tables of two languages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from checker.document import PartKind
from checker.errors import UnreadableFileError
from checker.readers.article import Article, Piece
from checker.readers.encoding import decode
from checker.readers.formats.bitext import Unit, assemble_units
from checker.readers.formats.columns import find_columns, has_columns
from checker.readers.formats.package import read_part
from checker.readers.formats.passages import Passage, assemble
from checker.readers.formats.xml_tree import Element, Tree, parse_xml

_KINDS = {"title": PartKind.HEADLINE, "subtitle": PartKind.SUMMARY, "caption": PartKind.CAPTION}
PARAGRAPH, TABLE, ROW, CELL, TEXT_BOX, NOTE = "paragraph", "table", "row", "cell", "text box", "note"
_MOST_SHOWN = 60  # characters of a page header


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a format writes a document.

    `labels` are what people call its elements, by their names; elements in `gone` are never looked into; `pieces` is
    the text of a paragraph without that of the paragraphs within it.
    """

    labels: Mapping[str, str]
    gone: frozenset[str]
    pieces: Callable[[Tree, Element], Iterable[Piece]]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: its element, and its place as people say it: "table 1, row 2, cell 3, paragraph 1"."""

    element: Element
    locator: str

    @property
    def is_note(self) -> bool:
        """True where it stands in a footnote or endnote."""
        return NOTE in self.locator


def read_body(data: bytes, part: str, path: str, missing: str) -> tuple[Tree, Element]:
    """The tree of one part of a package, and the element at `path` in it.

    Raises UnreadableFileError where the part is damaged or too large, and with `missing` where it has no such element.
    """
    tree = parse_xml(decode(read_part(data, part) or b"").text)
    body = tree.root.find(path)
    if body is None:
        raise UnreadableFileError(missing)
    return tree, body


def read_property(data: bytes, part: str, path: str) -> str | None:
    """What the document says of itself (its title, its language), None where it says nothing."""
    content = read_part(data, part)
    found = parse_xml(decode(content).text).root.find(path) if content else None
    return (found.text or None) if found else None


def paragraphs(element: Element, dialect: Dialect, within: str = "") -> Iterator[Paragraph]:
    """All paragraphs below `element` in order; those of text boxes and notes behind the one they are anchored in."""
    return _numbered(element, dialect, within, Counter())


def _numbered(element: Element, dialect: Dialect, within: str, counts: Counter[str]) -> Iterator[Paragraph]:
    for child in element.elements:
        if child.name in dialect.gone:
            continue
        label = dialect.labels.get(child.name)
        if label is None:  # a section, a list, a content control
            yield from _numbered(child, dialect, within, counts)
            continue
        counts[label] += 1
        locator = f"{within}{label} {counts[label]}"
        if label == PARAGRAPH:
            yield Paragraph(child, locator)
        yield from _numbered(child, dialect, f"{locator}, ", Counter())


def kind_of(style: str | None) -> PartKind:
    """What a paragraph of this style is: Title, Subtitle, Caption, or one of the body."""
    return _KINDS.get((style or "").lower().replace("_20_", " "), PartKind.BODY)


def shown_headers(texts: Iterable[str]) -> tuple[str, ...]:
    """A note on page headers and footers, which are not read: they repeat what stands elsewhere, or number pages."""
    words = [text for text in dict.fromkeys(texts) if any(character.isalpha() for character in text)]
    if not words:
        return ()
    shown = words[0] if len(words[0]) <= _MOST_SHOWN else f"{words[0][:_MOST_SHOWN].rstrip()}…"
    return (f"page headers and footers (“{shown}”) were not checked",)


def office_article(
    tree: Tree,
    body: Element,
    passages: Iterable[Passage],
    dialect: Dialect,
    *,
    title: str | None,
    language: str | None = None,
    notes: Sequence[str] = (),
) -> Article:
    """The article of a document; where a table names its columns source and target, that table alone, as bitext."""
    for table in body.descendants(*(name for name, label in dialect.labels.items() if label == TABLE)):
        rows = [
            [_cell(tree, cell, dialect) for cell in _within(row, dialect, CELL)] for row in _within(table, dialect, ROW)
        ]
        names = [passage.text for passage in rows[0]] if rows else []
        if has_columns(names):
            return _bitext(rows, names)
    return assemble([passage for passage in passages if passage.pieces], title=title, language=language, notes=notes)


def _within(element: Element, dialect: Dialect, label: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, but not those of a table inside."""
    for child in element.elements:
        found = dialect.labels.get(child.name)
        if found == label:
            yield child
        elif found is None and child.name not in dialect.gone:
            yield from _within(child, dialect, label)


def _cell(tree: Tree, cell: Element, dialect: Dialect) -> Passage:
    passage = Passage(PartKind.BODY)
    for number, paragraph in enumerate(paragraphs(cell, dialect)):
        passage.add([Piece(" ", 0, 0)] if number else [])
        passage.add(dialect.pieces(tree, paragraph.element))
    passage.trim()
    return passage


def _bitext(rows: Sequence[Sequence[Passage]], names: Sequence[str]) -> Article:
    columns = find_columns(names)
    target = names.index(columns.target)
    source = names.index(columns.source) if columns.source else target
    return assemble_units(
        Unit(str(number), row[target].pieces, row[source].text, f"row {number}")
        for number, row in enumerate(rows[1:], start=2)
        if len(row) == len(names)
    )
