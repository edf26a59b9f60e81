"""What the server can do, without HTTP: one checker, the newsroom's facts and decisions, and the queue before them.

Every way in (the page, the API, the LanguageTool API) makes an `Order` and has it checked within the queue.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from checker.decisions import Decision, DecisionKind, DecisionStore, Dismissals
from checker.document import AlignedSource, Document
from checker.editor.fair_queue import FairQueue, Ticket
from checker.editor.old_facts import Facts, OldFacts
from checker.evidence import Fact, FactStore
from checker.findings import Finding, Found, SentenceVerdict
from checker.pipeline import Checker
from checker.report import Report, Skipped

NEWS_SECONDS = 0.2  # between two pieces of news of one check
NEWS_SHARE = 8.0  # and at least so many times as long as the last one took to make


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """An article to be checked. `facts` are those of this article alone; `max_alerts` None is that of the settings."""

    document: Document
    facts: tuple[Fact, ...] = ()
    source: Document | AlignedSource | None = None
    as_of: date | None = None
    max_alerts: int | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a check is: `judged` sentences in text order, and what they give. It may still change."""

    judged: int
    findings: tuple[Finding, ...]
    sentences: tuple[SentenceVerdict, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """A report, and the findings that it does not hold because somebody decided so, by fingerprint."""

    report: Report
    hidden: Mapping[str, Finding]
    decisions: Mapping[str, Decision]


class Desk:
    """The newsroom's checker: its model and settings, its facts and decisions, and the queue of who waits for it.

    `facts` and `skipped` are what every article is checked against, and what of it could not be used. The model is
    loaded here, so that nobody waits for it later; raises ModelError, and UsageError for a calibration of another one.
    Threads may share a desk.
    """

    def __init__(
        self,
        checker: Checker,
        *,
        facts: Sequence[Fact | FactStore] = (),
        skipped: Sequence[Skipped] = (),
        decisions: DecisionStore | None = None,
        queue: FairQueue | None = None,
    ) -> None:
        self.settings = checker.settings
        self.calibration = checker.calibration.recalibration  # its id, None for the model's own
        self.queue = queue or FairQueue()
        self.decisions = decisions
        self.news_seconds, self.news_share = NEWS_SECONDS, NEWS_SHARE
        self._skipped = tuple(skipped)
        self._facts = OldFacts(facts, decisions)
        self._checker = checker
        self._predictor = checker.predictor
        self._originals = checker.originals
        self._checker_for = lru_cache(maxsize=8)(self._make_checker)

    def warm_up(self) -> None:
        """Check one sentence, so that the first person does not wait for word lists and the model's first run."""
        self._checker.check("The council met on Monday. The council did not meet on Monday.")

    @property
    def model(self) -> str:
        """Name of the model."""
        return self._predictor.name

    async def answer(self, client: str, order: Order) -> Report:
        """The report on `order`, when its turn has come. Raises BusyError and what a check raises."""
        return (await self.queue.run(client, lambda ticket: self.check(order, ticket))).report

    def check(self, order: Order, ticket: Ticket[Any], tell: Callable[[Progress], None] | None = None) -> Checked:
        """The report on `order`, within the queue: it ends where `ticket` is stopped. `tell` is told how far it is."""
        hidden: dict[str, Finding] = {}
        dismissals = self.decisions.dismissals() if self.decisions else Dismissals()

        def hides(finding: Finding) -> bool:
            if dismissals.hides(finding):
                hidden[finding.fingerprint] = finding
            return finding.fingerprint in hidden

        ticket.raise_if_stopped()
        report = self._checker_for(order.max_alerts or self.settings.max_alerts).check(
            order.document,
            facts=self._facts.usable(order.facts),
            source=order.source,
            as_of=order.as_of,
            skipped=self._skipped,
            hides=hides,
            watch=self._watch(len(order.document.sentences), ticket, tell),
        )
        made = self.decisions.current(hidden) if self.decisions and hidden else {}
        return Checked(report, hidden, made)

    def check_and_recall(
        self, order: Order, ticket: Ticket[Any], tell: Callable[[Progress], None] | None = None
    ) -> Checked:
        """As `check`; hidden are also the findings that would be there but for facts that were called out of date."""
        checked = self.check(order, ticket, tell)

        def check_with(facts: Facts, hides: Callable[[Finding], bool]) -> None:
            self._checker.check(
                order.document,
                facts=facts,
                source=order.source,
                as_of=order.as_of,
                hides=hides,
                watch=self._watch(len(order.document.sentences), ticket, None),
            )

        known = {finding.fingerprint for finding in checked.report.findings} | set(checked.hidden)
        recalled = self._facts.recall(order.document.text, known, check_with, order.facts)
        found = {finding.fingerprint: finding for _, finding in recalled}
        made = {decision.fingerprint: decision for decision, _ in recalled}
        return Checked(checked.report, {**checked.hidden, **found}, {**checked.decisions, **made})

    def decide(
        self,
        report: Report,
        finding: Finding,
        kind: DecisionKind,
        *,
        by: str | None = None,
        reason: str | None = None,
        replacement: str | None = None,
    ) -> Decision | None:
        """Keep a decision, and let the facts be used no more, or again, that it is about. None without a store."""
        if self.decisions is None:
            return None
        made = self.decisions.decide(report, finding, kind, by=by, reason=reason, replacement=replacement)
        self._facts.learn(made)
        return made

    def _watch(
        self, total: int, ticket: Ticket[Any], tell: Callable[[Progress], None] | None
    ) -> Callable[[int, Callable[[], Found]], None]:
        next_news = 0.0

        def watch(judged: int, find: Callable[[], Found]) -> None:
            nonlocal next_news
            ticket.raise_if_stopped()
            now = time.monotonic()
            if tell is None or judged == total or now < next_news:  # what follows the last sentence is the report
                return
            found = find()
            tell(Progress(judged, found.findings, found.verdicts))
            next_news = time.monotonic() + max(self.news_seconds, self.news_share * (time.monotonic() - now))

        return watch

    def _make_checker(self, max_alerts: int) -> Checker:
        """A checker with this budget and the one model that all of them share."""
        return Checker(replace(self.settings, max_alerts=max_alerts), self._predictor, self._originals)
