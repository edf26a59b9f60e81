"""`score`: the model's view on one pair."""

from dataclasses import replace

import pytest

from checker.evidence import Relation
from checker.findings import Calibration, Thresholds, alone, is_passage, score_pair, turned
from checker.nli import Pair

from .marked import says, unmark


def test_spans_are_slices_with_category_and_the_error_probability_is_calibrated():
    text, hot = unmark("The ship was seized ⟦lawfully⟧ in May.")
    pair = Pair("The ship was seized unlawfully in May.", text)
    scored = score_pair(pair, says("contradiction", text, hot, error=0.5), Calibration(error=((0.0, 0.0), (0.5, 0.9))))
    (span,) = scored.spans
    assert span.span.of(text) == span.text == "lawfully"
    assert span.category == "accuracy/mistranslation/polarity"
    assert span.probability == 0.95
    assert scored.error_probability == 0.9
    assert scored.entailment + scored.neutral + scored.contradiction == pytest.approx(1)
    assert not scored.truncated


def test_text_equal_to_its_evidence_holds_no_error_whatever_the_model_says():
    text, hot = unmark("The ship was seized ⟦lawfully⟧ in May.")
    for premise in (text, f" {text}\n"):
        scored = score_pair(Pair(premise, text), says("contradiction", text, hot, error=0.99), Calibration())
        assert (scored.error_probability, scored.spans) == (0.0, ())
    other = score_pair(Pair(text.lower(), text), says("contradiction", text, hot, error=0.99), Calibration())
    assert other.error_probability == 0.99


def test_weights_see_the_pair_turned_round_and_the_words_alone():
    text = "The ship was seized."
    weights = {"error/reference": {"back_error": 1.0, "language_error": 0.5}}
    pair, quiet, loud = (
        Pair("The ship was seized in May.", text),
        says("neutral", error=0.1),
        says("neutral", error=0.9),
    )
    figures = [
        score_pair(pair, quiet, Calibration(weights=weights), back, alone).error_probability
        for back, alone in ((quiet, quiet), (loud, quiet), (loud, loud))
    ]
    assert figures == sorted(figures)
    assert figures[0] < 0.1 < 0.7 < figures[1]


def test_words_are_named_where_the_pair_is_likely_enough_to_hold_an_error():
    text, hot = unmark("The ship was seized ⟦lawfully⟧ in May.")
    pair, said = Pair("The ship was seized unlawfully in May.", text), says("neutral", text, hot, error=0.4)
    for threshold, count in ((0.0, 1), (0.3, 1), (0.5, 0)):
        assert len(score_pair(pair, said, Calibration(thresholds=Thresholds(pair=threshold))).spans) == count


def test_only_a_premise_can_be_turned_or_left_out():
    pair = Pair("It rained.", "It snowed.")
    assert turned(pair) == Pair("It snowed.", "It rained.")
    assert alone(pair) == Pair("", "It snowed.", Relation.LANGUAGE)
    assert turned(replace(pair, relation=Relation.CONTEXT)) is None
    assert turned(Pair("", "It snowed.")) is alone(Pair(" ", "It snowed.")) is None


def test_an_empty_premise_is_the_language_view():
    text, hot = unmark("Stop ⟦of immediate⟧ now.")
    scored = score_pair(Pair("  ", text), says("neutral", text, hot), Calibration())
    assert [span.category for span in scored.spans] == ["fluency/grammar"]


def test_the_relation_decides_what_is_an_addition():
    text, hot = unmark("They met ⟦secretly⟧.")
    categories = {
        relation: score_pair(Pair("They met.", text, relation), says("neutral", text, hot), Calibration())
        .spans[0]
        .category
        for relation in (Relation.REFERENCE, Relation.CONTEXT)
    }
    assert categories[Relation.REFERENCE] == "accuracy/addition"
    assert categories[Relation.CONTEXT] != "accuracy/addition"


def test_an_empty_hypothesis_and_a_truncated_one():
    assert score_pair(Pair("It rained.", ""), says("neutral"), Calibration()).spans == ()
    assert score_pair(Pair("", "a"), replace(says("neutral", "a"), truncated=True), Calibration()).truncated


LONG = "The ship, a tanker under a foreign flag, was seized in May by the coast guard, which had followed it."
SEIZED = "A tanker was seized."


@pytest.mark.parametrize(
    ("premise", "relation", "expected"),
    [
        (LONG, Relation.REFERENCE, True),
        ("The tanker was seized in May by men.", Relation.REFERENCE, False),
        (LONG, Relation.CONTEXT, False),
        (" ", Relation.REFERENCE, False),
    ],
)
def test_a_passage_is_a_reference_many_times_as_long(premise, relation, expected):
    assert is_passage(Pair(premise, SEIZED, relation)) is expected
    assert not is_passage(Pair(LONG, "", relation))


def test_a_passage_is_weighed_by_its_own_weights_and_what_it_says_besides_is_no_omission():
    weights = {"error/passage": {"entailment": -1.0}, "error/reference": {"bias": 9.0}}
    pair = Pair(LONG, SEIZED)
    assert turned(pair) is None
    assert alone(pair) is None
    backward = says("neutral", error=0.99)
    supported, denied = (
        score_pair(pair, says(label), Calibration(weights=weights), backward) for label in ("entailment", "neutral")
    )
    assert supported.error_probability < 0.2 < 0.8 < denied.error_probability
