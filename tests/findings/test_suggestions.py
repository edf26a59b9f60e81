"""Suggestions: attested, fitted, or none."""

import pytest

from checker.findings.alignment import conflict_span
from checker.findings.inflection import inflect_like
from checker.findings.suggestions import needs_an, suggest

from .marked import unmark

CASES = [
    ("The ⟦Blanket⟧ of Nations met.", "The League of Nations met.", ("League",)),
    ("The ⟦lawful⟧ seizure of the ship drew protest.", "The seizure of the ship was called unlawful.", ("unlawful",)),
    ("Their ⟦warranted⟧ attack drew protest.", "The attack was not warranted, he said.", ("unwarranted",)),
    ("The attack was ⟦warranted⟧.", "The attack is not warranted, he said.", ("not warranted",)),
    ("A ⟦deserved⟧ penalty was paid.", "It was a harsh and unwarranted decision.", ("unwarranted",)),
    ("The army ⟦attacked⟧ the town.", "The army did not attack the town.", ("did not attack",)),
    ("The deputies ⟦did not attend⟧ the vote.", "The deputies attended the vote.", ("attended",)),
    ("The talks were ⟦not⟧ successful.", "The talks were successful.", ()),  # a deletion is no replacement
    ("The bank ⟦accepts⟧ the offer.", "On Monday the board rejected the offer.", ("rejects",)),
    ("The city's ⟦allies⟧ met.", "The city's enemy met.", ("enemies",)),
    ("It hurt ⟦30⟧ people.", "It hurt 13 people.", ("13",)),
    ("They sold ⟦3⟧ million cars.", "They sold 250,000 cars.", ()),  # would give "250,000 million"
    ("It begins on ⟦May 23⟧.", "It begins on May 25.", ("May 25",)),
    ("⟦Many⟧ voters agreed.", "It said few voters agreed.", ("Few",)),
    ("He met ⟦Boric's⟧ aides in Rome.", "He met Lula's aides in Rome.", ("Lula's",)),
    ("THE ⟦LAWFUL⟧ RAID", "The unlawful raid", ("UNLAWFUL",)),
    ("It was ⟦a justified⟧ attack.", "Leaders called it an unprovoked attack.", ("an unprovoked",)),
    ("The ⟦brave⟧ crew returned.", "The brave crew returned to port.", ()),
    ("Officials ⟦denied⟧ the report.", "Officials confirmed the report.", ("confirmed",)),
    ("She called the vote ⟦fair⟧.", "Observers said the vote was not fair.", ("not fair",)),
    ("The café is ⟦closed⟧.", "The café is open.", ("open",)),
    ("The ⟦North⟧ Korean army fired.", "South Korean army units watched.", ("South",)),
    ("The plan ⟦was agreed⟧ with the crews.", "The plan was not agreed with the crews.", ("was not agreed",)),
    ("The dairy ⟦raised its⟧ prices in May.", "In May the dairy cut prices.", ("cut its",)),
    ("Workers left the ⟦plant⟧.", "The harvest was good.", ()),
]


@pytest.mark.parametrize(("marked", "premise", "expected"), CASES)
def test_suggestion(marked, premise, expected):
    text, span = unmark(marked)
    assert suggest(text, span, premise, conflict_span(text, span, premise)) == expected


@pytest.mark.parametrize(
    ("marked", "evidence", "expected"),
    [
        ("The dam that the mine ⟦owns⟧ broke.", "⟦Lucia⟧ Paredes built the dam.", ()),  # no "lucias"
        ("⟦Aurelia⟧ blamed Paredes.", "⟦Paredes⟧ blamed Aurelia.", ()),  # no "Parede"
        ("The ⟦rebels⟧ refused to talk.", "The ⟦government⟧ refused to talk.", ("government",)),  # no "governments"
        ("The clerk ⟦was sacked⟧ in May.", "He left the ⟦bank voluntarily⟧ in May.", ()),
        ("She ⟦agreed to call⟧ a vote.", "She ⟦turned⟧ down a vote.", ()),
        ("⟦Prime Minister⟧ Fontes spoke.", "⟦Ana⟧ Beatriz Lopes is the president.", ()),
        ("⟦Piet⟧ de Graaf spoke.", "The union leader is called ⟦Willem⟧ de Graaf.", ("Willem",)),
    ],
)
def test_no_words_torn_from_the_evidence(marked, evidence, expected):
    text, span = unmark(marked)
    premise, conflict = unmark(evidence)
    assert suggest(text, span, premise, conflict) == expected


@pytest.mark.parametrize(
    ("word", "pattern", "form"),
    [
        ("accepted", "rejects", "accepts"),
        ("lose", "won", "lost"),
        ("raised", "cutting", "raising"),
        ("enemy", "allies", "enemies"),
        ("denied", "confirms", "denies"),
        ("fall", "rose", None),  # "fell" or "fallen": the pattern does not tell
        ("carry", "walked", "carried"),
        ("stop", "moved", "stopped"),
        ("open", "closed", "opened"),
        ("cut", "raised", "cut"),
        ("unlawful", "legal", "unlawful"),
    ],
)
def test_inflection(word, pattern, form):
    assert inflect_like(word, pattern) == form


@pytest.mark.parametrize(
    ("text", "an"),
    [("hour", True), ("unjustified act", True), ("union", False), ("European", False), ("house", False), ("MP", True),
     ("unit", False), ("unimportant", True), ("one-day", False), ("8-year", True), ("upset", True)],
)  # fmt: skip
def test_article(text, an):
    assert needs_an(text) is an
