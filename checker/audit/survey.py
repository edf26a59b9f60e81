"""One pass over an audit's data set: what is counted, what is kept, and no more in memory than that.

The page, the text summary and the notebook's pictures all show a `Survey`, so they never tell two stories.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from heapq import nlargest
from math import sqrt

from checker.audit.dataset import AuditReader
from checker.audit.ranks import harm, severity_rank
from checker.audit.schema import DocumentRow, FindingRow, Status
from checker.findings.words import normal_text

DOCUMENT_FACETS = ("desk", "agency", "pair", "engine")
FINDING_FACETS = ("category", "severity", "evidence")
UNKNOWN = "not told"
BANDS = 20
_Z = 1.959964


@dataclass(slots=True)
class Tally:
    """Counts of one group, growing: documents checked, those with a finding, findings by severity.

    `expected` is how many findings are real if confidence holds, the sum of confidences; `variance` that of the number.
    """

    documents: int = 0
    flagged: int = 0
    expected: float = 0.0
    variance: float = 0.0
    severities: Counter[str] = field(default_factory=Counter)

    @property
    def findings(self) -> int:
        """All findings of the group."""
        return self.severities.total()

    def add(self, finding: FindingRow, number: int = 1) -> None:
        """Count `finding`, which stands `number` times."""
        self.severities[finding.severity] += number
        self.expected += number * finding.confidence
        self.variance += number * finding.confidence * (1 - finding.confidence)

    def expected_range(self) -> tuple[float, float]:
        """Between what the number of real findings lies with 95 %, if confidence holds and findings are independent."""
        half = _Z * sqrt(self.variance)
        return max(0.0, self.expected - half), min(float(self.findings), self.expected + half)


@dataclass(slots=True)
class Repeat:
    """The same words with the same first suggestion and category; `text` and `suggestion` are as first met."""

    key: tuple[str, str, str]
    text: str
    suggestion: str
    category: str
    tally: Tally
    worst: str
    first_day: date | None = None
    last_day: date | None = None
    latest: int = -1

    def add(self, finding: FindingRow, day: date | None) -> None:
        """Count `finding`; findings come as their documents are ordered."""
        self.tally.add(finding)
        self.tally.flagged += finding.position != self.latest
        self.latest = finding.position
        self.worst = max(self.worst, finding.severity, key=severity_rank)
        if day is not None:
            self.first_day = min(self.first_day or day, day)
            self.last_day = max(self.last_day or day, day)


@dataclass(frozen=True, slots=True)
class Flagged:
    """A document with findings, and what they weigh: the sum of severity weight times confidence."""

    row: DocumentRow
    tally: Tally
    weight: float


@dataclass(frozen=True, slots=True)
class Survey:
    """What an audit found. `total` is over all checked documents.

    `facets` maps each facet and value to its counts, for documents where they have such a value. `matrices` count
    findings by (facet, value, category). `shown` are the findings with the greatest harm, most harm first, `worst` the
    documents that weigh most, `repeats` the errors that occur more than once, most frequent first.
    """

    statuses: Counter[str]
    reasons: Counter[str]
    verdicts: Counter[str]
    words: int
    known: int
    incomplete: int
    total: Tally
    facets: Mapping[str, Mapping[str, Tally]]
    days: Mapping[date, Tally]
    bands: Sequence[int]
    cross: Mapping[tuple[str, str, str], int]
    worst: Sequence[Flagged]
    repeats: Sequence[Repeat]
    shown: Sequence[FindingRow]
    flagged: Mapping[int, DocumentRow]


def pair_of(row: DocumentRow) -> str | None:
    """The language pair of a document: "es → en"; None without an original."""
    return f"{row.source_language} → {row.language}" if row.source_language and row.language else None


def facet_of(row: DocumentRow, facet: str) -> str | None:
    """The document's value of one of DOCUMENT_FACETS."""
    return pair_of(row) if facet == "pair" else getattr(row, facet) or None


def values_of(finding: FindingRow) -> dict[str, str]:
    """The finding's values of FINDING_FACETS; evidence is the kind of the first piece."""
    kind = finding.evidence[0].kind if finding.evidence else "language"
    return {"category": finding.category, "severity": finding.severity, "evidence": kind}


def repeat_key(finding: FindingRow) -> tuple[str, str, str]:
    """Findings with the same key are the same error in another place."""
    first = finding.suggestions[0] if finding.suggestions else ""
    return normal_text(finding.text) or finding.text.strip(), normal_text(first), finding.category


