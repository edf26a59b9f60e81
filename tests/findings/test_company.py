"""Which other evidence of a sentence has a say, by what kind of evidence makes words suspect."""

from __future__ import annotations

from dataclasses import replace

from checker.evidence import Relation
from checker.findings import Calibration, find_candidates
from checker.findings.company import attesting, company_of
from checker.findings.suspects import JudgedEvidence

from .marked import document_of, elsewhere, fact, result, says, source, unmark

TEXT, HOT = unmark("The ⟦lawful⟧ strike at Velmar ended on Monday.")
DOCUMENT = document_of(TEXT, "The strike was lawful, said the union.")
SAYS_SO = JudgedEvidence(fact("The strike was lawful.", 2), says("entailment", TEXT))
OWN = JudgedEvidence(elsewhere(DOCUMENT, 1), says("neutral", TEXT))
SOURCE = JudgedEvidence(source("La huelga legal terminó."), says("neutral", TEXT))
DENIES = fact("The strike at Velmar was unlawful.")


def test_the_articles_own_sentences_answer_to_all_and_facts_to_facts() -> None:
    rest = (SAYS_SO, OWN, SOURCE)
    assert company_of(elsewhere(DOCUMENT, 1), rest) == [piece.prediction for piece in rest]
    assert company_of(DENIES, rest) == [SAYS_SO.prediction]
    assert company_of(replace(DENIES, relation=Relation.REFERENCE), rest) is None
    assert company_of(SOURCE.evidence, rest) is None


def test_what_the_article_repeats_attests_against_its_own_sentences_alone() -> None:
    rest = (SAYS_SO, OWN, SOURCE)
    assert attesting(elsewhere(DOCUMENT, 1), rest) == [piece.evidence.text for piece in rest]
    assert OWN.evidence.text not in attesting(DENIES, rest)


def test_a_fact_that_entails_the_sentence_speaks_for_it() -> None:
    weighed = Calibration(weights={"finding/fact": {"bias": 1.0, "supported": -1.0}})
    denies = (DENIES, says("contradiction", TEXT, HOT))

    def surest(*more: JudgedEvidence) -> float:
        judged = result(DOCUMENT, 0, denies, *((piece.evidence, piece.prediction) for piece in more))
        return max(each.confidence for each in find_candidates(judged, weighed) if each.evidence == DENIES)

    assert surest(SAYS_SO) < 0.5 < surest() == surest(OWN)
