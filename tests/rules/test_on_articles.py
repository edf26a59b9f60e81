"""Rules that need nothing but the article."""

import pytest

from checker.rules import Term

from .material import run, unmark, words

CASES = [
    ("weekday", "He left on ⟦Monday⟧, 12 May 2010."),
    ("weekday", "He left on Wednesday, 12 May 2010."),
    ("weekday", "He left on ⟦Friday⟧, May 12, 2010."),
    ("weekday", "He left on Monday, 31 June 2010, they said."),
    ("weekday", "He left on Monday, 12 May."),
    ("repetition", "He met the ⟦the⟧ minister."),
    ("repetition", "He walked in the old city ⟦in the old city⟧ at night."),
    ("repetition", "The owner of the ⟦of the⟧ ship has recently graduated from ⟦graduated from⟧ a school."),
    ("repetition", "They want to vote to ⟦want to vote to⟧ go from town to town, and billions of billions were lost."),
    ("repetition", "They wrote to the United States. ⟦United States⟧ and our partners replied."),
    ("repetition", "He went to the White House. White House officials said nothing."),
    ("repetition", "It had had a very very long life, again and again and again."),
    ("repetition", "They claim that ⟦that⟧ the report is wrong, and there ⟦there⟧ will be another."),
    ("repetition", "He said that that man is ill, and for that that they stole he was more than sorry there."),
    ("repetition", "They need more ⟦more⟧ money."),
    (
        "repetition",
        "They say that that is so. The damage is put at at least a million. Duran Duran played in New York, New York.",
    ),
    ("spelling", "Volodymyr Zelensky spoke. Zelensky left. Then Volodymyr ⟦Zelinsky⟧ came back."),
    ("spelling", "Governor Kasich spoke. Kasich left. Kasich won. The ⟦Kaisch⟧ campaign cheered."),
    ("spelling", "Austria beat Australia. Austria won. Austria left, and Australia stayed."),
    ("spelling", "Mr. Martin met Martin and Martin. Then Marvin came."),
    ("quotes", 'He said "we will never surrender the old port". Later: "we will ⟦ever⟧ surrender the old port".'),
    ("quotes", 'He said "we will never surrender the old port". Later: "we will never surrender" was read out.'),
    ("quotes", 'The "made-up fight over the old port" went on. It is a "made up fight over the old port", he said.'),
    ("typography", "He left⟦ ,⟧ and came back⟦..⟧ Well…"),
    ("typography", "“We go,” he said (and left)."),
    ("typography", "He left ⟦(⟧and came back."),
]


@pytest.mark.parametrize(("rule", "marked"), CASES)
def test_slips_are_found_and_good_copy_is_not(rule, marked):
    text, wrong = unmark(marked)
    assert words(text, run(rule, text)) == wrong


def test_a_wrong_weekday_is_corrected():
    (candidate,) = run("weekday", "He left on Monday, 12 May 2010.")
    assert candidate.suggestions == ("Wednesday",)
    assert candidate.conflict.of(candidate.evidence.text) == "12 May 2010"


KYIV = Term(("Kyiv",), ("Kiev",), None, "terms.csv:2")
SUMMIT = Term(("Summit of the Americas",), (), "Cumbre de las Américas", "terms.csv:3")


@pytest.mark.parametrize(
    ("term", "source", "marked"),
    [
        (KYIV, None, "He is in ⟦Kiev⟧ now."),
        (KYIV, None, "He is in Kyiv now, not at Kievan sites."),
        (SUMMIT, "Viajó a la Cumbre de las Américas.", "⟦He⟧ went to the Cover of the Americas."),
        (SUMMIT, "Viajó a la Cumbre de las Américas.", "He went to the Summit of the Americas."),
        (SUMMIT, "Viajó a la playa.", "He went to the beach."),
    ],
)
def test_terms(term, source, marked):
    text, wrong = unmark(marked)
    found = run("terminology", text, source, terms=(term,))
    assert words(text, found) == wrong
    assert all("terms.csv" in candidate.message for candidate in found)
