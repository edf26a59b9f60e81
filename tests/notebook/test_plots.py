"""Pictures: figures that are returned, with the data of what they show, valid for the library that draws them."""

import importlib.util

import pytest

from checker.errors import CheckerError, UsageError
from checker.evaluation import Outcome
from checker.evaluation.diagram import reliability_diagram
from checker.evaluation.measures import calibration_error, share
from checker.notebook import evidence_matrix, matrix, plot_evidence_matrix, plot_reliability

pytest.importorskip("altair", reason="needs the notebook extra")


def values(chart, which):
    """The data of the chart's part, after the library has checked it against its schema."""
    plain = chart.to_dict()
    parts = plain.get("vconcat") or plain.get("layer") or [plain]
    data = parts[which].get("data") or plain["data"]
    return data["values"] if "values" in data else plain["datasets"][data["name"]]


def test_a_report(report):
    findings, sentences = values(report.plot(), 0), values(report.plot(), 1)
    assert [(one["text"], one["severity"]) for one in findings] == [("lawful", "critical")]
    assert sentences[0]["verdict"] == "contradicted"
    assert len(sentences) == len(report.document.sentences)


def test_an_empty_report(checker):
    assert values(checker.check("").plot(), 0) == []


def test_an_explanation(checker, report):
    explanation = checker.explain(report.findings[0])
    shown = values(explanation.plot(), 0)
    assert len(shown) == sum(len(trace.prediction.tokens) for trace in explanation.evidence)
    assert {one["text"] for one in shown if one["probability"] > 0.5} == {"lawful"}


def test_a_matrix_holds_every_ordered_pair(checker, report):
    frame = evidence_matrix(checker, report.document, sentences=[0, 1, 2])
    assert len(frame) == 6
    contradicted = frame[frame.contradiction > 0.5]
    assert contradicted[["sentence", "evidence"]].to_numpy().tolist() == [[0, 1]]
    assert len(values(plot_evidence_matrix(frame), 0)) == 6


def test_a_matrix_has_a_limit(checker, report, monkeypatch):
    monkeypatch.setattr(matrix, "MOST_SENTENCES", 2)
    with pytest.raises(UsageError, match="name at most 2"):
        evidence_matrix(checker, report.document)


SAID, RIGHT = [0.05, 0.08, 0.55, 0.95, 0.97], [False, False, True, True, False]


def test_reliability_pools_all_calibration_measures():
    measures = (calibration_error("pairs_ece", SAID[:3], RIGHT[:3]), share("accuracy", [True]))
    more = (calibration_error("finding_ece", SAID[3:], RIGHT[3:]),)
    bars = values(plot_reliability([Outcome("one", "m", measures, 0.0), Outcome("two", "m", more, 0.0)]), 0)
    assert [(bar["from"], bar["cases"], bar["right"]) for bar in bars] == [(0.0, 2, 0.0), (0.5, 1, 1.0), (0.9, 2, 0.5)]


def test_the_diagram_of_the_command_line_shows_the_same_cases():
    drawn = reliability_diagram([Outcome("one", "m", (calibration_error("pairs_ece", SAID, RIGHT),), 0.0)])
    assert "2 cases, 0.50 right" in drawn
    assert drawn.count("<title>") == 3


def test_reliability_needs_a_calibration_measure():
    with pytest.raises(ValueError, match="none of these outcomes"):
        plot_reliability([Outcome("one", "m", (share("accuracy", [True]),), 0.0)])


def test_a_missing_library_is_named(monkeypatch, report):
    monkeypatch.setattr("checker.report.plots.find_spec", lambda name: None)
    assert importlib.util.find_spec("altair")
    with pytest.raises(CheckerError, match=r"altair.*pip install"):
        report.plot()
