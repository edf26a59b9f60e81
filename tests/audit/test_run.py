"""Whole audits: what becomes of each document, and that stopping changes nothing."""

import random
from datetime import UTC, date, datetime

import pytest

from checker.audit import dataset, grouping, run
from checker.audit.ledger import Ledger
from checker.audit.schema import Status
from checker.errors import CheckerError, UsageError
from checker.findings import Calibration
from checker.pipeline import Checker
from checker.settings import Settings

CLEAN = "The council met in the harbour town on day {number}. It opened new berths there. Ferries will use them."
WRONG = "The council met in the the harbour town on day {number}. It opened new berths there."


class Killed(BaseException):
    """Stands for a kill: nothing but `finally` runs."""


@pytest.fixture
def small_parts(monkeypatch):
    for module in (grouping, run):
        monkeypatch.setattr(module, "DOCUMENTS_IN_PART", 7)
    monkeypatch.setattr(grouping, "SENTENCES_IN_GROUP", 8)


def fill(audit, count):
    for number in range(count):
        audit.write(f"{number:03}.txt", (WRONG if number % 3 == 0 else CLEAN).format(number=number % 20))
    audit.write("empty.txt", "")


def test_each_document_has_its_row(audit):
    audit.write("a.txt", WRONG.format(number=1))
    audit.write("b.txt", CLEAN.format(number=1))
    audit.write("c/again.txt", WRONG.format(number=1))
    audit.write("d.txt", "")
    audit.write("e.txt", "The ferry will trip. It is late.")
    summary = audit.run()
    rows = audit.documents()
    assert [(row.path.removeprefix(f"{audit.articles}/"), row.status) for row in rows] == [
        ("a.txt", "checked"),
        ("b.txt", "checked"),
        ("c/again.txt", "duplicate"),
        ("d.txt", "skipped"),
        ("e.txt", "skipped"),
    ]
    assert (rows[0].findings, rows[0].worst, rows[0].words) == (1, "minor", 16)
    assert rows[2].duplicate_of == 0
    assert "empty" in rows[3].reason
    assert rows[4].reason == "internal error: ZeroDivisionError: tripped"
    assert [(found.position, found.text) for found in audit.read().findings()] == [(0, "the")]
    assert {each.position for each in audit.read().sentences()} == {0, 1}
    assert summary["documents"] == {"total": 5, "checked": 2, "skipped": 2, "duplicate": 1, "incomplete": 2}
    assert summary["findings"]["by_category"] == {"fluency/duplication": 1}


def test_a_finding_is_a_slice_of_its_context(audit):
    audit.write("a.txt", "The harbour opened.\n\nFerries use the the berths in May.")
    audit.run()
    (found,) = audit.read().findings()
    assert found.context == "Ferries use the the berths in May."
    assert found.context[found.start - found.context_start : found.end - found.context_start] == found.text
    assert (found.start_line, found.start_column, found.end_column) == (3, 17, 20)


def test_what_is_like_a_skipped_document_is_skipped(audit):
    for name in "ab":
        audit.write(f"{name}.txt", "The ferry will trip. It is late.")
    audit.run()
    assert [row.status for row in audit.documents()] == [Status.SKIPPED] * 2


@pytest.mark.usefixtures("small_parts")
@pytest.mark.parametrize("seed", range(3))
def test_killed_at_any_moment_and_resumed_it_is_the_same_to_the_byte(audit, monkeypatch, seed):
    fill(audit, 24)
    audit.run(output="whole")
    moments = random.Random(seed)
    left = [0]

    def deadly(function):
        def maybe_killed(*args, **more):
            left[0] -= 1
            if left[0] == 0:
                raise Killed
            done = function(*args, **more)
            left[0] -= 1
            if left[0] == 0:
                raise Killed
            return done

        return maybe_killed

    monkeypatch.setattr(Ledger, "enter", deadly(Ledger.enter))
    monkeypatch.setattr(Ledger, "_put", deadly(Ledger._put))
    monkeypatch.setattr(dataset, "_replace", deadly(dataset._replace))
    kills = 0
    for resume in [False, *[True] * 200]:
        left[0] = moments.randrange(1, 30)
        try:
            audit.run(resume=resume)
            break
        except Killed:
            kills += 1
    assert kills > 1
    assert audit.content() == audit.content("whole")


