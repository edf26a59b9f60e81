"""Which fact says a sentence in nearly its own words, and which is only one more line of the same form."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.evidence import Evidence, EvidenceKind, Relation
from checker.evidence.restating import FEWEST_WORDS, NEARLY, RETOLD_FROM, likeness, with_restated, with_retold

SENTENCE = "The harbour office in Velmar doubled the toll for small ferries on Tuesday."


def fact(text: str, **fields: object) -> Evidence:
    return Evidence(EvidenceKind.FACT, text[:40], text, 0.9, **fields)  # type: ignore[arg-type]


def references(sentence: str, *evidence: Evidence) -> list[str]:
    return [piece.text for piece in with_restated(sentence, evidence) if piece.relation is Relation.REFERENCE]


@pytest.mark.parametrize(
    "said",
    [
        "The harbour office in Velmar doubled the toll for small ferries on Monday.",
        "The harbour office in Velmar had doubled the toll for the small ferries on Tuesday.",
        "The office of the harbour in Velmar doubled the toll for small ferries on Tuesday.",
        "The harbour office in Velmar doubled the toll for small boats on Tuesday!",
    ],
)
def test_nearly_the_same_words_are_a_reference(said: str) -> None:
    assert references(SENTENCE, fact(said)) == [said]


@pytest.mark.parametrize(
    "said",
    [
        "Ferry owners in Velmar called the toll unfair.",
        "On Tuesday small ferries were told by the office that they will pay twice as much.",
        "The harbour office in Orsa doubled the toll for small ferries on Monday.",
        "The harbour office in Velmar doubled the toll for small ferries on Tuesday, which the owners of all nine "
        "boats, who had heard nothing of it before, called a reckless act.",
    ],
)
def test_what_speaks_of_the_same_matters_stays_context(said: str) -> None:
    assert references(SENTENCE, fact(said)) == []


def test_the_same_line_about_another_place_with_another_figure_is_no_copy() -> None:
    said = "Prices in Orsa rose by 4.1 percent from one May to the next."
    assert references("Prices in Velmar rose by 7.3 percent from one May to the next.", fact(said)) == []
    assert references("Prices in Orsa rose by 7.3 percent from one May to the next.", fact(said)) == [said]


def test_who_changed_places_is_no_other_name() -> None:
    said = "Brunner met Okelo at the harbour of Velmar late on Tuesday night."
    assert references("Okelo met Brunner at the harbour of Velmar late on Tuesday night.", fact(said)) == [said]


def test_the_likest_of_several_is_taken_and_none_where_one_says_the_same() -> None:
    near = "The harbour office in Velmar doubled the toll for small ferries on Monday."
    farther = "The harbour office in Velmar doubled a toll for ferries on Monday."
    assert references(SENTENCE, fact(farther), fact(near)) == [near]
    assert references(SENTENCE, fact(near), fact(SENTENCE)) == []
    article = Evidence(EvidenceKind.ARTICLE, "s4", f"It said: {SENTENCE}", 0.9)
    assert references(SENTENCE, fact(near), article) == []


def test_only_facts_are_and_none_that_was_joined_of_several() -> None:
    near = "The harbour office in Velmar doubled the toll for small ferries on Monday."
    assert references(SENTENCE, Evidence(EvidenceKind.ARTICLE, "s4", near, 0.9)) == []
    assert references(SENTENCE, fact(near, joined=(fact("One."), fact("Two.")))) == []


def test_a_restating_fact_has_a_role_of_its_own() -> None:
    assert fact("x").role == "fact"
    assert fact("x", relation=Relation.REFERENCE).role == "restated"
    assert Evidence(EvidenceKind.SOURCE, "source:0", "x", 1.0, Relation.REFERENCE).role == "source"


@given(st.lists(st.sampled_from(["toll", "ferry", "the", "a", "Velmar", "7", "doubled"]), max_size=14).map(" ".join))
def test_likeness_is_whole_for_the_same_words_and_nothing_for_few(text: str) -> None:
    words = len(text.split())
    assert likeness(text, text) == (1.0 if words >= FEWEST_WORDS else 0.0)
    assert with_restated(text, (fact(text),))[0].relation is Relation.CONTEXT


@given(st.text(max_size=60), st.text(max_size=60))
def test_evidence_is_only_ever_told_apart(sentence: str, said: str) -> None:
    (piece,) = with_restated(sentence, (fact(said),))
    assert (piece.text, piece.kind, piece.id) == (said, EvidenceKind.FACT, said[:40])
    assert piece.relation is Relation.CONTEXT or likeness(sentence, said) >= NEARLY


def retold(sentence: str, *evidence: Evidence) -> list[str]:
    return [piece.text for piece in with_retold(sentence, evidence) if piece.retells]


OTHERWISE = "On Tuesday small ferries were told by the office that they will pay twice as much."
BESIDE = "Ferry owners in Velmar called the toll unfair."


def test_the_most_relevant_fact_may_retell_the_sentence() -> None:
    some = (replace(fact(BESIDE), relevance=0.6), replace(fact(OTHERWISE), relevance=0.8))
    assert retold(SENTENCE, *some) == [OTHERWISE]
    assert retold(SENTENCE, *some[:1]) == [BESIDE]
    assert retold(SENTENCE) == []


def test_none_may_retell_it_where_one_surely_says_it_or_all_are_far() -> None:
    near = fact("The harbour office in Velmar doubled the toll for small ferries on Monday.")
    assert retold(SENTENCE, *with_restated(SENTENCE, (near, fact(OTHERWISE)))) == []
    assert retold(SENTENCE, fact(OTHERWISE), Evidence(EvidenceKind.ARTICLE, "s4", f"It said: {SENTENCE}", 0.9)) == []
    assert retold(SENTENCE, replace(fact(OTHERWISE), relevance=RETOLD_FROM - 0.01)) == []
    assert retold(SENTENCE, Evidence(EvidenceKind.ARTICLE, "s4", OTHERWISE, 0.9)) == []
    assert retold(SENTENCE, fact(OTHERWISE, joined=(fact("One."), fact("Two.")))) == []


def test_a_fact_that_may_retell_has_a_role_of_its_own_and_stays_context() -> None:
    (piece,) = with_retold(SENTENCE, (fact(OTHERWISE),))
    assert (piece.role, piece.relation) == ("retold", Relation.CONTEXT)
