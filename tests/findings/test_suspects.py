"""Which words one piece of evidence makes suspect: the model's, by either question, and what rules read differently."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checker.document import Span
from checker.evidence import Evidence, Relation
from checker.findings.calibration import Calibration, Thresholds
from checker.findings.exactness import exact_differences
from checker.findings.suspects import JudgedEvidence, denied, differences, suspect_spans

from .marked import document_of, elsewhere, fact, says, unmark

TEXT, HOT = unmark("Some ⟦forty⟧ boats left the harbour of Velmar on Monday.")
TOLD = "Fourteen boats sailed from Velmar on Monday."


def retelling(text: str = TOLD) -> Evidence:
    return replace(fact(text), retells=True)


def words(judged: JudgedEvidence) -> list[str]:
    return [hot.span.of(TEXT) for hot in suspect_spans(TEXT, judged, 0.35)]


@pytest.mark.parametrize(
    ("text", "premise", "expected"),
    [
        (TEXT, TOLD, ["forty"]),
        (TEXT, "Forty boats sailed from Velmar on Monday.", []),
        ("It opened on May 14.", "The opening was on March 14.", ["May"]),
        ("The town is 30 miles away.", "The town lies at a distance of 30 kilometres.", ["30 miles"]),
        ("A vessel sank off Yemen.", "A ship went down near Oman.", ["Yemen"]),
        ("Nothing here can be counted.", "Nor can it there.", []),
    ],
)
def test_figures_dates_units_and_countries_are_compared(text: str, premise: str, expected: list[str]) -> None:
    found = exact_differences(text, premise)
    assert [each.span.of(text) for each in found] == expected
    assert all(each.conflict is None or each.conflict.of(premise) for each in found)


def test_only_beside_a_fact_that_says_the_sentence_or_may_do_differences_count() -> None:
    silent = says("neutral", TEXT, error=0.3)
    assert differences(TEXT, JudgedEvidence(fact(TOLD), silent)) == ()
    assert words(JudgedEvidence(fact(TOLD), silent)) == []
    assert words(JudgedEvidence(retelling(), silent)) == ["forty"]
    assert words(JudgedEvidence(replace(fact(TOLD), relation=Relation.REFERENCE), silent)) == ["forty"]


def test_both_questions_name_words_and_the_first_says_how_sure() -> None:
    boats, harbour = Span(11, 16), Span(26, 33)
    assert (boats.of(TEXT), harbour.of(TEXT)) == ("boats", "harbour")
    near = retelling("Boats sailed on Monday.")
    judged = JudgedEvidence(near, says("contradiction", TEXT, boats), says("contradiction", TEXT, boats, harbour))
    spans = suspect_spans(TEXT, judged, 0.35)
    assert [(hot.span, hot.probability) for hot in spans] == [(boats, 0.95), (harbour, 0.02)]


def test_both_questions_are_put_about_what_may_retell_the_sentence() -> None:
    assert fact(TOLD).questions == (Relation.CONTEXT,)
    assert retelling().questions == (Relation.CONTEXT, Relation.REFERENCE)


def test_less_suspicion_is_enough_where_the_other_question_has_a_say() -> None:
    weighed = Calibration(
        thresholds=Thresholds(suspicion=0.25), weights={"finding/fact": {"bias": 0.0}, "finding/retold": {"bias": 0.0}}
    )
    said = says("entailment", TEXT, sure=0.8, error=0.15)
    assert not denied(JudgedEvidence(fact(TOLD), said), weighed)
    assert denied(JudgedEvidence(retelling(), said, said), weighed)
    surely = says("entailment", TEXT, sure=0.95, error=0.05)
    assert not denied(JudgedEvidence(retelling(), surely, surely), weighed)


def test_less_suspicion_is_enough_among_the_articles_own_sentences() -> None:
    weighed = Calibration(
        thresholds=Thresholds(suspicion=0.25), weights={"finding/fact": {"bias": 0.0}, "finding/article": {"bias": 0.0}}
    )
    document = document_of(TEXT, TOLD)
    said, surely = says("entailment", TEXT, sure=0.8, error=0.15), says("entailment", TEXT, sure=0.9, error=0.1)
    assert not denied(JudgedEvidence(fact(TOLD), said), weighed)
    assert denied(JudgedEvidence(elsewhere(document, 1), said), weighed)
    assert not denied(JudgedEvidence(elsewhere(document, 1), surely), weighed)
