"""Data frames: one row a finding or a sentence, the same columns whatever was found."""

import sys
from datetime import date

import pytest
from scripted_model import ARTICLE

from checker import Fact, FactStore
from checker.document import Span
from checker.errors import CheckerError, UsageError
from checker.nli import Pair
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


@pytest.mark.parametrize("table", ["words", ["findings"], None])
def test_other_tables_are_refused(report, table):
    for ask in (report.to_frame, report.to_polars):
        with pytest.raises(UsageError, match="findings and sentences"):
            ask(table)


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


def test_other_values_have_frames_too(checker, report):
    sentences = report.document.to_frame()
    assert list(sentences.columns) == ["sentence", "start", "end", "part", "text"]
    assert [ARTICLE[row.start : row.end] for row in sentences.itertuples()] == list(sentences.text)
    finding = report.findings[0]
    evidence = finding.to_frame()
    assert list(evidence.id) == [item.evidence.id for item in finding.evidence]
    assert evidence.loc[0, "conflict"] == "not lawful"
    said = checker.predictor.predict([Pair("It was not lawful.", "It was lawful.")])[0]
    assert list(said.to_frame().probability) == [token.probability for token in said.tokens]


def test_a_store_has_frames(tmp_path):
    day = date(2019, 3, 1)
    known = [
        Fact("h", "The harbour is old.", origin="register", tags=("ports",)),
        Fact("t", "It is long.", valid_from=day, place=Span(3, 9)),
    ]
    with FactStore.open(tmp_path / "newsroom.facts") as store:
        store.add(known, by="Ada")
        frame, theirs = store.to_frame(), store.to_polars()
        assert list(store.to_frame(tags=["ports"]).id) == ["h"]
        for ask in (store.to_frame, store.to_polars):
            with pytest.raises(UsageError, match=r"tags is of type str; give a list of tags, \[tag\] for one"):
                ask(tags="ports")
        assert list(store.to_frame(tags=["none"]).columns) == list(frame.columns) == theirs.columns
    assert list(frame.id) == ["h", "t"]
    assert frame.loc[1, "valid_from"].date() == day == theirs["valid_from"][1]
    assert frame.loc[1, "place_start"] == 3 == theirs["place_start"][1]
    assert frame.loc[0, "tags"] == ["ports"] == theirs["tags"][0].to_list()
    assert frame.added_at.dt.tz is not None
    assert theirs["added_at"][0].tzinfo is not None
