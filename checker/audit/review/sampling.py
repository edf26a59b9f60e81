"""Draws a stratified sample of an audit for people to judge: findings, and sentences without one."""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Iterable
from dataclasses import dataclass, field

from checker.audit.dataset import AuditReader
from checker.audit.page.entries import sentences_around, sentences_at
from checker.audit.review.strata import Stratum, allocate, stratum_of
from checker.audit.schema import DocumentRow, FindingRow, SentenceRow
from checker.errors import UsageError

Row = FindingRow | SentenceRow


@dataclass(frozen=True, slots=True)
class Item:
    """Something to judge: a finding, or a sentence without one; with its document and the sentences around it."""

    key: str
    row: Row
    document: DocumentRow
    before: str
    after: str
    source: str = ""  # the original's words for the sentence, where they are known


@dataclass(slots=True)
class _Pool:
    """The rows of a stratum with the lowest lots, and how many rows it has."""

    most: int
    size: int = 0
    lowest: list[tuple[int, str, Row]] = field(default_factory=list)

    def offer(self, lot: int, key: str, row: Row) -> None:
        self.size += 1
        if len(self.lowest) < self.most:
            heapq.heappush(self.lowest, (-lot, key, row))
        elif -lot > self.lowest[0][0]:
            heapq.heapreplace(self.lowest, (-lot, key, row))


def key_of(row: Row) -> str:
    """A name of the row in its audit that another audit's row hardly has by chance: "finding-12-n0-3fa81c"."""
    if isinstance(row, FindingRow):
        return f"finding-{row.position}-{row.id}-{row.fingerprint[:6]}"
    digest = hashlib.sha256(row.text.encode("utf-8", "surrogatepass")).hexdigest()[:6]
    return f"sentence-{row.position}-{row.index}-{digest}"


def draw_sample(reader: AuditReader, number: int, *, unflagged: int | None = None, seed: int = 0) -> list[Item]:
    """`number` items in random order, `unflagged` of them sentences without a finding (default: half).

    Where there are too few of one kind, the other fills up. The same audit and seed draw the same sample, however the
    data set is cut into parts. Raises UsageError for numbers that cannot be.
    """
    if number < 1 or not 0 <= (unflagged or 0) <= number:
        raise UsageError(f"a sample of {number} with {unflagged} sentences without a finding cannot be drawn; give --n")
    findings = _pools(reader.findings(), number, seed)
    sentences = _pools((row for row in reader.sentences() if not row.findings), number, seed)
    wanted = number // 2 if unflagged is None else unflagged
    there = sum(pool.size for pool in findings.values()), sum(pool.size for pool in sentences.values())
    wanted = min(there[1], max(wanted, number - there[0]) if unflagged is None else wanted)
    chosen = _choose(findings, number - wanted) + _choose(sentences, wanted)
    chosen.sort(key=lambda lot: (lot[0], lot[1]))
    return _items(reader, [(key, row) for _, key, row in chosen])


def _pools(rows: Iterable[Row], most: int, seed: int) -> dict[Stratum, _Pool]:
    pools: dict[Stratum, _Pool] = {}
    for row in rows:
        stratum = stratum_of(row)
        if stratum not in pools:
            pools[stratum] = _Pool(most)
        key = key_of(row)
        digest = hashlib.blake2b(f"{seed}\x1f{key}".encode(), digest_size=8).digest()
        pools[stratum].offer(int.from_bytes(digest), key, row)
    return dict(sorted(pools.items()))


def _choose(pools: dict[Stratum, _Pool], number: int) -> list[tuple[int, str, Row]]:
    """(lot, key, row) of the rows chosen from each stratum: those with the lowest lots."""
    shares = allocate({stratum: pool.size for stratum, pool in pools.items()}, number)
    return [
        (-negative, key, row)
        for stratum, pool in pools.items()
        for negative, key, row in sorted(pool.lowest, key=lambda one: (-one[0], one[1]))[: shares[stratum]]
    ]


def _items(reader: AuditReader, chosen: list[tuple[str, Row]]) -> list[Item]:
    positions = {row.position for _, row in chosen}
    documents = {row.position: row for row in reader.documents() if row.position in positions}
    places = [(row.position, _sentence(row)) for _, row in chosen]
    around, originals = sentences_around(reader, places), sentences_at(reader, set(places), "source")
    return [
        Item(
            key,
            row,
            documents[row.position],
            around.get((place[0], place[1] - 1), ""),
            around.get((place[0], place[1] + 1), ""),
            originals.get(place, ""),
        )
        for (key, row), place in zip(chosen, places, strict=True)
    ]


def _sentence(row: Row) -> int:
    return row.sentence if isinstance(row, FindingRow) else row.index
