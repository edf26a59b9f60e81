"""Tables of any size as a stream of documents."""

import itertools
import json
import tracemalloc

import pytest

from checker.errors import UnreadableFileError
from checker.readers import stream_documents

ROWS = [
    {"document": "a", "source": "One.", "target": "Eins."},
    {"document": "a", "source": "Two.", "target": "Zwei."},
    {"document": "b", "source": "Three.", "target": " "},
    {"document": "c", "source": "Four.", "target": "Vier."},
]


@pytest.fixture(params=["jsonl", "parquet"])
def written(request, tmp_path):
    def write(rows):
        path = tmp_path / f"table.{request.param}"
        if request.param == "jsonl":
            path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
        else:
            arrow = pytest.importorskip("pyarrow")
            from pyarrow import parquet

            parquet.write_table(arrow.Table.from_pylist(rows), path)
        return path

    return write


def test_rows_of_one_document_are_together(written):
    path = written(ROWS)
    documents = list(stream_documents(path, language="de"))
    assert [(document.id, document.text, document.path) for document in documents] == [
        ("a", "Eins.\n\nZwei.", f"{path}#a"),
        ("c", "Vier.", f"{path}#c"),
    ]
    assert [unit.text for unit in documents[0].source.units] == ["One.", "Two."]


def test_without_a_column_for_it_a_row_is_a_document(written):
    rows = [{"target": f"Satz {number}."} for number in range(3)]
    assert [(one.id, one.source) for one in stream_documents(written(rows))] == [("1", None), ("2", None), ("3", None)]


def test_memory_does_not_grow_with_the_file(tmp_path):
    path = tmp_path / "large.jsonl"
    line = json.dumps({"target": "Der Rat stimmte zu. " * 20}) + "\n"
    path.write_text(line * 5_000, encoding="utf-8")
    documents = stream_documents(path, language="de")
    next(documents)
    tracemalloc.start()
    assert sum(1 for _ in itertools.islice(documents, 300)) == 300
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < path.stat().st_size / 4


def test_a_parquet_file_is_read_batch_by_batch(tmp_path):
    arrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    path = tmp_path / "large.parquet"
    rows = arrow.Table.from_pylist([{"target": f"{number} " + "Der Rat stimmte zu. " * 20} for number in range(8_000)])
    parquet.write_table(rows, path, row_group_size=8_000, compression="none", use_dictionary=False)
    del rows
    before = arrow.total_allocated_bytes()
    documents = stream_documents(path, language="de")
    assert sum(1 for _ in itertools.islice(documents, 100)) == 100
    assert arrow.total_allocated_bytes() - before < path.stat().st_size / 2


def test_a_bad_row_is_named(tmp_path):
    path = tmp_path / "bad.jsonl"
    path.write_text('{"target": "Eins."}\nnonsense\n', encoding="utf-8")
    documents = stream_documents(path)
    assert next(documents).text == "Eins."
    with pytest.raises(UnreadableFileError, match=r"bad\.jsonl: line 2 is no JSON"):
        next(documents)
    with pytest.raises(UnreadableFileError, match="cannot be read"):
        next(stream_documents(tmp_path / "none.jsonl"))
