"""A data set in a bucket is the one on the disk; what stands in the way is one line, and costs nothing."""

import pytest
from s3_server import NEEDS_MOTO

from checker.audit.copying import check_destination, copy_audit
from checker.audit.storage import files_at
from checker.errors import StoreUnreachableError, UsageError

pytestmark = NEEDS_MOTO

TEXT = "The council met in the harbour town on day {day}. It opened the the new berths."


@pytest.fixture
def s3(server):
    server.forget_everything()
    server.put("audits/readme.txt", b"audits of the desk")
    return server


@pytest.fixture
def done(audit):
    for day in range(3):
        audit.write(f"{day}.txt", TEXT.format(day=day))
    audit.run()
    (audit.folder / "out/index.html").write_text("<p>page", encoding="utf-8")
    return audit


def stored(address):
    return {str(file).partition("/november/")[2]: file.open().read() for file in files_at(address)}


def test_everything_but_the_ledger_is_copied(s3, done):
    address = f"s3://audits/november{s3.query}"
    assert copy_audit(done.folder / "out", address) == 5
    expected = {place.as_posix(): content for place, content in done.content().items()}
    assert stored(address) == expected | {"index.html": b"<p>page"}


def test_the_copy_reads_as_the_data_set_does(s3, done):
    from pyarrow import dataset

    copy_audit(done.folder / "out", f"s3://audits/november{s3.query}")
    place = f"s3://audits/november/documents{s3.query}"
    rows = dataset.dataset(place, format="parquet").to_table(columns=["position", "status"]).to_pylist()
    assert rows == [{"position": row.position, "status": row.status.value} for row in done.documents()]


def test_the_same_may_be_copied_again_and_another_may_not(s3, done):
    address = f"s3://audits/november{s3.query}"
    copy_audit(done.folder / "out", address)
    before = stored(address)
    copy_audit(done.folder / "out", address)
    assert stored(address) == before
    s3.put("audits/november/findings/part-00009.parquet", b"of another")
    with pytest.raises(UsageError, match=r"part-00009\.parquet is of another audit"):
        copy_audit(done.folder / "out", address)


def test_the_summary_comes_last(s3, done, monkeypatch):
    written = []
    monkeypatch.setattr("checker.audit.copying._write", lambda store, path, *_: written.append(path))
    copy_audit(done.folder / "out", f"s3://audits/november{s3.query}")
    assert written[-1] == "audits/november/summary.json"
    assert len(written) == 5


def test_a_store_that_lets_nobody_in_is_told_before_and_after(s3, done):
    address = f"s3://audits/november{s3.query}"
    check_destination(address)
    s3.refuse_everybody()
    with pytest.raises(StoreUnreachableError, match="checker audit copy"):
        check_destination(address)
    with pytest.raises(StoreUnreachableError, match="your rights") as caught:
        copy_audit(done.folder / "out", address)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("audits/november", "is no address of a store"),
        ("s3://k:hush@audits/november", "AWS_SECRET_ACCESS_KEY"),
        ("nowhere://audits", "is no address of a store"),
    ],
)
def test_what_is_no_address(address, why):
    with pytest.raises(UsageError, match=why) as caught:
        check_destination(address)
    assert "hush" not in str(caught.value)


def test_a_folder_without_an_audit(s3, tmp_path):
    with pytest.raises(UsageError, match="no audit is here"):
        copy_audit(tmp_path, f"s3://audits/november{s3.query}")
