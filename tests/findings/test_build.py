"""From judged sentences to findings and verdicts: the policies, one test each."""

import random
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.document import Span
from checker.evidence import EvidenceKind, Relation
from checker.findings import (
    Calibration,
    JudgedEvidence,
    SentenceResult,
    Severity,
    Verdict,
    find_suspicions,
    make_findings,
)
from checker.findings.aggregation import HIGHEST_CONFIDENCE
from checker.findings.calibration import Thresholds
from checker.findings.weighing import logistic

from .marked import document_of, elsewhere, fact, hot_tokens, result, says, source, unmark

WRONG, HOT = unmark("Envoys praised the ⟦lawful⟧ seizure of the ship.")
RIGHT = "The seizure of the ship is not lawful, the court said."
FURTHER = "Sailors called it a reckless and unlawful act at sea."
PLAIN = "The weather was fine."


def check(document, *results, min_confidence=0.5, max_alerts=8, calibration=None, hides=None):
    return make_findings(
        document,
        results,
        calibration or Calibration(),
        min_confidence=min_confidence,
        max_alerts=max_alerts,
        hides=hides,
    )[:2]


def test_what_has_no_room_is_counted_and_what_is_hidden_is_not():
    document, results = many(12)

    def held_back(**limits):
        return make_findings(document, results, Calibration(), min_confidence=0.5, **limits).held_back

    assert [held_back(max_alerts=most) for most in (3, 12, 50)] == [9, 0, 0]
    assert held_back(max_alerts=3, hides=lambda finding: finding.sentence < 8) == 1


def test_a_contradiction_becomes_a_finding_with_everything_an_editor_needs():
    document = document_of(WRONG, RIGHT)
    findings, verdicts = check(
        document, result(document, 0, (elsewhere(document, 1), says("contradiction", WRONG, HOT)))
    )
    (finding,) = findings
    assert (finding.id, finding.text, finding.span, finding.sentence) == ("f1", "lawful", HOT, 0)
    assert finding.category == "accuracy/mistranslation/polarity"
    assert finding.severity is Severity.CRITICAL
    assert finding.confidence == pytest.approx((0.95 * 0.9) ** 0.5)
    assert finding.suggestions == ("unlawful",)
    assert finding.detector == "nli"
    assert finding.evidence[0].conflict.of(RIGHT) == "not lawful"
    assert finding.evidence[0].probability == pytest.approx(0.9)
    assert f"“{RIGHT}”" in finding.message
    assert verdicts[0].verdict is Verdict.CONTRADICTED
    assert verdicts[0].contradiction == pytest.approx(0.9)


def test_what_hides_findings_is_told_their_fingerprints_and_takes_no_place():
    document = document_of(WRONG, RIGHT)
    judged = result(document, 0, (elsewhere(document, 1), says("contradiction", WRONG, HOT)))
    ((finding,), _) = check(document, judged)
    asked = []
    findings, _ = check(document, judged, hides=lambda one: asked.append(one.fingerprint) or True)
    assert findings == ()
    assert asked == [finding.fingerprint] != [""]
    assert check(document, judged, hides=lambda one: False)[0] == (finding,)


@pytest.mark.parametrize("label", ["neutral", "entailment"])
def test_hot_words_without_a_contradiction_are_nothing_in_context(label):
    document = document_of(WRONG, RIGHT)
    findings, verdicts = check(document, result(document, 0, (elsewhere(document, 1), says(label, WRONG, HOT))))
    assert findings == ()
    assert verdicts[0].verdict is (Verdict.SUPPORTED if label == "entailment" else Verdict.UNSUPPORTED)


@pytest.mark.parametrize(
    ("entailment", "contradiction", "verdict"),
    [(0.5, 0.48, Verdict.UNSUPPORTED), (0.7, 0.2, Verdict.SUPPORTED), (0.4, 0.1, Verdict.UNSUPPORTED)],
)
def test_support_that_is_nearly_a_denial_confirms_nothing(entailment, contradiction, verdict):
    document = document_of(WRONG, RIGHT)
    said = replace(
        says("neutral", WRONG),
        entailment=entailment,
        neutral=1 - entailment - contradiction,
        contradiction=contradiction,
    )
    weighed = Calibration(thresholds=Thresholds(suspicion=0.25))
    _, verdicts = check(document, result(document, 0, (fact(PLAIN), said)), calibration=weighed)
    assert verdicts[0].verdict is verdict


