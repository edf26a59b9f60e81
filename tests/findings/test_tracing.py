"""What is told of a sentence is what was decided: traces against the findings that the same results make."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.document import Span
from checker.findings import Calibration, Outcome, make_findings, trace_sentence

from .marked import document_of, elsewhere, fact, result, says, source, unmark

WRONG, HOT = unmark("Envoys praised the ⟦lawful⟧ seizure of the ship.")
RIGHT = "The seizure of the ship is not lawful, the court said."
PLAIN = "The weather was fine."


def traces_of(document, results, index, *, min_confidence=0.5, max_alerts=8):
    findings, *_ = make_findings(document, results, Calibration(), min_confidence=min_confidence, max_alerts=max_alerts)
    traces = trace_sentence(document, results, Calibration(), index, shown=findings, min_confidence=min_confidence)
    return findings, traces


@pytest.mark.parametrize(
    ("evidence", "said", "outcome", "reason"),
    [
        (fact(RIGHT), says("contradiction", WRONG, HOT), Outcome.LEADS, "the surest evidence"),
        (fact(RIGHT), says("contradiction", WRONG), Outcome.NO_WORDS, "the most suspect is at 0.02"),
        (fact(RIGHT), says("neutral", WRONG, HOT), Outcome.SILENT, "contradiction 0.05 is below 0.50"),
        (fact(WRONG), says("contradiction", WRONG, HOT), Outcome.SAME_WORDS, "supports"),
        (fact("Lawful was the word of May."), says("contradiction", WRONG, HOT), Outcome.NO_WORDS, "has the suspect"),
        (source(PLAIN), says("contradiction", WRONG, HOT, error=0.3), Outcome.NOT_SURE, "below the 0.50 asked for"),
    ],
)
def test_every_end_has_its_reason(evidence, said, outcome, reason):
    document = document_of(WRONG, PLAIN)
    _, (trace,) = traces_of(document, [result(document, 0, (evidence, said))], 0)
    assert (trace.outcome, reason in trace.reason) == (outcome, True), trace.reason


def test_the_sentence_that_lost_no_dispute_is_outvoted():
    """Of two sentences that deny each other one is suspect; the other's trace says that it was let go."""
    document = document_of(WRONG, RIGHT)
    hot = Span(RIGHT.index("not lawful"), RIGHT.index(","))
    results = [
        result(document, 0, (elsewhere(document, 1), says("contradiction", WRONG, HOT))),
        result(document, 1, (elsewhere(document, 0), says("contradiction", RIGHT, hot))),
    ]
    findings, (trace,) = traces_of(document, results, 1)
    assert [finding.sentence for finding in findings] == [0]
    assert trace.outcome is Outcome.OUTVOTED
    assert traces_of(document, results, 0)[1][0].outcome is Outcome.LEADS


def test_a_suspicion_of_an_amount_that_the_evidence_has_is_told_as_withdrawn():
    text, hot = unmark("The bridge cost ⟦1.3 billion⟧ euros.")
    document = document_of(text, PLAIN)
    told = fact("The bridge cost 1,300 million euros.")
    findings, (trace,) = traces_of(document, [result(document, 0, (told, says("contradiction", text, hot)))], 0)
    assert not findings
    assert trace.outcome is Outcome.SAME_AMOUNT


def test_language_is_overshadowed_by_evidence():
    document = document_of(WRONG, RIGHT)
    views = {"language": says("neutral", WRONG, HOT, error=0.99)}
    _, (fact_trace, language) = traces_of(
        document, [result(document, 0, (fact(RIGHT), says("contradiction", WRONG, HOT)), **views)], 0
    )
    assert fact_trace.outcome is Outcome.LEADS
    assert language.outcome is Outcome.OVERSHADOWED


def test_a_sentence_without_a_result_is_refused():
    document = document_of(WRONG, RIGHT)
    with pytest.raises(ValueError, match="sentence 1 was not judged"):
        traces_of(document, [result(document, 0, (fact(RIGHT), says("neutral", WRONG)))], 1)


WORDS = ["the", "lawful", "unlawful", "Summit", "of", "Nations", "not", "is", "3", "rose", "“we”", "Ana’s"]
SENTENCES = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join), min_size=2, max_size=4)


@settings(max_examples=40, deadline=None)
@given(SENTENCES, st.data())
def test_what_leads_and_agrees_is_what_findings_rest_on(sentences, data):
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
    for index in range(len(sentences)):
        findings, traces = traces_of(document, results, index, max_alerts=50)
        own = [finding for finding in findings if finding.sentence == index]
        leading = [one for trace in traces for one in trace.suspects if one.outcome is Outcome.LEADS]
        assert len(leading) == len(own)
        counted = {trace.evidence for trace in traces if trace.outcome in (Outcome.LEADS, Outcome.AGREES)}
        assert {item.evidence for finding in own for item in finding.evidence} <= counted
        assert len(traces) == len(sentences)
        assert all(trace.reason for trace in traces)