def survey(reader: AuditReader, *, shown: int = 0, worst: int = 0, repeats: int = 0) -> Survey:
    """Counts the whole audit; at most so many findings, documents and repeated errors are kept one by one."""
    counting = _Counting()
    for document in reader.documents():
        counting.count_document(document)
    passing = counting.count_findings(reader.findings())
    kept = nlargest(shown, passing, key=_harm_first)
    for _ in passing:  # for the sake of counting: none is asked for where none is to be kept
        pass
    return counting.result(kept, worst, repeats)


def _harm_first(finding: FindingRow) -> tuple[float, float, int, int]:
    return harm(finding), finding.confidence, -finding.position, -finding.start


class _Counting:
    """A survey under way."""

    def __init__(self) -> None:
        self.statuses: Counter[str] = Counter()
        self.reasons: Counter[str] = Counter()
        self.verdicts: Counter[str] = Counter()
        self.words = self.known = self.incomplete = 0
        self.total = Tally()
        self.facets: dict[str, dict[str, Tally]] = {facet: {} for facet in (*DOCUMENT_FACETS, *FINDING_FACETS)}
        self.days: dict[date, Tally] = {}
        self.bands = [0] * BANDS
        self.cross: Counter[tuple[str, str, str]] = Counter()
        self.flagged: dict[int, DocumentRow] = {}
        self.by_document: dict[int, tuple[Tally, float]] = {}
        self.repeats: dict[tuple[str, str, str], Repeat] = {}

    def count_document(self, row: DocumentRow) -> None:
        """All that a document alone tells; those with findings are remembered."""
        self.statuses[row.status] += 1
        if row.status is Status.SKIPPED:
            self.reasons[row.reason or "no reason given"] += 1
        if row.status is not Status.CHECKED:
            return
        for verdict in ("supported", "contradicted", "unsupported", "not_checked"):
            self.verdicts[verdict] += getattr(row, verdict)
        self.words += row.words
        self.known += row.known
        self.incomplete += row.incomplete
        for tally in self._groups(row):
            tally.documents += 1
            tally.flagged += row.findings > 0
        if row.findings:
            self.flagged[row.position] = row

    def count_findings(self, findings: Iterable[FindingRow]) -> Iterable[FindingRow]:
        """The same findings, counted as they pass."""
        for finding in findings:
            row = self.flagged[finding.position]
            for tally in self._groups(row):
                tally.add(finding)
            for facet, value in values_of(finding).items():
                self.facets[facet].setdefault(value, Tally()).add(finding)
            self._count_crossings(row, finding)
            self.bands[min(BANDS - 1, int(finding.confidence * BANDS))] += 1
            tally, weight = self.by_document.setdefault(finding.position, (Tally(), 0.0))
            tally.add(finding)
            self.by_document[finding.position] = tally, weight + harm(finding)
            key = repeat_key(finding)
            if key not in self.repeats:
                first = finding.suggestions[0] if finding.suggestions else ""
                self.repeats[key] = Repeat(key, finding.text, first, finding.category, Tally(), finding.severity)
            self.repeats[key].add(finding, row.day)
            yield finding

    def _groups(self, row: DocumentRow) -> list[Tally]:
        """The tallies that a document counts in."""
        groups = [self.total]
        for facet in DOCUMENT_FACETS:
            groups.append(self.facets[facet].setdefault(facet_of(row, facet) or UNKNOWN, Tally()))
        if row.day is not None:
            groups.append(self.days.setdefault(row.day, Tally()))
        return groups

    def _count_crossings(self, row: DocumentRow, finding: FindingRow) -> None:
        for facet in DOCUMENT_FACETS:
            value = facet_of(row, facet)
            if value is not None:
                self.cross[facet, value, finding.category] += 1

    def result(self, shown: Sequence[FindingRow], worst: int, repeats: int) -> Survey:
        """The survey; facets that no document has a value of are empty."""
        documents = (
            Flagged(self.flagged[position], tally, weight) for position, (tally, weight) in self.by_document.items()
        )
        heaviest = nlargest(worst, documents, key=lambda one: (one.weight, -one.row.position))
        often = [one for one in self.repeats.values() if one.tally.findings > 1]
        often.sort(key=lambda one: (-one.tally.flagged, -one.tally.findings, -one.tally.expected, one.text))
        facets = {facet: {} if set(values) == {UNKNOWN} else values for facet, values in self.facets.items()}
        return Survey(
            self.statuses,
            self.reasons,
            self.verdicts,
            self.words,
            self.known,
            self.incomplete,
            self.total,
            facets,
            dict(sorted(self.days.items())),
            self.bands,
            self.cross,
            heaviest,
            often[:repeats],
            shown,
            self.flagged,
        )
