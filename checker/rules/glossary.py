"""A newsroom's terms from CSV, TBX or TMX: what to write, and what not to write.

CSV has a heading with `preferred`, and where wanted `forbidden`, `source`, `allowed`, `loaded`, `justified`; several
words in a cell are parted by `|`. TBX gives terms with an `administrativeStatus` (preferredTerm…, deprecatedTerm…,
supersededTerm…); TMX gives pairs of a source word and what to write for it.
A row that cannot be used is named, and the others are kept.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from checker.errors import UsageError
from checker.rules.types import Term

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

LARGEST = 50_000_000  # bytes
_COLUMNS = ("preferred", "allowed", "forbidden", "source", "loaded", "justified")
_XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class Glossary:
    """Terms in the order of the file, and the rows that could not be used: (where, reason)."""

    terms: tuple[Term, ...]
    problems: tuple[tuple[str, str], ...] = ()


def load_glossary(path: Path, language: str = "en") -> Glossary:
    """The terms of a file; its ending says the format. Raises UsageError where it cannot be read at all."""
    readers: dict[str, Callable[[Path, bytes, str], Iterator[Term | tuple[str, str]]]] = {
        ".csv": _read_csv,
        ".tbx": _read_tbx,
        ".tmx": _read_tmx,
    }
    reader = readers.get(path.suffix.casefold())
    if reader is None:
        raise UsageError(f"{path}: a glossary is a .csv, .tbx or .tmx file")
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: the glossary cannot be read ({error.strerror})") from error
    if len(content) > LARGEST:
        raise UsageError(f"{path}: the glossary is larger than {LARGEST // 1_000_000} MB; split it")
    found = list(reader(path, content, language))
    terms = tuple(entry for entry in found if isinstance(entry, Term))
    return Glossary(terms, tuple(entry for entry in found if not isinstance(entry, Term)))


def _read_csv(path: Path, content: bytes, language: str) -> Iterator[Term | tuple[str, str]]:
    del language  # a CSV has one
    try:
        rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
        heading = [name.strip().casefold() for name in rows.fieldnames or ()]
    except (UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"{path}: not a CSV in UTF-8 ({error})") from error
    if not {"preferred", "forbidden", "loaded"} & set(heading):
        raise UsageError(f"{path}: the first line names the columns, one of them preferred or forbidden")
    if unknown := [name for name in heading if name not in _COLUMNS]:
        raise UsageError(f"{path}: unknown column {unknown[0]!r}; known: {', '.join(_COLUMNS)}")
    rows.fieldnames = heading
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield f"{path}:{rows.line_num}", f"broken row ({error})"
            continue
        yield _term(row, f"{path}:{rows.line_num}")


def _term(row: dict[str | None, str | list[str] | None], where: str) -> Term | tuple[str, str]:
    if None in row or None in row.values():
        return where, "another number of cells than the heading"
    cells = {name: tuple(filter(None, map(str.strip, str(value).split("|")))) for name, value in row.items()}
    preferred = (*cells.get("preferred", ()), *cells.get("allowed", ()))
    forbidden, source = cells.get("forbidden", ()), cells.get("source", ())
    loaded, justified = cells.get("loaded", ()), cells.get("justified", ())
    if not forbidden and not loaded and not (source and preferred):
        return where, "nothing to look for: give a forbidden or loaded word, or a source word with a preferred one"
    return Term(preferred, forbidden, source[0] if source else None, where, loaded, justified)


def _read_tbx(path: Path, content: bytes, language: str) -> Iterator[Term | tuple[str, str]]:
    for number, entry in enumerate(_elements(_tree(path, content), ("termEntry", "conceptEntry")), start=1):
        where = f"{path}: entry {entry.get('id') or number}"
        good: list[str] = []
        bad: list[str] = []
        source: list[str] = []
        for section in _elements(entry, ("langSet", "langSec")):
            spoken = (section.get(_XML_LANGUAGE) or section.get("lang") or "")[:2].casefold()
            for group in _elements(section, ("tig", "ntig", "termSec")):
                term = next((one.text.strip() for one in _elements(group, ("term",)) if one.text), "")
                notes = " ".join(one.text or "" for one in _elements(group, ("termNote",)))
                banned = any(word in notes for word in ("deprecated", "superseded", "notRecommended"))
                if term:
                    (source if spoken != language else bad if banned else good).append(term)
        if bad or (good and source):
            yield Term(tuple(good), tuple(bad), None if bad else source[0], where)
        else:
            yield where, f"nothing to look for: no deprecated term in {language}, and no term in another language"


def _read_tmx(path: Path, content: bytes, language: str) -> Iterator[Term | tuple[str, str]]:
    for number, unit in enumerate(_elements(_tree(path, content), ("tu",)), start=1):
        texts: dict[bool, list[str]] = {True: [], False: []}
        for variant in _elements(unit, ("tuv",)):
            spoken = (variant.get(_XML_LANGUAGE) or variant.get("lang") or "")[:2].casefold()
            text = next(("".join(one.itertext()).strip() for one in _elements(variant, ("seg",))), "")
            if text:
                texts[spoken == language].append(text)
        where = f"{path}: unit {unit.get('tuid') or number}"
        if texts[True] and texts[False]:
            yield Term(tuple(texts[True]), (), texts[False][0], where)
        else:
            yield where, f"no pair of {language} and another language"


def _tree(path: Path, content: bytes) -> Element:
    """The root of an XML file. Entities are refused: a glossary needs none, and they can be made to explode."""
    from xml.etree import ElementTree

    if b"<!ENTITY" in content:
        raise UsageError(f"{path}: the glossary declares entities; remove them")
    try:
        return ElementTree.fromstring(content)  # noqa: S314 - no entities, no network
    except ElementTree.ParseError as error:
        raise UsageError(f"{path}: the glossary is broken XML ({error})") from error


def _elements(root: Element, names: tuple[str, ...]) -> Iterator[Element]:
    """Descendants with one of the local names, in order."""
    return (element for element in root.iter() if str(element.tag).rpartition("}")[2] in names)
