"""The decision store: what was decided counts, nothing is lost, and other files are left alone."""

from __future__ import annotations

import pickle
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import report_samples

from checker.decisions import CitedFact, Decision, DecisionKind, DecisionStore, Dismissals, decision_on, read_baseline
from checker.decisions.store import KIND
from checker.errors import DecisionStoreError, UsageError
from checker.evidence import EvidenceKind
from checker.findings import Finding
from checker.report import Report

NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)
DISMISSING = (DecisionKind.NOT_AN_ERROR, DecisionKind.LEFT_AS_IS, DecisionKind.FACT_OUT_OF_DATE)


def hidden(store: DecisionStore, report: Report) -> list[str]:
    return [finding.text for finding in report.findings if store.dismissals().hides(finding)]


def test_a_decision_comes_back_as_it_was(store: DecisionStore, report: Report) -> None:
    made = store.decide(
        report, report.findings[0], DecisionKind.ACCEPTED, by="Ada", reason="plain", replacement="rejected"
    )
    assert list(store.list()) == [made]
    assert store.current([made.fingerprint, "none"]) == {made.fingerprint: made}
    assert (made.text, made.sentence, made.article) == ("approved", "The council approved the plan.", "article.txt")
    assert made.facts == (CitedFact("f1", "The council rejected the plan."),)
    assert (made.confidence, made.evidence_kind, made.model) == (0.9, "fact", report.signature.model_hash)
    assert len(store) == 1


def test_a_decision_is_taken_back_by_its_fingerprint(store: DecisionStore, report: Report) -> None:
    finding = report.findings[1]
    store.decide(report, finding, DecisionKind.NOT_AN_ERROR, by="Ada")
    made = store.reopen(finding.fingerprint, by="Ilse", reason="it was one")
    assert (made.kind, made.by, made.text) == (DecisionKind.REOPENED, "Ilse", "lawful")
    assert hidden(store, report) == []
    assert [each.by for each in store.history(finding.fingerprint)] == ["Ada", "Ilse"]
    for unknown in (finding.fingerprint, "none"):
        with pytest.raises(UsageError, match="nothing is decided about it"):
            store.reopen(unknown)


@pytest.mark.parametrize("kind", DecisionKind)
def test_only_dismissals_hide(store: DecisionStore, report: Report, kind: DecisionKind) -> None:
    store.decide(report, report.findings[1], kind)
    assert hidden(store, report) == (["lawful"] if kind in DISMISSING else [])


def test_the_newest_decision_counts_whatever_the_clock(store: DecisionStore, report: Report) -> None:
    finding = report.findings[0]
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    store.add([decision_on(report, finding, DecisionKind.NOT_AN_ERROR, at=tomorrow)])
    assert hidden(store, report) == ["approved"]
    store.decide(report, finding, DecisionKind.REOPENED)
    assert hidden(store, report) == []
    assert store.current([finding.fingerprint]) == {}
    store.decide(report, finding, DecisionKind.LEFT_AS_IS)
    assert [each.kind.value for each in store.history(finding.fingerprint)] == [
        *("not_an_error", "reopened", "left_as_is")
    ]
    assert [each.kind for each in store.list(newest_only=True)] == [DecisionKind.LEFT_AS_IS]


def test_an_older_decision_that_is_added_later_does_not_count(store: DecisionStore, report: Report) -> None:
    newer = store.decide(report, report.findings[0], DecisionKind.ACCEPTED)
    older = replace(newer, kind=DecisionKind.NOT_AN_ERROR, at=newer.at - timedelta(days=1))
    assert store.add([older, older]) == 1
    assert hidden(store, report) == []


def test_adding_again_doubles_nothing(store: DecisionStore, report: Report) -> None:
    made = [decision_on(report, finding, DecisionKind.NOT_AN_ERROR, at=NOON) for finding in report.findings]
    assert (store.add(made), store.add(made), store.add([])) == (3, 0, 0)
    assert list(store.list()) == made


def test_decisions_are_chosen(store: DecisionStore, report: Report) -> None:
    kinds = (DecisionKind.ACCEPTED, DecisionKind.NOT_AN_ERROR, DecisionKind.NOT_AN_ERROR)
    store.add(
        decision_on(report, finding, kind, at=NOON + timedelta(days=day), by="Ada" if day else "Bo")
        for day, (finding, kind) in enumerate(zip(report.findings, kinds, strict=True))
    )
    assert [each.text for each in store.list(kind=DecisionKind.NOT_AN_ERROR)] == ["lawful", "Monday"]
    assert [each.text for each in store.list(by="Ada", since=NOON + timedelta(days=2))] == ["Monday"]
    assert [each.text for each in store.list(limit=2)] == ["approved", "lawful"]


