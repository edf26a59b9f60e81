"""The JSON contract: its keys and order, offsets, rounding, and the way back."""

import dataclasses
import json
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from report_samples import make_evidence, make_report

from checker.document import Part, PartKind, Span
from checker.errors import UsageError
from checker.evidence import EvidenceKind
from checker.findings import Severity, Verdict
from checker.report import Skipped
from checker.report.json import from_dict, render, render_array, round_shares, to_dict

ARTICLE = "The council 🎉 ⟦approved⟧ the plan on Monday.\n\nIt was rejected, the ⟦mayor⟧ said."


@pytest.fixture
def report():
    elsewhere = make_evidence("It was rejected, the mayor said.", "rejected", EvidenceKind.ARTICLE, span=Span(45, 77))
    return make_report(
        ARTICLE,
        findings=[{"evidence": (make_evidence("It was turned down.", None), elsewhere)}, {"evidence": ()}],
        verdicts=[Verdict.CONTRADICTED, Verdict.NOT_CHECKED],
        skipped=[Skipped("facts.txt:2", "broken")],
        path="a.txt",
        title="Plan",
    )


def test_keys_are_those_of_the_contract_in_its_order(report):
    data = to_dict(report)
    assert list(data) == ["schema", "document", "findings", "sentences", "skipped", "signature", "held_back"]
    assert list(data["document"]) == [
        *("id", "path", "title", "language", "characters", "words", "sentences"),
        *("byline", "dateline", "published", "parts"),
    ]
    assert list(data["findings"][0]) == [
        *("id", "start", "end", "text", "sentence", "category", "severity", "confidence"),
        *("message", "suggestions", "evidence", "detector", "fingerprint"),
    ]
    evidence = data["findings"][0]["evidence"]
    assert list(evidence[0]) == [
        *("kind", "id", "text", "start", "end", "relevance", "probability", "span", "origin"),
        *("valid_from", "valid_until"),
    ]
    assert evidence[0]["span"] is None
    assert evidence[1]["span"] == {"start": 7, "end": 15, "text": "rejected"}
    assert list(data["sentences"][0]) == ["index", "start", "end", "verdict", "reason", "probabilities"]
    assert data["sentences"][1]["reason"] == "too long"
    assert data["skipped"] == [{"what": "facts.txt:2", "reason": "broken"}]
    assert list(data["signature"]) == [
        "checker",
        "model",
        "model_hash",
        "settings_hash",
        "backend",
        "facts_hash",
        "as_of",
        "calibration",
        "originals",
    ]


def test_offsets_count_code_points(report):
    data = to_dict(report)
    for finding in data["findings"]:
        assert report.document.text[finding["start"] : finding["end"]] == finding["text"]


def test_one_report_is_an_object_and_several_are_an_array(report):
    assert json.loads(render([report]))["schema"] == "checker.report/1"
    assert len(json.loads(render([report, report]))) == 2
    assert len(json.loads(render_array([report]))) == 1
    assert json.loads(render([])) == []


def test_numbers_have_three_decimals(report):
    finding = dataclasses.replace(report.findings[0], confidence=0.123456)
    verdict = dataclasses.replace(report.sentences[0], entailment=1 / 3, neutral=-0.0, contradiction=2 / 3)
    data = to_dict(dataclasses.replace(report, findings=(finding,), sentences=(verdict,)))
    assert data["findings"][0]["confidence"] == 0.123
    assert json.dumps(data["sentences"][0]["probabilities"]) == (
        '{"entailment": 0.333, "neutral": 0.0, "contradiction": 0.667}'
    )


@given(st.lists(st.floats(0, 1), min_size=2, max_size=4).filter(lambda shares: sum(shares) > 0.01))
@settings(max_examples=100, deadline=None)
def test_rounded_shares_still_add_to_one(raw):
    shares = [share / sum(raw) for share in raw]
    rounded = round_shares(shares)
    assert sum(round(1000 * share) for share in rounded) == 1000
    assert all(abs(one - other) <= 0.001 for one, other in zip(rounded, shares, strict=True))


def test_probabilities_of_a_sentence_add_to_one_and_stay_on_the_way_back(report):
    thirds = dataclasses.replace(report.sentences[0], entailment=1 / 3, neutral=1 / 3, contradiction=1 / 3)
    data = to_dict(dataclasses.replace(report, sentences=(thirds, report.sentences[1])))
    assert data["sentences"][0]["probabilities"] == {"entailment": 0.334, "neutral": 0.333, "contradiction": 0.333}
    assert to_dict(from_dict(data, report.document.text)) == data


def test_the_way_back(report):
    again = from_dict(json.loads(render([report])), report.document.text)
    assert again == report


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=60), st.text(max_size=20), st.floats(0, 1), st.sampled_from(Severity))
def test_the_way_back_for_any_text(text, word, confidence, severity):
    marked = text.replace("⟦", "").replace("⟧", "") + f" ⟦x{word.replace('⟦', '').replace('⟧', '')}⟧"
    more = {"confidence": confidence, "severity": severity, "message": text, "suggestions": (word,)}
    report = make_report(marked, findings=[more])
    data = json.loads(render([report]).encode("utf-8"))
    again = from_dict(data, report.document.text)
    assert to_dict(again) == data
    assert again.findings[0].text == report.findings[0].text


def test_another_text_is_refused(report):
    with pytest.raises(UsageError, match="another text"):
        from_dict(to_dict(report), report.document.text + "!")


@pytest.mark.parametrize("data", [{}, {"schema": "checker.report/1"}, {"schema": "other/1"}])
def test_what_is_no_report_is_refused(data):
    with pytest.raises(UsageError):
        from_dict(data, "")


WIRE = {
    "byline": "Alda Brunner",
    "dateline": "Velmar",
    "published": datetime.fromisoformat("2024-03-05T08:15:00+00:00"),
    "parts": (Part(PartKind.HEADLINE, Span(0, 4)), Part(PartKind.BODY, Span(6, 20))),
}


def test_what_a_wire_file_says_of_its_article_goes_out_and_comes_back(report):
    report = dataclasses.replace(report, document=dataclasses.replace(report.document, **WIRE))
    data = to_dict(report)["document"]
    assert (data["byline"], data["dateline"], data["published"]) == (
        "Alda Brunner",
        "Velmar",
        "2024-03-05T08:15:00+00:00",
    )
    assert data["parts"] == [{"kind": "headline", "start": 0, "end": 4}, {"kind": "body", "start": 6, "end": 20}]
    back = from_dict(json.loads(render([report])), report.document.text).document
    assert {name: getattr(back, name) for name in WIRE} == WIRE


def test_a_report_that_knows_nothing_of_parts_is_read(report):
    data = to_dict(report)
    for name in WIRE:
        del data["document"][name]
    back = from_dict(data, report.document.text).document
    assert (back.byline, back.dateline, back.published, back.parts) == (None, None, None, ())
