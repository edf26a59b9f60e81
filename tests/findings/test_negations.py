"""A negation that one of two texts lacks, in words that both have."""

from __future__ import annotations

import pytest

from checker.findings.negations import differing_negation, negation_differences

from .marked import unmark

FACT = "The vaccine is not effective in children under two."


@pytest.mark.parametrize(
    ("text", "premise", "expected"),
    [
        ("The vaccine, made by Savira, ⟦is effective⟧ in children under two.", FACT, "is not effective"),
        ("The pact ⟦was never signed⟧ by the five governors.", "It was signed by the five governors.", "was signed"),
        ("They ⟦did not agree⟧ to the plan for the port.", "Both agreed to the plan for the port.", "agreed"),
        ("Grain ⟦can leave⟧ the harbour of Velmar.", "Grain can't leave the harbour of Velmar.", "can't leave"),
        ("The mayor found ⟦no proof⟧ of fraud.", "The mayor found proof of fraud.", "proof"),
    ],
)
def test_a_lost_or_added_negation_comes_with_its_verb_on_both_sides(text: str, premise: str, expected: str) -> None:
    text, place = unmark(text)
    (found,) = negation_differences(text, premise)
    assert found.span.of(text) == place.of(text)
    assert found.conflict is not None
    assert found.conflict.of(premise) == expected
    assert differing_negation(text, place, premise) == found


@pytest.mark.parametrize(
    ("text", "premise"),
    [
        ("The vaccine is not effective in children under two.", FACT),
        ("The vaccine is effective in adults.", FACT),  # in whom, nobody says
        ("No ferry of the three to the island failed.", "The ferry of the three to the island sailed."),
        ("The port not only shut in the gale of May.", "The port shut in the gale of May."),
        ("", FACT),
    ],
)
def test_other_words_and_other_negations_are_no_difference(text: str, premise: str) -> None:
    assert negation_differences(text, premise) == ()