@pytest.mark.usefixtures("small_parts")
def test_resuming_what_is_done_changes_nothing(audit):
    fill(audit, 9)
    audit.run()
    before = audit.content()
    audit.run(resume=True)
    assert audit.content() == before


def test_an_audit_is_not_gone_on_with_once_the_model_was_calibrated_anew(audit, monkeypatch):
    fill(audit, 3)
    audit.run()
    anew = Calibration(weights={"finding/fact": {"bias": 1.0}})
    monkeypatch.setattr(Checker, "calibration", property(lambda _: anew))
    with pytest.raises(UsageError, match="begun with another calibration; give that"):
        audit.run(resume=True)


def test_an_audit_is_not_gone_on_with_by_other_facts(audit):
    fill(audit, 3)
    facts = audit.folder / "facts.txt"
    facts.write_text("The harbour is closed.\n", encoding="utf-8")
    audit.run(facts=[facts])
    said = "this audit was begun with other facts; give the same --facts, or another --output"
    with pytest.raises(UsageError, match=said):
        audit.run(resume=True)
    facts.write_text("The harbour is open.\n", encoding="utf-8")
    with pytest.raises(UsageError, match=said):
        audit.run(resume=True, facts=[facts])
    with pytest.raises(UsageError, match="begun with other facts, another limit; give the same, or") as caught:
        audit.run(resume=True, limit=2)
    assert "facts_hash" not in str(caught.value)


def test_an_audit_is_not_begun_over_another(audit):
    fill(audit, 2)
    audit.run()
    with pytest.raises(UsageError, match="--resume"):
        audit.run()
    (audit.folder / "out" / ".ledger.sqlite").unlink()
    with pytest.raises(UsageError, match="parts of another audit"):
        audit.run(resume=True)


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ({"settings": Settings(min_confidence=0.9)}, "settings_hash"),
        ({"limit": 2}, "limit"),
        ({"as_of": date(2020, 1, 1)}, "as_of"),
    ],
)
def test_another_audit_is_not_gone_on_with(audit, more, named):
    fill(audit, 3)
    audit.run()
    with pytest.raises(UsageError, match=named):
        audit.run(resume=True, **more)


@pytest.mark.parametrize("name", ["000-new.txt", "001-new.txt", "z-new.txt"])
@pytest.mark.parametrize("choice", [{}, {"shard": (1, 2)}, {"sample": 20}])
def test_input_with_another_file_is_not_gone_on_with_wherever_it_sorts(audit, name, choice):
    fill(audit, 3)
    audit.run(**choice)
    audit.write(name, CLEAN)
    with pytest.raises(UsageError, match="added or taken away"):
        audit.run(resume=True, **choice)


@pytest.mark.parametrize("name", ["000.txt", "empty.txt"])
def test_input_without_a_file_is_not_gone_on_with(audit, name):
    fill(audit, 3)
    audit.run()
    (audit.articles / name).rename(audit.articles / f"{name}.moved.txt")
    with pytest.raises(UsageError, match="added or taken away"):
        audit.run(resume=True)


def test_files_beyond_the_limit_may_come(audit):
    fill(audit, 3)
    audit.run(limit=2)
    audit.write("z-new.txt", CLEAN)
    assert audit.run(limit=2, resume=True)["documents"]["total"] == 2


def test_two_audits_do_not_write_at_once(audit):
    fill(audit, 1)
    (audit.folder / "out").mkdir()
    ledger = Ledger(audit.folder / "out" / ".ledger.sqlite")
    ledger.begin({})
    with pytest.raises(UsageError, match="out: another audit is writing here; wait until it has ended, or") as caught:
        audit.run(resume=True)
    assert "locked" not in str(caught.value)
    ledger.close()


def test_a_folder_that_cannot_be_written_to_is_not_said_to_be_another_s(audit):
    fill(audit, 1)
    (audit.folder / "out" / ".ledger.sqlite").mkdir(parents=True)
    with pytest.raises(UsageError, match=r"out: this folder cannot be written to .*; check your rights"):
        audit.run()


