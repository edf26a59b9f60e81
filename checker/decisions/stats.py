"""What decisions say of the checker: how often its alerts were right, as this newsroom sees it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from checker.decisions.types import Decision, DecisionKind

_BANDS = ((0.0, 0.5), (0.5, 0.6), (0.6, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 1.0))
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Tally:
    """Decided alerts of one sort: how many were right, and how many were judged right or not an error at all."""

    right: int = 0
    judged: int = 0

    @property
    def share(self) -> float | None:
        """Share of right ones, None where none was judged."""
        return self.right / self.judged if self.judged else None


@dataclass(frozen=True, slots=True)
class DecisionStats:
    """Counts over the decision that counts for each finding; tallies leave out facts that were out of date."""

    findings: int
    kinds: dict[str, int]
    people: dict[str, int]
    overall: Tally
    confidence: dict[str, Tally]
    categories: dict[str, Tally]
    evidence: dict[str, Tally]
    old_facts: dict[str, int]


def summarise(decisions: Iterable[Decision]) -> DecisionStats:
    """Statistics of the newest decision about each finding; reopened ones count as undecided.

    Everything is ordered by name or band; old facts by how often they were called so, most often first.
    """
    counted = [each for each in decisions if each.kind is not DecisionKind.REOPENED]
    old = Counter(fact.id for each in counted if each.kind is DecisionKind.FACT_OUT_OF_DATE for fact in each.facts)
    return DecisionStats(
        findings=len(counted),
        kinds=_sorted(Counter(each.kind.value for each in counted)),
        people=_sorted(Counter(each.by or UNKNOWN for each in counted)),
        overall=_tally(counted),
        confidence=_tallies((_band(each.confidence), each) for each in counted),
        categories=_tallies((each.category or UNKNOWN, each) for each in counted),
        evidence=_tallies((each.evidence_kind or UNKNOWN, each) for each in counted),
        old_facts=dict(sorted(old.items(), key=lambda item: (-item[1], item[0]))),
    )


def _tallies(sorted_by: Iterable[tuple[str, Decision]]) -> dict[str, Tally]:
    groups: dict[str, list[Decision]] = {}
    for name, decision in sorted_by:
        groups.setdefault(name, []).append(decision)
    tallies = {name: _tally(some) for name, some in sorted(groups.items())}
    return {name: tally for name, tally in tallies.items() if tally.judged}


def _tally(decisions: Iterable[Decision]) -> Tally:
    judged = [right for each in decisions if (right := each.kind.says_right) is not None]
    return Tally(sum(judged), len(judged))


def _band(confidence: float | None) -> str:
    """`0.7-0.8` for 0.74; a band holds its lower end, the last one both."""
    if confidence is None:
        return UNKNOWN
    low, high = next(band for band in reversed(_BANDS) if confidence >= band[0])
    return f"{low:.1f}-{high:.1f}"


def _sorted(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items()))
