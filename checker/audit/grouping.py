"""Documents in groups: what is checked together and entered into the ledger together.

A group is a run of documents in the order of the input. Where it ends depends on where it began and on what is in it,
never on time or on how many processors there are, so a resumed audit forms the same groups.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from checker.audit.dataset import Part
from checker.audit.given import Item
from checker.audit.ledger import DOCUMENTS_IN_PART
from checker.audit.reading import Days, Job, Unread, read_item
from checker.audit.rows import duplicate_row, skipped_row
from checker.audit.schema import DocumentRow, Status

# A group ends with the document that reaches either: some seconds of work, which is what a kill costs.
SENTENCES_IN_GROUP = 120
DOCUMENTS_IN_GROUP = 50

FirstWith = Callable[[str], tuple[int, str | None] | None]


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A document whose content came before, at position `first`."""

    row: DocumentRow
    first: int


Entry = Job | Unread | Duplicate


@dataclass(frozen=True, slots=True)
class Group:
    """Documents that follow one another; `done` counts those of the audit up to and with these."""

    entries: tuple[Entry, ...]
    done: int

    @property
    def jobs(self) -> list[Job]:
        """Those that are to be checked."""
        return [entry for entry in self.entries if isinstance(entry, Job)]

    def rows(self, checked: Sequence[Part], first_with: FirstWith) -> Part:
        """All rows of the group, given those of its jobs. What has the content of a skipped document is skipped too."""
        parts = iter(checked)
        made: list[Part] = []
        reasons: dict[str, str | None] = {}
        for entry in self.entries:
            if isinstance(entry, Job):
                part = next(parts)
                row = part.documents[0]
                reasons[str(row.content_hash)] = row.reason if row.status is Status.SKIPPED else None
            elif isinstance(entry, Unread):
                part = Part((skipped_row(entry.row, entry.reason),))
            else:
                part = Part((_as_the_first(entry, reasons, first_with),))
            made.append(part)
        return Part(
            tuple(row for part in made for row in part.documents),
            tuple(row for part in made for row in part.findings),
            tuple(row for part in made for row in part.sentences),
        )


def form_groups(items: Iterator[tuple[int, Item]], days: Days, first_with: FirstWith, done: int = 0) -> Iterator[Group]:
    """Reads items and puts them into groups, given how many are `done` already.

    `first_with` tells who had a content first among those that are entered in the ledger.
    """
    waiting: dict[str, int] = {}  # contents of groups that may not be in the ledger yet
    entries: list[Entry] = []
    sentences = 0
    for position, item in items:
        entry = _told_apart(read_item(position, item, days), waiting, first_with)
        entries.append(entry)
        done += 1
        sentences += entry.row.sentences if isinstance(entry, Job) else 0
        full = sentences >= SENTENCES_IN_GROUP or len(entries) >= DOCUMENTS_IN_GROUP
        if full or done % DOCUMENTS_IN_PART == 0:
            yield Group(tuple(entries), done)
            entries, sentences = [], 0
            waiting = {content: first for content, first in waiting.items() if first_with(content) is None}
    if entries:
        yield Group(tuple(entries), done)


def _told_apart(read: Job | Unread, waiting: dict[str, int], first_with: FirstWith) -> Entry:
    """A job becomes a duplicate where its content came before."""
    if isinstance(read, Unread):
        return read
    content = str(read.row.content_hash)
    entered = first_with(content)
    first = waiting.get(content) if entered is None else entered[0]
    if first is not None:
        return Duplicate(read.row, first)
    waiting[content] = read.row.position
    return read


def _as_the_first(entry: Duplicate, reasons: dict[str, str | None], first_with: FirstWith) -> DocumentRow:
    content = str(entry.row.content_hash)
    entered = first_with(content)
    reason = reasons.get(content) if entered is None else entered[1]
    return duplicate_row(entry.row, entry.first) if reason is None else skipped_row(entry.row, reason)
