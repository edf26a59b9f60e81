"""`DecisionStore`: all decisions of a newsroom in one SQLite file, which several programs can use at once.

Nothing is ever changed or deleted in it: a later decision about the same finding counts instead of the earlier one, so
who said what, when, can always be read.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from checker.database import FileKind, StoreFile
from checker.decisions.dismissals import Dismissals
from checker.decisions.types import CitedFact, Decision, DecisionKind, decision_on, kind_of
from checker.errors import DecisionStoreError, UsageError
from checker.findings import Finding
from checker.report import Report

_PAGE = 1_000
_COLUMNS = (
    "id, fingerprint, kind, decided_by, decided_at, reason, replacement, article, text, sentence, category, severity,"
    " detector, confidence, evidence_kind, facts, model, calibration"
)
_WIDTH = len(_COLUMNS.split(","))
# The newest decision about a finding; of two of the same moment, the one that was added later.
_IS_NEWEST = """NOT EXISTS (SELECT 1 FROM decisions AS later WHERE later.fingerprint = decisions.fingerprint
    AND (later.decided_at, later.number) > (decisions.decided_at, decisions.number))"""


def _create_decisions(connection: sqlite3.Connection) -> None:
    connection.execute(
        """CREATE TABLE decisions (
            number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, fingerprint TEXT NOT NULL,
            kind TEXT NOT NULL, decided_by TEXT, decided_at TEXT NOT NULL, reason TEXT, replacement TEXT,
            article TEXT, text TEXT NOT NULL, sentence TEXT NOT NULL, category TEXT, severity TEXT, detector TEXT,
            confidence REAL, evidence_kind TEXT, facts TEXT NOT NULL, model TEXT, calibration TEXT)"""
    )
    connection.execute("CREATE INDEX decisions_by_finding ON decisions (fingerprint, decided_at, number)")


KIND = FileKind(
    name="decision store",
    application=0x44656369,  # "Deci"
    steps=(_create_decisions,),
    error=DecisionStoreError,
    when_missing="check the path; the page, an editor or `checker decisions import` makes one",
    when_foreign="name another file, or import it into a store with `checker decisions import`",
    when_damaged="restore a copy, or try `checker decisions export` to a new file",
)


class DecisionStore(StoreFile):
    """Decisions in one SQLite file. Open it with `DecisionStore.open`; a context manager that threads may share.

    All methods raise DecisionStoreError where the file is damaged or cannot be used.
    """

    kind = KIND
    table = "decisions"

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        super().__init__(path, connection)
        self._dismissals: tuple[int, Dismissals] | None = None

    # Changing

    def decide(
        self,
        report: Report,
        finding: Finding,
        kind: DecisionKind | str,
        *,
        by: str | None = None,
        reason: str | None = None,
        replacement: str | None = None,
    ) -> Decision:
        """Keep a decision made now; it counts from now on, whatever the clock of who decided before.

        `kind` may be given by its name, such as "not_an_error". `by` is None where it is not known who decides, as
        where a page is not told. Raises UsageError for another kind, for an empty name, for what is no finding, and for
        a note that is too long or cannot be kept.
        """
        return self._decide(
            decision_on(report, finding, kind, at=datetime.now(UTC), by=by, reason=reason, replacement=replacement)
        )

    def reopen(self, fingerprint: str, *, by: str | None = None, reason: str | None = None) -> Decision:
        """Take back what counts about a finding, of which nothing but the fingerprint is at hand.

        Raises UsageError where nothing is decided about it.
        """
        decided = self.current([fingerprint]).get(fingerprint)
        if decided is None:
            raise UsageError(f"{fingerprint}: nothing is decided about it; `checker decisions list` names fingerprints")
        return self._decide(
            replace(decided, kind=DecisionKind.REOPENED, at=datetime.now(UTC), by=by, reason=reason, replacement=None)
        )

    def _decide(self, made: Decision) -> Decision:
        if made.by is not None and not made.by.strip():
            raise UsageError("by is empty; name who decides, or leave it out where that is not known")
        with self._writing() as connection:
            (last,) = connection.execute(
                "SELECT max(decided_at) FROM decisions WHERE fingerprint = ?", (made.fingerprint,)
            ).fetchone()
            if last is not None and made.at <= (known := datetime.fromisoformat(last)):
                made = replace(made, at=known + timedelta(microseconds=1))
            _write(connection, [made])
        return made

    def add(self, decisions: Iterable[Decision]) -> int:
        """Keep decisions made elsewhere, in one transaction; how many were new. Known ones stay as they are."""
        given = list(decisions)
        with self._writing() as connection:
            return _write(connection, given)

    # Reading

    def list(
        self,
        *,
        kind: DecisionKind | str | None = None,
        by: str | None = None,
        since: datetime | None = None,
        newest_only: bool = False,
        limit: int | None = None,
    ) -> Iterator[Decision]:
        """Decisions in the order in which they were added; with `newest_only` the one that counts for each finding.

        `kind`, `by` and `since` (inclusive, with a time zone) choose among those.
        """
        conditions, values = _conditions(kind, by, since, newest_only)
        last, left = 0, limit
        while left is None or left > 0:
            page = _PAGE if left is None else min(_PAGE, left)
            query = f"SELECT {_COLUMNS}, number FROM decisions WHERE number > ?{conditions} ORDER BY number LIMIT ?"  # noqa: S608
            with self._reading() as connection:
                rows = connection.execute(query, (last, *values, page)).fetchall()
                found = [_decision_of(row) for row in rows]
            yield from found
            if len(rows) < page:
                return
            last, left = rows[-1][-1], None if left is None else left - len(rows)

    def current(self, fingerprints: Iterable[str]) -> Mapping[str, Decision]:
        """Fingerprint -> the decision that counts, for those findings that are decided and not reopened."""
        asked = json.dumps(list(fingerprints))
        asked_for = "fingerprint IN (SELECT value FROM json_each(?))"
        query = f"SELECT {_COLUMNS} FROM decisions WHERE {asked_for} AND {_IS_NEWEST}"  # noqa: S608
        with self._reading() as connection:
            found = [_decision_of(row) for row in connection.execute(query, (asked,))]
        return {each.fingerprint: each for each in found if each.kind is not DecisionKind.REOPENED}

    def history(self, fingerprint: str) -> Sequence[Decision]:
        """All that was decided about one finding, oldest first."""
        query = f"SELECT {_COLUMNS} FROM decisions WHERE fingerprint = ? ORDER BY decided_at, number"  # noqa: S608
        with self._reading() as connection:
            return [_decision_of(row) for row in connection.execute(query, (fingerprint,))]

    def dismissals(self) -> Dismissals:
        """Which findings are not to be shown, as of now; read anew where any program has added to the file."""
        with self._reading() as connection:
            (newest,) = connection.execute("SELECT coalesce(max(number), 0) FROM decisions").fetchone()
            if self._dismissals is None or self._dismissals[0] != newest:
                query = f"SELECT {_COLUMNS} FROM decisions WHERE {_IS_NEWEST}"  # noqa: S608
                found = Dismissals.of_decisions(_decision_of(row) for row in connection.execute(query))
                self._dismissals = newest, found
            return self._dismissals[1]


def _conditions(
    kind: DecisionKind | str | None, by: str | None, since: datetime | None, newest_only: bool
) -> tuple[str, tuple[str, ...]]:
    """SQL to add to WHERE, and its values."""
    chosen = {
        "kind = ?": kind_of(kind).value if kind is not None else None,
        "decided_by = ?": by,
        "decided_at >= ?": _moment(since) if since else None,
    }
    given = {condition: value for condition, value in chosen.items() if value is not None}
    conditions = [*given, *([_IS_NEWEST] if newest_only else [])]
    return "".join(f" AND {condition}" for condition in conditions), tuple(given.values())


def _write(connection: sqlite3.Connection, decisions: Iterable[Decision]) -> int:
    marks = ", ".join("?" * _WIDTH)
    query = f"INSERT OR IGNORE INTO decisions ({_COLUMNS}) VALUES ({marks})"  # noqa: S608 - constants of this file
    return connection.executemany(query, (_row_of(each) for each in decisions)).rowcount


def _moment(at: datetime) -> str:
    """All in one zone and of one length, so that the order of the texts is that of the times."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _row_of(decision: Decision) -> tuple[Any, ...]:
    return (
        decision.id,
        decision.fingerprint,
        decision.kind.value,
        decision.by,
        _moment(decision.at),
        decision.reason,
        decision.replacement,
        decision.article,
        decision.text,
        decision.sentence,
        decision.category,
        decision.severity,
        decision.detector,
        decision.confidence,
        decision.evidence_kind,
        json.dumps([[fact.id, fact.text] for fact in decision.facts], ensure_ascii=False),
        decision.model,
        decision.calibration,
    )


def _decision_of(row: Sequence[Any]) -> Decision:
    """The decision of a row that begins with _COLUMNS; a fault where another program wrote what none can be."""
    names = _COLUMNS.replace("decided_by", "by").replace("decided_at", "at").split(", ")
    values = dict(zip((name.strip() for name in names), row, strict=False))
    try:
        facts = tuple(CitedFact(*pair) for pair in json.loads(values.pop("facts")))
        del values["id"]
        kind, at = DecisionKind(values.pop("kind")), datetime.fromisoformat(values.pop("at"))
        return Decision(**values, kind=kind, at=at, facts=facts)
    except (ValueError, TypeError, UsageError) as error:
        raise sqlite3.DatabaseError(f"row {row[0]} is no decision") from error
