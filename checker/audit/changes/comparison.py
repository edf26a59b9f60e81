"""Two audits of the same copy: what is new, what is gone, what stayed, told by fingerprint.

A finding is the same where its document is the same one and its fingerprint is, which edits elsewhere in the text leave
alone. Documents are the same by path; those that a path does not find, by content or by id, where only one has it.
Rows of a table and items of a feed, whose number moves with each new one above, are the same by file and id first; one
without an id of its own has one that stands for its text. Two with other ids of their own are never the same by number.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import islice
from operator import attrgetter

from checker.audit.dataset import AuditReader
from checker.audit.ranks import harm
from checker.audit.schema import DocumentRow, FindingRow, Status
from checker.audit.survey import Tally
from checker.errors import UsageError

Key = tuple[int, str]  # a document of the first audit (or a number that none of it has), and a fingerprint

_MADE_UP = re.compile("[0-9a-f]{12}")  # an id made of the text, as `make_document` makes it
_TOLD = ("checker", "model", "model_hash", "settings_hash", "backend")


@dataclass(frozen=True, slots=True)
class Documents:
    """Documents of one audit that the other lacks: how many, and the first of them."""

    number: int
    first: tuple[DocumentRow, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of audit A in audit B.

    The tallies count all findings; `new` and `gone` are those of the greatest harm, most harm first. `rows` are the
    documents of the findings shown, those of A and of B by position. `lost` are documents that A checked and B could
    not, `regained` the other way round. `differences` are parts of the signatures that differ, as (what, A, B).
    """

    new: Tally
    gone: Tally
    unchanged: Tally
    new_findings: tuple[FindingRow, ...]
    gone_findings: tuple[FindingRow, ...]
    rows: tuple[dict[int, DocumentRow], dict[int, DocumentRow]]
    added: Documents
    removed: Documents
    shared: int
    lost: int
    regained: int
    differences: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class _Matching:
    """Which documents of B are which of A, by position; `copies` of a document in B, `originals` of copies in A."""

    same: Mapping[int, int]
    copies: Mapping[int, Sequence[int]]
    originals: Mapping[int, int]
    lost: int
    regained: int

    def positions(self, position: int) -> Iterator[int]:
        """Where in A the findings of a document of B may be: a copy has its findings at what it is a copy of."""
        for one in (position, *self.copies.get(position, ())):
            found = self.same.get(one)
            if found is not None:
                yield found
                if found in self.originals:
                    yield self.originals[found]


def compare(before: AuditReader, after: AuditReader, *, shown: int) -> Comparison:
    """Compares two audits; at most `shown` new and as many gone findings are kept one by one."""
    matching = _match(before, after)
    left: Counter[Key] = Counter((finding.position, finding.fingerprint) for finding in before.findings())
    new, gone, unchanged = Tally(), Tally(), Tally()

    def appeared() -> Iterator[FindingRow]:
        for finding in after.findings():
            keys = ((position, finding.fingerprint) for position in matching.positions(finding.position))
            known = next((key for key in keys if left.get(key, 0)), None)
            if known is None:
                new.add(finding)
                yield finding
            else:
                left[known] -= 1
                unchanged.add(finding)

    def vanished() -> Iterator[FindingRow]:
        for finding in before.findings():
            key = finding.position, finding.fingerprint
            if left.get(key, 0):
                left[key] -= 1
                gone.add(finding)
                yield finding

    new_findings, gone_findings = _worst(appeared(), shown), _worst(vanished(), shown)
    kept = set(matching.same.values())
    return Comparison(
        new=new,
        gone=gone,
        unchanged=unchanged,
        new_findings=new_findings,
        gone_findings=gone_findings,
        rows=(_rows(before, gone_findings), _rows(after, new_findings)),
        added=_lacking(row for row in after.documents() if row.position not in matching.same),
        removed=_lacking(row for row in before.documents() if row.position not in kept),
        shared=len(matching.same),
        lost=matching.lost,
        regained=matching.regained,
        differences=_differences(before, after),
    )


def _differences(before: AuditReader, after: AuditReader) -> tuple[tuple[str, str, str], ...]:
    one, two = (reader.summary.get("signature") or {} for reader in (before, after))
    return tuple((name, str(one.get(name)), str(two.get(name))) for name in _TOLD if one.get(name) != two.get(name))


def _match(before: AuditReader, after: AuditReader) -> _Matching:
    """Pairs documents by file and id where they are rows, those left by path, by content, and those left then by id."""
    known, unmatched = list(before.documents()), list(after.documents())
    originals = {row.position: row.duplicate_of for row in known if row.duplicate_of is not None}
    copies: dict[int, list[int]] = {}
    for row in unmatched:
        if row.duplicate_of is not None:
            copies.setdefault(row.duplicate_of, []).append(row.position)
    skipped = [{row.position: row.status is Status.SKIPPED for row in rows} for rows in (known, unmatched)]
    same: dict[int, int] = {}
    for name_of in (_row_name, _path, _content, _id):
        there, wanted = _unique(known, name_of), _unique(unmatched, name_of)
        same |= {
            row.position: there[name].position
            for name, row in wanted.items()
            if name in there and not (name_of is _path and _are_others(there[name], row))
        }
        taken = set(same.values())
        known = [row for row in known if row.position not in taken]
        unmatched = [row for row in unmatched if row.position not in same]
    changes = Counter((skipped[0][found], skipped[1][position]) for position, found in same.items())
    return _Matching(same, copies, originals, changes[False, True], changes[True, False])


def _row_name(row: DocumentRow) -> tuple[str, str] | None:
    """File and id of one of several documents in a file."""
    file, sign, number = row.path.rpartition("#")
    return (file, row.id) if sign and number.isdecimal() and row.id else None


_path, _content, _id = attrgetter("path"), attrgetter("content_hash"), attrgetter("id")


def _are_others(one: DocumentRow, two: DocumentRow) -> bool:
    """True for two rows of other ids of their own, which stand at the same place in a table."""
    own = [row.id for row in (one, two) if _row_name(row) and not _MADE_UP.fullmatch(row.id)]
    return len(set(own)) > 1


def _unique(
    rows: Iterable[DocumentRow], name_of: Callable[[DocumentRow], Hashable | None]
) -> dict[Hashable, DocumentRow]:
    """The documents by a name that no other one has."""
    found: dict[Hashable, DocumentRow] = {}
    double: set[Hashable] = set()
    for row in rows:
        name = name_of(row)
        if name and name in found:
            double.add(name)
        elif name:
            found[name] = row
    return {name: row for name, row in found.items() if name not in double}


def _worst(findings: Iterator[FindingRow], shown: int) -> tuple[FindingRow, ...]:
    kept = nlargest(shown, findings, key=lambda one: (harm(one), one.confidence, -one.position, -one.start))
    for _ in findings:  # for the sake of counting, where none is to be kept
        pass
    return tuple(kept)


def _rows(reader: AuditReader, findings: Iterable[FindingRow]) -> dict[int, DocumentRow]:
    wanted = {finding.position for finding in findings}
    return {row.position: row for row in reader.documents() if row.position in wanted} if wanted else {}


def _lacking(rows: Iterator[DocumentRow], most: int = 20) -> Documents:
    first = tuple(islice(rows, most))
    return Documents(len(first) + sum(1 for _ in rows), first)


def refuse_same(before: AuditReader, after: AuditReader) -> None:
    """Raises UsageError where both are the same folder: nothing would ever be new."""
    if [folder.resolve() for folder in before.folders] == [folder.resolve() for folder in after.folders]:
        raise UsageError(f"{after.folders[0]}: both audits are the same; name an earlier and a later one")
