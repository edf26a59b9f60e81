"""Where the evidence says otherwise."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.document import Span
from checker.findings.alignment import conflict_span, repeats
from checker.findings.phrases import quoted

from .marked import unmark

# suspect words, evidence, what the evidence says in their place (None: nothing can be told)
CASES = [
    (
        "Chile denounced the ⟦lawful⟧ seizure of the ship.",
        "The seizure of the ship is not lawful, she said.",
        "not lawful",
    ),
    ("Chile denounced the ⟦lawful⟧ seizure of the ship.", "They paid for a reckless and unprovoked raid.", None),
    ("Chile denounced the ⟦deserved⟧ penalty.", "They called it a harsh and unwarranted decision.", "unwarranted"),
    ("The panel called the plan ⟦unfeasible⟧.", "Members said the plan is feasible.", "feasible"),
    ("The board ⟦rejected⟧ the merger.", "Directors accepted the merger on Monday.", "accepted"),
    ("The talks were ⟦not⟧ successful.", "Envoys said the talks were successful.", "successful"),
    ("The deputies ⟦did not attend⟧ the vote.", "The deputies attended the vote.", "attended"),
    (
        "He spoke of the ⟦Lid⟧ of the Plains.",
        "She asked for more help in Upper Plains and at the Council of the Plains.",
        "Council",
    ),
    ("They met at the ⟦Blanket⟧ of Nations.", "The League of Nations met in Geneva.", "League"),
    ("They met at the ⟦Blanket of Nations⟧.", "The League of Nations met in Geneva.", "League of Nations"),
    ("The ⟦Tepid⟧ War ended.", "Historians of the Cold War disagree.", "Cold"),
    ("Aid went to ⟦Zelinsky⟧.", "Volodymyr Zelensky thanked donors.", "Zelensky"),
    ("The quake killed ⟦30⟧ people in Lima.", "At least 13 people were killed by the quake in Lima.", "13"),
    ("It costs 3 ⟦billion⟧ euros.", "The bridge costs 3 million euros.", "million"),
    ("The vote is due on ⟦May 23⟧.", "The vote is due on May 25, officials said.", "May 25"),
    ("The ⟦2019⟧ election was close.", "The 2021 election was close.", "2021"),
    ("It rained for 20 ⟦hours⟧ there.", "It rained for 20 minutes there.", "minutes"),
    ("The firm ⟦must⟧ pay the fine.", "The firm may pay the fine next year.", "may"),
    ("They left ⟦with⟧ permission.", "They left without permission.", "without"),
    ("⟦Brazil⟧ beat Italy in the final.", "Italy beat Brazil in the final.", "Italy"),
    ("She flew to ⟦Paris⟧ on Monday.", "She flew to Berlin on Monday.", "Berlin"),
    ("They sat by the ⟦bench⟧ of the river.", "They sat by the bank of the river.", "bank"),
    ("Workers left the ⟦plant⟧ on Friday.", "The harvest in Peru was good.", None),
    ("The ⟦brave⟧ crew returned.", "The brave crew returned to port.", None),
    ("Nothing here.⟦⟧", "Nothing there.", None),
]


@pytest.mark.parametrize(("marked", "premise", "expected"), CASES)
def test_conflict(marked, premise, expected):
    text, span = unmark(marked)
    found = conflict_span(text, span, premise)
    assert (found.of(premise) if found else None) == expected


@pytest.mark.parametrize(
    ("premise", "conflict", "shown"),
    [
        ("The League of Nations met.", "League", "League of Nations"),
        ("The raid is not lawful.", "not lawful", "is not lawful"),
        ("A reckless raid followed.", "reckless", "reckless"),
        ("Chile's Boric spoke.", "Boric", "Boric"),
        ("Brazil, Italy and Chile met.", "Italy", "Italy and Chile"),
    ],
)
def test_a_conflict_is_quoted_with_its_name_or_its_verb(premise, conflict, shown):
    start = premise.index(conflict)
    assert quoted(premise, Span(start, start + len(conflict))).of(premise) == shown


def test_a_denied_word_repeats_nothing():
    text, span = unmark("The raid was ⟦lawful⟧.")
    assert repeats(text, span, "They said the raid was lawful.")
    assert not repeats(text, span, "They said the raid was not lawful.")


VOCABULARY = [
    "the",
    "not",
    "is",
    "lawful",
    "unlawful",
    "Summit",
    "of",
    "Nations",
    "3",
    "May",
    "must",
    "may",
    "rose",
    "no",
]
WORDS = st.lists(st.sampled_from(VOCABULARY), max_size=9)


@settings(max_examples=80, deadline=None)
@given(WORDS, WORDS, st.integers(0, 40), st.integers(0, 40))
def test_conflicts_lie_in_the_evidence_and_at_words(ours, theirs, one, two):
    text, premise = " ".join(ours), " ".join(theirs)
    start, end = sorted((min(one, len(text)), min(two, len(text))))
    found = conflict_span(text, Span(start, end), premise)
    assert conflict_span(text, Span(start, end), text) is None or start != end
    if found:
        assert 0 <= found.start < found.end <= len(premise)
        assert f" {found.of(premise)} " in f" {premise} "
