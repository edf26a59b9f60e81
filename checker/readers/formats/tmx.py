"""TMX translation memories: of each unit, the variant in the source language and one in another language."""

from __future__ import annotations

from checker.errors import UnreadableFileError
from checker.readers.article import Article
from checker.readers.formats.bitext import Unit, assemble_units
from checker.readers.formats.xliff import inline_pieces
from checker.readers.formats.xml_tree import Element, Tree, parse_xml, root_name

_CODES = frozenset({"bpt", "ept", "it", "ph", "ut"})


def recognise(text: str, path: str) -> bool:
    """True where the root is <tmx>."""
    return root_name(text) == "tmx"


def read(text: str, language: str | None = None) -> Article:
    """The document of a TMX file.

    The target is `language` where that is asked for, else the first language beside the source's. Raises
    UnreadableFileError where no unit has both.
    """
    tree = parse_xml(text)
    header = tree.root.child("header")
    units = list(tree.root.find_all("body/tu"))
    spoken = list(dict.fromkeys(_language(variant) for unit in units for variant in unit.find_all("tuv")))
    source = (header.get("srclang") if header else None) or "*all*"
    source = next((each for each in spoken if _same(each, source)), spoken[0] if spoken else "")
    targets = [each for each in spoken if not _same(each, source) and (language is None or _same(each, language))]
    if not targets:
        wanted = f"in {language}" if language else "beside the source's"
        raise UnreadableFileError(f"this TMX file has no language {wanted} (it has {', '.join(spoken) or 'none'})")
    notes: tuple[str, ...] = ()
    if len(targets) > 1:
        notes = (f"{targets[0]} of {', '.join(targets)} was checked; choose another with --language",)
    return assemble_units(
        (_unit(tree, unit, number, source, targets[0]) for number, unit in enumerate(units, start=1)),
        source_language=source,
        target_language=targets[0],
        notes=notes,
    )


def _language(variant: Element) -> str:
    return variant.get("xml:lang", "lang") or ""


def _same(one: str, other: str) -> bool:
    """True for one language, whatever its region: "en-GB" and "en"."""
    shorter, longer = sorted((one.lower().replace("_", "-"), other.lower().replace("_", "-")), key=len)
    return longer == shorter or longer.startswith(f"{shorter}-")


def _unit(tree: Tree, unit: Element, number: int, source: str, target: str) -> Unit:
    segments = {_language(variant): variant.child("seg") for variant in unit.find_all("tuv")}
    original, translation = segments.get(source), segments.get(target)
    name = unit.get("tuid") or str(number)
    return Unit(
        id=name,
        target=list(inline_pieces(tree, translation, _CODES)) if translation else [],
        source="".join(piece.text for piece in inline_pieces(tree, original, _CODES)) if original else "",
        locator=f"unit {name}",
    )
