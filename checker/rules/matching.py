"""Held against each other: what of one text has no equal in the other, and which of the leftovers belong together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

Item = TypeVar("Item")


def unexplained(items: Sequence[Item], others: Sequence[Item], same: Callable[[Item, Item], bool]) -> list[Item]:
    """The items that equal none of the others, in order. One of the others may explain several."""
    return [item for item in items if not any(same(item, other) for other in others)]


def left_over(items: Sequence[Item], others: Sequence[Item], same: Callable[[Item, Item], bool]) -> list[Item]:
    """The items that remain when each of the others explains only one: of "7-2" and "2-2" the first 2.

    Of several equal ones it explains the one that is nearest in order.
    """
    near = sorted(
        (abs(here / len(items) - there / len(others)), here, there)
        for here, item in enumerate(items)
        for there, other in enumerate(others)
        if same(item, other)
    )
    explained: set[int] = set()
    taken: set[int] = set()
    for _, here, there in near:
        if here not in explained and there not in taken:
            explained.add(here)
            taken.add(there)
    return [item for here, item in enumerate(items) if here not in explained]


def differing(
    ours: Sequence[Item], theirs: Sequence[Item], around_ours: Sequence[Item], around_theirs: Sequence[Item],
    same: Callable[[Item, Item], bool],
) -> tuple[list[Item], list[Item]]:  # fmt: skip
    """What neither side explains of the other. The texts around have what was moved, not changed.

    Where one side only has something strange, what stands too often on the other may be what it should have been.
    """
    strange, missing = unexplained(ours, around_theirs, same), unexplained(theirs, around_ours, same)
    if strange and not missing:
        missing = left_over(theirs, ours, same)
    elif missing and not strange:
        strange = left_over(ours, theirs, same)
    return strange, missing


def pair_up(
    ours: Sequence[Item], theirs: Sequence[Item], likeness: Callable[[Item, Item], float | None]
) -> list[tuple[Item, Item]]:
    """Each of `ours` with at most one of `theirs`, the likeliest pairs first; of equals those nearest in order.

    `likeness` is None for two that cannot belong together. The result is in the order of `ours`.
    """
    scored = [
        (-score, abs(here / max(1, len(ours)) - there / max(1, len(theirs))), here, there)
        for here, mine in enumerate(ours)
        for there, other in enumerate(theirs)
        if (score := likeness(mine, other)) is not None
    ]
    taken: dict[int, int] = {}
    for _, _, here, there in sorted(scored):
        if here not in taken and there not in taken.values():
            taken[here] = there
    return [(ours[here], theirs[there]) for here, there in sorted(taken.items())]
