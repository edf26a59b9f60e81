"""Another person of the same surname."""

from __future__ import annotations

import pytest

from checker.findings import Calibration, find_candidates
from checker.findings.given_names import other_given_names

from .marked import document_of, fact, result, says, unmark

FACT = "Kwame Boateng led the trial of the vaccine."


@pytest.mark.parametrize(
    ("text", "premise", "expected"),
    [
        ("The trial was led by ⟦Kofi⟧ Boateng.", FACT, "Kwame"),
        ("Dr. ⟦Ama⟧ Boateng's trial went well.", FACT, "Kwame"),
        ("Minister ⟦Ana⟧ Keller resigned.", "The minister is Eva Keller, 52.", "Eva"),
    ],
)
def test_another_first_name_comes_with_the_fact_s(text: str, premise: str, expected: str) -> None:
    text, place = unmark(text)
    ((span, conflict),) = other_given_names(text, premise)
    assert span.of(text) == place.of(text)
    assert conflict is not None
    assert conflict.of(premise) == expected


@pytest.mark.parametrize(
    ("text", "premise"),
    [
        ("The trial was led by Kwame Boateng.", FACT),
        ("The trial was led by Boateng.", FACT),
        ("The trial was led by Dr Boateng and K. Boateng.", FACT),
        ("Kofi Boateng is a brother of Kwame Boateng.", FACT),
        ("Aleksandr Lebed resigned.", "Alexander Lebed is a general."),
        ("Alex Lebed resigned.", "Alexander Lebed is a general."),
        ("President Lebed resigned.", "Alexander Lebed is a general."),
        ("South Korea agreed.", "North Korea agreed."),
        ("The trial was led by Kofi Boateng Mensah.", FACT),
        ("", FACT),
    ],
)
def test_what_may_be_the_same_person_is_no_difference(text: str, premise: str) -> None:
    assert other_given_names(text, premise) == ()


def test_only_a_sentence_that_says_the_fact_has_the_name_wrong() -> None:
    text, place = unmark("The trial was led by ⟦Kofi⟧ Boateng.")
    document = document_of(text)
    for sure, expected in ((0.9, [place]), (0.5, [])):
        found = find_candidates(result(document, 0, (fact(FACT), says("entailment", text, sure=sure))), Calibration())
        assert [candidate.span for candidate in found] == expected
