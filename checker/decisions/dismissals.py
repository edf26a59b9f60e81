"""Dismissals: which findings are not to be shown again, as a plain value that check, audit and page share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Self

from checker.decisions.types import Decision, DecisionKind, quoted_fact
from checker.evidence import EvidenceKind
from checker.findings import Finding


@dataclass(frozen=True, slots=True)
class Dismissals:
    """Fingerprints of dismissed findings, with the texts of the facts that were called out of date (None: any).

    Its `hides` is what `Checker.check(…, hides=…)` takes.
    """

    dismissed: Mapping[str, frozenset[str] | None] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def of_decisions(cls, decisions: Iterable[Decision]) -> Self:
        """From the newest decision about each finding; those that dismiss nothing are passed over."""
        return cls(MappingProxyType({each.fingerprint: _facts(each) for each in decisions if each.kind.dismisses}))

    @classmethod
    def of_fingerprints(cls, fingerprints: Iterable[str]) -> Self:
        """Every finding with one of the fingerprints."""
        return cls(MappingProxyType(dict.fromkeys(fingerprints)))

    def __len__(self) -> int:
        return len(self.dismissed)

    def hides(self, finding: Finding) -> bool:
        """True where the finding was dismissed.

        One whose fact was called out of date comes back as soon as another fact, or none, is behind it.
        """
        if finding.fingerprint not in self.dismissed:
            return False
        old = self.dismissed[finding.fingerprint]
        return old is None or _rests_on(finding, old)

    def __reduce__(self) -> tuple[type[Self], tuple[dict[str, frozenset[str] | None]]]:
        """Read-only views do not pickle, and processes of an audit are handed this."""
        return type(self), (dict(self.dismissed),)


def _facts(decision: Decision) -> frozenset[str] | None:
    if decision.kind is DecisionKind.FACT_OUT_OF_DATE and decision.facts:
        return frozenset(fact.text for fact in decision.facts)
    return None


def _rests_on(finding: Finding, old: frozenset[str]) -> bool:
    facts = {quoted_fact(piece.evidence.text) for piece in finding.evidence if piece.evidence.kind is EvidenceKind.FACT}
    return bool(facts) and facts <= old
