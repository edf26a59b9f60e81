"""Which items of the input an audit is about: changed since a day, a random sample, the first so many, one shard.

In this order, so that the shards of a sample are together that sample. Every choice depends on the input alone, which
is what lets a resumed audit go on exactly.
"""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from checker.audit.given import Item
from checker.errors import UsageError

Items = Callable[[], Iterator[Item]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What to choose; None and (1, 1) choose everything. `shard` is (number from 1, how many)."""

    changed_since: datetime | None = None
    sample: int | None = None
    seed: int = 0
    limit: int | None = None
    shard: tuple[int, int] = (1, 1)

    def __post_init__(self) -> None:
        for name in ("sample", "limit"):
            value = getattr(self, name)
            if value is not None and value < 1:
                raise UsageError(f"--{name} is {value}; give a whole number from 1 up")
        number, shards = self.shard
        if not 1 <= number <= shards:
            raise UsageError(f"--shard {number}/{shards} does not exist; the first of 4 is 1/4, the last 4/4")


@dataclass(frozen=True, slots=True)
class Plan:
    """How many items are chosen, of a sample their positions, and what stands for the names of all shards' items."""

    total: int
    sampled: frozenset[int] | None
    trail: str


def parse_shard(given: str) -> tuple[int, int]:
    """I/N, as on the command line. Raises UsageError."""
    number, _, shards = given.partition("/")
    if not (number.isdecimal() and shards.isdecimal()):
        raise UsageError(f"--shard {given!r} is not I/N; the second of 4 shards is 2/4")
    return int(number), int(shards)


def make_plan(items: Items, choice: Choice) -> Plan:
    """Looks at the names of all items; reads none. Memory grows with the size of the sample alone."""
    counted = 0
    trail = _Trail(choice.limit)
    heap: list[tuple[int, int]] = []  # the least hashes, negated, with their positions
    for position, item in enumerate(items()):
        if not _is_recent(item, choice):
            continue
        counted += 1
        if choice.sample is None:
            trail.follow(position, item.path)
            continue
        rank = (-_draw(item, choice.seed), -position)
        if len(heap) < choice.sample:
            heapq.heappush(heap, rank)
        else:
            heapq.heappushpop(heap, rank)
    sampled = None if choice.sample is None else frozenset(-position for _, position in heap)
    for position, lot in sorted((-position, lot) for lot, position in heap):
        trail.follow(position, str(lot))
    chosen = counted if sampled is None else len(sampled)
    chosen = chosen if choice.limit is None else min(chosen, choice.limit)
    number, shards = choice.shard
    return Plan(len(range(number - 1, chosen, shards)), sampled, trail.said())


class _Trail:
    """Stands for the positions and names of the first `limit` items, all where it is None."""

    def __init__(self, limit: int | None) -> None:
        self._left = limit
        self._hash = hashlib.sha256()

    def follow(self, position: int, name: str) -> None:
        if self._left is not None:
            if not self._left:
                return
            self._left -= 1
        self._hash.update(f"{position}\x1f{name}\x1e".encode("utf-8", "surrogatepass"))

    def said(self) -> str:
        return self._hash.hexdigest()[:32]


def chosen_items(items: Items, choice: Choice, plan: Plan) -> Iterator[tuple[int, Item]]:
    """The chosen items with their positions in the whole input, which ascend."""
    number, shards = choice.shard
    rank = 0
    for position, item in enumerate(items()):
        is_drawn = position in plan.sampled if plan.sampled is not None else _is_recent(item, choice)
        if not is_drawn:
            continue
        if choice.limit is not None and rank == choice.limit:
            break
        if rank % shards == number - 1:
            yield position, item
        rank += 1


def _is_recent(item: Item, choice: Choice) -> bool:
    """What does not say when it was changed may have been."""
    if choice.changed_since is None or item.changed is None:
        return True
    return _in_zone(item.changed) >= _in_zone(choice.changed_since)


def _in_zone(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _draw(item: Item, seed: int) -> int:
    """The lot of an item, which does not depend on what else there is."""
    lot = hashlib.sha256(f"{seed}\x1f{item.path}".encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(lot[:8])
