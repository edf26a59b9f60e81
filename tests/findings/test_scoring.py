"""`score`: the model's view on one pair."""

from dataclasses import replace

import pytest

from checker.evidence import Relation
from checker.findings import Calibration, score_pair
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
