"""Articles in object storage, here by the address of a folder, which goes the same way as s3:// and gs://."""

import gzip
import json

import pytest

from checker.audit.columns import ColumnNames
from checker.audit.inputs import Inputs
from checker.audit.naming import Naming
from checker.audit.storage import is_stored
from checker.errors import UnreadableFileError, UsageError

TEXT = "The council met in the harbour town. It opened new berths."


@pytest.fixture
def bucket(tmp_path):
    rows = [json.dumps({"body": f"{TEXT} It is day {number}."}) + "\n" for number in range(2)]
    (tmp_path / "efe").mkdir()
    (tmp_path / ".cache").mkdir()
    for name, content in {
        "efe/1.en.txt": TEXT.encode(),
        "efe/1.es.txt": "El consejo se reunió en la ciudad portuaria. Abrió nuevos muelles.".encode(),
        "efe/2.en.txt": TEXT.encode(),
        "rows.jsonl.gz": gzip.compress("".join(rows).encode()),
        "old.zip": b"PK",
        "empty.txt": b"",
        ".cache/x.txt": b"hidden",
    }.items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


def read_all(given, match=None, source=None):
    items = list(Inputs((str(given),), Naming(match, source), ColumnNames({}), "en").items())
    said = []
    for item in items:
        try:
            said.append((item.path, item.read()))
        except UnreadableFileError as error:
            said.append((item.path, str(error)))
    return said


def test_what_is_below_an_address_is_read(bucket):
    address = f"file://{bucket}"
    found = dict(read_all(address))
    assert list(found) == [
        f"{address}/{name}"
        for name in (
            *("efe/1.en.txt", "efe/1.es.txt", "efe/2.en.txt"),
            *("empty.txt", "old.zip", "rows.jsonl.gz#1", "rows.jsonl.gz#2"),
        )
    ]
    assert found[f"{address}/efe/1.en.txt"].document.text == TEXT
    assert found[f"{address}/rows.jsonl.gz#2"].document.text == f"{TEXT} It is day 1."
    assert "empty" in found[f"{address}/empty.txt"]
    assert "damaged" in found[f"{address}/old.zip"]


def test_originals_lie_beside(bucket):
    first, second = read_all(f"file://{bucket}", "{agency}/{base}.en.txt", "{base}.es.txt")[:2]
    assert first[1].labels.agency == "efe"
    assert first[1].source.text.startswith("El consejo")
    assert second[1].source is None
    assert "source" in second[1].skipped[0].what


def test_one_file_is_an_address_too(bucket):
    (said,) = read_all(f"file://{bucket}/efe/1.en.txt")
    assert said[1].document.path == said[0] == f"file://{bucket}/efe/1.en.txt"


@pytest.mark.parametrize("address", ["file:///no/such/place", "nonsense://bucket/wire"])
def test_an_address_at_which_nothing_is_stops_the_audit(address):
    with pytest.raises(UsageError, match=f"^{address}: .*address") as caught:
        read_all(address)
    assert "\n" not in str(caught.value)


def test_an_address_is_told_from_a_path():
    assert [is_stored(each) for each in ("s3://b/x", "wire/x", "C:/x", "wire/*://x")] == [True, False, False, False]
