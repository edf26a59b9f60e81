"""Explanations: the same decisions that made the finding, told; and clear words where nothing can be told."""

import pickle
from dataclasses import replace

import pytest
from scripted_model import ARTICLE, FACT, ScriptedModel

from checker import Checker, Settings
from checker.errors import UsageError
from checker.evidence import EvidenceKind
from checker.findings import Outcome


def outcomes(explanation):
    return {trace.evidence.id: trace.outcome for trace in explanation.evidence}


def test_a_finding_rests_on_what_leads_and_agrees(checker, report):
    (finding,) = report.findings
    explanation = checker.explain(finding)
    told = {trace.evidence for trace in explanation.evidence if trace.outcome in (Outcome.LEADS, Outcome.AGREES)}
    assert told == {item.evidence for item in finding.evidence}
    assert explanation.lead.outcome is Outcome.LEADS
    named = [item.evidence for item in finding.evidence]
    assert [each.kind for each in named] == [EvidenceKind.FACT, EvidenceKind.ARTICLE]
    assert explanation.lead.evidence == named[1]
    assert explanation.suspect.text == "lawful"
    assert explanation.suspect.conflict.of(explanation.lead.evidence.text) == "not lawful"
    assert [t.span.of(explanation.sentence.text) for t in explanation.tokens if t.probability > 0.5] == ["lawful"]
    assert explanation.finding is finding
    assert explanation.verdict == report.sentences[0]


def test_evidence_that_lost_says_why(checker, report):
    explanation = checker.explain(report.findings[0])
    silent = [trace for trace in explanation.evidence if trace.outcome is Outcome.SILENT]
    assert silent
    assert all("contradiction 0.05 is below 0.50" in trace.reason for trace in silent)
    assert explanation.evidence[-1].evidence.kind == "language"
    assert "by themselves" in explanation.evidence[-1].reason


def test_order_is_by_what_counts_most(checker, report):
    ranks = [list(Outcome).index(trace.outcome) for trace in checker.explain(report.findings[0]).evidence[:-1]]
    assert ranks == sorted(ranks)


def test_a_sentence_without_a_finding_is_explained(checker, report):
    explanation = checker.explain(report.document.sentences[2])
    assert explanation.finding is None
    assert not {Outcome.LEADS, Outcome.AGREES} & set(outcomes(explanation).values())
    assert "Alert" not in str(explanation)


def test_below_the_asked_confidence_is_told():
    strict = Checker(Settings(min_confidence=0.99), ScriptedModel())
    report = strict.check(ARTICLE, facts=[FACT])
    assert not report.findings
    traces = strict.explain(report.document.sentences[0]).evidence
    unsure = [trace for trace in traces if trace.outcome is Outcome.NOT_SURE]
    assert len(unsure) == 2
    assert all("below the 0.99 asked for" in trace.reason for trace in unsure)


def test_no_place_left_is_told():
    text = ARTICLE + " Nobody praised the lawful seizure of the ship in court."
    report = (small := Checker(Settings(max_alerts=1), ScriptedModel())).check(text, facts=[FACT])
    (shown,) = report.findings
    other = next(
        one for one in report.document.sentences if "lawful seizure" in one.text and one.index != shown.sentence
    )
    assert Outcome.NOT_SHOWN in outcomes(small.explain(other)).values()
    assert Outcome.LEADS in outcomes(small.explain(shown)).values()


def test_the_same_words_support(checker):
    twice = "The court sat on Monday. The court sat on Monday. Rain fell on the coast."
    report = checker.check(twice)
    assert outcomes(checker.explain(report.document.sentences[0]))["s1"] is Outcome.SAME_WORDS


def test_weighed_figures_add_up_to_the_raw_figure(checker, report, monkeypatch):
    from types import MappingProxyType

    from checker.findings import Calibration
    from checker.findings.weighing import log_odds

    weights = MappingProxyType({f"finding/{kind}": {"bias": -1.0, "word": 0.5} for kind in ("fact", "article")})
    checker._calibration = Calibration(weights=weights)
    report = checker.check(ARTICLE, facts=[FACT])
    suspect = checker.explain(report.findings[0]).suspect
    assert sum(figure.share for figure in suspect.figures) == pytest.approx(log_odds(suspect.raw))
    assert [abs(f.share) for f in suspect.figures] == sorted((abs(f.share) for f in suspect.figures), reverse=True)
    assert suspect.figures[0].name == "word"


def test_only_what_was_checked_can_be_explained(checker, report):
    with pytest.raises(UsageError, match="check it and explain again"):
        checker.explain(replace(report.findings[0], message="another"))
    with pytest.raises(UsageError, match="check it"):
        Checker(predictor=ScriptedModel()).explain(report.findings[0])
    for number in range(20):
        checker.check(f"{number} ships left. They came back.")
    with pytest.raises(UsageError, match="check it"):
        checker.explain(report.findings[0])


def test_the_report_chooses_among_checks(checker, report):
    alone = checker.check(ARTICLE)
    sentence = report.document.sentences[0]
    assert "fact-1" in outcomes(checker.explain(sentence, report))
    assert "fact-1" not in outcomes(checker.explain(sentence, alone))
    assert "fact-1" not in outcomes(checker.explain(sentence))


def test_a_report_that_travelled_can_be_explained(checker, report):
    came_back = pickle.loads(pickle.dumps(report))  # noqa: S301 - made here
    explanation = checker.explain(came_back.findings[0], came_back)
    assert pickle.loads(pickle.dumps(explanation)) == explanation  # noqa: S301 - made here


def test_the_text_form_tells_everything(checker, report):
    told = str(checker.explain(report.findings[0]))
    for words in (
        "Sentence 0: Envoys praised",
        "Verdict: contradicted",
        "Alert: “lawful”, opposite meaning",
        "[leads]",
        "[silent]",
        "“lawful” against “not lawful”",
        "Thresholds: word 0.50",
        "at most 8 alerts",
    ):
        assert words in told


@pytest.mark.parametrize("given", [None, "lawful", 0])
def test_what_cannot_be_explained_is_told(checker, given):
    told = rf"of type {type(given).__name__}; give a finding \(report\.findings\[0\]\) or a sentence \(report\.doc"
    with pytest.raises(UsageError, match=told):
        checker.explain(given)


def test_a_report_is_no_finding(checker, report):
    with pytest.raises(UsageError, match="of type Report; give a finding"):
        checker.explain(report)
