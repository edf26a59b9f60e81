"""`checker audit`, with a model that sees nothing: what rules find is enough here."""

import json
import sys

import numpy as np
import pytest

from checker.audit.dataset import AuditReader
from checker.cli import audit_progress
from checker.cli.audit_progress import Pace
from checker.nli import Prediction
from checker.pipeline import Checker

WRONG = "The council met in the the harbour town on Friday. It opened new berths there."


class BlindPredictor:
    name, weights_hash, backend = "blind", "0" * 16, "none"

    def predict(self, pairs):
        if any("interrupt" in pair.hypothesis for pair in pairs):
            raise KeyboardInterrupt
        return [Prediction(0.1, 0.8, 0.1, 0.0) for _ in pairs]

    def embed(self, texts):
        return np.ones((len(texts), 2), dtype=np.float32) / np.sqrt(2)


@pytest.fixture(autouse=True)
def _blind(monkeypatch, scripted):
    monkeypatch.setattr("checker.audit.checking.Checker", Checker)  # not this folder's stand-in
    monkeypatch.setattr("checker.nli.registry.load_predictor", lambda name, **_: BlindPredictor())


def test_an_audit_is_a_folder_and_two_lines(run, article, tmp_path):
    article(WRONG, "a.txt")
    article(WRONG, "b.txt")
    result = run("audit", "a.txt", "b.txt", "--output", "out", "--language", "en")
    assert (result.code, result.out) == (0, b"")
    assert "1 of 2 documents checked, 1 the same as another" in result.err
    assert "1 alert, about 1 of them right: out" in result.err
    assert [found.text for found in AuditReader(tmp_path / "out").findings()] == ["the"]


@pytest.mark.parametrize(("given", "asked"), [((), "auto"), (("--backend", "torch"), "torch")])
def test_the_backend_is_the_one_asked_for(run, article, monkeypatch, given, asked):
    heard = []
    monkeypatch.setattr(
        "checker.nli.registry.load_predictor", lambda name, **means: heard.append(means["backend"]) or BlindPredictor()
    )
    article(WRONG)
    assert run("audit", "article.txt", "--output", "out", "--language", "en", *given).code == 0
    assert set(heard) == {asked}


@pytest.mark.parametrize(
    ("more", "code"),
    [((), 0), (("--fail-on", "minor"), 1), (("--fail-on", "minor", "gone.txt"), 3), (("--min-confidence", "2"), 2)],
)
def test_exit_codes(run, article, more, code):
    article(WRONG)
    assert run("audit", "article.txt", "--output", "out", "--language", "en", *more).code == code


def test_facts_that_cannot_be_used_are_said_and_exit_with_3(run, article):
    article(WRONG)
    article('{"text": "The harbour is open."}\nno json\n', "half.jsonl")
    result = run("audit", "article.txt", "-o", "out", "--facts", "half.jsonl")
    assert result.code == 3
    assert "not used: half.jsonl:2" in result.err


@pytest.mark.parametrize(("option", "name", "code"), [("--facts", "gone.facts", 3), ("--glossary", "gone.csv", 2)])
def test_what_is_not_there_ends_an_audit_before_it_begins(run, article, tmp_path, option, name, code):
    article(WRONG)
    result = run("audit", "article.txt", "-o", "out", option, name)
    assert result.code == code
    assert name in result.err
    assert result.err.count("\n") == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("given", "code"),
    [(("empty",), 3), (("article.txt", "--match", "*.xml"), 3), (("article.txt", "--match", "{agency"), 2)],
)
def test_an_audit_of_nothing_is_one_line(run, article, tmp_path, given, code):
    article(WRONG)
    (tmp_path / "empty").mkdir()
    result = run("audit", *given, "-o", "out")
    assert result.code == code
    assert result.err.count("\n") == 1


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("typo.jsonl",), "typo.jsonl: no such file; check the name"),
        (("wire.jsonl", "--column", "text=body"), "wire.jsonl: line 1: no column 'body'; there are id, text"),
        (("wide.csv",), "wide.csv: this table is not UTF-8; save it as CSV UTF-8"),
    ],
)
def test_an_audit_of_what_cannot_be_read_says_why_and_leaves_nothing(run, tmp_path, given, said):
    (tmp_path / "wire.jsonl").write_text(json.dumps({"id": "a", "text": WRONG}), encoding="utf-8")
    (tmp_path / "wide.csv").write_text(f"id,text\n1,{WRONG}\n", encoding="utf-16")
    result = run("audit", *given, "-o", "out")
    assert (result.code, result.err) == (3, f"checker: nothing to check: {said}\n")
    assert not (tmp_path / "out").exists()
    assert run("audit", "wire.jsonl", "-o", "out", "--language", "en").code == 0


def test_the_first_that_is_skipped_is_named_with_the_reason(run, article):
    article(WRONG)
    article(json.dumps({"text": 5}) + "\n" + json.dumps({"words": WRONG}), "wire.jsonl")
    result = run("audit", "article.txt", "wire.jsonl", "gone.txt", "-o", "out", "--language", "en")
    assert result.code == 3
    assert "checker: skipped first: wire.jsonl#1: the text is a number; give a string\n" in result.err
    assert result.err.count("skipped first") == 1


