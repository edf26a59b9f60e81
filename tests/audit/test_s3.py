"""Articles in a bucket are read as those of a folder; what is wrong with a store is one line and costs no work."""

import gzip
import io
import json
import tarfile
import zipfile

import pytest
from s3_server import NEEDS_MOTO

from checker.audit import grouping
from checker.audit.columns import ColumnNames
from checker.audit.inputs import Inputs
from checker.audit.naming import Naming
from checker.audit.schema import Status
from checker.errors import StoreUnreachableError, UnreadableFileError, UsageError

pytestmark = NEEDS_MOTO

TEXT = "The council met in the harbour town on day {day}. It opened the the new berths."
ORIGINAL = "El consejo se reunió en la ciudad portuaria. Abrió nuevos muelles."
FEED = "<rss version='2.0'><channel><title>Wire</title>{items}</channel></rss>"
STORY = "<item><title>Story {n}</title><description>The council met on day {n}. It left.</description></item>"


@pytest.fixture
def s3(server):
    server.forget_everything()
    return server


def packed_zip(files):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return written.getvalue()


def packed_tar(files):
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w:gz") as archive:
        for name, text in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(text.encode())
            archive.addfile(entry, io.BytesIO(text.encode()))
    return written.getvalue()


def parquet(rows):
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow.parquet import write_table

    written = io.BytesIO()
    write_table(pyarrow.Table.from_pylist(rows), written)
    return written.getvalue()


def files_of_all_kinds():
    rows = [{"body": TEXT.format(day=day), "engine": "north-mt"} for day in range(3)]
    pair = {"4.en.txt": TEXT.format(day=4), "4.es.txt": ORIGINAL}
    return {
        "efe/1.en.txt": TEXT.format(day=1).encode(),
        "efe/1.es.txt": ORIGINAL.encode(),
        "efe/Año nuevo #2 [final].en.txt": TEXT.format(day=2).encode(),
        "feed.rss": FEED.format(items="".join(STORY.format(n=n) for n in range(2))).encode(),
        "old.zip": packed_zip(pair),
        "older.tar.gz": packed_tar(pair),
        "bad.zip": b"PK and no more",
        "rows.jsonl": "".join(json.dumps(row) + "\n" for row in rows).encode(),
        "rows.jsonl.gz": gzip.compress("".join(json.dumps(row) + "\n" for row in rows).encode()),
        "rows.parquet": parquet(rows),
        "empty.txt": b"",
        ".cache/x.txt": b"hidden",
    }


def read_all(given, start, match=None, source=None):
    """What each item says, with the place of the input left out."""
    said = {}
    for item in Inputs((given,), Naming(match, source), ColumnNames({}), "en").items():
        name = item.path.replace(start, "")
        try:
            article = item.read()
            original = getattr(article.source, "text", None)
            said[name] = (article.document.text, original, article.labels, [each.reason for each in article.skipped])
        except UnreadableFileError as error:
            said[name] = str(error).replace(start, "")
    return said


@pytest.mark.parametrize("patterns", [{}, {"match": "{base}.en.txt", "source": "{base}.es.txt"}])
def test_a_bucket_reads_as_a_folder_does(s3, tmp_path, patterns):
    for name, content in files_of_all_kinds().items():
        place = tmp_path / name
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(content)
        s3.put(f"wire/desk/{name}", content)
    local = read_all(str(tmp_path), f"{tmp_path}/", **patterns)
    stored = read_all(f"s3://wire/desk{s3.query}", "s3://wire/desk/", **patterns)
    assert stored == local
    assert list(stored) == list(local)


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("wire", ["a/1.txt", "a/b/2.txt", "a/b/3.xml", "c 4.txt"]),
        ("wire/", ["a/1.txt", "a/b/2.txt", "a/b/3.xml", "c 4.txt"]),
        ("wire/a/b", ["a/b/2.txt", "a/b/3.xml"]),
        ("wire/a/1.txt", ["a/1.txt"]),
        ("wire/c 4.txt", ["c 4.txt"]),
        ("wire/**/*.txt", ["a/1.txt", "a/b/2.txt", "c 4.txt"]),
        ("wire/a/*.txt", ["a/1.txt"]),
        ("wire/a/*", ["a/1.txt", "a/b/2.txt", "a/b/3.xml"]),
        ("wire/*/*/*.xml", ["a/b/3.xml"]),
    ],
)
def test_folders_files_and_globs(s3, pattern, names):
    for name in ("a/1.txt", "a/b/2.txt", "a/b/3.xml", "c 4.txt", "a/.draft.txt"):
        s3.put(f"wire/{name}", TEXT.encode())
    found = read_all(f"s3://{pattern}{s3.query}", "s3://wire/")
    assert list(found) == names


