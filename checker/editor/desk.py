"""What the server can do, without HTTP: one checker, the newsroom's facts, and the queue in front of them.

Every way in (the page, the API, the LanguageTool API) makes an `Order` and asks `Desk.check` within the queue.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from checker.document import AlignedSource, Document
from checker.editor.fair_queue import FairQueue, Ticket
from checker.evidence import Fact, FactStore
from checker.findings import Finding, SentenceVerdict
from checker.pipeline import Checker, Found
from checker.report import Report, Skipped

# More than a person would ever look at. What is decided takes no place in the budget, which is applied afterwards.
MOST_ALERTS = 200
NEWS_SECONDS = 0.2  # between two pieces of news of one check
_NEWS_SHARE = 8  # and at least so many times as long as the last one took to make


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


class Desk:
    """The newsroom's checker: its model and settings, its facts, and the queue of who waits for it.

    `facts` and `skipped` are what every article is checked against, and what of it could not be used. The model is
    loaded here, so that nobody waits for it later; raises ModelError.
    """

    def __init__(
        self,
        checker: Checker,
        *,
        facts: Sequence[Fact | FactStore] = (),
        skipped: Sequence[Skipped] = (),
        queue: FairQueue | None = None,
    ) -> None:
        self.settings = checker.settings
        self.news_seconds = NEWS_SECONDS
        self.queue = queue or FairQueue()
        self.facts = tuple(facts)
        self.skipped = tuple(skipped)
        self._checker = _for_many(checker)

    @property
    def model(self) -> str:
        """Name of the model."""
        return self._checker.predictor.name

    async def answer(self, client: str, order: Order) -> Report:
        """The report on `order`, when its turn has come. Raises BusyError and what a check raises."""
        return await self.queue.run(client, lambda ticket: self.check(order, ticket))

    def check(self, order: Order, ticket: Ticket[Any], tell: Callable[[Progress], None] | None = None) -> Report:
        """The report on `order`, within the queue: it ends where `ticket` is stopped. `tell` is told how far it is."""
        total, next_news = len(order.document.sentences), 0.0

        def watch(judged: int, find: Callable[[], Found]) -> None:
            nonlocal next_news
            ticket.raise_if_stopped()
            now = time.monotonic()
            if tell is None or judged == total or now < next_news:  # what follows the last sentence is the report
                return
            findings, sentences = find()
            tell(Progress(judged, self._kept(findings, order), sentences))
            next_news = time.monotonic() + max(self.news_seconds, _NEWS_SHARE * (time.monotonic() - now))

        ticket.raise_if_stopped()
        report = self._checker.check(
            order.document,
            facts=(*self.facts, *order.facts),
            source=order.source,
            as_of=order.as_of,
            skipped=self.skipped,
            watch=watch,
        )
        signature = replace(report.signature, settings_hash=self.settings.hash())  # those of the user, not of this desk
        return replace(report, findings=self._kept(report.findings, order), signature=signature)

    def _kept(self, findings: Sequence[Finding], order: Order) -> tuple[Finding, ...]:
        """Those within the budget."""
        return tuple(findings[: order.max_alerts or self.settings.max_alerts])


def _for_many(checker: Checker) -> Checker:
    """The same with a budget that leaves room for what was decided already."""
    return Checker(replace(checker.settings, max_alerts=MOST_ALERTS), checker.predictor)
