"""Sentences counted by what is shown of them."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from report_samples import make_report

from checker.document import Span
from checker.findings import Verdict
from checker.report.wording import ALERT, DOUBTFUL, sentence_counts

TEXT = "The council met. It ⟦approved⟧ the plan. Rain fell. Nobody came."
LENGTH = len(TEXT) - 2


def test_sentences_are_counted_by_what_is_shown_of_them():
    report = make_report(TEXT, verdicts=[Verdict.CONTRADICTED, Verdict.CONTRADICTED, Verdict.UNSUPPORTED])
    assert sentence_counts(report) == [
        (ALERT, 1), (DOUBTFUL, 1), ("confirmed", 1), ("neither confirmed nor contradicted", 1),
    ]  # fmt: skip


@given(st.lists(st.tuples(st.integers(0, LENGTH), st.integers(0, LENGTH)).map(sorted), max_size=6))
def test_a_sentence_has_an_alert_where_one_touches_it(places):
    report = make_report(TEXT)
    spans = [Span(*place) for place in places]
    report = replace(report, findings=tuple(replace(report.findings[0], span=span) for span in spans))
    touched = sum(
        any(span.start < one.span.end and one.span.start < max(span.end, span.start + 1) for span in spans)
        for one in report.sentences
    )
    assert dict(sentence_counts(report)).get(ALERT, 0) == touched
