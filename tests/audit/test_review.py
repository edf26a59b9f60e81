"""Samples for reviewers, their sheets, and what is measured from them."""

import csv
import io
import json
import random
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from audit_stories import write_audit
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.audit.dataset import AuditReader
from checker.audit.intervals import Weighed, draw_interval, weigh, wilson
from checker.audit.review import draw_sample, measure, read_sheet, write_sheet
from checker.audit.review.sampling import key_of
from checker.audit.review.sheets import COLUMNS
from checker.audit.review.strata import LEAST, allocate, band_of, stratum_of
from checker.audit.review.text import render_json, render_text
from checker.audit.schema import FindingRow
from checker.errors import UsageError


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    return AuditReader(write_audit(tmp_path_factory.mktemp("audit"), 150, error_rate=0.2))


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.integers(), st.integers(0, 40), max_size=12), st.integers(0, 120))
def test_an_allocation_uses_what_there_is(sizes, number):
    given_ = allocate(sizes, number)
    assert sum(given_.values()) == min(number, sum(sizes.values()))
    assert all(0 <= given_[one] <= sizes[one] for one in sizes)
    if number >= LEAST * len(sizes):
        assert all(given_[one] >= min(LEAST, sizes[one]) for one in sizes)


def test_an_allocation_is_by_size_beyond_the_least():
    assert allocate({"a": 900, "b": 90, "c": 3}, 103) == {"a": 90, "b": 11, "c": 2}


@pytest.mark.parametrize(
    ("confidence", "band"),
    [(0.0, "0.00 to 0.60"), (0.6, "0.60 to 0.75"), (0.899, "0.75 to 0.90"), (1.0, "0.90 to 1.00")],
)
def test_bands_have_their_lower_edge(confidence, band):
    assert band_of(confidence) == band


def test_a_sample_holds_findings_and_sentences_of_every_stratum(reader):
    items = draw_sample(reader, 80)
    assert len({item.key for item in items}) == 80
    findings = [item.row for item in items if isinstance(item.row, FindingRow)]
    assert len(findings) == 40
    assert all(item.row.findings == 0 for item in items if not isinstance(item.row, FindingRow))
    strata = {stratum_of(finding) for finding in reader.findings()}
    assert {stratum_of(finding) for finding in findings} == strata or len(strata) > 40


def test_the_same_seed_draws_the_same_sample(reader):
    one, two, other = (draw_sample(reader, 30, seed=seed) for seed in (5, 5, 6))
    assert one == two
    assert {item.key for item in one} != {item.key for item in other}


def test_a_larger_sample_than_the_audit_is_the_audit(tmp_path):
    reader = AuditReader(write_audit(tmp_path, 12))
    everything = draw_sample(reader, 10_000)
    wanted = [*reader.findings(), *(row for row in reader.sentences() if not row.findings)]
    assert Counter(item.key for item in everything) == Counter(map(key_of, wanted))


def test_few_findings_leave_room_for_sentences(tmp_path):
    reader = AuditReader(write_audit(tmp_path, 30, error_rate=0.02))
    findings = sum(1 for _ in reader.findings())
    items = draw_sample(reader, 40)
    assert sum(isinstance(item.row, FindingRow) for item in items) == findings < 20
    assert len(items) == 40


@pytest.mark.parametrize(("number", "unflagged"), [(0, None), (5, 6)])
def test_samples_that_cannot_be(reader, number, unflagged):
    with pytest.raises(UsageError, match="give --n"):
        draw_sample(reader, number, unflagged=unflagged)


def filled(items, judge, *, delimiter=",", encoding="utf-8-sig"):
    """The sheet of `items` with `judge(item)` as verdicts, saved as a spreadsheet might."""
    rows = list(csv.DictReader(io.StringIO(write_sheet(items).decode("utf-8-sig"), newline="")))
    table = io.StringIO()
    writer = csv.DictWriter(table, COLUMNS, delimiter=delimiter)
    writer.writeheader()
    for item, row in zip(items, rows, strict=True):
        writer.writerow(row | {"verdict": judge(item)})
    return table.getvalue().encode(encoding)


def test_a_sheet_has_the_original_s_words_for_the_sentence(audit):
    rows = [
        {"text": "The harbour opened in May.", "source": "El puerto abrió en mayo.", "source_language": "es"},
        {
            "text": "The council of Velmar met. It saw 40 ships. The the end came.",
            "source": "Se reunió el consejo de Velmar. Vio 40 barcos. Llegó el fin.",
            "source_language": "es",
        },
        {"text": "No original is here. It is not known."},
    ]
    table = audit.write("wire.jsonl", "".join(json.dumps(row) + "\n" for row in rows))
    audit.run(table)
    assert [row.source for row in audit.read().sentences()] == [
        "El puerto abrió en mayo.", "Se reunió el consejo de Velmar.", "Vio 40 barcos.", "Llegó el fin.", None, None,
    ]  # fmt: skip
    sheet = csv.DictReader(io.StringIO(write_sheet(draw_sample(audit.read(), 9)).decode("utf-8-sig"), newline=""))
    originals = {row["sentence"].translate({ord("⟦"): None, ord("⟧"): None}): row["source"] for row in sheet}
    assert originals["The the end came."] == "Llegó el fin."
    assert originals["It is not known."] == ""


