"""The formats by name. Written out, so that reading this file tells what there is."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from checker.audit.dataset import AuditReader
from checker.audit.exports import csv, json, junit, sarif
from checker.findings import Severity

# The reader, and the severity from which a finding fails its document (JUnit alone asks); pieces of the file, in order.
Export = Callable[[AuditReader, Severity], Iterator[str]]

EXPORTS: dict[str, Export] = {
    "sarif": sarif.export,
    "junit": junit.export,
    "csv": csv.export,
    "json": json.export,
}
