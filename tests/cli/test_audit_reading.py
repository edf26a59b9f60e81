"""`checker audit report|compare|export|sample|verdicts`: files, exit codes, and what can go wrong with them."""

import csv
import json
import re
import shlex
from pathlib import Path

import pytest
from audit_stories import write_audit

import checker
from checker.audit.dataset import AuditReader

README = Path(checker.__file__).parents[1] / "README.md"


@pytest.fixture
def audit(tmp_path):
    """Writes an audit into a folder of the working directory."""

    def write(name="audit", documents=25, **more):
        write_audit(tmp_path / name, documents, **more)
        return name

    return write


def test_a_page_is_made_again(run, audit, tmp_path):
    result = run("audit", "report", audit())
    assert (result.code, result.out) == (0, b"")
    page = (tmp_path / "audit" / "index.html").read_text("utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert "checker: the page is audit/index.html" in result.err
    assert run("audit", "report", "audit", "--findings", "2", "--output", "short.html").code == 0
    assert (tmp_path / "short.html").read_text("utf-8").count("<details") == 2


@pytest.mark.parametrize("verb", ["report", "export", "sample", "verdicts", "compare"])
def test_a_folder_without_an_audit_is_wrong_usage(run, tmp_path, verb):
    (tmp_path / "none").mkdir()
    more = {"export": ["--format", "csv"], "verdicts": ["s.csv"], "compare": ["none"]}.get(verb, [])
    result = run("audit", verb, "none", *more)
    assert (result.code, result.out) == (2, b"")
    assert result.err == "checker: none: no audit is here; name the --output folder of `checker audit`\n"


def test_a_damaged_data_set_is_one_line(run, audit, tmp_path):
    audit()
    (tmp_path / "audit" / "findings" / "part-00000.parquet").write_bytes(b"PAR1 no")
    result = run("audit", "report", "audit")
    assert result.code == 3
    assert "damaged" in result.err
    assert result.err.count("\n") == 1
    assert not (tmp_path / "audit" / "index.html").exists()


def test_comparing_tells_by_its_exit_code(run, audit):
    audit("a", seed=1)
    audit("b", seed=1)
    audit("c", seed=1, documents=28)
    assert run("audit", "compare", "a", "b").code == 0
    result = run("audit", "compare", "a", "c")
    assert b"3 documents added" in result.out
    assert result.code in (0, 1)
    assert run("audit", "compare", "a", "a").code == 2
    told = json.loads(run("audit", "compare", "a", "b", "-f", "json").out)
    assert told["new"]["total"] == 0
    assert run("audit", "compare", "a", "b", "-f", "html").out.startswith(b"<!DOCTYPE html>")


def test_new_findings_fail_by_severity(run, tmp_path):
    write_audit(tmp_path / "a", 20, error_rate=0.0)
    write_audit(tmp_path / "b", 20, error_rate=0.6)
    assert run("audit", "compare", "a", "b", "--fail-on", "critical").code == 1
    assert run("audit", "compare", "b", "a").code == 0


@pytest.mark.parametrize("format_", ["sarif", "junit", "csv", "json"])
def test_exports_go_to_standard_output_or_a_file(run, audit, tmp_path, format_):
    shown = run("audit", "export", audit(), "--format", format_)
    assert (shown.code, shown.err) == (0, "")
    assert run("audit", "export", "audit", "--format", format_, "-o", "out").code == 0
    assert (tmp_path / "out").read_bytes() == shown.out


def test_an_export_needs_a_format(run, audit):
    assert run("audit", "export", audit()).code == 2


def test_a_sample_goes_out_and_verdicts_come_back(run, audit, tmp_path):
    result = run("audit", "sample", audit(), "--n", "30", "--seed", "4", "-o", "sheet.csv")
    assert result.code == 0
    assert "30 items" in result.err
    with (tmp_path / "sheet.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert run("audit", "verdicts", "audit", "sheet.csv").err == (
        "checker: sheet.csv: no row has a verdict yet; fill in the column verdict\n"
    )
    with (tmp_path / "filled.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0])
        writer.writeheader()
        writer.writerows(row | {"verdict": "right" if "⟦" in row["sentence"] else "clean"} for row in rows)
    text = run("audit", "verdicts", "audit", "filled.csv")
    assert text.code == 0
    assert text.out.startswith(b"Precision: 1.000 (")
    told = json.loads(run("audit", "verdicts", "audit", "filled.csv", "-f", "json").out)
    assert (told["schema"], told["recall"]["share"]) == ("checker.verdicts/1", 1.0)


@pytest.mark.parametrize("name", ["sheet.csv", "sheet.xlsx"])
def test_a_sheet_with_verdicts_is_not_written_over(run, audit, tmp_path, name):
    if name.endswith(".xlsx"):
        openpyxl = pytest.importorskip("openpyxl", reason="needs the review extra")
    draw = ("audit", "sample", audit(), "--n", "5", "-o", name)
    assert (run(*draw).code, run(*draw).code) == (0, 0)  # nobody has written in it
    place = tmp_path / name
    if name.endswith(".xlsx"):
        book = openpyxl.load_workbook(place)
        book.active["C3"] = "unsure"
        book.save(place)
    else:
        place.write_text(place.read_text("utf-8-sig").replace("unsure,,,", "unsure,right,,", 1), encoding="utf-8")
    filled = place.read_bytes()
    result = run(*draw)
    assert (result.code, place.read_bytes() == filled) == (2, True)
    assert "another --output" in result.err


@pytest.mark.parametrize("name", ["summary.json", "documents/part-00000.parquet"])
@pytest.mark.parametrize(
    "verb", [("report",), ("export", "-f", "json"), ("sample",), ("compare", "other"), ("verdicts", "sheet.csv")]
)
def test_no_output_replaces_the_audit_that_is_read(run, audit, tmp_path, verb, name):
    audit("other")
    first, *more = verb
    place = Path(audit()) / name
    before = (tmp_path / place).read_bytes()
    result = run("audit", first, "audit", *more, "--output", place)
    assert (result.code, "--output would replace the audit's" in result.err) == (2, True)
    assert (tmp_path / place).read_bytes() == before


def test_a_sheet_is_not_replaced_by_what_is_measured_with_it(run, audit, tmp_path):
    run("audit", "sample", audit(), "--n", "5", "-o", "sheet.csv")
    before = (tmp_path / "sheet.csv").read_bytes()
    result = run("audit", "verdicts", "audit", "sheet.csv", "-o", "sheet.csv")
    assert (result.code, "would replace the sheet sheet.csv" in result.err) == (2, True)
    assert (tmp_path / "sheet.csv").read_bytes() == before


def test_a_workbook_is_told_by_its_name(run, audit, tmp_path):
    pytest.importorskip("openpyxl", reason="needs the review extra")
    assert run("audit", "sample", audit(), "--n", "5", "-o", "sheet.xlsx").code == 0
    assert (tmp_path / "sheet.xlsx").read_bytes().startswith(b"PK")


def test_samples_that_cannot_be_are_wrong_usage(run, audit):
    assert run("audit", "sample", audit(), "--n", "0").code == 2
    assert run("audit", "sample", "audit", "--n", "5", "--unflagged", "6").code == 2


@pytest.mark.skipif(not README.is_file(), reason="the README is not beside the package")
def test_the_commands_of_the_readme_run(run, audit, tmp_path):
    """Each line of the section as it stands; the reviewers' part is played by filling in the column verdict."""
    audit("last-week", seed=2)
    audit("out")
    section = README.read_text(encoding="utf-8").split("### Reading an audit")[1].split("\n### ")[0].split("\n## ")[0]
    lines = re.findall(r"^    checker (audit .*?)(?:\s+#.*)?$", section, re.MULTILINE)
    assert len(lines) == 5
    for line in lines:
        result = run(*shlex.split(line))
        assert result.code in ((0, 1) if " compare " in line else (0,)), result.err
        if " sample " in line:
            content = (tmp_path / "sheet.csv").read_text("utf-8-sig").replace("unsure,,,", "unsure,unsure,,", 1)
            content = content.replace("unsure,,,", "unsure,no,,")
            (tmp_path / "sheet.csv").write_text(content, encoding="utf-8")
    assert b"Recall: " in result.out


def test_an_audit_ends_with_its_page(run, tmp_path, monkeypatch):
    def finish(request, engine):
        return AuditReader(write_audit(request.output, 12)).summary

    monkeypatch.setattr("checker.audit.engines.local.local_engine", lambda *_: None)
    monkeypatch.setattr("checker.cli.audit._run", finish)
    run("audit", "stories", "--output", "out")
    assert "<title>" in (tmp_path / "out" / "index.html").read_text("utf-8")
