"""summary.json: the totals of a data set, counted from the data set itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from checker.audit.dataset import AuditReader
from checker.audit.schema import Status, Table

_VERDICTS = ("supported", "contradicted", "unsupported", "not_checked")


def summarise(folder: Path) -> dict[str, Any]:
    """The keys `documents`, `words`, `sentences` and `findings` of summary.json; see `checker.audit.schema`."""
    reader = AuditReader(folder)
    documents, verdicts = Counter({status.value: 0 for status in Status}), Counter(dict.fromkeys(_VERDICTS, 0))
    words = known = incomplete = 0
    columns = ["status", "words", "known", "incomplete", *_VERDICTS]
    for batch in reader.table(Table.DOCUMENTS).to_batches(columns=columns):
        for row in batch.to_pylist():
            documents[row["status"]] += 1
            incomplete += row["incomplete"]
            known += row["known"]
            if row["status"] == Status.CHECKED:
                words += row["words"]
                verdicts.update({name: row[name] for name in _VERDICTS})
    return {
        "documents": {"total": documents.total(), **documents, "incomplete": incomplete},
        "words": words,
        "sentences": {"total": verdicts.total(), **verdicts},
        "findings": _findings(reader, known),
    }


def _findings(reader: AuditReader, known: int) -> dict[str, Any]:
    severities, categories = Counter[str](), Counter[str]()
    thousandths = 0  # whole numbers add up to the same in any order
    for batch in reader.table(Table.FINDINGS).to_batches(columns=["severity", "category", "confidence"]):
        for row in batch.to_pylist():
            severities[row["severity"]] += 1
            categories[row["category"]] += 1
            thousandths += round(1000 * row["confidence"])
    return {
        "total": severities.total(),
        "known": known,
        "expected_right": thousandths / 1000,
        "by_severity": _sorted(severities),
        "by_category": _sorted(categories),
    }


def _sorted(counted: Mapping[str, int]) -> dict[str, int]:
    """Most first, then by name."""
    return dict(sorted(counted.items(), key=lambda each: (-each[1], each[0])))
