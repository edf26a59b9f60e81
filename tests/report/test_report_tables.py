"""CSV and SARIF: what other programs read."""

import csv
import io
import json
from dataclasses import replace

import pytest
from report_samples import SIGNATURE, make_evidence, make_report

from checker.cli.options import Format
from checker.document import Span
from checker.evidence import EvidenceKind
from checker.findings import Verdict
from checker.report import Skipped
from checker.report.csv import COLUMNS
from checker.report.renderers import RENDERERS
from checker.report.sarif import render as render_sarif
from checker.version import __version__

ARTICLE = "First line.\nThe 🎉 council ⟦approved⟧ it.\n"


def rows(*reports):
    return list(csv.DictReader(io.StringIO(RENDERERS["csv"](reports), newline="")))


def sarif(*reports):
    return json.loads(RENDERERS["sarif"](reports))


def test_csv_has_a_row_a_finding():
    (row,) = rows(make_report(ARTICLE, path="a.txt"))
    assert tuple(row) == COLUMNS
    assert (row["path"], row["text"], row["sentence_text"]) == ("a.txt", "approved", "The 🎉 council approved it.")
    assert (row["evidence_kind"], row["evidence_conflict"], row["suggestions"]) == ("fact", "rejected", "rejected")


def test_csv_without_findings_has_its_header():
    assert RENDERERS["csv"]([make_report("Fine.")]) == ",".join(COLUMNS) + "\r\n"


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@x", "\t=1", " =1", "＝1"])
def test_no_spreadsheet_runs_a_cell(start):
    (row,) = rows(make_report("It ⟦is⟧ so.", findings=[{"message": start}]))
    assert row["message"] == f"'{start}"


def test_sarif_places_count_lines_and_code_points():
    (run,) = sarif(make_report(ARTICLE, path="dir a/ä.txt"))["runs"]
    (result,) = run["results"]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["startColumn"], region["endColumn"]) == (2, 15, 23)
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["artifacts"][0]["location"]["uri"] == "dir%20a/%C3%A4.txt"
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    assert result["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"] == "rejected"
    assert (result["level"], result["rank"]) == ("warning", 90.0)


def test_sarif_shows_evidence_where_it_is():
    elsewhere = make_evidence("First line.", None, EvidenceKind.ARTICLE, span=Span(0, 11))
    (run,) = sarif(make_report(ARTICLE, findings=[{"evidence": (make_evidence("A fact."), elsewhere)}]))["runs"]
    fact, article = run["results"][0]["relatedLocations"]
    assert "physicalLocation" not in fact
    assert article["physicalLocation"]["region"]["startLine"] == 1


def test_sarif_tells_what_was_not_checked():
    report = make_report("Who knows?", verdicts=[Verdict.NOT_CHECKED], skipped=[Skipped("f.txt", "missing")])
    (invocation,) = sarif(report)["runs"][0]["invocations"]
    assert invocation["executionSuccessful"] is False
    assert [note["message"]["text"] for note in invocation["toolExecutionNotifications"]] == [
        "not used: f.txt: missing",
        "1 of 1 sentences not checked: too long",
    ]


def test_sarif_runs_are_by_signature():
    one = make_report("A.")
    other = replace(one, signature=replace(SIGNATURE, model="other"))
    assert [len(run["artifacts"]) for run in sarif(one, one, other)["runs"]] == [2, 1]


def test_sarif_names_files_without_a_report_once():
    one = make_report("A.")
    other = replace(one, signature=replace(SIGNATURE, model="other"))
    unread = [Skipped("a b.txt", "a b.txt: no such file")]
    runs = json.loads(render_sarif([one, other], unread))["runs"]
    assert [run["invocations"][0]["executionSuccessful"] for run in runs] == [False, True]
    (notice,) = runs[0]["invocations"][0]["toolExecutionNotifications"]
    assert notice["message"]["text"] == "not checked: a b.txt: no such file"
    assert notice["locations"] == [{"physicalLocation": {"artifactLocation": {"uri": "a%20b.txt"}}}]


def test_sarif_without_reports_has_a_run_of_the_tool():
    (run,) = json.loads(render_sarif([], [Skipped("a.txt", "empty")]))["runs"]
    assert run["tool"]["driver"]["version"] == __version__
    assert (run["results"], run["artifacts"]) == ([], [])


def test_renderers_are_the_formats_of_the_command_line():
    assert set(RENDERERS) == {format_.value for format_ in Format}


@pytest.mark.parametrize("name", sorted(RENDERERS))
def test_every_renderer_takes_odd_text(name):
    report = make_report("\ud800 a\x00\u2028b ⟦\udfff⟧ c.", path="b\udcff.txt", findings=[{"message": "\ud83d"}])
    RENDERERS[name]([report]).encode("utf-8")
    RENDERERS[name]([])
