"""Data frames: one row a finding or a sentence, the same columns whatever was found."""

import sys

import pytest
from scripted_model import ARTICLE

from checker.errors import CheckerError
from checker.report.explanation import FRAME_COLUMNS
from checker.report.frames import COLUMNS

pandas = pytest.importorskip("pandas", reason="needs the notebook extra")


def test_findings(report):
    frame = report.to_frame()
    (finding,) = report.findings
    row = frame.iloc[0]
    assert len(frame) == 1
    assert list(frame.columns) == list(COLUMNS["findings"])
    assert ARTICLE[row["start"] : row["end"]] == row["text"] == "lawful"
    assert (row["confidence"], row["severity"]) == (finding.confidence, "critical")
    assert row["suggestions"] == ["unlawful"]
    assert row["evidence_conflict"] == "not lawful"
    assert row["document"] == report.document.id


def test_sentences(report):
    frame = report.to_frame("sentences")
    assert list(frame["text"]) == [sentence.text for sentence in report.document.sentences]
    assert list(frame["findings"]) == [1, 0, 0, 0]
    assert frame["confidence"].notna().tolist() == [True, False, False, False]
    assert frame["verdict"].iloc[0] == "contradicted"


@pytest.mark.parametrize("table", list(COLUMNS))
def test_no_rows_have_the_same_columns_and_numbers(checker, report, table):
    empty, full = checker.check("").to_frame(table), report.to_frame(table)
    assert list(empty.columns) == list(full.columns)
    numbers = [name for name, kind in COLUMNS[table].items() if kind in (int, float)]
    assert (empty[numbers].dtypes == full[numbers].dtypes).all()
    assert len(pandas.concat([full, empty])) == len(full)


def test_polars_has_the_same(report, checker):
    polars = pytest.importorskip("polars", reason="polars is not installed")
    for table in COLUMNS:
        theirs, ours = report.to_polars(table), report.to_frame(table)
        assert theirs.columns == list(ours.columns)
        assert theirs["text"].to_list() == ours["text"].to_list()
        assert checker.check("").to_polars(table).schema == theirs.schema
    assert report.to_polars()["suggestions"].dtype == polars.List(polars.String)


def test_reports_as_a_column(checker):
    frame = pandas.DataFrame({"text": [ARTICLE, "Rain fell."]})
    checked = frame.assign(findings=frame["text"].map(lambda text: len(checker.check(text).findings)))
    assert checked["findings"].tolist() == [1, 0]


def test_an_explanation_as_a_frame(checker, report):
    frame = checker.explain(report.findings[0]).to_frame()
    assert list(frame.columns) == list(FRAME_COLUMNS)
    assert frame["outcome"].iloc[0] == "leads"
    assert frame["conflict"].iloc[0] == "not lawful"


def test_other_tables_are_refused(report):
    with pytest.raises(ValueError, match="findings and sentences"):
        report.to_frame("words")


@pytest.mark.parametrize(
    ("library", "ask"),
    [
        ("pandas", lambda report: report.to_frame()),
        ("polars", lambda report: report.to_polars()),
    ],
)
def test_a_missing_library_is_named(monkeypatch, report, library, ask):
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(CheckerError, match=rf"{library}.*pip install"):
        ask(report)