@pytest.mark.usefixtures("small_parts")
def test_shards_are_together_the_whole(audit):
    fill(audit, 30)
    audit.run(output="whole")
    summaries = [audit.run(shard=(number, 3)) for number in (1, 2, 3)]
    assert [summary["complete"] for summary in summaries] == [False, False, True]
    assert {(row.position, row.path) for row in audit.documents()} == {
        (row.position, row.path) for row in audit.documents("whole")
    }
    assert summaries[-1]["documents"]["total"] == 31
    assert summaries[-1]["shards"] == [[1, 3], [2, 3], [3, 3]]


def test_a_sample_is_the_same_each_time_and_another_with_another_seed(audit):
    fill(audit, 30)
    for output, seed in (("one", 0), ("two", 0), ("three", 1)):
        audit.run(output=output, sample=5, seed=seed)
    drawn = [[row.position for row in audit.documents(output)] for output in ("one", "two", "three")]
    assert drawn[0] == drawn[1] != drawn[2]
    assert [len(each) for each in drawn] == [5, 5, 5]


def test_limit_and_changed_since(audit):
    import os

    fill(audit, 6)
    audit.run(output="first", limit=2)
    assert [row.position for row in audit.documents("first")] == [0, 1]
    for number in range(6):
        moment = datetime(2024, 1, 1 + number, tzinfo=UTC).timestamp()
        os.utime(audit.articles / f"{number:03}.txt", (moment, moment))
    (audit.articles / "empty.txt").unlink()
    audit.run(output="new", changed_since=datetime(2024, 1, 5, tzinfo=UTC))
    assert [row.position for row in audit.documents("new")] == [4, 5]


def test_nothing_new_to_check_is_an_empty_data_set(audit):
    fill(audit, 2)
    assert audit.run(changed_since=datetime(2200, 1, 1, tzinfo=UTC))["documents"]["total"] == 0
    assert audit.documents() == []
    assert audit.run(shard=(4, 4), output="last")["documents"]["total"] == 0


def test_an_input_without_an_article_is_no_audit(audit):
    with pytest.raises(CheckerError, match="nothing to check: no article in ") as caught:
        audit.run()
    assert not isinstance(caught.value, UsageError)
    fill(audit, 2)
    with pytest.raises(CheckerError, match="no article named as --match says"):
        audit.run(match="*.xml")
    assert audit.run()["documents"]["total"] == 3  # nothing is in the way of the right command


@pytest.mark.parametrize("choice", [{}, {"sample": 1}, {"limit": 1}, {"shard": (2, 2)}])
def test_an_input_of_which_nothing_can_be_read_is_no_audit(audit, choice):
    gone, empty = audit.articles / "gone.txt", audit.write("empty.txt", "")
    with pytest.raises(CheckerError, match=r"^nothing to check: .*(gone.txt: no such file|empty.txt: .*empty)"):
        audit.run(gone, empty, **choice)
    assert not (audit.folder / "out").exists()
    fill(audit, 2)
    assert audit.run(**choice)["documents"]["total"] > 0  # nothing is in the way of the right command


def test_of_many_that_cannot_be_read_the_first_is_named_and_the_rest_are_counted(audit):
    table = audit.write("wire.jsonl", '{"words": "The council met."}\n' * 3)
    said = "nothing to check: TABLE: line 1: this row has no text among words; if one of these is it, say "
    with pytest.raises(CheckerError) as caught:
        audit.run(table)
    assert str(caught.value).replace(str(table), "TABLE").startswith(said)
    assert str(caught.value).endswith(" (the first of 3 documents, none of which can be read)")


def test_a_folder_that_was_there_before_stays(audit):
    audit.write("empty.txt", "")
    (audit.folder / "out").mkdir()
    with pytest.raises(CheckerError, match="nothing to check"):
        audit.run()
    assert list((audit.folder / "out").iterdir()) == []


def test_a_shard_of_bad_files_alone_is_a_shard(audit):
    audit.write("a.txt", CLEAN)
    audit.write("b.txt", "")
    audit.run(shard=(2, 2))
    assert audit.run(shard=(1, 2))["complete"]
    assert [row.status for row in audit.documents()] == [Status.CHECKED, Status.SKIPPED]
    assert audit.run(changed_since=datetime(2200, 1, 1, tzinfo=UTC), output="none")["documents"]["total"] == 0