def test_a_contradiction_without_hot_words_is_a_verdict_and_no_finding():
    document = document_of(WRONG, RIGHT)
    findings, verdicts = check(document, result(document, 0, (elsewhere(document, 1), says("contradiction", WRONG))))
    assert findings == ()
    assert verdicts[0].verdict is Verdict.CONTRADICTED


def test_contradiction_is_asked_before_entailment():
    document = document_of(WRONG, RIGHT)
    judged = [
        (fact("The seizure was fine.", 2), says("entailment", WRONG, sure=0.99)),
        (fact(RIGHT), says("contradiction", WRONG, HOT)),
    ]
    findings, verdicts = check(document, result(document, 0, *judged))
    assert verdicts[0].verdict is Verdict.CONTRADICTED
    assert len(findings) == 1


@pytest.mark.parametrize("premise", [WRONG, WRONG.upper(), f"“{WRONG[:-1]}”, they said, and left."])
def test_text_that_the_evidence_has_in_the_same_words_raises_nothing(premise):
    document = document_of(WRONG)
    findings, verdicts = check(document, result(document, 0, (fact(premise), says("contradiction", WRONG, HOT))))
    assert findings == ()
    assert verdicts[0].verdict is Verdict.SUPPORTED


def test_words_that_the_evidence_has_too_are_not_suspect():
    document = document_of(WRONG)
    premise = "A lawful order was given to the crew."
    findings, _ = check(document, result(document, 0, (fact(premise), says("contradiction", WRONG, HOT))))
    assert findings == ()


def test_against_a_reference_the_error_probability_counts():
    document = document_of(WRONG)
    prediction = says("neutral", WRONG, HOT, error=0.8)
    findings, _ = check(
        document, result(document, 0, (source("The unlawful seizure of the ship was praised."), prediction))
    )
    assert [finding.confidence for finding in findings] == [pytest.approx(0.95 * 0.8)]
    assert "original-language article" in findings[0].message


def test_nothing_to_judge_is_not_checked_with_a_reason():
    document = document_of(WRONG, PLAIN)
    _, verdicts = check(document, result(document, 0, reason="the model is missing"), result(document, 1))
    assert [verdict.verdict for verdict in verdicts] == [Verdict.NOT_CHECKED] * 2
    assert verdicts[0].reason == "the model is missing"
    assert verdicts[1].reason


def test_a_sentence_that_was_not_read_to_its_end_is_not_checked():
    document = document_of(WRONG)
    cut = replace(says("entailment", WRONG), truncated=True)
    _, verdicts = check(document, result(document, 0, (fact("The seizure was fine."), cut)))
    assert verdicts[0].verdict is Verdict.NOT_CHECKED


def test_a_stranger_with_other_words_is_no_second_witness():
    document = document_of(WRONG, RIGHT, "The lawful heir took the ship to sea.")
    stranger = says("contradiction", WRONG, HOT, sure=0.4)
    judged = [(elsewhere(document, 1), says("contradiction", WRONG, HOT)), (elsewhere(document, 2), stranger)]
    ((finding,), _) = check(document, result(document, 0, *judged))
    assert [item.evidence.id for item in finding.evidence] == ["s1"]
    assert "agree" not in finding.message


def test_two_sides_that_changed_places_are_one_finding():
    text = "The union accused the company of hiding losses."
    document = document_of(text)
    told = replace(fact("The company accused the union of hiding losses."), relation=Relation.REFERENCE)
    sides = [Span(0, 9), Span(18, 29)]
    ((finding,), _) = check(document, result(document, 0, (told, says("contradiction", text, *sides))))
    assert (finding.text, finding.category) == ("The union accused the company", "accuracy/mistranslation/role")
    assert finding.suggestions == ("The company accused the union",)
    assert finding.message.startswith("“The union” and “the company” seem to have changed places")
    assert finding.confidence > 0.95 * 0.9