def test_a_baseline_is_an_audit_or_a_report(run, article, tmp_path):
    article(WRONG)
    arguments = ("audit", "article.txt", "--language", "en", "--fail-on", "minor")
    assert run(*arguments, "-o", "first").code == 1
    result = run(*arguments, "-o", "second", "--baseline", "first")
    assert (result.code, "1 known ones left out" in result.err) == (0, True)
    (found,) = AuditReader(tmp_path / "first").findings()
    report = {"schema": "checker.report/1", "findings": [{"fingerprint": found.fingerprint}]}
    (tmp_path / "report.json").write_text(json.dumps(report), encoding="utf-8")
    assert run(*arguments, "-o", "third", "--baseline", "report.json").code == 0


def test_an_interrupted_audit_says_how_to_go_on(run, article):
    article("The ferry will interrupt us. It is late.")
    result = run("audit", "article.txt", "-o", "out")
    assert result.code == 130
    assert "--resume" in result.err
    assert "Traceback" not in result.err


def test_an_audit_is_not_begun_twice(run, article):
    article(WRONG)
    run("audit", "article.txt", "-o", "out")
    result = run("audit", "article.txt", "-o", "out")
    assert (result.code, "--resume" in result.err) == (2, True)
    assert run("audit", "article.txt", "-o", "out", "--resume").code == 0


def test_options_reach_the_audit(run, tmp_path):
    for name in ("efe/1.en.txt", "efe/1.es.txt", "dpa/2.en.txt"):
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_text(f"{WRONG} {name}", encoding="utf-8")
    patterns = ("--match", "{agency}/{base}.en.txt", "--source", "{base}.es.txt", "--language", "en")
    result = run("audit", "in", "-o", "out", *patterns)
    rows = {row.agency: row for row in AuditReader(tmp_path / "out").documents()}
    assert list(rows) == ["dpa", "efe"]
    assert "no such file" in rows["dpa"].notes[0]
    assert result.code == 3


def test_help_says_how_it_is_called(run):
    assert b"INPUT" in run("audit", "--help").out
    assert b"--changed-since" in run("audit", "run", "--help").out


def test_the_pace_is_that_of_this_run():
    now = [100.0]
    pace = Pace(lambda: now[0])
    assert pace.told(50, 100) == (0.0, None)
    now[0] += 10
    rate, left = pace.told(60, 100)
    assert (rate, left.total_seconds()) == (1.0, 40)


def test_a_log_has_a_line_now_and_then(run, article, monkeypatch):
    monkeypatch.setattr(audit_progress, "SECONDS_BETWEEN_LINES", 0.0)
    article(WRONG)
    assert "1 of 1 documents" in run("audit", "article.txt", "-o", "out").err


def test_the_data_set_goes_to_a_disk(run, article):
    article(WRONG, "a.txt")
    result = run("audit", "a.txt", "--output", "s3://bucket/out")
    assert result.code == 2
    assert "local --output" in result.err
    assert "--copy-to" in result.err


def test_the_data_set_is_copied_when_it_is_whole(run, article, tmp_path):
    article(WRONG, "a.txt")
    result = run("audit", "a.txt", "-o", "out", "--language", "en", "--copy-to", f"file://{tmp_path}/store/x")
    assert result.code == 0
    assert "5 files are at file://" in result.err
    assert [found.text for found in AuditReader(tmp_path / "store/x").findings()] == ["the"]
    again = run("audit", "copy", "out", f"file://{tmp_path}/store/y")
    assert again.code == 0
    names = [
        {path.relative_to(tmp_path / "store" / at) for path in (tmp_path / "store" / at).rglob("*")} for at in "xy"
    ]
    assert names[0] == names[1]


@pytest.mark.parametrize(
    ("address", "code"), [("bucket/out", 2), ("s3://127.0.0.1:9@x/y", 2), (f"file://{'x' * 300}", 2)]
)
def test_an_address_that_is_none_is_told_before_anything_is_checked(run, article, tmp_path, address, code):
    article(WRONG, "a.txt")
    assert run("audit", "a.txt", "-o", "out", "--copy-to", address).code == code
    assert not (tmp_path / "out").exists()


def test_an_engine_that_there_is_not_is_refused(run, article, monkeypatch):
    article(WRONG, "a.txt")
    result = run("audit", "a.txt", "--output", "out", "--engine", "dask")
    assert result.code == 2
    assert "ray" in result.err
    monkeypatch.setitem(sys.modules, "ray", None)  # as where it is not installed
    result = run("audit", "a.txt", "--output", "out", "--engine", "ray")
    assert result.code == 3
    assert "pip install 'checker[ray]'" in result.err
    assert run("audit", "a.txt", "--output", "out", "--engine", "local", "--language", "en").code == 0
