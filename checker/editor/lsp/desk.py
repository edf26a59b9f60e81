"""Which texts are open, what was found in each, and what was decided: the server's memory, without the protocol."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from checker.decisions import Decision, DecisionKind, DecisionStore, Dismissals
from checker.editor.lsp.buffer import read_buffer
from checker.editor.lsp.diagnostics import Shown, View
from checker.editor.old_facts import Facts, OldFacts
from checker.errors import UsageError
from checker.evidence import Fact, FactStore
from checker.findings import Finding
from checker.pipeline import Checker
from checker.report import Report, Skipped

_REMEMBERED = 200  # findings of a text that a decision may still name after it was checked again


class OutdatedError(Exception):
    """The text was closed or changed while it was checked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenText:
    """A text as the editor last sent it."""

    uri: str
    version: int | None
    language_id: str
    text: str


class Found(NamedTuple):
    """What a check found: its report, how the text is seen, and findings that somebody decided not to see again."""

    report: Report
    view: View
    hidden: Sequence[Finding]


class Checked(NamedTuple):
    """What was found in a version of a text, and where it is shown; None of a report if there was nothing to check.

    `hidden` are findings that somebody decided not to see again.
    """

    opened: OpenText
    report: Report | None
    view: View | None
    shown: Sequence[Shown] = ()
    hidden: Sequence[Shown] = ()


@dataclass(slots=True)
class _Known:
    opened: OpenText
    checked: Checked | None = None
    findings: OrderedDict[str, tuple[Report, Finding]] = field(default_factory=OrderedDict)


class Desk:
    """Checks texts against what the server was started with. `check` alone may run in another thread."""

    def __init__(
        self,
        checker: Checker,
        *,
        facts: Sequence[Fact | FactStore] = (),
        skipped: Sequence[Skipped] = (),
        decisions: DecisionStore | None = None,
        by: str | None = None,
    ) -> None:
        self.checker = checker
        self.decisions = decisions
        self._facts, self._skipped, self._by = OldFacts(facts, decisions), tuple(skipped), by
        self._known: dict[str, _Known] = {}

    def put(self, opened: OpenText) -> None:
        """Remember the newest version of a text."""
        known = self._known.setdefault(opened.uri, _Known(opened))
        known.opened = opened

    def drop(self, uri: str) -> None:
        """Forget a text that was closed."""
        self._known.pop(uri, None)

    def newest(self, uri: str) -> OpenText | None:
        """The text as it is now, None where it is not open."""
        known = self._known.get(uri)
        return known.opened if known else None

    def check(self, opened: OpenText, path: str) -> Found | None:
        """Check one version of a text, None where it holds no article; it ends where that is no longer the newest one.

        Raises OutdatedError then, ModelError, UnreadableFileError.
        """
        if opened != self.newest(opened.uri):  # changed while another text was checked
            raise OutdatedError
        buffer = read_buffer(
            opened.text, path=path, language_id=opened.language_id, language=self.checker.settings.language
        )
        if buffer is None:
            return None
        document = buffer.document
        dismissals = self.decisions.dismissals() if self.decisions else Dismissals()
        hidden: dict[str, Finding] = {}

        def hide_dismissed(finding: Finding) -> bool:
            if dismissals.hides(finding):
                hidden[finding.fingerprint] = finding
            return finding.fingerprint in hidden

        def stop_if_outdated(*_: object) -> None:
            if opened != self.newest(opened.uri):
                raise OutdatedError

        def check_with(facts: Facts, hides: Callable[[Finding], bool]) -> Report:
            return self.checker.check(document, facts=facts, skipped=self._skipped, hides=hides, watch=stop_if_outdated)

        report = check_with(self._facts.usable(()), hide_dismissed)
        known = {finding.fingerprint for finding in report.findings} | set(hidden)
        recalled = self._facts.recall(document.text, known, check_with)
        return Found(report, View(uri=opened.uri, buffer=buffer), (*hidden.values(), *(each for _, each in recalled)))

    def keep(self, checked: Checked) -> bool:
        """Remember what was found; False where the text was closed or changed meanwhile."""
        known = self._known.get(checked.opened.uri)
        if known is None or known.opened != checked.opened:
            return False
        known.checked = checked
        for each in (*checked.shown, *checked.hidden):
            if checked.report is not None:
                known.findings[each.finding.fingerprint] = checked.report, each.finding
        while len(known.findings) > _REMEMBERED:
            known.findings.popitem(last=False)
        return True

    def open_texts(self) -> Sequence[str]:
        """URIs of the texts that are open."""
        return list(self._known)

    def current(self, uri: str) -> Checked | None:
        """What was found in the text as it is now; None where it is still to be checked."""
        known = self._known.get(uri)
        if known is None or known.checked is None or known.checked.opened != known.opened:
            return None
        return known.checked

    def decide(self, uri: str, fingerprint: str, kind: DecisionKind, replacement: str | None) -> Decision:
        """Keep a decision about a finding of a text. Raises UsageError, DecisionStoreError."""
        if self.decisions is None:
            raise UsageError("decisions are kept nowhere; start `checker lsp` with --decisions STORE")
        known = self._known.get(uri)
        if known is None or fingerprint not in known.findings:
            raise UsageError("this alert is no longer there; check the text again")
        report, finding = known.findings[fingerprint]
        decision = self.decisions.decide(report, finding, kind, by=self._by, replacement=replacement)
        self._facts.learn(decision)
        if kind.dismisses and known.checked is not None:
            shown = known.checked.shown
            left = tuple(each for each in shown if each.finding.fingerprint != fingerprint)
            gone = tuple(each for each in shown if each.finding.fingerprint == fingerprint)
            known.checked = known.checked._replace(shown=left, hidden=(*known.checked.hidden, *gone))
        return decision