def test_all_evidence_for_the_same_words_makes_one_surer_finding():
    document = document_of(WRONG, RIGHT, FURTHER)
    judged = [(elsewhere(document, index), says("contradiction", WRONG, HOT)) for index in (1, 2)]
    alone, _ = check(document, result(document, 0, judged[0]))
    both, _ = check(document, result(document, 0, *judged))
    assert len(both) == 1
    assert {item.evidence.id for item in both[0].evidence} == {"s1", "s2"}
    assert alone[0].confidence < both[0].confidence <= HIGHEST_CONFIDENCE
    assert "one more piece of evidence agrees" in both[0].message


def test_a_fact_that_says_the_same_against_the_words_leads_though_the_article_is_surer():
    document = document_of(WRONG, RIGHT)
    judged = [
        (elsewhere(document, 1), says("contradiction", WRONG, HOT, sure=0.97)),
        (fact("Judges found the seizure of the ship not lawful."), says("contradiction", WRONG, HOT, sure=0.7)),
    ]
    (finding,), _ = check(document, result(document, 0, *judged))
    assert [item.evidence.id for item in finding.evidence] == ["fact-1", "s1"]
    assert "contradicts a reference fact" in finding.message
    other = (fact("Envoys called the seizure of the ship wasteful."), judged[1][1])
    (finding,), _ = check(document, result(document, 0, judged[0], other))
    assert [item.evidence.id for item in finding.evidence] == ["s1", "fact-1"]


def test_evidence_with_the_same_words_against_it_is_shown_though_the_model_missed_it():
    text, hot = unmark("Ministers praised the ⟦Lid⟧ of the Plains.")
    document = document_of(text)
    judged = [
        (fact("The Council of the Plains met in May."), says("contradiction", text, hot)),
        (fact("Envoys left the Fourth Council of the Plains.", 2), says("neutral", text)),
        (fact("The Council approved the plan.", 3), says("neutral", text)),
    ]
    alone, _ = check(document, result(document, 0, judged[0]))
    (finding,), _ = check(document, result(document, 0, *judged))
    assert [item.evidence.id for item in finding.evidence] == ["fact-1", "fact-2"]
    assert finding.confidence == alone[0].confidence
    assert finding.suggestions[0] == "Council"


def test_of_two_forms_of_one_word_the_one_with_the_ending_of_the_sentence_comes_first():
    text, hot = unmark("Ministers praised the ⟦Lid⟧ of the Plains.")
    document = document_of(text)
    judged = [
        (fact("The Councils of the Plains bring leaders together."), says("contradiction", text, hot)),
        (fact("The Council of the Plains met in May.", 2), says("contradiction", text, hot)),
    ]
    (finding,), _ = check(document, result(document, 0, *judged))
    assert [item.evidence.id for item in finding.evidence] == ["fact-1", "fact-2"]
    assert finding.suggestions == ("Council", "Councils")


def test_small_words_that_the_evidence_has_too_are_not_shown_as_wrong():
    text, hot = unmark("Ministers praised the ⟦Lid of⟧ the Plains.")
    document = document_of(text)
    judged = [
        (fact("The Council of the Plains met in May."), says("contradiction", text, hot)),
        (fact("Envoys left the Fourth Council of the Plains.", 2), says("contradiction", text, hot)),
    ]
    (finding,), _ = check(document, result(document, 0, *judged))
    assert (finding.text, finding.span.of(document.text)) == ("Lid", "Lid")
    assert finding.suggestions[0] == "Council"
    assert "“Lid”" in finding.message
    assert [item.conflict.of(item.evidence.text) for item in finding.evidence] == ["Council", "Fourth Council"]


def test_at_most_four_pieces_of_evidence_are_listed_strongest_first():
    document = document_of(WRONG)
    judged = [
        (
            fact(f"Ruling {number}: the seizure of the ship is not lawful.", number),
            says("contradiction", WRONG, HOT, sure=0.9 + number / 100),
        )
        for number in range(1, 7)
    ]
    findings, _ = check(document, result(document, 0, *judged))
    assert [item.evidence.id for item in findings[0].evidence] == ["fact-6", "fact-5", "fact-4", "fact-3"]


