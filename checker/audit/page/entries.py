"""Findings as the page shows them: each a card with its sentence, the sentences around it, and where it comes from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from checker.audit.dataset import AuditReader
from checker.audit.page.views import Entry
from checker.audit.ranks import severity_rank
from checker.audit.schema import DocumentRow, FindingRow, Table
from checker.audit.survey import DOCUMENT_FACETS, UNKNOWN, facet_of, repeat_key, values_of
from checker.errors import CheckerError
from checker.findings import Finding
from checker.report.html import bare_card, head, tail
from checker.report.json import finding_from_dict

Numbers = Mapping[str, Mapping[Any, int]]
Place = tuple[int, int]  # position of a document, index of a sentence


def finding_of(row: FindingRow) -> Finding:
    """The finding that the row was made from."""
    return finding_from_dict(asdict(row))


def make_entries(
    findings: Sequence[FindingRow], documents: Mapping[int, DocumentRow], around: Mapping[Place, str], numbers: Numbers
) -> tuple[Entry, ...]:
    """One entry a finding; `numbers` gives each value of a filter its number."""
    return tuple(
        _entry(number, finding, documents[finding.position], around, numbers)
        for number, finding in enumerate(findings, start=1)
    )


def sentences_around(reader: AuditReader, places: Iterable[Place]) -> dict[Place, str]:
    """The sentences before and after each of `places`, where there are any. Raises CheckerError."""
    return sentences_at(reader, {(position, sentence + step) for position, sentence in places for step in (-1, 1)})


def sentences_at(reader: AuditReader, wanted: Collection[Place], column: str = "text") -> dict[Place, str]:
    """What `column` says of each of `wanted`, where it says anything. Raises CheckerError."""
    sentences = reader.table(Table.SENTENCES)  # says so where pyarrow is missing
    from pyarrow import compute, lib

    chosen = compute.field("position").isin(sorted({position for position, _ in wanted}))  # type: ignore[no-untyped-call]
    found: dict[Place, str] = {}
    try:
        for batch in sentences.to_batches(columns=["position", "index", column], filter=chosen):
            for values in batch.to_pylist():
                place = values["position"], values["index"]
                if place in wanted and values[column]:
                    found[place] = values[column]
    except (lib.ArrowException, OSError) as error:
        raise CheckerError(f"the audit's sentences cannot be read ({error}); audit again") from error
    return found


def details_of(row: DocumentRow) -> str:
    """Where a document comes from, in one line: day, desk, agency, language pair, engine."""
    parts = [row.day.isoformat() if row.day else None, *(facet_of(row, facet) for facet in DOCUMENT_FACETS)]
    return " · ".join(part for part in parts if part)


def name_of(row: DocumentRow) -> str:
    """What a person calls the document: its title, else its path."""
    return row.title or row.path or row.id


def _entry(number: int, finding: FindingRow, row: DocumentRow, around: Mapping[Place, str], numbers: Numbers) -> Entry:
    start, end = finding.start - finding.context_start, finding.end - finding.context_start
    card = replace(
        bare_card(finding_of(finding)),
        number=number,
        before=tail(finding.context[: max(0, start)]),
        after=head(finding.context[max(0, end) :]),
    )
    values: dict[str, Any] = {facet: facet_of(row, facet) or UNKNOWN for facet in DOCUMENT_FACETS}
    values |= values_of(finding) | {"document": finding.position, "repeat": repeat_key(finding)}
    options = ((key, numbers.get(key, {}).get(value)) for key, value in values.items())
    return Entry(
        card=card,
        earlier=tail(around.get((finding.position, finding.sentence - 1), "")),
        later=head(around.get((finding.position, finding.sentence + 1), "")),
        document=name_of(row),
        details=" · ".join(part for part in (row.path if row.title else "", details_of(row)) if part),
        language=row.language or "",
        options=tuple((key, option) for key, option in options if option is not None),
        rank=severity_rank(finding.severity),
        day=row.day.isoformat() if row.day else "",
    )
