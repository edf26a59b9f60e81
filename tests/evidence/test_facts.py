"""Fact files: what is read, what is refused, and that no broken line is lost in silence."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.errors import FactFileError, UsageError
from checker.evidence import Fact, FactStatus, facts_from_strings, facts_hash, is_valid_at, load_facts

HARBOUR = "The harbour of Velmar opened in 1911."
TUNNEL = "The Orsa tunnel is 14 kilometres long."


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def texts(path: Path) -> list[str]:
    return [fact.text for fact in load_facts(path).facts]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("sheet.txt", f"# ours\n\n{HARBOUR}\n  {TUNNEL}  \n"),
        ("sheet.txt", f"{HARBOUR}\r\n{TUNNEL}\r\n"),
        ("sheet.jsonl", f'{{"text": "{HARBOUR}"}}\n\n"{TUNNEL}"\n'),
        ("sheet.json", f'[{{"text": "{HARBOUR}"}},\n "{TUNNEL}"]'),
        ("sheet.csv", f"text,origin\n{HARBOUR},archive\n{TUNNEL},\n"),
        ("sheet.csv", f'origin;text\narchive;"{HARBOUR}"\n;{TUNNEL}\n'),
        ("sheet.tsv", f"id\ttext\nh\t{HARBOUR}\nt\t{TUNNEL}\n"),
        ("sheet.yaml", f"- {HARBOUR}\n- text: {TUNNEL}\n  tags: [roads]\n"),
        ("sheet.yml", f"facts:\n  - {HARBOUR}\n  - {TUNNEL}\n"),
    ],
)
def test_every_format_gives_the_same_facts(tmp_path: Path, name: str, content: str) -> None:
    loaded = load_facts(written(tmp_path, name, content))
    assert [fact.text for fact in loaded.facts] == [HARBOUR, TUNNEL]
    assert loaded.problems == ()
    assert len({fact.id for fact in loaded.facts}) == 2


def test_fields_are_read(tmp_path: Path) -> None:
    line = (
        '{"id": 7, "text": "El puerto abre.", "language": "es-MX", "origin": "https://example.org/a", '
        '"valid_from": "2021-05-01", "valid_until": "2022-05-01", "tags": "ports, trade"}'
    )
    (fact,) = load_facts(written(tmp_path, "f.jsonl", line)).facts
    expected = Fact("7", "El puerto abre.", "es", "https://example.org/a", date(2021, 5, 1), date(2022, 5, 1))
    assert fact == replace(expected, tags=("ports", "trade"))


def test_defaults_name_file_and_line(tmp_path: Path) -> None:
    (fact,) = load_facts(written(tmp_path, "desk.txt", f"\n{HARBOUR}\n")).facts
    assert (fact.id, fact.origin, fact.language) == ("desk:2", "desk.txt:2", "en")


@pytest.mark.parametrize(
    ("name", "broken", "line", "reason"),
    [
        ("f.jsonl", '{"text": "x"', 2, "not valid JSON"),
        ("f.jsonl", '{"txt": "x y"}', 2, "no 'text'"),
        ("f.jsonl", '{"text": 5}', 2, "must be a string"),
        ("f.jsonl", '{"text": "x", "valid_from": "May"}', 2, "not a date"),
        ("f.jsonl", '{"text": "x", "valid_from": 20210501}', 2, "not a date"),
        ("f.jsonl", '{"text": "x", "valid_from": "2022-01-02", "valid_until": "2022-01-01"}', 2, "before"),
        ("f.jsonl", '{"text": "half \\ud83d"}', 2, "half a character"),
        ("f.jsonl", '{"text": "x", "id": {"a": 1}}', 2, "id must be a string"),
        ("f.jsonl", "[" * 100_000, 2, "not valid JSON"),
        ("f.csv", 'x,"a"b', 2, "not valid CSV"),
        ("f.csv", "x,y,z", 2, "3 columns"),
        ("f.txt", "x" * 2001, 2, "split it"),
        ("f.txt", "--- ---", 2, "empty"),
        ("f.yaml", '- "quoted" and not', 2, "not valid YAML"),
        ("f.yaml", "- a: [1", 2, "not valid YAML"),
        ("f.yaml", "- yes", 2, "not bool"),
        ("f.yaml", "- text: x\n  valid_from: 2022-13-45", 2, "not a valid YAML value"),
    ],
)
def test_a_broken_line_is_named_and_the_others_are_used(
    tmp_path: Path, name: str, broken: str, line: int, reason: str
) -> None:
    good = {"f.jsonl": ('{"text": "A harbour."}', '"A tunnel."'), "f.yaml": ("- A harbour.", "- A tunnel.")}
    first, last = good.get(name, ("A harbour.", "A tunnel."))
    if name == "f.csv":
        first, last, line = "text,origin\nA harbour.,", "A tunnel.,", line + 1
    loaded = load_facts(written(tmp_path, name, f"{first}\n{broken}\n{last}\n"))
    assert [fact.text for fact in loaded.facts] == ["A harbour.", "A tunnel."]
    (problem,) = loaded.problems
    assert problem.where == f"{name}:{line}"
    assert reason in problem.reason
    assert problem.lost
    assert "\n" not in problem.reason
    assert len(problem.reason) < 200


def test_a_fact_whose_id_is_taken_is_a_problem(tmp_path: Path) -> None:
    content = '[{"id": "a", "text": "One harbour."}, {"id": "a", "text": "Two harbours."}]'
    loaded = load_facts(written(tmp_path, "f.json", content))
    assert [fact.text for fact in loaded.facts] == ["One harbour."]
    assert "already used" in loaded.problems[0].reason


def test_facts_in_one_line_get_ids_of_their_own(tmp_path: Path) -> None:
    loaded = load_facts(written(tmp_path, "f.yaml", "[One harbour., Two harbours.]"))
    assert [fact.id for fact in loaded.facts] == ["f:1", "f:1.2"]


def test_an_unknown_key_is_noted_and_the_fact_used(tmp_path: Path) -> None:
    loaded = load_facts(written(tmp_path, "f.jsonl", '{"text": "A harbour.", "valid_untill": "2020-01-01"}'))
    assert len(loaded.facts) == 1
    assert not loaded.problems[0].lost
    assert "valid_untill" in loaded.problems[0].reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_marked_encodings(tmp_path: Path, encoding: str) -> None:
    loaded = load_facts(written(tmp_path, "f.txt", "Señor Muñoz visitó Łódź 🙂\n".encode(encoding)))
    assert loaded.facts[0].text == "Señor Muñoz visitó Łódź 🙂"
    assert loaded.problems == ()


def test_a_windows_line_among_utf8_is_read_and_noted(tmp_path: Path) -> None:
    content = "Łódź grew.\n".encode() + "Muñoz “won”.\n".encode("cp1252")
    loaded = load_facts(written(tmp_path, "f.txt", content))
    assert [fact.text for fact in loaded.facts] == ["Łódź grew.", "Muñoz “won”."]
    assert (loaded.problems[0].where, loaded.problems[0].lost) == ("f.txt:2", False)


BOMB = "- &a [x, x, x, x]\n" + "".join(f"- &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(9))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("f.txt", b"\x89PNG\r\n\x1a\n\x00\x00"),
        ("f.txt", b"PK\x03\x04rest"),
        ("f.txt", "two bytes".encode("utf-16-le")),
        ("f.txt", b"\xff\xfea"),
        ("f.yaml", BOMB),
        ("f.yaml", f"- text: A harbour.\n{BOMB}- text: A tunnel.\n  tags: [*j]\n"),
        ("f.yaml", "a: 1\nb: 2\n"),
        ("f.yaml", "[" * 500_000),
        ("f.yaml", "- " * 5000),
        ("f.yaml", "- \x01\n"),
        ("f.yaml", "just: [broken"),
        ("f.yaml", ":"),
        ("f.csv", "name,origin\nx,y\n"),
        ("f.jsonl", '{"txt": 1}\n{"txt": 2}\n'),
        ("f.txt", "...\n"),
        ("f.xml", "<fact>The tunnel is shut.</fact>"),
        ("f.HTM", "The tunnel is shut."),
        ("f.txt", '\n<?xml version="1.0"?>\n<fact>The tunnel is shut.</fact>'),
        ("f", "<!doctype html>\n<p>The tunnel is shut."),
        ("f.txt", "\ufeff<HTML lang='en'>\nThe tunnel is shut."),
    ],
)
def test_an_unusable_file_is_refused_in_one_line(tmp_path: Path, name: str, content: str | bytes) -> None:
    path = written(tmp_path, name, content)
    with pytest.raises(FactFileError) as caught:
        load_facts(path)
    message = str(caught.value)
    assert name in message
    assert "\n" not in message
    assert len(message) < 400


def test_missing_folder_and_huge_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in (tmp_path / "none.txt", tmp_path, tmp_path / "zero\0byte"):
        with pytest.raises(FactFileError, match="cannot be read"):
            load_facts(path)
    monkeypatch.setattr("checker.evidence.facts.MAX_FILE_BYTES", 10)
    with pytest.raises(FactFileError, match="split it"):
        load_facts(written(tmp_path, "big.txt", HARBOUR))
    monkeypatch.undo()
    monkeypatch.setattr("checker.evidence.fact_formats.MAX_YAML_CHARACTERS", 10)
    with pytest.raises(FactFileError, match="JSONL"):
        load_facts(written(tmp_path, "big.yaml", f"- {HARBOUR}"))


def test_a_fact_may_begin_with_an_angle_bracket(tmp_path: Path) -> None:
    loaded = load_facts(written(tmp_path, "f.txt", "<htmlize> is a program.\n<b> is an element."))
    assert len(loaded.facts) == 2


def test_bullets_are_no_part_of_a_fact(tmp_path: Path) -> None:
    lines = "* One.\n  • Two.\n- Three.\n– Four.\n- 5 degrees.\n-x"
    loaded = load_facts(written(tmp_path, "f.txt", lines))
    assert [fact.text for fact in loaded.facts] == ["One.", "Two.", "Three.", "Four.", "- 5 degrees.", "-x"]


@pytest.mark.parametrize("content", ["", "\n\n", "# only a comment\n"])
def test_an_empty_file_is_a_problem(tmp_path: Path, content: str) -> None:
    loaded = load_facts(written(tmp_path, "f.txt", content))
    assert loaded.facts == ()
    assert "no facts" in loaded.problems[0].reason


def _facts_or_one_clear_error(path: Path) -> None:
    try:
        loaded = load_facts(path)
    except FactFileError:
        return
    assert loaded.facts or loaded.problems
    facts_hash(loaded.facts)


@settings(max_examples=30, deadline=None)
@given(content=st.binary(max_size=200), suffix=st.sampled_from(["txt", "jsonl", "json", "csv", "yaml"]))
def test_any_bytes_give_facts_or_one_clear_error(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, suffix: str
) -> None:
    _facts_or_one_clear_error(written(tmp_path_factory.mktemp("bytes"), f"f.{suffix}", content))


@settings(max_examples=30, deadline=None)
@given(content=st.text(alphabet="ab -:[]{}&*\"',#\n1", max_size=60), suffix=st.sampled_from(["json", "csv", "yaml"]))
def test_any_punctuation_gives_facts_or_one_clear_error(
    tmp_path_factory: pytest.TempPathFactory, content: str, suffix: str
) -> None:
    _facts_or_one_clear_error(written(tmp_path_factory.mktemp("signs"), f"f.{suffix}", content))


@pytest.mark.parametrize(
    ("start", "end", "valid"),
    [
        (None, None, True),
        (date(2022, 5, 23), date(2022, 5, 23), True),
        (date(2022, 5, 24), None, False),
        (None, date(2022, 5, 22), False),
    ],
)
def test_validity_includes_both_ends(start: date | None, end: date | None, valid: bool) -> None:
    assert is_valid_at(Fact("f", HARBOUR, valid_from=start, valid_until=end), date(2022, 5, 23)) is valid


def test_the_hash_tells_content_and_not_order() -> None:
    one, two = Fact("1", HARBOUR), Fact("2", TUNNEL)
    assert facts_hash([one, two]) == facts_hash([two, one])
    changes = [
        {"text": TUNNEL},
        {"language": "es"},
        {"origin": "x"},
        {"valid_from": date(2022, 1, 1)},
        {"tags": ("a",)},
        {"id": "3"},
    ]
    hashes = {facts_hash([replace(one, **change), two]) for change in changes} | {facts_hash([one, two])}
    assert len(hashes) == len(changes) + 1
    assert all(len(each) == 16 for each in hashes)


def test_facts_from_python() -> None:
    facts = facts_from_strings([HARBOUR, Fact("own", TUNNEL)])
    assert [fact.id for fact in facts] == ["fact:1", "own"]
    for bad in ([""], [Fact("a", HARBOUR), Fact("a", TUNNEL)]):
        with pytest.raises(UsageError):
            facts_from_strings(bad)


@pytest.mark.parametrize("bad", [HARBOUR, {HARBOUR: 1}, None])
def test_one_text_is_not_read_letter_by_letter(bad: object) -> None:
    with pytest.raises(UsageError, match=r"give a list of texts or Facts, \[text\] for one"):
        facts_from_strings(bad)  # type: ignore[arg-type]


def test_a_path_may_be_text(tmp_path: Path) -> None:
    path = written(tmp_path, "sheet.txt", HARBOUR)
    assert load_facts(str(path)) == load_facts(path)
    with pytest.raises(FactFileError, match="check the path"):
        load_facts(str(tmp_path / "missing.txt"))


@pytest.mark.parametrize(
    "given",
    [
        "2020-01-31",
        " 2020-01-31 ",
        "2020-01-31T23:30:00+02:00",
        datetime(2020, 1, 31, 23, tzinfo=UTC),
        date(2020, 1, 31),
    ],
)
def test_a_day_of_a_fact_may_be_text_or_a_point_in_time(given: object) -> None:
    fact = Fact("f", HARBOUR, valid_from=given, valid_until=given)  # type: ignore[arg-type]
    assert (fact.valid_from, fact.valid_until) == (date(2020, 1, 31), date(2020, 1, 31))
    assert type(fact.valid_from) is date
    assert is_valid_at(fact, date(2020, 1, 31))


def test_a_missing_day_of_a_frame_is_no_day() -> None:
    pandas = pytest.importorskip("pandas")
    fact = Fact("f", HARBOUR, valid_from=pandas.NaT, valid_until=pandas.Timestamp("2020-01-31 10:00"))
    assert (fact.valid_from, fact.valid_until) == (None, date(2020, 1, 31))


def test_the_name_of_a_status_is_the_status_and_a_list_of_tags_a_tuple() -> None:
    fact = Fact("f", HARBOUR, status="retired", tags=["ports"])  # type: ignore[arg-type]
    assert fact.status is FactStatus.RETIRED
    assert fact.tags == ("ports",)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"text": 5}, "the text of a fact is of type int"),
        ({"id": None}, "the id of a fact is of type NoneType"),
        ({"valid_from": "May"}, "valid_from is 'May', which is no day"),
        ({"valid_until": 2020}, "valid_until is 2020, which is no day"),
        ({"status": "foo"}, "status is 'foo'; give active, disputed, retired"),
        ({"tags": "ports"}, "tags is one text"),
    ],
)
def test_a_field_that_cannot_be_is_named(fields: dict[str, object], told: str) -> None:
    with pytest.raises(UsageError, match=re.escape(told)):
        Fact(**{"id": "f", "text": HARBOUR, **fields})  # type: ignore[arg-type]


def test_a_fact_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(UsageError, match="valid_until 2020-01-01 is before valid_from 2021-01-01"):
        facts_from_strings([Fact("f", HARBOUR, valid_from=date(2021, 1, 1), valid_until=date(2020, 1, 1))])


def test_yaml_is_imported_only_when_needed() -> None:
    code = "import sys, checker.evidence; sys.exit('yaml' in sys.modules or 'torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603  # own interpreter


@pytest.mark.parametrize("given", [None, float("nan"), [], ()])
def test_a_fact_may_have_no_tags(given: Any) -> None:
    assert Fact("a", "So it is.", tags=given).tags == ()


@pytest.mark.parametrize("given", [5, 0.5, [5], [None], b"sea", object()])
def test_tags_that_are_no_texts_are_refused(given: Any) -> None:
    with pytest.raises(UsageError, match="no text; give a list of texts"):
        Fact("a", "So it is.", tags=given)
