"""XLIFF 1.2 and 2.x: the targets are the document, the sources its original, unit by unit.

Native codes (ph, bpt, ept, it) are no text; marked-up text (g, pc, mrk) is. What alt-trans suggests is left aside.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.readers.article import Article, Piece
from checker.readers.formats.bitext import Unit, assemble_units
from checker.readers.formats.xml_tree import Element, Text, Tree, parse_xml, root_name, text_pieces

_CODES = frozenset({"ph", "bpt", "ept", "it", "x", "bx", "ex", "sc", "ec", "cp", "note"})


def recognise(text: str, path: str) -> bool:
    """True where the root is <xliff>."""
    return root_name(text) == "xliff"


def read(text: str, language: str | None = None) -> Article:
    """The document of an XLIFF file. Raises UnreadableFileError where nothing in it is translated."""
    tree = parse_xml(text)
    root = tree.root
    if (root.get("version") or "1").startswith("1"):
        first = root.child("file") or root
        spoken = first.get("source-language"), first.get("target-language")
        units = _units_1(tree, root)
    else:
        spoken = root.get("srcLang"), root.get("trgLang")
        units = _units_2(tree, root)
    return assemble_units(units, source_language=spoken[0], target_language=spoken[1])


def _units_1(tree: Tree, root: Element) -> Iterator[Unit]:
    for number, unit in enumerate(root.descendants("trans-unit"), start=1):
        if unit.get("translate") != "no":
            name = unit.get("id") or str(number)
            yield _unit(tree, unit, name)


def _units_2(tree: Tree, root: Element) -> Iterator[Unit]:
    for number, unit in enumerate(root.descendants("unit"), start=1):
        if unit.get("translate") == "no":
            continue
        name = unit.get("id") or str(number)
        segments = list(unit.find_all("segment"))
        for place, segment in enumerate(segments, start=1):
            inner = segment.get("id") or str(place)
            yield _unit(tree, segment, name if len(segments) == 1 else f"{name}/{inner}")


def _unit(tree: Tree, element: Element, name: str) -> Unit:
    source, target = element.child("source"), element.child("target")
    return Unit(
        id=name,
        target=list(inline_pieces(tree, target, _CODES)) if target else [],
        source="".join(piece.text for piece in inline_pieces(tree, source, _CODES)) if source else "",
        locator=f"unit {name}",
    )


def inline_pieces(tree: Tree, element: Element, codes: frozenset[str]) -> Iterator[Piece]:
    """The text of a segment in order, without what stands in elements named in `codes`."""
    for child in element.children:
        if isinstance(child, Text):
            yield from text_pieces(tree.file, child)
        elif child.name not in codes:
            yield from inline_pieces(tree, child, codes)
