"""Decisions to files and back, and what they say of the checker."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.decisions import CitedFact, Decision, DecisionKind
from checker.decisions.exchange import (
    COLUMNS,
    ExportFormat,
    decision_fields,
    decision_of,
    export_decisions,
    import_decisions,
)
from checker.decisions.stats import Tally, summarise
from checker.errors import UnreadableFileError, UsageError

NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)
WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
MAYBE = st.none() | WORDS
DECISIONS = st.builds(
    Decision,
    fingerprint=st.text("0123456789abcdef", min_size=16, max_size=16),
    kind=st.sampled_from(DecisionKind),
    at=st.datetimes(min_value=datetime(2000, 1, 1), timezones=st.just(timezone(timedelta(hours=2)))),
    by=MAYBE,
    reason=MAYBE,
    replacement=MAYBE,
    article=MAYBE,
    text=WORDS,
    category=MAYBE,
    confidence=st.none() | st.floats(0, 1),
    facts=st.lists(st.builds(CitedFact, WORDS, WORDS), max_size=2).map(tuple),
)


def decision(kind: DecisionKind, confidence: float = 0.75, **more: object) -> Decision:
    return Decision(fingerprint="0" * 16, kind=kind, at=NOON, confidence=confidence, **more)  # type: ignore[arg-type]


@settings(max_examples=60, deadline=None)
@given(DECISIONS)
def test_export_and_import_lose_nothing(made):
    back = decision_of(json.loads(json.dumps(decision_fields(made))))
    assert (back, back.id) == (made, made.id)


def test_an_export_is_read_line_by_line(tmp_path: Path):
    path = tmp_path / "d.jsonl"
    good = [decision(DecisionKind.ACCEPTED), decision(DecisionKind.NOT_AN_ERROR, reason="a\u2028b\nc")]
    lines = list(export_decisions(good, ExportFormat.JSONL))
    path.write_text("".join([lines[0], "nonsense\n", "\n", '{"kind": "accepted"}\n', lines[1]]), encoding="utf-8")
    found, problems = import_decisions(path)
    assert found == good
    assert [(each.where, each.reason.split(";")[0]) for each in problems] == [
        (f"{path}:2", "no line of `checker decisions export`"),
        (f"{path}:4", "the fingerprint or the time is missing or broken"),
    ]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ([], "an object"),
        ({"colour": "red"}, "unknown key 'colour'"),
        ({"kind": "shrugged"}, "shrugged"),
        ({"confidence": True}, "from 0 to 1"),
        ({"confidence": 7}, "from 0 to 1"),
        ({"by": 7}, "by is not a text"),
        ({"facts": [{"id": "f"}]}, "an id and a text"),
        ({"facts": "f"}, "a list"),
        ({"at": "noon"}, "time"),
        ({"at": "2026-01-31T12:00:00"}, "time zone"),
        ({"reason": "x" * 3_000}, "3,000"),
    ],
)
def test_what_is_no_decision_says_why(fields, said):
    given = {**decision_fields(decision(DecisionKind.ACCEPTED)), **fields} if isinstance(fields, dict) else fields
    with pytest.raises(UsageError, match=said):
        decision_of(given)


def test_a_file_that_cannot_be_read_is_one_line(tmp_path: Path):
    (tmp_path / "latin").write_bytes(b"\xff\xfe\x00")
    for name, said in (("none", "check the path"), ("latin", "not UTF-8")):
        with pytest.raises(UnreadableFileError, match=said):
            import_decisions(tmp_path / name)


def test_a_spreadsheet_runs_nothing():
    made = decision(
        DecisionKind.ACCEPTED, text="=1+1", reason="@home", facts=(CitedFact("f", "-1"), CitedFact("g", "x"))
    )
    header, row = csv.reader(export_decisions([made], ExportFormat.CSV))
    cells = dict(zip(header, row, strict=True))
    assert tuple(header) == COLUMNS
    assert (cells["text"], cells["reason"], cells["facts"]) == ("'=1+1", "'@home", "'-1; x")
    assert (cells["at"], cells["confidence"]) == ("2026-01-31T12:00:00+00:00", "0.75")


def test_statistics_count_what_was_judged():
    found = summarise(
        [
            decision(DecisionKind.ACCEPTED, 0.95, by="Ada", category="x", evidence_kind="fact"),
            decision(DecisionKind.LEFT_AS_IS, 1.0, by="Ada", category="x", evidence_kind="source"),
            decision(DecisionKind.NOT_AN_ERROR, 0.9, category="y", evidence_kind="fact"),
            decision(DecisionKind.FACT_OUT_OF_DATE, 0.9, category="z", facts=(CitedFact("old", "Old."),)),
            decision(DecisionKind.REOPENED),
        ]
    )
    assert (found.findings, found.overall) == (4, Tally(2, 3))
    assert found.people == {"Ada": 2, "unknown": 2}
    assert found.confidence == {"0.9-1.0": Tally(2, 3)}
    assert found.categories == {"x": Tally(2, 2), "y": Tally(0, 1)}
    assert found.evidence == {"fact": Tally(1, 2), "source": Tally(1, 1)}
    assert found.old_facts == {"old": 1}
    assert summarise([]).overall.share is None
