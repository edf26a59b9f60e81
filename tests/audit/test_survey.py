"""What is counted: every finding once, by every facet, and the errors that repeat as one."""

from collections import Counter
from datetime import date

import pytest
from audit_samples import make_finding
from audit_stories import write_audit, write_stories

from checker.audit.dataset import AuditReader
from checker.audit.schema import DocumentRow, Status
from checker.audit.survey import UNKNOWN, Tally, survey


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    return AuditReader(write_audit(tmp_path_factory.mktemp("audit"), 120))


def test_every_facet_counts_every_finding(reader):
    counted = survey(reader)
    findings = list(reader.findings())
    assert counted.total.findings == len(findings)
    assert counted.total.expected == pytest.approx(sum(finding.confidence for finding in findings))
    for facet, values in counted.facets.items():
        assert sum(tally.findings for tally in values.values()) == len(findings), facet
    by_category = {value: tally.findings for value, tally in counted.facets["category"].items()}
    assert by_category == Counter(finding.category for finding in findings)
    assert sum(counted.bands) == len(findings)
    assert sum(tally.findings for tally in counted.days.values()) == len(findings)
    assert UNKNOWN in counted.facets["desk"]


def test_documents_are_counted_by_what_became_of_them(reader):
    counted = survey(reader)
    rows = list(reader.documents())
    assert counted.statuses == Counter(row.status for row in rows)
    assert counted.reasons == {"the file is empty": counted.statuses[Status.SKIPPED]}
    assert counted.total.documents == counted.statuses[Status.CHECKED]
    assert counted.total.flagged == sum(row.findings > 0 for row in rows)
    assert counted.verdicts.total() == sum(row.sentences for row in rows)


def test_a_facet_that_no_document_has_is_left_out(tmp_path):
    row = DocumentRow(position=0, id="a", path="a", status=Status.CHECKED, findings=1)
    write_stories(tmp_path, [(row, [make_finding(0)], [])])
    assert survey(AuditReader(tmp_path)).facets["desk"] == {}


def test_the_same_error_in_other_letters_is_one(tmp_path):
    stories = []
    for position, text in enumerate(("Ilse Brand", "ILSE BRAND", "“Ilse Brand”", "Ilse Brandt")):
        row = DocumentRow(
            position=position, id="a", path="a", status=Status.CHECKED, findings=2, day=date(2022, 5, 3 - position % 3)
        )
        found = [make_finding(position, text=text, suggestions=("Ilse Brandt",)) for _ in range(2)]
        stories.append((row, found, []))
    write_stories(tmp_path, stories)
    first, second = survey(AuditReader(tmp_path), repeats=9).repeats
    assert (first.text, first.tally.findings, first.tally.flagged) == ("Ilse Brand", 6, 3)
    assert (first.first_day, first.last_day) == (date(2022, 5, 1), date(2022, 5, 3))
    assert (second.text, second.tally.findings, second.tally.flagged) == ("Ilse Brandt", 2, 1)


def test_another_category_or_suggestion_is_another_error(tmp_path):
    kinds = ({}, {"suggestions": ("refused",)}, {"category": "accuracy/mistranslation/entity"})
    row = DocumentRow(position=0, id="a", path="a", status=Status.CHECKED, findings=3)
    write_stories(tmp_path, [(row, [make_finding(0, **more) for more in kinds], [])])
    assert survey(AuditReader(tmp_path), repeats=9).repeats == []


def test_the_worst_documents_weigh_severity_and_confidence(tmp_path):
    grades = (("minor", 0.9), ("critical", 0.5), ("major", 1.0))
    stories = [
        (
            DocumentRow(position=n, id=level, path=level, status=Status.CHECKED, findings=1),
            [make_finding(n, severity=level, confidence=said)],
            [],
        )
        for n, (level, said) in enumerate(grades)
    ]
    write_stories(tmp_path, stories)
    worst = survey(AuditReader(tmp_path), worst=2).worst
    assert [(one.row.path, one.weight) for one in worst] == [("critical", 12.5), ("major", 5.0)]


def test_the_expected_number_has_a_range():
    tally = Tally()
    for _ in range(100):
        tally.add(make_finding(0, confidence=0.8))
    low, high = tally.expected_range()
    assert tally.expected == pytest.approx(80)
    assert (low, high) == (pytest.approx(72.16, abs=0.01), pytest.approx(87.84, abs=0.01))  # 80 ± 1.96 × √16
