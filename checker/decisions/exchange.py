"""Decisions to a file and back, for another machine's store, a spreadsheet or a backup; nothing is lost on the way."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from checker.decisions.types import CitedFact, Decision, DecisionKind
from checker.errors import UnreadableFileError, UsageError
from checker.report.csv import harmless

COLUMNS = (
    *("at", "by", "kind", "text", "sentence", "reason", "replacement", "article", "category", "severity"),
    *("confidence", "detector", "evidence_kind", "facts", "model", "calibration", "fingerprint"),
)
_MOST_BYTES = 500_000_000


class ExportFormat(StrEnum):
    """Formats of an export; JSONL can be imported again, CSV is for spreadsheets."""

    JSONL = "jsonl"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class DecisionProblem:
    """A line that is no decision: `where` names file and line."""

    where: str
    reason: str


def export_decisions(decisions: Iterable[Decision], format_: ExportFormat) -> Iterator[str]:
    """Lines, each with its line break, one a decision in the same order; CSV begins with the names of its columns."""
    if format_ is ExportFormat.JSONL:
        for decision in decisions:
            yield json.dumps(decision_fields(decision), ensure_ascii=False) + "\n"
        return
    yield ",".join(COLUMNS) + "\n"
    for decision in decisions:
        fields = decision_fields(decision)
        fields["facts"] = "; ".join(fact.text for fact in decision.facts)
        line = io.StringIO(newline="")
        csv.writer(line, lineterminator="\n").writerow([_cell(fields.get(column, "")) for column in COLUMNS])
        yield line.getvalue()


def decision_fields(decision: Decision) -> dict[str, Any]:
    """The filled-in fields of a decision as plain values."""
    fields: dict[str, Any] = {name: getattr(decision, name) for name in COLUMNS}
    fields["at"], fields["kind"] = decision.at.isoformat(), decision.kind.value
    fields["facts"] = [{"id": fact.id, "text": fact.text} for fact in decision.facts]
    return {name: value for name, value in fields.items() if value not in (None, "", [])}


def import_decisions(path: Path) -> tuple[list[Decision], list[DecisionProblem]]:
    """The decisions of an export in JSONL, and what is none. Raises UnreadableFileError."""
    decisions, problems = [], []
    for number, line in enumerate(_lines(path), start=1):
        if not line.strip():
            continue
        try:
            decisions.append(decision_of(json.loads(line)))
        except (ValueError, UsageError, RecursionError) as error:
            reason = str(error) if isinstance(error, UsageError) else "no line of `checker decisions export`"
            problems.append(DecisionProblem(f"{path}:{number}", reason))
    return decisions, problems


def decision_of(fields: object) -> Decision:
    """The decision that `decision_fields` wrote. Raises UsageError that says what is wrong."""
    if not isinstance(fields, Mapping):
        raise UsageError("a decision is an object; take the file from `checker decisions export`")
    if unknown := sorted(set(fields) - set(COLUMNS)):
        raise UsageError(f"unknown key {unknown[0]!r}; was the file made by a newer checker?")
    values = dict(fields)
    confidence = values.get("confidence")
    if confidence is not None and (isinstance(confidence, bool) or not isinstance(confidence, int | float)):
        raise UsageError(f"confidence is {confidence!r}; give a number from 0 to 1")
    facts, kind, at = _facts(values.pop("facts", [])), values.pop("kind", None), values.pop("at", None)
    if bad := [name for name, value in values.items() if name != "confidence" and not isinstance(value, str)]:
        raise UsageError(f"{bad[0]} is not a text")
    if kind not in list(DecisionKind):
        raise UsageError(f"kind is {kind!r}; give one of {', '.join(DecisionKind)}")
    try:
        return Decision(**values, kind=DecisionKind(kind), at=datetime.fromisoformat(at), facts=facts)
    except (TypeError, ValueError) as error:
        raise UsageError("the fingerprint or the time is missing or broken") from error


def _facts(given: object) -> tuple[CitedFact, ...]:
    if not isinstance(given, list) or not all(isinstance(each, Mapping) for each in given):
        raise UsageError("facts are a list of objects with id and text")
    facts = tuple(CitedFact(each.get("id"), each.get("text")) for each in given)
    if not all(isinstance(fact.id, str) and isinstance(fact.text, str) for fact in facts):
        raise UsageError("a fact has an id and a text")
    return facts


def _lines(path: Path) -> Iterator[str]:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise UnreadableFileError(f"{path}: larger than {_MOST_BYTES // 1_000_000} MB; import it in parts")
        with path.open(encoding="utf-8-sig") as file:
            yield from file
    except UnicodeDecodeError as error:
        raise UnreadableFileError(f"{path}: not UTF-8 text; take the file from `checker decisions export`") from error
    except OSError as error:
        raise UnreadableFileError(f"{path}: cannot be read ({error.strerror}); check the path") from error


def _cell(value: object) -> object:
    return harmless(value) if isinstance(value, str) else value