def is_finding(item):
    return isinstance(item.row, FindingRow)


def judged(folder, items, judge, **more):
    path = folder / "sheet.csv"
    path.write_bytes(filled(items, judge, **more))
    return read_sheet(path)


def test_a_sheet_shows_what_is_to_be_judged_and_not_how_sure_it_is(reader):
    items = draw_sample(reader, 60)
    rows = list(csv.DictReader(io.StringIO(write_sheet(items).decode("utf-8-sig"), newline="")))
    assert tuple(rows[0]) == COLUMNS
    for item, row in zip(items, rows, strict=True):
        assert row["verdict"] == ""
        assert ("⟦" in row["sentence"]) == is_finding(item)
        if is_finding(item):
            assert f"⟦{item.row.text}⟧" in row["sentence"]
            assert str(item.row.confidence) not in "".join(row.values())


@pytest.mark.parametrize(
    ("delimiter", "encoding"), [(",", "utf-8-sig"), (";", "cp1252"), ("\t", "utf-16"), (",", "utf-8")]
)
def test_sheets_come_back_as_spreadsheets_save_them(reader, tmp_path, delimiter, encoding):
    items = [
        replace(item, before="", after="", document=replace(item.document, path="a"))
        for item in draw_sample(reader, 30)
    ]
    content = filled(items, lambda item: " Right" if is_finding(item) else "CLEAN", delimiter=delimiter)
    text = content.decode("utf-8-sig").replace("⟦", "(").replace("⟧", ")")
    (tmp_path / "sheet.csv").write_bytes(text.encode(encoding, "replace"))
    answers, blank = read_sheet(tmp_path / "sheet.csv")
    assert answers == {item.key: is_finding(item) for item in items}
    assert blank == 0


def test_a_workbook_comes_back(reader, tmp_path):
    openpyxl = pytest.importorskip("openpyxl", reason="needs the review extra")
    items = draw_sample(reader, 20)
    items[0] = replace(items[0], before="=1+1 \x00")
    path = tmp_path / "sheet.xlsx"
    path.write_bytes(write_sheet(items, workbook=True))
    book = openpyxl.load_workbook(path)
    sheet = book.active
    assert sheet["F2"].value == "=1+1 ⟨U+0000⟩"
    assert sheet["F2"].data_type == "s"
    assert len(sheet.data_validations.dataValidation) == 2
    for number, item in enumerate(items, start=2):
        sheet.cell(number, 3, "wrong" if is_finding(item) else "error")
    book.save(path)
    answers, _ = read_sheet(path)
    assert answers == {item.key: not is_finding(item) for item in items}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "there is no column 'item'"),
        (b"item,comment\n", "there is no column 'verdict'"),
        (b"item,verdict\nfinding-1-n0-abc,maybe\n", ":2: the verdict is 'maybe'; write one of right, wrong, unsure"),
        (b"item,verdict\n\nsentence-1-0-abc,right\n", ":3: the verdict is 'right'; write one of clean, error, unsure"),
        (b"item,verdict\nrow 1,right\n", ":2: row 1 is not an item"),
        (b"item,verdict\n,right\n", ":2: an empty cell is not an item"),
        (b"item,verdict\nfinding-1,right\nfinding-1,wrong\n", ":3: finding-1 has two verdicts"),
        (b"PK\x03\x04 broken", "not a workbook that can be read"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "there is no column 'item'"),
    ],
)
def test_bad_sheets_get_one_clear_line(tmp_path, content, message):
    path = tmp_path / "sheet.csv"
    path.write_bytes(content)
    with pytest.raises(UsageError) as caught:
        read_sheet(path)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_cell_longer_than_csv_may_have_is_one_clear_line(tmp_path):
    (tmp_path / "sheet.csv").write_bytes(b"item\n" + b"x" * 2_000)
    usual = csv.field_size_limit(1_000)
    try:
        with pytest.raises(UsageError, match="this is no CSV"):
            read_sheet(tmp_path / "sheet.csv")
    finally:
        csv.field_size_limit(usual)


def test_a_sheet_that_is_not_there(tmp_path):
    with pytest.raises(UsageError, match="cannot be read"):
        read_sheet(tmp_path / "none.csv")


def test_a_sheet_of_another_audit_is_refused(reader, tmp_path):
    other = AuditReader(write_audit(tmp_path / "other", 40, seed=8))
    answers, _ = judged(tmp_path, draw_sample(other, 20), lambda item: "right" if is_finding(item) else "clean")
    with pytest.raises(UsageError, match="not in this audit"):
        measure(reader, answers)


