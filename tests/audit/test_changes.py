"""Two audits compared: findings by fingerprint, documents by path, content or id."""

import json
import random
from collections import Counter
from dataclasses import replace

import pytest
from audit_samples import make_finding
from audit_stories import make_story, summarise, write_audit, write_stories
from test_audit_page import HOSTILE, Seen, write_hostile

from checker.audit.changes import RENDERERS, compare, refuse_same
from checker.audit.dataset import AuditReader, write_summary
from checker.audit.schema import DocumentRow, Status
from checker.cli.audit_reading import CompareFormat
from checker.errors import UsageError


@pytest.fixture
def made(tmp_path):
    """Writes stories as an audit."""

    def write(name, stories):
        write_stories(tmp_path / name, stories)
        return AuditReader(tmp_path / name)

    return write


def stories(number, seed=3):
    rng = random.Random(seed)
    return [make_story(rng, position, 5, 0.3) for position in range(number)]


def without(some, text):
    return [(row, [one for one in found if one.text != text], said) for row, found, said in some]


def test_an_audit_against_a_copy_of_itself_has_no_change(made):
    one, two = made("a", stories(30)), made("b", stories(30))
    result = compare(one, two, shown=10)
    total = sum(1 for _ in one.findings())
    assert (result.new.findings, result.gone.findings, result.unchanged.findings) == (0, 0, total)
    assert (result.added.number, result.removed.number, result.shared) == (0, 0, 30)


def test_new_and_gone_findings_are_told_apart(made):
    before, after = without(stories(40), "3,000"), without(stories(40), "lawful")
    result = compare(made("a", before), made("b", after), shown=100)
    assert {finding.text for finding in result.new_findings} == {"3,000"}
    assert {finding.text for finding in result.gone_findings} == {"lawful"}
    counts = Counter(finding.text for _, found, _ in stories(40) for finding in found)
    assert (result.new.findings, result.gone.findings) == (counts["3,000"], counts["lawful"])
    assert result.unchanged.findings == counts.total() - counts["3,000"] - counts["lawful"]


def test_what_is_listed_is_limited_and_what_is_counted_is_not(made):
    result = compare(made("a", without(stories(40), "3,000")), made("b", stories(40)), shown=1)
    assert len(result.new_findings) == 1 < result.new.findings


def test_the_same_fingerprint_in_another_document_is_new(made):
    row, (finding,), _ = (
        DocumentRow(position=0, id="a", path="a", status=Status.CHECKED, findings=1),
        [make_finding(0)],
        [],
    )
    other = replace(row, position=1, id="b", path="b")
    after = [(row, [finding], []), (other, [replace(finding, position=1)], [])]
    result = compare(made("a", [(row, [finding], [])]), made("b", after), shown=9)
    assert (result.new.findings, result.unchanged.findings) == (1, 1)
    assert result.new_findings[0].position == 1


def test_the_same_fingerprint_twice_counts_twice(made):
    row = DocumentRow(position=0, id="a", path="a", status=Status.CHECKED, findings=2)
    before = [(row, [make_finding(0)], [])]
    result = compare(made("a", before), made("b", [(row, [make_finding(0), make_finding(0)], [])]), shown=9)
    assert (result.new.findings, result.unchanged.findings) == (1, 1)


def test_documents_that_moved_are_found_by_content_and_id(made):
    moved = [
        (replace(row, path=f"archive/{row.path}"), [replace(one, path=f"archive/{one.path}") for one in found], said)
        for row, found, said in stories(20)
    ]
    result = compare(made("a", stories(20)), made("b", moved), shown=9)
    assert (result.new.findings, result.gone.findings) == (0, 0)


def test_a_document_that_became_a_copy_keeps_its_findings(made):
    """Of two documents with the same content the first is checked; which that is may change."""
    row = DocumentRow(position=0, id="a", path="a", status=Status.CHECKED, findings=1)
    copy = DocumentRow(position=1, id="a", path="b", status=Status.DUPLICATE, duplicate_of=0)
    alone, both = [(row, [make_finding(0)], [])], [(replace(row, path="b"), [make_finding(0)], [])]
    both.append((replace(copy, path="a"), [], []))
    result = compare(made("a", alone), made("b", both), shown=9)
    assert (result.new.findings, result.gone.findings, result.unchanged.findings) == (0, 0, 1)
    result = compare(made("c", both), made("d", alone), shown=9)
    assert (result.new.findings, result.gone.findings, result.unchanged.findings) == (0, 0, 1)


def rows(*ids, path="wire.jsonl", texts=None):
    """Rows of a table, each with the finding of its own text, which is that of its id unless it is another."""
    some = []
    for position, name in enumerate(ids):
        place = f"{path}#{position + 1}"
        text = (texts or ids)[position]
        row = DocumentRow(position=position, id=name, path=place, status=Status.CHECKED, content_hash=text, findings=1)
        some.append((row, [make_finding(position, path=place, document=name, fingerprint=text)], []))
    return some


def changes(result):
    found = (result.new.findings, result.gone.findings, result.unchanged.findings)
    return found, (result.added.number, result.removed.number, result.shared)


