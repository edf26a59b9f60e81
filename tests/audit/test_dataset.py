"""The data set: what is written is what is read, in the same bytes each time."""

import re
from collections import Counter
from dataclasses import fields
from pathlib import Path

import pytest
from audit_samples import make_finding, make_part
from audit_stories import write_audit
from pyarrow import parquet

from checker.audit.dataset import AuditReader, Part, part_name, write_part, write_summary
from checker.audit.schema import (
    DocumentRow,
    FindingRow,
    SentenceRow,
    Table,
    arrow_schema,
)
from checker.errors import UsageError

README = Path(__file__).parents[2] / "README.md"
ROWS = {Table.DOCUMENTS: DocumentRow, Table.FINDINGS: FindingRow, Table.SENTENCES: SentenceRow}


@pytest.mark.parametrize("table", Table)
def test_columns_are_the_row_s_fields(table):
    assert arrow_schema(table).names == [field.name for field in fields(ROWS[table])]


def test_what_is_written_is_read(tmp_path):
    parts = [make_part(), make_part(2)]
    for number, part in enumerate(parts):
        write_part(tmp_path, part_name(number), part)
    reader = AuditReader(tmp_path)
    assert tuple(reader.documents()) == parts[0].documents + parts[1].documents
    assert tuple(reader.findings()) == parts[0].findings + parts[1].findings
    assert tuple(reader.sentences()) == parts[0].sentences + parts[1].sentences


def test_equal_rows_are_equal_bytes(tmp_path):
    for folder in ("one", "other"):
        write_part(tmp_path / folder, part_name(0, (2, 4)), make_part())
    names = [f"{table}/shard-2-of-4-part-00000.parquet" for table in Table]
    assert [(tmp_path / "one" / name).read_bytes() for name in names] == [
        (tmp_path / "other" / name).read_bytes() for name in names
    ]


def test_lone_surrogates_keep_their_place(tmp_path):
    write_part(tmp_path, part_name(0), Part((), (make_finding(0, context="a \ud83d b"),), ()))
    assert [finding.context for finding in AuditReader(tmp_path).findings()] == ["a \ufffd b"]


def test_other_programs_read_it(tmp_path):
    import polars

    write_part(tmp_path, part_name(0), make_part())
    frame = polars.read_parquet(tmp_path / "findings" / "*.parquet")
    assert frame["evidence"][0][0]["span"]["text"] == "rejected"


def test_a_table_without_parts_is_empty(tmp_path):
    (tmp_path / "documents").mkdir()
    assert list(AuditReader(tmp_path).documents()) == []
    assert list(AuditReader(tmp_path).findings()) == []


def test_a_folder_without_audit_is_refused(tmp_path):
    with pytest.raises(UsageError, match="no audit is here"):
        AuditReader(tmp_path)


def test_a_missing_or_strange_summary_is_one_line(tmp_path):
    write_part(tmp_path, part_name(0), make_part())
    with pytest.raises(UsageError, match="--resume"):
        _ = AuditReader(tmp_path).summary
    write_summary(tmp_path, {"documents": 2})
    assert AuditReader(tmp_path).summary == {"schema": "checker.audit/1", "documents": 2}
    (tmp_path / "summary.json").write_text("[]", encoding="utf-8")
    with pytest.raises(UsageError, match="schema"):
        _ = AuditReader(tmp_path).summary


def test_the_readme_s_query_runs_in_duckdb(tmp_path, monkeypatch):
    import duckdb

    (query,) = re.findall(r"^    (select .*'out/.*)$", README.read_text(encoding="utf-8"), re.MULTILINE)
    reader = AuditReader(write_audit(tmp_path / "out", 60, error_rate=0.3))
    monkeypatch.chdir(tmp_path)
    with duckdb.connect() as database:
        counted = dict(database.sql(query).fetchall())
    engines = {row.position: row.engine for row in reader.documents()}
    assert counted == Counter(engines[found.position] for found in reader.findings())


def test_an_audit_of_before_there_were_originals_can_be_read(tmp_path):
    place = write_audit(tmp_path / "out", 5) / "sentences" / "part-00000.parquet"
    parquet.write_table(parquet.read_table(place).drop_columns(["source"]), place)
    assert {row.source for row in AuditReader(tmp_path / "out").sentences()} == {None}
