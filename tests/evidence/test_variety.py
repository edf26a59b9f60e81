"""Variety: the second text about one word counts less than the first about another."""

from __future__ import annotations

from checker.evidence.variety import Candidate, choose_varied


def test_what_is_covered_counts_less() -> None:
    first = Candidate(0, 0.6, 0.2, {"port": 0.4})
    again = Candidate(1, 0.5, 0.1, {"port": 0.4})
    other = Candidate(2, 0.45, 0.1, {"wreck": 0.35})
    assert choose_varied([first, again, other], 2) == [first, other]
    assert choose_varied([first, again, other], 9) == [first, other, again]


def test_ties_go_by_order_and_nothing_gives_nothing() -> None:
    twins = [Candidate(number, 0.5, 0.5, {}) for number in (4, 2)]
    assert choose_varied(twins, 1) == twins[:1]
    assert choose_varied([], 3) == []