@pytest.mark.parametrize("path", ["wire.jsonl", "pack.zip!wire.csv", "feed.xml"])
def test_rows_are_found_by_id_wherever_they_stand(made, path):
    before, after = rows("u0", "u1", path=path), rows("new", "u0", "u1", path=path)
    after[0] = (after[0][0], [], [])
    result = compare(made("a", before), made("b", after), shown=9)
    assert changes(result) == ((0, 0, 2), (1, 0, 2))
    assert result.added.first[0].id == "new"


def test_a_row_whose_text_was_changed_is_found_by_its_id(made):
    before, after = rows("u0", "u1"), rows("new", "u0", "u1", texts=("new", "other", "u1"))
    assert changes(compare(made("a", before), made("b", after), shown=9)) == ((2, 1, 1), (1, 0, 2))


def test_a_row_in_the_place_of_another_is_another(made):
    before, after = rows("u0", "u1"), rows("u9", "u1")
    after[0] = (replace(after[0][0], status=Status.SKIPPED, reason="no text", content_hash=None), [], [])
    result = compare(made("a", before), made("b", after), shown=9)
    assert changes(result) == ((0, 1, 1), (1, 1, 1))
    assert result.lost == 0


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (("", ""), ("", "")),
        (("x", "x"), ("x", "x")),
        (("", "u1"), ("u0", "u1")),
        (("0123456789ab", "u1"), ("ba9876543210", "u1")),
    ],
    ids=["none", "doubled", "added", "made up"],
)
def test_rows_without_an_id_of_their_own_are_found_by_number(made, before, after):
    old, new = rows(*before, texts=("old", "b")), rows(*after, texts=("new", "b"))
    assert changes(compare(made("a", old), made("b", new), shown=9)) == ((1, 1, 1), (0, 0, 2))


def test_documents_that_came_or_went_are_named(made):
    result = compare(made("a", stories(20)), made("b", stories(25)[5:]), shown=9)
    assert (result.added.number, result.removed.number, result.shared) == (5, 5, 15)
    assert result.added.first[0].path == "wire/00020.txt"
    text = RENDERERS["text"](result)
    assert "5 documents added: wire/00020.txt" in text
    assert "5 documents no longer there: wire/00000.txt" in text


def test_many_documents_are_counted_and_some_are_named(made):
    result = compare(made("a", []), made("b", stories(40)), shown=0)
    assert result.added.number == 40
    assert len(result.added.first) == 20
    assert result.new.findings == sum(len(found) for _, found, _ in stories(40))


def test_what_can_no_longer_be_checked_is_said(made):
    row, found, said = stories(1)[0]
    lost = replace(row, status=Status.SKIPPED, reason="the file is empty", findings=0)
    result = compare(made("a", [(row, found, said)]), made("b", [(lost, [], [])]), shown=9)
    assert (result.lost, result.regained) == (1, 0)
    assert "1 document could be checked before and not now" in RENDERERS["text"](result)


def test_another_model_is_said(made, tmp_path):
    one, two = made("a", stories(3)), made("b", stories(3))
    signature = summarise(stories(3))["signature"] | {"model": "other"}
    write_summary(tmp_path / "b", summarise(stories(3)) | {"signature": signature})
    assert compare(one, two, shown=0).differences == (("model", "tiny", "other"),)


def test_json_tells_counts_and_findings(made):
    result = compare(made("a", without(stories(40), "3,000")), made("b", stories(40)), shown=2)
    told = json.loads(RENDERERS["json"](result))
    assert told["schema"] == "checker.comparison/1"
    assert told["new"]["total"] == result.new.findings
    assert [one["text"] for one in told["new"]["listed"]] == ["3,000", "3,000"]


def test_the_page_shows_what_changed(made):
    result = compare(made("a", without(stories(40), "3,000")), made("b", without(stories(40), "lawful")), shown=3)
    seen = Seen(RENDERERS["html"](result))
    assert not seen.badly_nested
    assert not seen.open
    entries = [attrs for tag, attrs in seen.elements if tag == "details"]
    assert Counter(entry["data-state"] for entry in entries) == {"1": 3, "2": 3}
    assert f"{result.new.findings} findings new, {result.gone.findings} gone" in seen.shown()


def test_hostile_text_stays_text(tmp_path):
    (tmp_path / "empty").mkdir()
    write_stories(tmp_path / "empty", [])
    empty = AuditReader(tmp_path / "empty")
    pages, texts = [], []
    for name, text in (("hostile", HOSTILE), ("tame", "word")):
        result = compare(empty, write_hostile(tmp_path / name, text), shown=9)
        pages.append(Seen(RENDERERS["html"](result)))
        texts.append(RENDERERS["text"](result))
    assert pages[0].tags() <= pages[1].tags()
    assert not pages[0].badly_nested
    assert "\x1b" not in texts[0]


def test_an_audit_is_not_compared_with_itself(tmp_path):
    folder = write_audit(tmp_path / "a", 3)
    with pytest.raises(UsageError, match="both audits are the same"):
        refuse_same(AuditReader(folder), AuditReader(folder / ".." / "a"))


def test_renderers_are_the_forms_of_the_command_line():
    assert set(RENDERERS) == {one.value for one in CompareFormat}