def _with_facts(report: Report, *texts: str, kind: EvidenceKind = EvidenceKind.FACT) -> Finding:
    pieces = tuple(report_samples.make_evidence(text, id=f"e{n}", kind=kind) for n, text in enumerate(texts))
    return replace(report.findings[0], evidence=pieces)


def test_an_alarm_of_an_old_fact_comes_back_with_another_fact(store: DecisionStore, report: Report) -> None:
    store.decide(report, _with_facts(report, "Old.", "Older."), DecisionKind.FACT_OUT_OF_DATE)
    hides = store.dismissals().hides
    assert hides(_with_facts(report, "Old.", "Older."))
    assert hides(_with_facts(report, "Old."))
    assert not hides(_with_facts(report, "Old.", "New."))
    assert not hides(_with_facts(report, "New."))
    assert not hides(_with_facts(report, "Old.", kind=EvidenceKind.ARTICLE))


def test_dismissals_are_plain_values(store: DecisionStore, report: Report) -> None:
    store.decide(report, report.findings[0], DecisionKind.NOT_AN_ERROR)
    known = store.dismissals()
    assert pickle.loads(pickle.dumps(known)) == known  # noqa: S301
    assert store.dismissals() is known
    assert [Dismissals.of_fingerprints(["x"]).hides(replace(report.findings[0], fingerprint=p)) for p in "xy"] == [
        *(True, False)
    ]


def test_a_baseline_is_a_store_or_a_report(store: DecisionStore, report: Report, tmp_path: Path) -> None:
    from checker.report.json import render

    store.decide(report, report.findings[0], DecisionKind.NOT_AN_ERROR)
    assert read_baseline(store.path) == store.dismissals()
    (tmp_path / "before.json").write_text(render([report]))
    assert all(map(read_baseline(tmp_path / "before.json").hides, report.findings))
    connection = sqlite3.connect(tmp_path / "other.db")
    connection.execute("CREATE TABLE recipes (name)")
    connection.close()
    with pytest.raises(UsageError, match="not a decision store"):
        read_baseline(tmp_path / "other.db")


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("fingerprint", "", "no fingerprint"),
        ("fingerprint", "a\nb", "no fingerprint"),
        ("at", datetime(2026, 1, 31), "time zone"),
        ("confidence", 1.5, "from 0 to 1"),
        ("reason", "x" * 2_001, "2,001 characters"),
        ("by", "half \ud800", "half a character"),
        ("facts", (CitedFact("f1", "half \ud800"),), "half a character"),
    ],
)
def test_what_cannot_be_kept_is_refused(field: str, value: object, said: str) -> None:
    good = Decision(fingerprint="0" * 16, kind=DecisionKind.ACCEPTED, at=NOON)
    with pytest.raises(UsageError, match=said):
        replace(good, **{field: value})


def test_broken_text_of_an_article_is_kept_as_far_as_it_can(store: DecisionStore) -> None:
    report = report_samples.make_report("It ⟦\ud800fell\0⟧ " + "x" * 3_000)
    made = store.decide(report, report.findings[0], DecisionKind.NOT_AN_ERROR)
    assert made.text == "?fell\0"
    assert list(store.list()) == [made]


