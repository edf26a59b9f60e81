"""Facts that somebody called out of date are evidence no more: in a fact store they are disputed, elsewhere left out.

Both can be taken back: reopening the finding makes the facts usable again. So that it can be found, an article that has
words which such a decision was about is checked once more, with those facts.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from threading import Lock

from checker.decisions import Decision, DecisionKind, DecisionStore, Dismissals
from checker.decisions.types import quoted_fact
from checker.evidence import Fact, FactStatus, FactStore
from checker.findings import Finding

Facts = Sequence[Fact | FactStore]


class OldFacts:
    """The newsroom's facts without those that were called out of date, whenever and by whatever program."""

    def __init__(self, facts: Sequence[Fact | FactStore], decisions: DecisionStore | None) -> None:
        self._facts = tuple(facts)
        self._decisions = decisions
        self._lock = Lock()
        self._seen: Dismissals | None = None  # what was in the store when `_old` was read
        self._old: Mapping[str, Decision] = {}  # by the fingerprint of the finding

    def usable(self, own: Sequence[Fact]) -> tuple[Fact | FactStore, ...]:
        """The newsroom's facts, and after them those of one article, without what is out of date."""
        old = frozenset(fact.text for decision in self._current().values() for fact in decision.facts)
        return tuple(each for each in (*self._facts, *own) if not _is_old(each, old))

    def recall(
        self,
        text: str,
        known: Container[str],
        check: Callable[[Facts, Callable[[Finding], bool]], object],
        own: Sequence[Fact] = (),
    ) -> Sequence[tuple[Decision, Finding]]:
        """Findings in `text` that would be there but for the old facts, surest first, without the fingerprints `known`.

        `check` checks the article with the facts that it is given, and hides what it is told to.
        """
        about = [each for each in self._current().values() if (each.text or each.sentence) in text]
        wanted = {each.fingerprint: each for each in about if each.fingerprint not in known}
        found: dict[str, Finding] = {}

        def collect(finding: Finding) -> bool:
            if finding.fingerprint in wanted:
                found[finding.fingerprint] = finding
            return True

        if wanted:
            old = {fact.text: Fact(id=fact.id, text=fact.text) for each in wanted.values() for fact in each.facts}
            check((*self.usable(own), *old.values()), collect)
        return sorted(
            ((wanted[each.fingerprint], each) for each in found.values()), key=lambda pair: -pair[1].confidence
        )

    def learn(self, decision: Decision) -> None:
        """Mark the facts in fact stores that a decision is about, which was kept just now."""
        if self._decisions is None:
            return
        before = [each for each in self._decisions.history(decision.fingerprint) if each.id != decision.id]
        if decision.kind is DecisionKind.FACT_OUT_OF_DATE:
            self._mark(decision, FactStatus.DISPUTED)
        elif before and before[-1].kind is DecisionKind.FACT_OUT_OF_DATE:
            self._mark(decision, FactStatus.ACTIVE)

    def _current(self) -> Mapping[str, Decision]:
        """The decisions that count; read again where any program has added to the store."""
        if self._decisions is None:
            return {}
        now = self._decisions.dismissals()
        with self._lock:
            if now is not self._seen:
                newest = self._decisions.list(kind=DecisionKind.FACT_OUT_OF_DATE, newest_only=True)
                self._old, self._seen = {decision.fingerprint: decision for decision in newest}, now
            return self._old

    def _mark(self, decision: Decision, status: FactStatus) -> None:
        """In fact stores; only facts that still read as they did are meant, and retired ones stay retired."""
        before = FactStatus.ACTIVE if status is FactStatus.DISPUTED else FactStatus.DISPUTED
        for store in self._facts:
            if isinstance(store, FactStore):
                found = ((cited, store.get(cited.id)) for cited in decision.facts)
                store.mark(
                    [
                        cited.id
                        for cited, fact in found
                        if fact is not None and fact.status is before and quoted_fact(fact.text) == cited.text
                    ],
                    status,
                )


def _is_old(fact: Fact | FactStore, old: frozenset[str]) -> bool:
    return isinstance(fact, Fact) and quoted_fact(fact.text) in old