def test_a_whole_review_gives_the_true_figures(reader, tmp_path):
    """Where everything was judged, the sample's figures are those of the audit."""
    right = {finding.text for finding in reader.findings()} - {"12 June", "the the"}
    everything = draw_sample(reader, 100_000)
    wanted = {item.key for item in everything if not is_finding(item) and "harbour" in item.row.text}

    def judge(item):
        if is_finding(item):
            return "right" if item.row.text in right else "wrong"
        return "error" if item.key in wanted else "clean"

    answers, blank = judged(tmp_path, everything, judge)
    result = measure(reader, answers, blank)
    findings = list(reader.findings())
    hits = sum(finding.text in right for finding in findings)
    assert result.precision.share == pytest.approx(hits / len(findings))
    assert result.precision.said == pytest.approx(sum(one.confidence for one in findings) / len(findings))
    unflagged = sum(not row.findings for row in reader.sentences())
    assert result.missed.share == pytest.approx(len(wanted) / unflagged)
    assert result.recall.share == pytest.approx(hits / (hits + len(wanted)))
    assert result.recall.interval[0] < result.recall.share < result.recall.interval[1]
    assert {share.name: share.share for share in result.categories}["wrong date"] == 0
    assert (result.unjudged, result.unsure, result.blank) == (0, 0, 0)


def test_a_stratum_weighs_what_it_stands_for(reader, tmp_path):
    """All strata have equal shares of a small sample; the estimate still speaks for the audit."""
    certain = {finding.fingerprint for finding in reader.findings() if finding.text == "3,000"}
    truth = len(certain) / sum(1 for _ in reader.findings())
    estimates = []
    for seed in range(8):
        items = draw_sample(reader, 60, unflagged=0, seed=seed)
        answers, _ = judged(tmp_path, items, lambda item: "right" if item.row.fingerprint in certain else "wrong")
        result = measure(reader, answers).precision
        estimates.append(result.share)
        assert result.interval[0] <= truth <= result.interval[1]
    assert sum(estimates) / len(estimates) == pytest.approx(truth, abs=0.02)


def test_what_nobody_judged_is_said(reader, tmp_path):
    items = draw_sample(reader, 40)

    def judge(item):
        return random.Random(item.key).choice(["right", "unsure", ""]) if is_finding(item) else ""

    answers, blank = judged(tmp_path, items, judge)
    result = measure(reader, answers, blank)
    assert result.precision.share == 1
    assert result.precision.interval[1] == pytest.approx(1)
    assert result.precision.interval[0] < 0.95
    assert (result.missed, result.recall) == (None, None)
    assert result.unsure > 0
    assert result.blank >= 20
    assert result.unjudged > 0
    text = render_text(result)
    assert "Recall: not measured" in text
    assert f"{result.unsure} unsure and {result.blank} blank rows" in text
    assert '"recall": null' in render_json(result)


@pytest.mark.parametrize(
    ("hits", "size", "interval"),
    [(8, 10, (0.4902, 0.9433)), (0, 10, (0.0, 0.2775)), (10, 10, (0.7225, 1.0)), (0, 0, (0.0, 1.0))],
)
def test_wilson_s_interval_is_that_of_the_books(hits, size, interval):
    assert wilson(hits, size) == pytest.approx(interval, abs=1e-4)


def test_unequal_weights_are_worth_fewer_items():
    assert weigh([(1.0, 2.0), (0.0, 2.0)]) == Weighed(0.5, 2.0, 2)
    assert weigh([(1.0, 9.0), (0.0, 1.0)]).size == pytest.approx(100 / 82)
    assert weigh([]) is None


def test_a_drawn_interval_holds_the_figure_and_is_the_same_each_time():
    shares = (Weighed(0.8, 50, 50), Weighed(0.02, 100, 100))
    one, two = (draw_interval(lambda drawn: drawn[0] / (drawn[0] + 10 * drawn[1]), shares) for _ in range(2))
    assert one == two
    assert one[0] < 0.8 < one[1]


@pytest.mark.parametrize(("right", "missed", "figure"), [(1 / 3, 0.0, 1.0), (0.0, 0.2, 0.0), (0.0, 1.0, 0.0)])
def test_a_drawn_interval_holds_a_figure_at_the_end_of_the_scale(right, missed, figure):
    shares = (Weighed(right, 3, 3), Weighed(missed, 5, 5))
    low, high = draw_interval(lambda drawn: drawn[0] / np.maximum(drawn[0] + drawn[1], 1e-9), shares)
    assert low <= figure <= high
    assert high - low > 0.1


@pytest.mark.parametrize("size", [0.3, 1, 3, 7, 10.7])
@pytest.mark.parametrize("share", [0.0, 1.0])
def test_wilson_s_interval_holds_the_share(share, size):
    low, high = wilson(share * size, size)
    assert low <= share <= high