def test_words_that_read_wrong_without_evidence_are_a_language_error():
    text, hot = unmark("They must stop ⟦the conflict of immediate⟧.")
    document = document_of(text)
    language = says("neutral", text, hot, error=0.97)
    unrelated = (fact("Fishing was good that year."), says("contradiction", text, hot))
    (finding,), _ = check(document, result(document, 0, unrelated, language=language))
    assert finding.detector == "fluency"
    assert finding.category == "fluency/grammar"
    assert finding.evidence[0].evidence.kind is EvidenceKind.LANGUAGE
    assert finding.suggestions == ()


def test_the_language_view_speaks_only_when_it_is_sure():
    document = document_of(WRONG)
    assert check(document, result(document, 0, language=says("neutral", WRONG, HOT, error=0.6)))[0] == ()


def test_a_word_against_it_in_the_evidence_outweighs_the_language_view():
    document = document_of(WRONG, RIGHT)
    judged = (elsewhere(document, 1), says("contradiction", WRONG, HOT))
    findings, _ = check(document, result(document, 0, judged, language=says("neutral", WRONG, HOT, error=0.99)))
    assert [finding.detector for finding in findings] == ["nli"]


def dispute(*marked, extra=()):
    """All marked sentences contradict each other; more sentences of the article follow."""
    pairs = [unmark(text) for text in marked]
    document = document_of(*[text for text, _ in pairs], *extra)
    results = []
    for index, (text, span) in enumerate(pairs):
        others = [other for other in range(len(pairs)) if other != index]
        judged = [(elsewhere(document, other), says("contradiction", text, span)) for other in others]
        results.append(result(document, index, *judged))
    return document, results


def test_of_two_names_the_one_that_the_article_uses_less_is_wrong():
    document, results = dispute(
        "He praised the ⟦Blanket⟧ of Nations.",
        "The ⟦League⟧ of Nations met in Geneva.",
        extra=("Members of the League of Nations voted.",),
    )
    assert [finding.text for finding in check(document, *results)[0]] == ["Blanket"]


def test_a_sentence_that_third_ones_deny_accuses_nobody():
    headline, hot = unmark("Port reopens after ⟦unlawful⟧ seizure.")
    document = document_of(headline, WRONG, RIGHT)
    accused = result(document, 0, (elsewhere(document, 1), says("contradiction", headline, hot, sure=0.95)))
    witness = result(document, 1, (elsewhere(document, 2), says("contradiction", WRONG, HOT)))
    assert [finding.text for finding in check(document, accused)[0]] == ["unlawful"]
    assert [finding.text for finding in check(document, accused, witness)[0]] == ["lawful"]


def test_a_majority_reading_that_alone_is_flagged_falls_under_the_threshold():
    document, results = dispute(
        "He praised the ⟦Blanket⟧ of Nations.",
        "The ⟦League⟧ of Nations met in Geneva.",
        extra=("Members of the League of Nations voted.",),
    )
    assert check(document, results[1])[0] == ()


@pytest.mark.parametrize("order", [1, -1])
def test_of_two_equal_readings_the_one_that_lost_its_negation_is_wrong(order):
    marked = ["The strike was ⟦lawful⟧.", "Judges called the strike ⟦unlawful⟧."][::order]
    document, results = dispute(*marked)
    assert [finding.text for finding in check(document, *results)[0]] == ["lawful"]


def test_the_reading_that_more_sentences_deny_is_wrong():
    document = document_of(WRONG, RIGHT, FURTHER)
    right_hot, further_hot = (
        Span(RIGHT.index("lawful"), RIGHT.index(",")),
        Span(FURTHER.index("unlawful"), FURTHER.index(" act")),
    )
    findings, _ = check(
        document,
        result(document, 0, *[(elsewhere(document, index), says("contradiction", WRONG, HOT)) for index in (1, 2)]),
        result(document, 1, (elsewhere(document, 0), says("contradiction", RIGHT, right_hot))),
        result(document, 2, (elsewhere(document, 0), says("contradiction", FURTHER, further_hot))),
    )
    assert [(finding.sentence, finding.text) for finding in findings] == [(0, "lawful")]


