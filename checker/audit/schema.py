"""The data set of an audit: its three tables, their columns, and the folder they lie in.

    DIR/documents/part-00000.parquet …    a row a document, checked or not
    DIR/findings/part-00000.parquet …     a row a finding, of one document side by side, surest first
    DIR/sentences/part-00000.parquet …    a row a sentence of the documents that were checked
    DIR/summary.json                      what made it, totals, whether it is complete; there once the audit has ended
    DIR/index.html                        the page, where one was made

Part N of each table is about the same documents. Shards of one audit may share a folder; their parts are named
`shard-2-of-4-part-00000.parquet`. `position` is a document's place in the input and joins the tables; ids need not be
unique. Offsets are code points in the document's text; numbers are rounded to three decimals; rows of a table ascend by
position. There is no clock in any of it: the same input gives the same bytes.

summary.json has these keys:

    schema      "checker.audit/1"
    complete    false where a shard of the audit is still missing
    signature   checker, model, model_hash, settings_hash, backend, as in a report
    inputs      what was given on the command line; options: what else was, by name (null where not given)
    shards      [[2, 4], …]: the shards that are here; empty for an audit in one piece
    documents   total, checked, skipped, duplicate, incomplete
    sentences   total, supported, contradicted, unsupported, not_checked
    words       of the checked documents
    findings    total, known (left out by the baseline), expected_right (the sum of the confidences),
                by_severity {"major": 3, …}, by_category {"accuracy/…": 3, …}
    skipped     [{"what", "reason"}]: facts and the like that could not be used, for all documents

DuckDB, pandas and polars read it as it is: `select * from 'DIR/findings/*.parquet'`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

SCHEMA = "checker.audit/1"
SUMMARY = "summary.json"
PAGE = "index.html"


class Status(StrEnum):
    """What became of a document. Only CHECKED documents have findings and sentences.

    DUPLICATE: an earlier document, `duplicate_of`, has the same content, and what was found there holds here.
    SKIPPED: it could not be checked, for the `reason`; it is never to be shown as clean.
    """

    CHECKED = "checked"
    SKIPPED = "skipped"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow:
    """A document of the input.

    `position` counts from 0 in the order of the input. `path` says where it lies: a file, `archive.zip!member` or
    `table.jsonl#row`, and is unique where the input names nothing twice; `id` is the document's own. `content_hash`
    stands for the text and what it is held against, None where the document could not be read; `language` and
    `source_language` are ISO 639-1, the latter None without an original. `agency`, `desk` and `engine` (the MT engine)
    are what columns or file names say. `published` is ISO 8601 as the file has it, `day` its date. `as_of` is the day
    whose facts were used, None where every day has the same.

    The counts are 0 unless the document was checked: `sentences` of each verdict; `findings` as in the table of
    findings; `known`, findings left out because the baseline has them. `worst` is the highest severity among findings.
    `incomplete` is true where something could not be checked (not only what no evidence speaks of); `notes` tell what
    was not used, "what: reason" each.
    """

    position: int
    id: str
    path: str
    status: Status
    reason: str | None = None
    duplicate_of: int | None = None
    content_hash: str | None = None
    title: str | None = None
    language: str | None = None
    source_language: str | None = None
    agency: str | None = None
    desk: str | None = None
    engine: str | None = None
    published: str | None = None
    day: date | None = None
    characters: int = 0
    words: int = 0
    sentences: int = 0
    supported: int = 0
    contradicted: int = 0
    unsupported: int = 0
    not_checked: int = 0
    findings: int = 0
    known: int = 0
    worst: str | None = None
    incomplete: bool = False
    notes: tuple[str, ...] = ()
    as_of: date | None = None
    facts_hash: str | None = None


@dataclass(frozen=True, slots=True)
class SpanRow:
    """The words in a piece of evidence that conflict, with their place in its text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """Evidence of a finding, as in the JSON contract; the dates are ISO 8601."""

    kind: str
    id: str
    text: str
    start: int | None
    end: int | None
    relevance: float
    probability: float
    span: SpanRow | None
    origin: str | None
    valid_from: str | None
    valid_until: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRow:
    """A finding, as in the JSON contract, with the document's `position`, `document` (its id) and `path`.

    `context` is the sentence it stands in, from `context_start` on in the document's text; its words are
    `context[start - context_start : end - context_start]`. Lines and columns count from 1 in the document's text, the
    end column is exclusive.
    """

    position: int
    document: str
    path: str
    id: str
    start: int
    end: int
    text: str
    sentence: int
    context: str
    context_start: int
    start_line: int
    start_column: int
    end_line: int
    end_column: int
    category: str
    severity: str
    confidence: float
    message: str
    suggestions: tuple[str, ...]
    evidence: tuple[EvidenceRow, ...]
    detector: str
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceRow:
    """A sentence and its verdict, of a document that was checked.

    `source` is the passage of the original that it translates, None without an original, where nothing in it
    corresponds, or where exact rules do not read its language. `reason` is given where it was not checked; the
    probabilities are those of the deciding pair, None where no evidence
    decided. `findings` is how many of the document's findings stand in it.
    """

    position: int
    document: str
    index: int
    start: int
    end: int
    text: str
    verdict: str
    reason: str | None
    entailment: float | None
    neutral: float | None
    contradiction: float | None
    findings: int
    source: str | None = None


