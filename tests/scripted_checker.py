"""A stand-in for the pipeline that finds what a text tells it to find."""

from typing import ClassVar

import report_samples

from checker.document import Span
from checker.errors import ModelError
from checker.findings import Scored, ScoredSpan, SentenceVerdict, Severity, Verdict
from checker.report import Report
from checker.settings import Settings

SEVERITIES = {"wrong": Severity.MAJOR, "typo": Severity.MINOR, "fatal": Severity.CRITICAL}


class ScriptedChecker:
    """Finds the words of SEVERITIES, in order, each a little less sure; takes a text's word for what goes wrong."""

    made: ClassVar[list["ScriptedChecker"]] = []

    def __init__(self, settings=None):
        self.settings = settings or Settings()
        self.asked = []
        self.days = []
        self.scored = []
        ScriptedChecker.made.append(self)

    def check(self, document, *, facts=(), source=None, as_of=None, skipped=(), hides=None):
        if self.settings.model == "missing":
            raise ModelError("no model named 'missing'")
        if "crash" in document.text:
            raise RuntimeError("the\nroof fell in")
        if "interrupt" in document.text:
            raise KeyboardInterrupt
        self.asked.append((document, tuple(facts), source))
        self.days.append(as_of)
        findings = []
        place = 0
        for word in document.text.split():
            start = document.text.index(word, place)
            place = start + len(word)
            if word in SEVERITIES:
                span = Span(start, place)
                more = {"severity": SEVERITIES[word], "fingerprint": f"{word}-{len(findings)}"}
                findings.append(report_samples.make_finding(document, span, len(findings), **more))
        findings = [finding for finding in findings if hides is None or not hides(finding)]
        verdict, reason = Verdict.SUPPORTED, None
        if "unread" in document.text:
            verdict, reason = Verdict.NOT_CHECKED, "longer than the model can read"
        verdicts = [SentenceVerdict(one.index, one.span, verdict, reason) for one in document.sentences]
        signature = report_samples.SIGNATURE
        return Report(document, tuple(findings[: self.settings.max_alerts]), tuple(verdicts), tuple(skipped), signature)

    def score(self, pairs):
        self.scored.append(list(pairs))
        spans = (ScoredSpan(Span(0, 1), "x", 0.98765, "accuracy/addition"),)
        return [Scored(1 / 3, 1 / 3, 1 / 3, 0.12345, spans, False) for _ in pairs]
