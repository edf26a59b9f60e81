"""The tables of an audit side by side: each document with what was found in it, one at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from checker.audit.dataset import AuditReader
from checker.audit.schema import DocumentRow, FindingRow, SentenceRow

Row = TypeVar("Row", FindingRow, SentenceRow)


@dataclass(frozen=True, slots=True)
class Story:
    """A document with its findings, surest first, and its sentences in text order where they were asked for."""

    document: DocumentRow
    findings: tuple[FindingRow, ...]
    sentences: tuple[SentenceRow, ...] = ()


def read_stories(reader: AuditReader, *, with_sentences: bool = False) -> Iterator[Story]:
    """All documents in order; in memory is one at a time."""
    findings = _Following(reader.findings())
    sentences = _Following(reader.sentences() if with_sentences else iter(()))
    for document in reader.documents():
        yield Story(document, tuple(findings.of(document.position)), tuple(sentences.of(document.position)))


class _Following(Generic[Row]):
    """Rows of a table, handed out document by document: all tables are in the order of the documents."""

    def __init__(self, rows: Iterator[Row]) -> None:
        self._rows: Iterator[Row] = rows
        self._next: Row | None = next(rows, None)

    def of(self, position: int) -> Iterator[Row]:
        """The next rows, as far as they are of the document at `position`."""
        while self._next is not None and self._next.position == position:
            yield self._next
            self._next = next(self._rows, None)
