"""Categories and severities: one case that triggers each, one that does not."""

import pytest

from checker.document import Span
from checker.evidence import Relation
from checker.findings import Severity
from checker.findings.alignment import conflict_span
from checker.findings.categories import CATEGORIES, categorise, is_repetition, severity

from .marked import unmark

CASES = [
    ("The raid was ⟦lawful⟧.", "The raid was unlawful.", "accuracy/mistranslation/polarity"),
    ("The raid was ⟦lawful⟧.", "The raid was not lawful.", "accuracy/mistranslation/polarity"),
    ("Prices ⟦rose⟧ in June.", "Prices fell in June.", "accuracy/mistranslation/polarity"),
    ("The ⟦Blanket⟧ of Nations met.", "The League of Nations met.", "accuracy/mistranslation/entity"),
    ("The ⟦North⟧ Korean army fired.", "South Korean army units watched.", "accuracy/mistranslation/entity"),
    ("She flew to ⟦Paris⟧ on Monday.", "She flew to Berlin on Monday.", "accuracy/mistranslation/entity"),
    ("It hurt ⟦30⟧ people.", "It hurt 13 people.", "accuracy/mistranslation/number"),
    ("It began in ⟦June⟧ there.", "It began in July there.", "accuracy/mistranslation/date"),
    ("It begins on May ⟦23⟧.", "It begins on May 25.", "accuracy/mistranslation/date"),
    ("It rained for 20 ⟦hours⟧ there.", "It rained for 20 minutes there.", "accuracy/mistranslation/unit"),
    (
        "They sat by the ⟦bench⟧ of the river.",
        "They sat by the bank of the river.",
        "accuracy/mistranslation/word-sense",
    ),
    ("⟦Brazil⟧ beat Italy there.", "Italy beat Brazil there.", "accuracy/mistranslation/role"),
    ("The firm ⟦must⟧ pay.", "The firm may pay.", "accuracy/mistranslation/modality"),
    ("⟦Many⟧ voters agreed.", "Few voters agreed.", "accuracy/mistranslation/quantifier"),
    ("The ⟦reunión⟧ went well.", "The meeting went well.", "accuracy/untranslated"),
    ("The ⟦встреча⟧ went well.", "The meeting went well.", "accuracy/untranslated"),
    ("Envoys met Zelinsky and ⟦Zelinsky⟧ agreed.", "Volodymyr Zelensky agreed.", "terminology/inconsistent"),
    ("They told ⟦the the⟧ press.", "They told the press.", "fluency/duplication"),
    ("They told ⟦the the⟧ press.", "", "fluency/duplication"),
    ("It is ⟦of immediate⟧ now.", "", "fluency/grammar"),
    ("Wait ⟦,,⟧ he said.", "", "fluency/typography"),
    ("A ⟦café⟧ opened.", "", "fluency/grammar"),  # English keeps this accent
]


@pytest.mark.parametrize(("marked", "premise", "category"), CASES)
def test_category(marked, premise, category):
    text, span = unmark(marked)
    assert categorise(text, span, premise, conflict_span(text, span, premise)) == category


@pytest.mark.parametrize(
    ("marked", "premise", "told", "category"),
    [
        ("They ⟦sold⟧ it.", "They bought it.", "accuracy/mistranslation/role", "accuracy/mistranslation/role"),
        ("They told ⟦the the⟧ press.", "They told the press.", "fluency/grammar", "fluency/duplication"),
        (
            "Envoys met Zelinsky and ⟦Zelinsky⟧ agreed.",
            "Volodymyr Zelensky agreed.",
            "accuracy/mistranslation/entity",
            "terminology/inconsistent",
        ),
        ("It is ⟦of immediate⟧ now.", "", "accuracy/omission", "fluency/grammar"),  # no evidence, no meaning
    ],
)
def test_the_model_says_which_kind_but_for_what_the_words_show(marked, premise, told, category):
    text, span = unmark(marked)
    conflict = conflict_span(text, span, premise)
    assert categorise(text, span, premise, conflict, Relation.REFERENCE, told) == category


def test_words_that_a_reference_lacks_are_an_addition_and_in_context_are_not():
    text, span = unmark("They met ⟦secretly⟧.")
    assert categorise(text, span, "They met.", None, Relation.REFERENCE) == "accuracy/addition"
    assert categorise(text, span, "They met.", None, Relation.CONTEXT) == "accuracy/mistranslation/word-sense"


def test_words_that_the_evidence_says_more_fully_are_an_omission():
    text, span = unmark("The ⟦foreign minister⟧ spoke.")
    premise = "The foreign and defence minister spoke."
    assert categorise(text, span, premise, Span(4, 31), Relation.REFERENCE) == "accuracy/omission"


@pytest.mark.parametrize(
    ("marked", "repeated"),
    [
        ("in the United States. ⟦United States⟧ and partners", True),
        ("in the ⟦United States⟧. United States and partners", True),
        ("they ⟦had had⟧ enough", False),
        ("the ⟦red⟧ car and the red bus", False),
    ],
)
def test_repetition(marked, repeated):
    assert is_repetition(*unmark(marked)) is repeated


def test_severity_follows_the_category():
    assert severity("accuracy/mistranslation/polarity") is Severity.CRITICAL
    assert severity("accuracy/mistranslation/number") is Severity.MAJOR
    assert severity("fluency/grammar") is Severity.MINOR
    assert all(severity(category) is not Severity.NEUTRAL for category in CATEGORIES)


def test_small_words_are_minor_unless_they_turn_the_statement_around():
    assert severity("accuracy/mistranslation/word-sense", *unmark("It is ⟦at⟧ Rome.")) is Severity.MINOR
    assert severity("accuracy/mistranslation/word-sense", *unmark("It is ⟦against⟧ Rome.")) is Severity.MAJOR


def test_the_same_modal_word_on_both_sides_is_no_difference_in_modality():
    text, span = unmark("Nordlast ⟦will not⟧ appeal.")
    assert categorise(text, span, "Nordlast will appeal.", Span(9, 13)) == "accuracy/mistranslation/polarity"