def _database(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE recipes (name)")
    connection.commit()
    connection.close()


def _fact_store(path: Path) -> None:
    from checker import FactStore

    FactStore.open(path).close()


@pytest.mark.parametrize(
    ("write", "reason"),
    [
        (lambda path: path.write_bytes(b""), "is empty"),
        (lambda path: path.write_text('{"fingerprint": "x"}\n'), "not a decision store"),
        (lambda path: path.write_bytes(b"SQLite format 3\x00" + b"\x01" * 40), "not a decision store"),
        (_database, "not a decision store"),
        (_fact_store, "not a decision store"),
    ],
)
def test_another_file_is_refused_and_left_alone(tmp_path: Path, write: Callable[[Path], object], reason: str) -> None:
    path = tmp_path / "other.decisions"
    write(path)
    before = path.read_bytes()
    for create in (True, False):
        with pytest.raises(DecisionStoreError, match=reason) as caught:
            DecisionStore.open(path, create=create)
        assert "\n" not in str(caught.value)
    assert path.read_bytes() == before


@pytest.mark.parametrize("part", [(100, 4_000), (4_096, 40_000), (0.5, 0.8)])
def test_a_damaged_store_is_one_clear_error(tmp_path: Path, report: Report, part: tuple[float, float]) -> None:
    path = tmp_path / "s.decisions"
    with DecisionStore.open(path) as store:
        one = decision_on(report, report.findings[0], DecisionKind.NOT_AN_ERROR, at=NOON)
        store.add(replace(one, fingerprint=f"{number:016x}") for number in range(300))
    content = bytearray(path.read_bytes())
    start, end = (int(at * len(content)) if at < 1 else int(at) for at in part)
    content[start:end] = b"\xa5" * (end - start)
    path.write_bytes(content)
    said = []
    try:
        with DecisionStore.open(path) as store:
            said = list(store.faults())
            list(store.list())
            store.dismissals()
    except DecisionStoreError as error:
        said = [str(error)]
        assert "damaged" in said[0]
    assert said
    assert not any("\n" in each for each in said)
    assert path.read_bytes() == content


def test_a_row_that_is_no_decision_is_damage(store: DecisionStore, report: Report) -> None:
    store.decide(report, report.findings[0], DecisionKind.ACCEPTED)
    connection = sqlite3.connect(store.path)
    connection.execute("UPDATE decisions SET kind = 'shrugged'")
    connection.commit()
    connection.close()
    with pytest.raises(DecisionStoreError, match=r"damaged decision store \(row d-\w+ is no decision\)"):
        list(store.list())


def test_a_store_of_a_newer_schema_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "new.decisions"
    DecisionStore.open(path).close()
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {KIND.version + 1}")
    connection.close()
    with pytest.raises(DecisionStoreError, match="newer"):
        DecisionStore.open(path)


WRITER = """
import sys
sys.path.insert(0, sys.argv[3])
import report_samples
from checker.decisions import DecisionKind, DecisionStore
report = report_samples.make_report("It ⟦fell⟧.", findings=[{"fingerprint": "shared"}])
with DecisionStore.open(sys.argv[1]) as store:
    for number in range(20):
        store.decide(report, report.findings[0], DecisionKind.NOT_AN_ERROR, by=sys.argv[2], reason=str(number))
"""


def test_several_processes_make_and_fill_one_store(tmp_path: Path) -> None:
    path = tmp_path / "shared.decisions"
    arguments = [sys.executable, "-c", WRITER, str(path)]
    tests = str(Path(report_samples.__file__).parent)
    writers = [subprocess.Popen([*arguments, name, tests]) for name in ("Ada", "Bo", "Cy")]  # noqa: S603
    assert [writer.wait(timeout=120) for writer in writers] == [0, 0, 0]
    with DecisionStore.open(path, create=False) as store:
        history = store.history("shared")
        assert store.faults() == []
    assert len(history) == 60
    assert len({each.at for each in history}) == 60
    assert {each.by for each in history} == {"Ada", "Bo", "Cy"}


def test_another_program_s_decisions_are_seen(store: DecisionStore, report: Report) -> None:
    assert hidden(store, report) == []
    with DecisionStore.open(store.path, create=False) as other:
        other.decide(report, report.findings[2], DecisionKind.NOT_AN_ERROR)
    assert hidden(store, report) == ["Monday"]


def test_threads_share_one_store(store: DecisionStore, report: Report) -> None:
    def work(finding: Finding) -> None:
        for _ in range(10):
            store.decide(report, finding, DecisionKind.NOT_AN_ERROR)
            store.dismissals()

    threads = [threading.Thread(target=work, args=[finding]) for finding in report.findings]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(store) == 30
    assert hidden(store, report) == ["approved", "lawful", "Monday"]


def test_a_kind_may_be_given_by_its_name(store: DecisionStore, report: Report) -> None:
    made = store.decide(report, report.findings[0], "not_an_error", by="Ada")
    assert made.kind is DecisionKind.NOT_AN_ERROR
    assert hidden(store, report) == ["approved"]
    assert list(store.list(kind="not_an_error")) == [made]
    assert list(store.list(kind="accepted")) == []


@pytest.mark.parametrize("kind", ["shrugged", "", None, 5])
def test_another_kind_is_refused(store: DecisionStore, report: Report, kind: Any) -> None:
    told = "give accepted, left_as_is, not_an_error, fact_out_of_date, reopened"
    with pytest.raises(UsageError, match=told):
        store.decide(report, report.findings[0], kind, by="Ada")
    if kind is not None:  # which asks for all
        with pytest.raises(UsageError, match=told):
            list(store.list(kind=kind))
    assert len(store) == 0


@pytest.mark.parametrize("by", ["", "  ", 5])
def test_nobody_decides_nothing(store: DecisionStore, report: Report, by: Any) -> None:
    with pytest.raises(UsageError, match=r"by is empty; name who decides|by is of type int; give a text"):
        store.decide(report, report.findings[0], DecisionKind.ACCEPTED, by=by)
    assert len(store) == 0


def test_what_is_no_finding_of_a_report_is_refused(store: DecisionStore, report: Report) -> None:
    nothing: Any = None
    with pytest.raises(UsageError, match="finding is of type NoneType; give a report, and one of its findings"):
        store.decide(report, nothing, DecisionKind.ACCEPTED, by="Ada")
    with pytest.raises(UsageError, match="report is of type NoneType"):
        store.decide(nothing, report.findings[0], DecisionKind.ACCEPTED, by="Ada")