def test_the_reading_that_facts_deny_is_wrong():
    document, results = dispute("The strike was ⟦lawful⟧.", "Judges called the strike ⟦unlawful⟧.")
    text, span = unmark("Judges called the strike ⟦unlawful⟧.")
    for_the_first = [
        (fact("The strike was lawful, the court ruled.", n), says("contradiction", text, span)) for n in (1, 2)
    ]
    with_facts = result(document, 1, (elsewhere(document, 0), says("contradiction", text, span)), *for_the_first)
    findings, _ = check(document, results[0], with_facts)
    assert [finding.sentence for finding in findings] == [1]


def test_a_sentence_that_a_fact_backs_is_not_wrong_for_another_sentence():
    document = document_of(WRONG, RIGHT)
    backing = (fact("The ship was seized under the law."), says("entailment", WRONG))
    against = (elsewhere(document, 1), says("contradiction", WRONG, HOT))
    assert check(document, result(document, 0, backing, against))[0] == ()


def test_a_fact_about_another_part_of_the_sentence_does_not_back_its_suspect_words():
    document = document_of(WRONG, RIGHT)
    backing = (fact("Karvia lies on the northern coast."), says("entailment", WRONG))
    against = (elsewhere(document, 1), says("contradiction", WRONG, HOT))
    findings, _ = check(document, result(document, 0, backing, against))
    assert [finding.text for finding in findings] == [HOT.of(WRONG)]


def test_confidence_is_calibrated_by_kind_of_evidence():
    document = document_of(WRONG)
    calibration = Calibration({"fact": ((0.0, 0.0), (1.0, 0.6))})
    judged = (fact(RIGHT), says("contradiction", WRONG, HOT))
    findings, _ = check(document, result(document, 0, judged), calibration=calibration)
    assert findings[0].confidence == pytest.approx(0.6 * (0.95 * 0.9) ** 0.5)
    assert check(document, result(document, 0, judged), calibration=calibration, min_confidence=0.7)[0] == ()


def many(count):
    sentences = [f"Group {index} praised the lawful seizure of ship {index}." for index in range(count)]
    document = document_of(*sentences)
    results = []
    for index, text in enumerate(sentences):
        hot = Span(text.index("lawful"), text.index(" seizure"))
        prediction = says("contradiction", text, hot, sure=0.6 + index / 100)
        results.append(
            result(document, index, (fact(f"The seizure of ship {index} is not lawful.", index), prediction))
        )
    return document, results


def test_the_budget_keeps_the_surest():
    document, results = many(12)
    findings, verdicts = check(document, *results, max_alerts=3)
    assert [finding.sentence for finding in findings] == [11, 10, 9]
    assert [finding.id for finding in findings] == ["f1", "f2", "f3"]
    assert len(verdicts) == 12


def test_a_larger_budget_only_adds_at_the_end():
    document, results = many(8)
    assert check(document, *results, max_alerts=7)[0][:4] == check(document, *results, max_alerts=4)[0]


@settings(max_examples=15, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_results_and_evidence_changes_nothing(order: random.Random):
    document = document_of(WRONG, RIGHT, FURTHER, PLAIN)
    judged = [(elsewhere(document, index), says("contradiction", WRONG, HOT)) for index in (1, 2, 3)]
    hot = Span(RIGHT.index("lawful"), RIGHT.index(","))
    other = result(document, 1, (elsewhere(document, 0), says("contradiction", RIGHT, hot)))
    expected = check(document, result(document, 0, *judged), other)[0]
    order.shuffle(judged)
    results = [result(document, 0, *judged), other]
    order.shuffle(results)
    assert check(document, *results)[0] == expected


VOCABULARY = [
    "the",
    "lawful",
    "unlawful",
    "Summit",
    "of",
    "Nations",
    "not",
    "is",
    "3",
    "May",
    "rose",
    "fell",
    "“we”",
    "Ana’s",
]
SENTENCES = st.lists(
    st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=7).map(" ".join), min_size=2, max_size=4
)


