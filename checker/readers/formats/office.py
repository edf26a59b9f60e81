"""What DOCX and ODT have in common: paragraphs with styles, and tables in which a translator put both languages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from checker.document import PartKind
from checker.readers.article import Article
from checker.readers.formats.bitext import Unit, assemble_units
from checker.readers.formats.columns import find_columns, has_columns
from checker.readers.formats.passages import Passage, assemble

_KINDS = {"title": PartKind.HEADLINE, "subtitle": PartKind.SUMMARY, "caption": PartKind.CAPTION}


def kind_of(style: str | None) -> PartKind:
    """What a paragraph of this style is: Title, Subtitle, Caption, or one of the body."""
    return _KINDS.get((style or "").lower().replace("_20_", " "), PartKind.BODY)


def office_article(
    passages: Iterable[Passage],
    tables: Iterable[Sequence[Sequence[Passage]]],
    *,
    title: str | None,
    language: str | None,
) -> Article:
    """The article of a document; where a table names its columns source and target, that table alone, as bitext."""
    for rows in tables:
        names = [passage.text for passage in rows[0]] if rows else []
        if has_columns(names):
            return _bitext(rows, names)
    return assemble(list(passages), title=title, language=language)


def _bitext(rows: Sequence[Sequence[Passage]], names: Sequence[str]) -> Article:
    columns = find_columns(names)
    target = names.index(columns.target)
    source = names.index(columns.source) if columns.source else target
    return assemble_units(
        Unit(str(number), row[target].pieces, row[source].text, f"row {number}")
        for number, row in enumerate(rows[1:], start=2)
        if len(row) == len(names)
    )
