"""Copies a data set to object storage, where a cluster's readers and other people look for it.

An audit works on a disk: what is not done yet is kept in a data base there. What is copied is whole, the summary last,
so that where there is a summary the data set is whole.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from pathlib import Path
from typing import Any

from checker.audit.schema import PAGE, SUMMARY, Table
from checker.audit.storage import is_stored, open_store, refuse_keys
from checker.errors import CheckerError, StoreUnreachableError, UsageError, first_line


def check_destination(address: str) -> None:
    """Whether a data set can be copied to an address, before hours are spent on one. Nothing is written.

    Raises UsageError where it is no address of a known store or has keys in it, StoreUnreachableError where the store
    does not answer or lets nobody in.
    """
    _open(address)


def copy_audit(folder: Path, address: str) -> int:
    """Copies the data set in `folder`, its page and its summary to `address`; returns the number of files.

    The same data set may be copied again, also over half of itself. Raises UsageError where another one is there or
    where `folder` holds none, StoreUnreachableError, CheckerError where a file cannot be read.
    """
    files = {file.relative_to(folder).as_posix(): file for file in _files(folder)}
    if not files:
        raise UsageError(f"{folder}: no audit is here; name the --output folder of `checker audit`")
    store, base = _open(address)
    _refuse_another(store, base, address, files)
    for name, file in files.items():
        try:
            content = file.read_bytes()
        except OSError as error:
            raise CheckerError(f"{file}: cannot be read ({error.strerror}); nothing else is lost") from error
        _write(store, f"{base}/{name}", content, address)
    return len(files)


def _files(folder: Path) -> Iterator[Path]:
    """What is whole, in the order in which it is copied."""
    for table in Table:
        yield from sorted((folder / table).glob("*.parquet"))
    yield from (file for file in (folder / PAGE, folder / SUMMARY) if file.is_file())


def _open(address: str) -> tuple[Any, str]:
    if not is_stored(address):
        raise UsageError(f"{address}: is no address of a store; s3://bucket/folder is one")
    refuse_keys(address)
    store, base = open_store(address)
    base = base.rstrip("/")
    if not base:
        raise UsageError(f"{address}: names no bucket; s3://bucket/folder does")
    try:
        store.get_file_info(base)
    except OSError as error:
        raise _lost(address, error) from error
    return store, base


def _refuse_another(store: Any, base: str, address: str, ours: Container[str]) -> None:  # noqa: ANN401 - pyarrow is untyped
    from pyarrow.fs import FileSelector  # type: ignore[attr-defined]

    for table in Table:
        try:
            there = store.get_file_info(FileSelector(f"{base}/{table}", allow_not_found=True))
        except OSError as error:
            raise _lost(address, error) from error
        for each in there:
            name = f"{table}/{each.base_name}"
            if name.endswith(".parquet") and name not in ours:
                raise UsageError(f"{address}: {name} is of another audit; give another address, or clear this one")


def _write(store: Any, path: str, content: bytes, address: str) -> None:  # noqa: ANN401 - pyarrow is untyped
    try:
        store.create_dir(path.rpartition("/")[0], recursive=True)  # a store on a disk needs it
        with store.open_output_stream(path) as stream:
            stream.write(content)
    except OSError as error:
        raise _lost(address, error) from error


def _lost(address: str, error: OSError) -> StoreUnreachableError:
    return StoreUnreachableError(
        f"{address}: cannot be written to ({first_line(error)}); check it, your rights, and the network. "
        "What is done is not lost: `checker audit copy DIR ADDRESS` copies a data set from the disk"
    )