def test_a_skipped_row_has_its_id(audit):
    rows = ('"id": "nul", "text": null', '"id": "list", "text": []', '"id": "notext"', '"id": "a", "text": "It met."')
    table = audit.write("wire.jsonl", "".join(f"{{{row}}}\n" for row in rows))
    audit.run(table)
    assert [(row.id, row.status) for row in audit.documents()] == [
        *((name, "skipped") for name in ("nul", "list", "notext")),
        ("a", "checked"),
    ]


def test_known_findings_are_left_out_and_counted(audit):
    audit.write("a.txt", WRONG.format(number=1))
    audit.run(output="before")
    known = [found.fingerprint for found in audit.read("before").findings()]
    summary = audit.run(known=known)
    assert summary["findings"]["total"] == 0
    assert summary["findings"]["known"] == 1
    assert audit.documents()[0].known == 1


def test_facts_are_those_of_the_article_s_own_day(audit):
    facts = audit.folder / "facts.jsonl"
    facts.write_text(
        '{"text": "Ada Brunner is mayor of the town of Velmar.", "valid_until": "2020-12-31"}\n'
        '{"text": "Ilse Brandt is mayor of the town of Velmar.", "valid_from": "2021-01-01"}\n'
        "no json\n",
        encoding="utf-8",
    )
    table = audit.write(
        "wire.jsonl",
        "".join(
            f'{{"body": "The mayor of the town of Velmar spoke.", "published": "{day}T10:00:00Z"}}\n'
            for day in ("2020-05-01", "2021-05-01", "2021-05-01")
        ),
    )
    summary = audit.run(table, facts=[facts])
    assert [(row.as_of, row.day, row.status) for row in audit.documents()] == [
        (date(2020, 5, 1), date(2020, 5, 1), "checked"),
        (date(2021, 5, 1), date(2021, 5, 1), "checked"),
        (None, date(2021, 5, 1), "duplicate"),
    ]
    assert len({row.facts_hash for row in audit.documents()[:2]}) == 2
    assert [each["what"] for each in summary["skipped"]] == ["facts.jsonl:3"]
    audit.run(table, facts=[facts], output="then", as_of=date(2022, 1, 1))
    assert [row.status for row in audit.documents("then")] == ["checked", "duplicate", "duplicate"]


def test_one_is_told_how_far_it_is(audit):
    fill(audit, 5)
    told = []
    audit.run(watch=lambda progress, total: told.append((progress.done, progress.findings, total)))
    assert told[0] == (0, 0, 6)
    assert told[-1] == (6, 2, 6)


def test_an_audit_into_its_own_input_is_gone_on_with_unchanged(audit):
    fill(audit, 3)
    audit.run(output="in/out")
    (audit.articles / "out" / "index.html").write_text("<title>An audit</title>", encoding="utf-8")
    before = audit.content("in/out")
    assert audit.run(output="in/out", resume=True)["documents"]["total"] == 4
    assert audit.content("in/out") == before


def test_an_output_that_can_be_no_folder_is_said_to_be_none(audit):
    fill(audit, 1)
    (audit.folder / "file").write_text("x", encoding="utf-8")
    for output, said in (("file", "is a file; give a folder"), ("file/out", "cannot be made")):
        with pytest.raises(UsageError, match=said):
            audit.run(output=output)


def test_half_a_character_costs_its_row_alone(audit):
    lines = [
        r'{"text": "The council met \ud83d on Friday. It opened berths."}',
        r'{"text": "One sentence.", "source": "Una \ud83d frase."}',
        r'{"text": "The council met \ud83d\ude00 on Friday. It opened berths.", "agency": "\ud83d"}',
    ]
    table = audit.write("wire.jsonl", "\n".join(lines))
    audit.write("wire/1.json", r'{"headline": "Ferry", "body_text": "The ferry \ud83d is late. It will come."}')
    audit.run()
    rows = {row.path: row for row in audit.documents()}
    assert [row.status for row in rows.values()] == ["skipped"] * 3 + ["checked"]
    said = "holds half a character (a broken \\u escape); write whole ones"
    assert rows[f"{table}#1"].reason == f"the text {said}"
    assert rows[f"{table}#2"].reason == f"the original {said}"