class Table(StrEnum):
    """The tables, each a folder of that name."""

    DOCUMENTS = "documents"
    FINDINGS = "findings"
    SENTENCES = "sentences"


def arrow_schema(table: Table) -> Any:  # noqa: ANN401 - pyarrow is untyped
    """The `pyarrow.Schema` of a table, columns in the order of its row's fields."""
    from pyarrow import lib as pa

    text, whole, number = pa.string(), pa.int32(), pa.float64()
    key, texts = pa.int64(), pa.list_(pa.string())
    span = pa.struct([("start", whole), ("end", whole), ("text", text)])
    evidence = [
        *(("kind", text), ("id", text), ("text", text), ("start", whole), ("end", whole)),
        *(("relevance", number), ("probability", number), ("span", span)),
        *(("origin", text), ("valid_from", text), ("valid_until", text)),
    ]
    if table is Table.DOCUMENTS:
        columns = [
            *(("position", key), ("id", text), ("path", text), ("status", text), ("reason", text)),
            *(("duplicate_of", key), ("content_hash", text), ("title", text), ("language", text)),
            *((name, text) for name in ("source_language", "agency", "desk", "engine", "published")),
            ("day", pa.date32()),
            *((name, whole) for name in ("characters", "words", "sentences", "supported", "contradicted")),
            *((name, whole) for name in ("unsupported", "not_checked", "findings", "known")),
            *(("worst", text), ("incomplete", pa.bool_()), ("notes", texts)),
            *(("as_of", pa.date32()), ("facts_hash", text)),
        ]
    elif table is Table.FINDINGS:
        columns = [
            *(("position", key), ("document", text), ("path", text), ("id", text)),
            *(("start", whole), ("end", whole), ("text", text), ("sentence", whole)),
            *(("context", text), ("context_start", whole)),
            *((name, whole) for name in ("start_line", "start_column", "end_line", "end_column")),
            *(("category", text), ("severity", text), ("confidence", number), ("message", text)),
            *(("suggestions", texts), ("evidence", pa.list_(pa.struct(evidence)))),
            *(("detector", text), ("fingerprint", text)),
        ]
    else:
        columns = [
            *(("position", key), ("document", text), ("index", whole), ("start", whole), ("end", whole)),
            *(("text", text), ("verdict", text), ("reason", text)),
            *(("entailment", number), ("neutral", number), ("contradiction", number), ("findings", whole)),
            ("source", text),
        ]
    return pa.schema(columns)
