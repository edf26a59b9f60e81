"""Figures of suspect words and of pairs, weighed into one probability."""

from dataclasses import replace
from types import MappingProxyType

import pytest

from checker.document import Span
from checker.evidence import EvidenceKind, Relation
from checker.findings import Calibration, DecodedSpan, find_candidates, pair_figures
from checker.findings.weighing import company_figures, log_odds, span_figures, weigh
from checker.nli import Pair, Prediction
from checker.nli.types import TokenProbability

from .marked import document_of, elsewhere, fact, result, says, unmark

WRONG, HOT = unmark("Envoys praised the ⟦lawful⟧ seizure of the ship.")
RIGHT = "The seizure of the ship is not lawful, the court said."


def figures(text: str, span: Span, premise: str) -> dict[str, float]:
    return span_figures(text, DecodedSpan(span, 0.9), 1, says("contradiction", text, span), None, fact(premise))


def test_no_weights_is_even_odds_and_unknown_figures_count_nothing() -> None:
    assert weigh({"a": 3.0}, {}) == 0.5
    assert weigh({"a": 3.0, "b": 1.0}, {"b": 2.0, "bias": -2.0}) == 0.5


def test_certainty_stays_finite() -> None:
    assert log_odds(1.0) == pytest.approx(-log_odds(0.0)) == pytest.approx(9.21, abs=0.01)
    assert 0.0 < weigh({"a": 1.0}, {"a": -700.0}) < weigh({"a": 1.0}, {"a": 30.0}) <= 1.0


@pytest.mark.parametrize(
    ("marked", "premise", "kind"),
    [
        ("Envoys praised the ⟦lawful⟧ seizure of the ship.", "They called the seizure unlawful.", "opposite"),
        ("Envoys praised the ⟦lawful⟧ seizure of the ship.", RIGHT, "negated"),
        ("The ⟦Cover⟧ of the Isles met.", "The Summit of the Isles was in May.", "name"),
        ("They sold ⟦40⟧ ships.", "They sold 50 ships.", "quantity"),
    ],
)
def test_the_kind_of_conflict_is_a_figure(marked: str, premise: str, kind: str) -> None:
    found = figures(*unmark(marked), premise)
    assert {name for name, value in found.items() if name.startswith("conflict_") and value} == {f"conflict_{kind}"}


def test_without_a_conflict_no_kind_is_set() -> None:
    found = figures(WRONG, HOT, "Rain fell on the coast.")
    assert not any(value for name, value in found.items() if name.startswith(("conflict_", "beside")))


def test_words_that_other_evidence_has_in_the_same_place_are_attested() -> None:
    hot, said = DecodedSpan(HOT, 0.9), says("contradiction", WRONG, HOT)
    texts = ["A lawful seizure, they said.", "The lawful order came late.", "Rain fell.", "The lawful seizure."]
    figures = [span_figures(WRONG, hot, 1, said, None, fact(RIGHT), texts[:count])["attested"] for count in range(5)]
    assert figures == [0.0, 1.0, 2.0, 2.0, 2.0]


def test_the_sentence_s_hottest_word_and_the_number_of_suspect_words_are_figures() -> None:
    said = Prediction(
        0.1,
        0.1,
        0.8,
        0.9,
        tuple(TokenProbability(Span(*place), hot) for place, hot in (((0, 6), 0.2), ((19, 25), 0.7))),
    )
    cold = span_figures(WRONG, DecodedSpan(Span(0, 6), 0.2), 2, said, None, fact(RIGHT))
    both = span_figures(WRONG, DecodedSpan(Span(0, 25), 0.7), 1, said, None, fact(RIGHT))
    assert (cold["word"], cold["hottest"], cold["length"]) == (log_odds(0.2), log_odds(0.7), 1.0)
    assert (both["word"], both["hottest"], both["length"]) == (log_odds(0.7), log_odds(0.7), 4.0)
    long = "Envoys of five states and two agencies praised the seizure."
    assert span_figures(long, DecodedSpan(Span(0, len(long)), 0.7), 1, said, None, fact(RIGHT))["length"] == 4.0


def test_a_pair_is_seen_from_three_sides() -> None:
    one = says("contradiction", WRONG, HOT)
    assert set(pair_figures(one, None, None)) < set(pair_figures(one, one, None)) < set(pair_figures(one, one, one))
    assert pair_figures(one, None, None)["word"] == pytest.approx(log_odds(0.95))
    assert pair_figures(says("neutral"), None, None)["word"] == log_odds(0.0)


def candidate_figure(weights: dict[str, float]) -> float:
    document = document_of(WRONG)
    calibration = Calibration(weights=MappingProxyType({f"finding/{EvidenceKind.FACT}": weights}))
    (found,) = find_candidates(result(document, 0, (fact(RIGHT), says("contradiction", WRONG, HOT))), calibration)
    assert found.raw == found.confidence
    return found.raw


def test_weights_decide_the_confidence_of_a_finding() -> None:
    assert candidate_figure({"bias": -1.0}) == pytest.approx(0.269, abs=0.001)
    assert candidate_figure({"bias": -1.0, "conflict_negated": 3.0}) == pytest.approx(0.881, abs=0.001)
    assert candidate_figure({"bias": -1.0, "conflict_name": 3.0}) == pytest.approx(0.269, abs=0.001)


def test_predictions_are_not_changed() -> None:
    one: Prediction = says("contradiction", WRONG, HOT)
    before = (one.error, one.contradiction, one.tokens)
    pair_figures(one, one, one)
    assert (one.error, one.contradiction, one.tokens) == before
    assert Pair("", WRONG).premise == ""


def test_overlap_is_a_figure_of_pairs_with_a_reference_alone():
    one = says("neutral")
    near, far = Pair("The toll rose by half.", "The toll rose by half!"), Pair("The toll rose.", "Rain is expected.")
    assert pair_figures(one, None, None, near)["overlap"] == pytest.approx(log_odds(0.85))
    assert pair_figures(one, None, None, far)["overlap"] < 0
    assert "overlap" not in pair_figures(one, None, None, replace(near, relation=Relation.CONTEXT))
    assert "overlap" not in pair_figures(one, None, None)


def test_other_evidence_seconds_a_suspicion_or_supports_the_sentence():
    text, hot = unmark("Envoys praised the ⟦lawful⟧ seizure of the ship.")
    alone = company_figures(hot, [])
    second = company_figures(hot, [says("contradiction", text, hot), says("neutral", text)])
    against = company_figures(hot, [says("entailment", text)])
    assert second["seconded"] == pytest.approx(log_odds(0.95 * 0.9))
    assert second["seconded"] > alone["seconded"]
    assert second["supported"] == pytest.approx(log_odds(0.05))
    assert against["supported"] == pytest.approx(log_odds(0.9))
    assert against["supported"] > alone["supported"]
    assert against["seconded"] == pytest.approx(log_odds(0.02 * 0.9))


def test_the_article_s_own_repetition_speaks_against_its_sentences_alone() -> None:
    document = document_of(WRONG, f"Again: {WRONG}", RIGHT)
    again = (elsewhere(document, 1), says("entailment", WRONG))
    denied = says("contradiction", WRONG, HOT)
    for against, expected in ((fact(RIGHT), 0.0), (elsewhere(document, 2), 1.0)):
        found = find_candidates(result(document, 0, (against, denied), again), Calibration())
        assert [each.figures["attested"] for each in found if each.evidence == against] == [expected]
