"""Sides that changed places: the fact has every suspect word, and yet denies the sentence."""

from dataclasses import replace

import pytest

from checker.document import Span
from checker.evidence import Relation
from checker.findings import Calibration, JudgedEvidence, SentenceResult
from checker.findings.exchanged import find_exchange
from checker.nli.types import Prediction, TokenProbability

from .marked import document_of, fact
from .test_build import check

FACT = "The regional court sued the mill of Velmar on Tuesday."
TURNED = "On Tuesday the mill of Velmar sued the regional court."


def place(words, text=TURNED):
    start = text.index(words)
    return Span(start, start + len(words))


def heat_of(**hot):
    return lambda span: max(hot.get(word, 0.0) for word in span.of(TURNED).split())


def test_the_two_surest_sides_are_told_in_the_order_of_the_text():
    suspects = [place("mill of Velmar"), place("the regional court")]
    found = find_exchange(TURNED, suspects, FACT, heat_of(mill=0.5, Velmar=0.9, regional=0.8))
    assert (found.first.of(TURNED), found.second.of(TURNED)) == ("Velmar", "regional court")
    assert found.conflict.of(FACT) == "regional court"


def test_words_are_one_side_only_where_the_fact_has_them_in_a_row():
    whole = place("mill of Velmar sued the regional court")
    found = find_exchange(TURNED, [whole], FACT, heat_of(mill=0.9, sued=0.6, court=0.8))
    assert (found.first.of(TURNED), found.second.of(TURNED)) == ("mill", "regional court")


@pytest.mark.parametrize("suspects", [(), ("regional court",), ("regional court", "regional court")])
def test_one_side_alone_changes_no_places(suspects):
    assert find_exchange(TURNED, [place(words) for words in suspects], FACT, heat_of(court=0.9)) is None


def test_small_words_are_no_side():
    assert find_exchange(TURNED, [place("the"), place("regional court")], FACT, heat_of(the=0.9, court=0.9)) is None


def judged(*hot, retells=True, asked=True, contradiction=0.9):
    """The turned sentence beside its fact, with the words that the network finds suspect."""
    tokens = tuple(TokenProbability(place(words), 0.9) for words in hot)
    rest = (1 - contradiction) / 2
    said = Prediction(rest, rest, contradiction, contradiction, tokens)
    piece = replace(fact(FACT), retells=retells, relation=Relation.CONTEXT)
    return JudgedEvidence(piece, said, said if asked else None)


def found_by(piece, weights=None):
    document = document_of(TURNED)
    own = Calibration(weights={"finding/retold": weights or {"bias": 2.0}, "finding/fact": {"bias": 3.0}})
    return check(document, SentenceResult(document.sentences[0], (piece,)), calibration=own)[0]


def test_exchanged_sides_are_one_finding_that_says_what_should_stand_there():
    (finding,) = found_by(judged("mill", "court"))
    assert (finding.text, finding.category) == ("mill", "accuracy/mistranslation/role")
    assert "may have changed places" in finding.message
    assert finding.evidence[0].conflict.of(FACT) == "court"
    assert finding.suggestions == ("court",)


def test_context_that_does_not_retell_the_sentence_says_nothing_of_places():
    assert found_by(judged("mill", "court", retells=False, asked=False)) == ()


def test_a_word_that_the_fact_lacks_is_the_finding_where_there_is_one():
    turned = TURNED.replace("sued", "praised")
    document = document_of(turned)
    words = ("mill", "praised", "court")
    tokens = tuple(TokenProbability(place(each, turned), 0.9) for each in words)
    said = Prediction(0.05, 0.05, 0.9, 0.9, tokens)
    piece = JudgedEvidence(replace(fact(FACT), retells=True), said, said)
    own = Calibration(weights={"finding/retold": {"bias": 3.0}})
    findings, _ = check(document, SentenceResult(document.sentences[0], (piece,)), calibration=own)
    assert [finding.text for finding in findings] == ["praised"]


def test_the_colder_side_decides_how_sure_it_is():
    weights = {"bias": 0.0, "word": 1.0}
    sure = found_by(judged("mill", "court"), weights)
    piece = judged("mill", "court")
    cold = replace(
        piece.prediction,
        tokens=(TokenProbability(place("mill"), 0.9), TokenProbability(place("court"), 0.6)),
    )
    less = found_by(replace(piece, prediction=cold), weights)
    assert less[0].confidence == pytest.approx(0.6)
    assert sure[0].confidence == pytest.approx(0.9)
