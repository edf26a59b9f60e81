"""Rules and model together: one finding for the same words, and no alarm about an amount that is the same."""

import pytest

from checker.document import Span, make_document
from checker.evidence import Evidence, EvidenceKind, Relation
from checker.findings import Calibration, Verdict, make_findings
from checker.findings.exactness import is_same_amount
from checker.rules import RuleCandidate, confidence_of

from .marked import document_of, fact, result, says, unmark

TEXT, HOT = unmark("The plan costs ⟦99 million⟧ pesos.")
CONFLICT = Span(15, 27)
SOURCE = Evidence(EvidenceKind.SOURCE, "source:0", "El plan cuesta 999 millones.", 1.0, Relation.REFERENCE)


def candidate(span=HOT, rule="numbers", evidence=SOURCE, conflict=CONFLICT, sentence=0):
    said = "“99 million” is “999 millones” in the original-language article."
    category = "accuracy/mistranslation/number"
    return RuleCandidate(rule, sentence, span, category, said, evidence, conflict, ("999 million",))


def check(document, results, ruled):
    return make_findings(document, results, Calibration(), min_confidence=0.5, max_alerts=8, ruled=ruled)[:2]


def test_a_candidate_becomes_a_finding_and_the_sentence_is_contradicted():
    document = document_of(TEXT)
    (finding,), (verdict,) = check(document, [result(document, 0)], [candidate()])
    assert finding.detector == "rule:numbers"
    assert finding.text == "99 million"
    assert finding.confidence == confidence_of("numbers")
    assert finding.evidence[0].conflict.of(SOURCE.text) == "999 millones"
    assert finding.suggestions == ("999 million",)
    assert verdict.verdict is Verdict.CONTRADICTED


def test_a_sentence_without_a_candidate_is_still_not_checked():
    document = document_of(TEXT, "Nothing else.")
    _, verdicts = check(document, [result(document, 0), result(document, 1)], [candidate()])
    assert verdicts[1].verdict is Verdict.NOT_CHECKED


def test_the_same_words_are_one_finding_that_names_both():
    document = document_of(TEXT)
    judged = (fact("The plan costs 999 million pesos."), says("contradiction", TEXT, HOT))
    (finding,), _ = check(document, [result(document, 0, judged)], [candidate()])
    assert finding.detector == "rule:numbers"
    assert "the model suspects these words too" in finding.message
    assert [item.evidence.kind for item in finding.evidence] == ["source", "fact"]
    assert finding.confidence > confidence_of("numbers")


def test_two_rules_on_the_same_words_are_one_finding():
    document = document_of(TEXT)
    found, _ = check(document, [result(document, 0)], [candidate(), candidate(rule="units")])
    assert len(found) == 1


@pytest.mark.parametrize(
    ("marked", "premise", "withdrawn"),
    [
        ("The plan costs ⟦1.3bn⟧ pesos.", "The plan costs 1,300 million pesos.", True),
        ("The road is ⟦62 miles⟧ long.", "The road is 100 km long.", True),
        ("The road is ⟦100 miles⟧ long.", "The road is 100 km long.", False),
        ("The plan costs ⟦1.3bn⟧ pesos.", "The plan costs 1.4 billion pesos.", False),
        ("The plan ⟦saves 1.3bn⟧ pesos.", "The plan costs 1,300 million pesos.", False),
        ("⟦More than 1,300⟧ ships left.", "Fewer than 1,300 ships left.", False),
        ("The plan costs ⟦3 pesos⟧.", "The plan costs 4 pesos and then 3 pesos.", None),
        ("The ⟦lawful⟧ plan costs 3 pesos.", "The unlawful plan costs 3 pesos.", False),
        ("It is worth ⟦2.8 million⟧ euros.", "The haul is put at almost three million euros.", True),
        ("It is worth ⟦3.8 million⟧ euros.", "The haul is put at almost three million euros.", False),
        ("It is worth ⟦2.8 million⟧ dollars.", "The haul is put at almost three million euros.", False),
        ("⟦4,300⟧ pilgrims came.", "More than 4,000 pilgrims came.", True),
        ("⟦3,900⟧ pilgrims came.", "More than 4,000 pilgrims came.", False),
        ("⟦43,000⟧ pilgrims came.", "More than 4,000 pilgrims came.", False),
        ("Up to ⟦500⟧ pilgrims came.", "The hall held 470 pilgrims.", True),
        ("Up to ⟦400⟧ pilgrims came.", "The hall held 470 pilgrims.", False),
    ],
)
def test_the_models_contradiction_of_an_equal_amount_is_withdrawn(marked, premise, withdrawn):
    text, span = unmark(marked)
    assert is_same_amount(text, span, premise, None) is bool(withdrawn)
    if withdrawn is None:  # which of two amounts is meant is for the model to say
        return
    document = document_of(text)
    findings, _ = check(document, [result(document, 0, (fact(premise), says("contradiction", text, span)))], [])
    assert (findings == ()) is withdrawn


def test_findings_of_rules_do_not_depend_on_their_order():
    document = make_document(f"{TEXT} {TEXT}", language="en")
    later = candidate(HOT.shift(len(TEXT) + 1), sentence=1)
    results = [result(document, index) for index in range(2)]
    assert check(document, results, [candidate(), later]) == check(document, results, [later, candidate()])


def test_a_passage_that_the_rule_and_the_model_read_is_shown_once():
    document = document_of(TEXT)
    same = Evidence(EvidenceKind.SOURCE, "source:0", SOURCE.text, 0.7, Relation.REFERENCE)
    judged = (same, says("contradiction", TEXT, HOT, error=0.95))
    (finding,), _ = check(document, [result(document, 0, judged)], [candidate()])
    assert "the model suspects these words too" in finding.message
    assert [item.evidence.text for item in finding.evidence] == [SOURCE.text]
