"""Of the relevant candidates, few that together speak of the whole sentence rather than four times of one clause.

A news sentence makes several claims. Ranked by relevance alone, four texts about its subject hide the one text about
the word that is wrong; so what has been covered once counts less the next time.
(After maximal marginal relevance, Carbonell and Goldstein 1998, with words in the place of text similarity.)
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heapreplace

# What a word of the sentence still counts when a chosen candidate has it already; to the power of how many have it.
COVERED_SHARE = 0.75


@dataclass(frozen=True, slots=True)
class Candidate:
    """A text by number. Its relevance is `meaning` plus all `gains`: what each matter adds that it covers."""

    index: int
    relevance: float
    meaning: float
    gains: Mapping[Hashable, float]


def choose_varied(candidates: Sequence[Candidate], k: int) -> list[Candidate]:
    """At most `k` of the candidates, in the order chosen; of two that add as much, the earlier one."""
    covered: dict[Hashable, int] = {}
    chosen: list[Candidate] = []
    # The best on top, by what it added when it was last asked; as more is covered no candidate adds more, so one that
    # was asked after the last choice and is still on top is the best of all (the lazy greedy of Minoux 1978).
    queue = [(-round(_adds(candidate, covered), 4), place, 0) for place, candidate in enumerate(candidates)]
    heapify(queue)
    while queue and len(chosen) < k:
        _, place, asked = queue[0]
        candidate = candidates[place]
        if asked < len(chosen):
            heapreplace(queue, (-round(_adds(candidate, covered), 4), place, len(chosen)))
            continue
        heappop(queue)
        chosen.append(candidate)
        for matter in candidate.gains:
            covered[matter] = covered.get(matter, 0) + 1
    return chosen


def _adds(candidate: Candidate, covered: Mapping[Hashable, int]) -> float:
    fresh = (gain * COVERED_SHARE ** covered.get(matter, 0) for matter, gain in candidate.gains.items())
    return candidate.meaning + sum(fresh)
