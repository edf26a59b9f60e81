"""Held against each other: what of one text has no equal in the other, and which of the leftovers belong together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

Item = TypeVar("Item")


def unexplained(items: Sequence[Item], others: Sequence[Item], same: Callable[[Item, Item], bool]) -> list[Item]:
    """The items that equal none of the others, in order. One of the others may explain several."""
    return [item for item in items if not any(same(item, other) for other in others)]


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
