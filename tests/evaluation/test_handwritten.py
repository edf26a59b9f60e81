"""The sentences that were written for this project are whole, and stand where they are said to stand."""

from __future__ import annotations

import pytest

from checker.evaluation.handwritten import CLOSED, OPENED, SETS, read_handwritten, told_among_others


@pytest.mark.parametrize("name", SETS)
def test_each_sentence_is_right_once_and_wrong_once(name: str) -> None:
    known = read_handwritten(name)
    assert len(known) >= 48
    assert len({one.fact for one in known}) == len(known)
    for one in known:
        assert one.error.of(one.wrong).strip() == one.error.of(one.wrong) != ""
        assert one.right != one.wrong
        assert not set(OPENED + CLOSED) & set(one.fact + one.right + one.wrong)


def test_no_sentence_is_in_two_sets() -> None:
    facts = [one.fact for name in SETS for one in read_handwritten(name)]
    assert len(set(facts)) == len(facts)
    assert read_handwritten("no such set") == []


def test_a_sentence_stands_between_others_with_its_error_in_place() -> None:
    known = read_handwritten("held back")
    told = told_among_others(known)
    assert len(told) == 2 * len(known)
    for number, one in enumerate(told):
        source = known[number // 2]
        assert one.sentence.of(one.text) == (source.right if number % 2 else source.wrong)
        assert (one.error.of(one.text) if one.error else None) == (
            None if number % 2 else source.error.of(source.wrong)
        )
        assert one.text.count(source.fact) == 0
