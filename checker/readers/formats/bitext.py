"""Units of a bitext file put together: the translation is the document, the original its source, aligned as it came."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from checker.document import AlignedSource, PartKind, SourceUnit, confirm_language
from checker.errors import UnreadableFileError
from checker.readers.article import Article, Piece, Run
from checker.readers.formats.passages import Passage, assemble


@dataclass(slots=True)
class Unit:
    """One segment: the pieces of its translation, its original as text, and what names it in the file."""

    id: str
    target: list[Piece]
    source: str
    locator: str
    within: Sequence[Run] | None = None  # as of a Passage


def assemble_units(
    units: Iterable[Unit],
    *,
    source_language: str | None = None,
    target_language: str | None = None,
    notes: Sequence[str] = (),
) -> Article:
    """The article of all units that are translated, each a part of its own, and their originals.

    How many are not translated is noted; the article is empty where none is. Raises UnreadableFileError where there is
    no unit with any text.
    """
    every = list(units)
    originals = tuple(original for unit in every if (original := " ".join(unit.source.split())))
    translated = [(unit, passage) for unit in every if (passage := _passage(unit)).pieces]
    if not translated and not originals:
        raise UnreadableFileError("no unit of this file holds any text; there is nothing to check")
    missing = len(every) - len(translated)
    if missing:
        notes = (*notes, f"{missing} of {len(every)} units have no translation and were not checked")
    article = replace(
        assemble([passage for _, passage in translated], language=target_language, notes=notes),
        originals=originals,
        original_language=source_language,
    )
    sources = tuple(
        SourceUnit(unit.id, place.span, " ".join(unit.source.split()))
        for (unit, _), place in zip(translated, article.places, strict=True)
        if unit.source.strip()
    )
    if not sources:
        return article
    language, _ = confirm_language(" ".join(unit.text for unit in sources), source_language)
    return replace(article, source=AlignedSource(sources, language))


def original_side(originals: Sequence[str], *, language: str | None) -> Article:
    """An article of the originals alone, a part for each, for a file that is the source of another."""
    passages = [Passage(PartKind.UNIT, [Piece(text, 0, 0)]) for text in originals]
    return assemble(passages, language=language)


def _passage(unit: Unit) -> Passage:
    passage = Passage(PartKind.UNIT, locator=unit.locator, within=unit.within)
    passage.add(unit.target)
    passage.trim()
    return passage
