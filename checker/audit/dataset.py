"""Writes the parts of an audit's data set, and reads it in little memory, row by row or as an Arrow data set."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

from checker.audit.schema import (
    SCHEMA,
    SUMMARY,
    DocumentRow,
    EvidenceRow,
    FindingRow,
    SentenceRow,
    SpanRow,
    Status,
    Table,
    arrow_schema,
)
from checker.document import without_halves
from checker.errors import CheckerError, UsageError, first_line

Packed = tuple[bytes, bytes, bytes]
Row = DocumentRow | FindingRow | SentenceRow

_ROWS_AT_ONCE = 1_024
_MISSING = "an audit needs pyarrow; install checker[audit]"


@dataclass(frozen=True, slots=True)
class Part:
    """The rows about some documents that follow one another."""

    documents: tuple[DocumentRow, ...] = ()
    findings: tuple[FindingRow, ...] = ()
    sentences: tuple[SentenceRow, ...] = ()


def part_name(number: int, shard: tuple[int, int] | None = None) -> str:
    """File name of a part: "part-00007.parquet", of shard (2, 4) "shard-2-of-4-part-00007.parquet"."""
    prefix = "" if shard is None else f"shard-{shard[0]}-of-{shard[1]}-"
    return f"{prefix}part-{number:05}.parquet"


def write_part(folder: Path, name: str, part: Part) -> None:
    """Writes one part of all three tables; each file is there whole or not at all, also after a loss of power.

    Equal rows give equal bytes. Raises CheckerError where it cannot be written or pyarrow is missing.
    """
    write_packed(folder, name, [pack_part(part)])


def pack_part(part: Part) -> Packed:
    """The rows as bytes (Arrow's stream format), to be kept until a part is written."""
    return (
        _packed(Table.DOCUMENTS, part.documents),
        _packed(Table.FINDINGS, part.findings),
        _packed(Table.SENTENCES, part.sentences),
    )


def write_packed(folder: Path, name: str, packed: Sequence[Packed]) -> None:
    """As `write_part`, of rows that were packed, one lot after the other."""
    from pyarrow import ipc as streams  # type: ignore[attr-defined]
    from pyarrow import lib, parquet

    for place, table in enumerate(Table):
        lots = [streams.open_stream(lot[place]).read_all() for lot in packed]  # type: ignore[no-untyped-call]
        made = lib.concat_tables(lots).combine_chunks()
        _replace(folder / table / name, partial(parquet.write_table, made, compression="zstd"))


def write_summary(folder: Path, summary: Mapping[str, Any]) -> None:
    """Writes summary.json, whole or not at all; `summary` without the schema, which is put in front."""
    content = json.dumps({"schema": SCHEMA, **summary}, ensure_ascii=False, indent=2) + "\n"
    _replace(folder / SUMMARY, lambda place: place.write_text(content, encoding="utf-8", errors="backslashreplace"))


class AuditReader:
    """The data set in a folder; several folders (shards written apart) are read as one, in the order given.

    Raises UsageError where a folder holds no audit, CheckerError where pyarrow is missing.
    """

    def __init__(self, *folders: Path) -> None:
        for folder in folders:
            if not (folder / Table.DOCUMENTS).is_dir():
                raise UsageError(f"{folder}: no audit is here; name the --output folder of `checker audit`")
        self.folders = folders

    @property
    def summary(self) -> dict[str, Any]:
        """What summary.json says of the first folder. Raises UsageError where it is missing, damaged or another's."""
        place = self.folders[0] / SUMMARY
        try:
            content = json.loads(place.read_text(encoding="utf-8"))
        except FileNotFoundError as error:
            raise UsageError(f"{place}: the audit has not ended; go on with `checker audit … --resume`") from error
        except (OSError, ValueError) as error:
            raise UsageError(f"{place}: cannot be read ({error}); audit again with --resume") from error
        if not isinstance(content, dict) or content.get("schema") != SCHEMA:
            raise UsageError(f"{place}: not a summary of schema {SCHEMA}; audit again with this version")
        return content

    def table(self, table: Table) -> Any:  # noqa: ANN401 - pyarrow is untyped
        """A table as a `pyarrow.dataset.Dataset`, for filters, groups and columns of one's own."""
        try:
            from pyarrow import dataset
        except ImportError as error:
            raise CheckerError(_MISSING) from error
        files = [str(path) for folder in self.folders for path in sorted((folder / table).glob("*.parquet"))]
        return dataset.dataset(files, schema=arrow_schema(table), format="parquet")  # type: ignore[no-untyped-call]

    def documents(self) -> Iterator[DocumentRow]:
        """All documents; by position within a shard."""
        for values in self._rows(Table.DOCUMENTS):
            yield DocumentRow(**values | {"status": Status(values["status"]), "notes": tuple(values["notes"])})

    def findings(self) -> Iterator[FindingRow]:
        """All findings, as the documents are ordered, those of one document surest first."""
        for values in self._rows(Table.FINDINGS):
            evidence = tuple(_evidence(each) for each in values["evidence"])
            yield FindingRow(**values | {"evidence": evidence, "suggestions": tuple(values["suggestions"])})

    def sentences(self) -> Iterator[SentenceRow]:
        """All sentences, as the documents are ordered, in text order."""
        for values in self._rows(Table.SENTENCES):
            yield SentenceRow(**values)

    def _rows(self, table: Table) -> Iterator[dict[str, Any]]:
        rows = self.table(table)  # says so where pyarrow is missing
        from pyarrow import lib

        try:
            for batch in rows.to_batches(batch_size=_ROWS_AT_ONCE, fragment_readahead=1):
                yield from batch.to_pylist()
        except (lib.ArrowException, OSError) as error:
            raise CheckerError(f"the audit's {table} are damaged ({first_line(error)}); audit again") from error


def _evidence(values: Mapping[str, Any]) -> EvidenceRow:
    span = values["span"]
    return EvidenceRow(**{**values, "span": None if span is None else SpanRow(**span)})


def _packed(table: Table, rows: Sequence[Row]) -> bytes:
    try:
        from pyarrow import ipc as streams  # type: ignore[attr-defined]
        from pyarrow import lib
    except ImportError as error:
        raise CheckerError(_MISSING) from error
    values = [asdict(row) for row in rows]
    try:
        made = lib.Table.from_pylist(values, schema=arrow_schema(table))
    except UnicodeEncodeError:
        made = lib.Table.from_pylist(_encodable(values), schema=arrow_schema(table))
    written = BytesIO()
    with streams.new_stream(written, made.schema) as stream:  # type: ignore[no-untyped-call]
        stream.write_table(made)
    return written.getvalue()


def _encodable(value: Any) -> Any:  # noqa: ANN401 - plain data of any shape
    """The same data with U+FFFD for lone surrogates, which UTF-8 lacks; offsets stay what they are."""
    if isinstance(value, str):
        return without_halves(value)
    if isinstance(value, list | tuple):
        return [_encodable(each) for each in value]
    return {key: _encodable(each) for key, each in value.items()} if isinstance(value, dict) else value


def _replace(place: Path, write: Callable[[Path], object]) -> None:
    beside = place.with_name(f".{place.name}.partial")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        write(beside)
        _to_disk(beside)
        beside.replace(place)
        _to_disk(place.parent)
    except OSError as error:
        raise CheckerError(
            f"{place}: cannot be written ({error.strerror}); make room and go on with --resume"
        ) from error


def _to_disk(place: Path) -> None:
    """Waits until a file, or the names in a folder, would outlast a loss of power."""
    opened = os.open(place, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