@pytest.mark.parametrize("place", ["wrong", "wrong/desk/", "wire/none", "wire/*.xml"])
def test_an_address_at_which_nothing_is(s3, place):
    s3.put("wire/a.txt", TEXT.encode())
    with pytest.raises(UsageError, match="no file is there; check the address"):
        read_all(f"s3://{place}{s3.query}", "")


def test_an_option_that_no_store_has(s3):
    with pytest.raises(UsageError, match=r"no address of a store .*'speed'"):
        read_all(f"s3://wire{s3.query}&speed=9", "")


def test_no_rights(s3):
    s3.put("wire/a.txt", TEXT.encode())
    s3.refuse_everybody()
    with pytest.raises(StoreUnreachableError, match=r"s3://wire.*ACCESS_DENIED.*your rights") as caught:
        read_all(f"s3://wire{s3.query}", "")
    assert "\n" not in str(caught.value)


def test_keys_do_not_belong_in_an_address():
    with pytest.raises(UsageError, match=r"s3://…@wire.*AWS_SECRET_ACCESS_KEY") as caught:
        read_all("s3://AKIA123:hush@wire/desk", "")
    assert "hush" not in str(caught.value)
    assert "AKIA123" not in str(caught.value)


def test_a_file_that_is_taken_away_costs_itself_alone(s3, audit):
    for day in range(3):
        s3.put(f"wire/{day}.txt", TEXT.format(day=day).encode())
    inputs = Inputs((f"s3://wire{s3.query}",), Naming(), ColumnNames({}), "en")
    items = list(inputs.items())
    s3.delete("wire/1.txt")
    assert items[0].read().document.text
    with pytest.raises(UnreadableFileError, match=r"s3://wire/1\.txt: no such file"):
        items[1].read()
    assert items[2].read().document.text


@pytest.mark.parametrize("kind", ["files", "rows"])
def test_an_audit_goes_on_where_the_store_was_lost(s3, audit, monkeypatch, kind):
    monkeypatch.setattr(grouping, "DOCUMENTS_IN_GROUP", 2)
    texts = [TEXT.format(day=day) for day in range(8)]
    if kind == "files":
        for day, text in enumerate(texts):
            s3.put(f"wire/{day}.txt", text.encode())
    else:  # so long that not all of them are read at once
        rows = [json.dumps({"text": text, "notes": "x" * 400_000}) + "\n" for text in texts]
        s3.put("wire/rows.jsonl", "".join(rows).encode())
    address = f"s3://wire{s3.query}"
    audit.run(address, output="whole")

    def lose_it(progress, _):
        if progress.done == 2:
            s3.refuse_everybody()

    with pytest.raises(StoreUnreachableError, match="--resume"):
        audit.run(address, output="out", watch=lose_it)
    with pytest.raises(StoreUnreachableError, match="your rights"):
        audit.run(address, output="out", resume=True)
    s3.let_everybody_in()
    audit.run(address, output="out", resume=True)
    assert audit.content("out") == audit.content("whole")
    assert {row.status for row in audit.documents()} == {Status.CHECKED}


def test_a_server_that_is_away():
    with pytest.raises(StoreUnreachableError, match="the network") as caught:
        read_all("s3://wire?endpoint_override=127.0.0.1:9&scheme=http", "")
    assert "\n" not in str(caught.value)