@settings(max_examples=60, deadline=None)
@given(SENTENCES, st.data())
def test_findings_lie_in_their_sentence_and_say_its_words(sentences, data):
    document = document_of(*sentences)
    results = []
    for index, text in enumerate(sentences):
        heat = data.draw(st.lists(st.booleans(), min_size=len(text), max_size=len(text)))
        hot = [Span(place, place + 1) for place, on in enumerate(heat) if on]
        others = [
            (elsewhere(document, other), says("contradiction", text, *hot))
            for other in range(len(sentences))
            if other != index
        ]
        results.append(result(document, index, *others, language=says("neutral", text, *hot, error=0.99)))
    findings, verdicts = check(document, *results, min_confidence=0.0, max_alerts=50)
    assert [finding.confidence for finding in findings] == sorted((f.confidence for f in findings), reverse=True)
    assert len(verdicts) == len(sentences)
    places = sorted(finding.span for finding in findings)
    assert all(one.end <= two.start for one, two in pairwise(places))
    for finding in findings:
        sentence = document.sentences[finding.sentence].span
        assert sentence.start <= finding.span.start < finding.span.end <= sentence.end
        assert finding.span.of(document.text) == finding.text == finding.text.strip()
        assert 0 <= finding.confidence <= 1
        for item in finding.evidence:
            assert item.conflict is None or item.conflict.end <= len(item.evidence.text)


def test_suspicions_are_there_before_any_budget():
    document, results = many(3)
    assert [suspicion.sentence.index for suspicion in find_suspicions(document, results, Calibration())] == [0, 1, 2]


def test_tokens_made_by_hand_cover_the_text():
    assert [token.span.of("a word") for token in hot_tokens("a word")] == ["a", "word"]


RESTATED_WORDS = "The office closed ⟦the⟧ the harbour."
WEIGHTS = {"bias": 4.0}


@pytest.mark.parametrize(("relation", "shown"), [(Relation.REFERENCE, True), (Relation.CONTEXT, False)])
def test_only_beside_nearly_the_same_words_is_a_small_or_doubled_word_shown(relation, shown):
    text, hot = unmark(RESTATED_WORDS)
    document = document_of(text)
    near = replace(fact("The office closed the harbour."), relation=relation)
    weighed = Calibration(weights={"finding/fact": WEIGHTS, "finding/restated": WEIGHTS})
    findings, _ = check(document, result(document, 0, (near, says("neutral", text, hot))), calibration=weighed)
    assert [finding.span for finding in findings] == [hot] * shown


def test_a_restating_fact_is_weighed_and_calibrated_by_itself():
    document = document_of(WRONG)
    near = replace(fact("Envoys praised the unlawful seizure of the ship."), relation=Relation.REFERENCE)
    own = Calibration(
        weights={"finding/fact": {"bias": -9.0}, "finding/restated": WEIGHTS},
        finding={"fact": ((0.0, 0.0), (1.0, 0.0)), "restated": ((0.0, 0.0), (1.0, 0.8))},
    )
    findings, _ = check(document, result(document, 0, (near, says("contradiction", WRONG, HOT))), calibration=own)
    assert [finding.confidence for finding in findings] == [pytest.approx(0.8 * logistic(4.0))]


RETOLD_WEIGHTS = {"bias": -4.0, "reference_word": 2.0, "word": 0.1}


def retold_result(document, said, as_reference):
    near = replace(fact("Envoys praised the unlawful seizure of the ship."), retells=True)
    return SentenceResult(document.sentences[0], (JudgedEvidence(near, said, as_reference),))


def test_a_fact_that_may_retell_the_sentence_is_judged_by_both_questions():
    document = document_of(WRONG)
    own = Calibration(weights={"finding/retold": RETOLD_WEIGHTS})
    doubtful, sure = says("neutral", WRONG, error=0.3), says("contradiction", WRONG, HOT)
    found, _ = check(document, retold_result(document, doubtful, sure), calibration=own)
    assert [finding.span for finding in found] == [HOT]
    silent, _ = check(
        document, retold_result(document, doubtful, says("entailment", WRONG, error=0.1)), calibration=own
    )
    assert silent == ()


def test_what_the_fact_surely_supports_is_not_suspect_by_the_other_question():
    document = document_of(WRONG)
    own = Calibration(weights={"finding/retold": {"bias": 9.0}})
    supported = says("entailment", WRONG, sure=0.98, error=0.02)
    found, _ = check(document, retold_result(document, supported, says("contradiction", WRONG, HOT)), calibration=own)
    assert found == ()
