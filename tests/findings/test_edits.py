"""What stands where suspect words stand, in a text of nearly the same words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.document import Span
from checker.findings.edits import counterpart, shared_ends, without_ends

from .marked import unmark

FACT = "The court fined the ferry company Nordlast two million euros on Tuesday."


@pytest.mark.parametrize(
    ("marked", "there"),
    [
        ("The court fined the ferry company Nordlast ⟦three⟧ million euros on Tuesday.", "two"),
        ("The court fined the ferry company Nordlast two ⟦million on⟧ Tuesday.", "million euros on"),
        ("The court fined the ferry company Nordlast ⟦two million⟧ on Tuesday.", "two million euros"),
        ("The court fined the ⟦fairy society⟧ Nordlast two million euros on Tuesday.", "ferry company"),
        ("The court ⟦for⟧ fined the ferry company Nordlast two million euros on Tuesday.", None),
        ("The court fined the ⟦careless⟧ ferry company Nordlast two million euros on Tuesday.", None),
        ("The court ⟦fined⟧ the ferry company Nordlast two million euros on Tuesday.", None),
        ("The court did ⟦not fined⟧ the ferry company Nordlast two million euros on Tuesday.", "fined"),
    ],
)
def test_the_words_in_the_same_place(marked: str, there: str | None) -> None:
    text, span = unmark(marked)
    found = counterpart(text, span, FACT)
    assert (found.of(FACT) if found else None) == there


def test_names_that_changed_places_conflict_with_each_other() -> None:
    text, span = unmark("On Tuesday ⟦Okelo⟧ met Brunner.")
    premise = "On Tuesday Brunner met Okelo."
    found = counterpart(text, span, premise)
    assert found is not None
    assert "Brunner" in found.of(premise)


WORDS = st.lists(st.sampled_from(["toll", "ferry", "not", "the", "Velmar", "7", "doubled"]), max_size=9).map(" ".join)


@given(WORDS, WORDS, st.integers(0, 30), st.integers(1, 12))
def test_it_is_always_words_of_the_other_text(text: str, premise: str, start: int, length: int) -> None:
    found = counterpart(text, Span(start, start + length), premise)
    assert found is None or (found.of(premise).strip() and found.end <= len(premise))


@pytest.mark.parametrize(
    ("marked", "other", "left", "kept"),
    [
        ("the ⟦Cover of⟧ the Americas", "the ⟦Summit of⟧ the Americas", "Cover", "Summit"),
        ("the ⟦Cover of the Isles⟧ met", "the ⟦Summit of the Isles⟧ met", "Cover", "Summit"),
        ("it paid ⟦2 million euros⟧", "it paid ⟦3 million euros⟧", "2 million euros", "3 million euros"),
        ("it went ⟦to the port⟧", "it went ⟦to the court⟧", "port", "court"),
        ("they ⟦of the⟧ town", "they ⟦of the⟧ town", "of the", "of the"),
        ("the ⟦port of⟧ call", "the ⟦old port of⟧ call", "port of", "old port of"),
        ("it was ⟦not sold⟧", "it was ⟦not bought⟧", "not sold", "not bought"),
        ("the ⟦red port⟧", "the ⟦red court⟧", "port", "court"),
        ("the ⟦port of⟧ call", "the ⟦court in⟧ town", "port of", "court in"),
        ("the ⟦port⟧", "the ⟦court of⟧ law", "port", "court of"),
    ],
)
def test_small_words_at_the_ends_of_both_are_no_part_of_the_matter(
    marked: str, other: str, left: str, kept: str
) -> None:
    (text, span), (premise, conflict) = unmark(marked), unmark(other)
    ends = shared_ends(text, span, premise, conflict)
    assert without_ends(text, span, *ends).of(text) == left
    assert without_ends(premise, conflict, *ends).of(premise) == kept
