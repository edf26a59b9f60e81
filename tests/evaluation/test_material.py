"""What calibration is fitted on: how it is divided."""

from __future__ import annotations

from checker.document import make_document
from checker.evaluation.cases import Copy
from checker.evaluation.judging import Judged
from checker.evaluation.material import EACH_CROWDED, every_few, halved


def numbered(count: int) -> Judged:
    return [(Copy(make_document(f"Sentence {number}.", language="en"), (), ()), []) for number in range(count)]


def test_eight_copies_in_a_row_stay_together() -> None:
    judged = numbered(37)
    halves = halved(judged)
    assert halves.first == [*judged[:8], *judged[16:24], *judged[32:]]
    assert halves.second == [*judged[8:16], *judged[24:32]]
    both = halves.joined(halved(numbered(9)))
    assert [len(half) for half in both] == [21 + 8, 16 + 1]


def test_right_and_wrong_copies_stand_beside_a_crowd() -> None:
    judged = numbered(8 * EACH_CROWDED)
    drawn = [number for number, (copy, _) in enumerate(judged) if copy in every_few(judged)]
    assert len(drawn) == 8
    assert sum(number % 2 for number in drawn) == 4
