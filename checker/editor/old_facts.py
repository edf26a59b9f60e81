"""Facts that somebody called out of date are evidence no more: in a fact store they are disputed, elsewhere left out.

Both can be taken back: reopening the finding makes the facts usable again. So that it can be found, an article that has
words which such a decision was about is checked once more, with those facts.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from threading import Lock

from checker.decisions import Decision, DecisionKind, DecisionStore
from checker.decisions.types import quoted_fact
from checker.evidence import Fact, FactStatus, FactStore
from checker.findings import Finding

Facts = Sequence[Fact | FactStore]


class OldFacts:
    """The newsroom's facts without those that were called out of date, also before this program started."""

    def __init__(self, facts: Sequence[Fact | FactStore], decisions: DecisionStore | None) -> None:
        self._facts = tuple(facts)
        self._lock = Lock()
        self._old: dict[str, Decision] = {}  # by the fingerprint of the finding
        for decision in decisions.list(kind=DecisionKind.FACT_OUT_OF_DATE, newest_only=True) if decisions else ():
            self._old[decision.fingerprint] = decision

    def usable(self, own: Sequence[Fact]) -> tuple[Fact | FactStore, ...]:
        """The newsroom's facts, and after them those of one article, without what is out of date."""
        with self._lock:
            old = frozenset(fact.text for decision in self._old.values() for fact in decision.facts)
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
        with self._lock:
            about = [each for each in self._old.values() if (each.text or each.sentence) in text]
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
        """Take a decision into account that was made just now."""
        out_of_date = decision.kind is DecisionKind.FACT_OUT_OF_DATE
        with self._lock:
            known = self._old.pop(decision.fingerprint, None)
            if out_of_date:
                self._old[decision.fingerprint] = decision
        if out_of_date or known is not None:
            self._mark(decision, FactStatus.DISPUTED if out_of_date else FactStatus.ACTIVE)

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
