"""From an item of the input to a job for the checker: read, labelled, and known by its content."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date

from checker.audit.given import Article, Item
from checker.audit.schema import DocumentRow, Status
from checker.document import AlignedSource, Document, holds_half_character
from checker.errors import CheckerError, StoreUnreachableError, UnreadableFileError
from checker.report import Skipped


@dataclass(frozen=True, slots=True)
class Job:
    """A document to check as of a day; `row` is what is known of it before."""

    row: DocumentRow
    document: Document
    source: Document | AlignedSource | None
    as_of: date
    skipped: tuple[Skipped, ...] = ()


@dataclass(frozen=True, slots=True)
class Unread:
    """An item that could not be read, and why."""

    row: DocumentRow
    reason: str


@dataclass(frozen=True, slots=True)
class Days:
    """As of which day a document is checked: `as_of`, else the day it was published, else `today`.

    `matter` is true where there are facts, which may hold on one day and not on another.
    """

    today: date
    as_of: date | None = None
    matter: bool = False


def read_item(position: int, item: Item, days: Days) -> Job | Unread:
    """The job that an item makes. An item that trips a reader is unread like any other: it must not cost the rest.

    Raises StoreUnreachableError: if the rest cannot be read either, the audit has to go on later.
    """
    try:
        article = item.read()
        _refuse_halves(article)
    except StoreUnreachableError:
        raise
    except CheckerError as error:
        return Unread(_row_of_item(position, item), str(error).removeprefix(f"{item.path}: "))
    except Exception as error:
        return Unread(_row_of_item(position, item), f"internal error: {type(error).__name__}: {error}")
    document = article.document
    day = days.as_of or (document.published.date() if document.published else days.today)
    row = _row_of_article(position, item, article, content_hash(article, day if days.matter else None))
    return Job(row, document, article.source, day, article.skipped)


def where_and_why(path: str, reason: str) -> str:
    """A reason with what it is about in front of it; of a row the reason may name the table already."""
    return reason if reason.startswith(path.rpartition("#")[0] or path) else f"{path}: {reason}"


def _refuse_halves(article: Article) -> None:
    """Raises UnreadableFileError for a text that no model can be given."""
    source = article.source or article.document.source
    for name, given in (("text", article.document), ("original", source)):
        if given is not None and holds_half_character(given):
            raise UnreadableFileError(f"the {name} holds half a character (a broken \\u escape); write whole ones")


def _row_of_item(position: int, item: Item) -> DocumentRow:
    labels = item.labels
    return DocumentRow(
        position=position,
        id=item.id,
        path=item.path,
        status=Status.SKIPPED,
        source_language=labels.source_language,
        agency=labels.agency,
        desk=labels.desk,
        engine=labels.engine,
    )


def _row_of_article(position: int, item: Item, article: Article, hashed: str) -> DocumentRow:
    document, labels = article.document, article.labels
    source = article.source or document.source
    return DocumentRow(
        position=position,
        id=document.id,
        path=item.path,
        status=Status.CHECKED,
        content_hash=hashed,
        title=document.title,
        language=document.language,
        source_language=source.language if source else labels.source_language,
        agency=labels.agency,
        desk=labels.desk,
        engine=labels.engine,
        published=document.published.isoformat() if document.published else None,
        day=document.published.date() if document.published else None,
        characters=len(document.text),
        words=document.words,
        sentences=len(document.sentences),
        notes=document.notes,
    )


def content_hash(article: Article, day: date | None) -> str:
    """32 hex digits over all that the findings depend on: the text and its parts, its original, the day of the facts.

    The day is None where it does not matter. Who sent it, its name and its title play no part.
    """
    document = article.document
    parts = [[part.kind, part.span.start, part.span.end] for part in document.parts]
    source = article.source or document.source
    said = [
        *(document.text, document.language, parts, document.omitted, _said(source), day.isoformat() if day else None),
        [[each.what, each.reason] for each in article.skipped],
    ]
    return hashlib.sha256(json.dumps(said).encode("ascii")).hexdigest()[:32]


def _said(source: Document | AlignedSource | None) -> object:
    if source is None:
        return None
    if isinstance(source, AlignedSource):
        return [source.language, [[unit.id, unit.span.start, unit.span.end, unit.text] for unit in source.units]]
    return [source.language, source.text, [[part.kind, part.span.start, part.span.end] for part in source.parts]]
