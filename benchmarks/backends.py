"""Whether two backends find the same, and how fast: `python benchmarks/backends.py BACKEND OTHER DATA [ARTICLES]`.

Articles with errors planted in them, half of them beside a fact sheet, made as for calibration from the news articles
in DATA. Both backends check each in turn, in one thread; what differs is told, then the processor time of each.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path

from checker import Checker
from checker.evaluation.cases import Copy, article_cases
from checker.nli.backends import Backend
from checker.report import Report
from checker.settings import load_settings

ARTICLES = 60


def main(backends: Sequence[Backend], copies: Sequence[Copy]) -> None:
    """A line for each article whose findings or verdicts differ, then the sums."""
    checkers = [Checker(load_settings({"backend": backend.value, "threads": 1})) for backend in backends]
    seconds = [0.0] * len(checkers)
    sentences = findings = differing = verdicts = 0
    gaps: list[float] = []
    for number, copy in enumerate(copies):
        reports: list[Report] = []
        for place, checker in enumerate(checkers):
            started = time.process_time()
            reports.append(checker.check(copy.document, facts=copy.facts))
            seconds[place] += time.process_time() - started
        one, other = reports
        said = [{finding.fingerprint: finding.confidence for finding in report.findings} for report in reports]
        sentences += len(one.sentences)
        findings += len(one.findings)
        verdicts += sum(a.verdict != b.verdict for a, b in zip(one.sentences, other.sentences, strict=True))
        gaps += [abs(said[0][name] - said[1][name]) for name in said[0].keys() & said[1].keys()]
        if list(said[0]) != list(said[1]):
            differing += 1
            _say(f"article {number}: {_told(one)} | {_told(other)}")
    _say(f"{len(copies)} articles, {sentences} sentences, {findings} findings; findings of {differing} articles differ")
    _say(f"{verdicts} verdicts differ; confidences at most {max(gaps, default=0.0):.4f} apart")
    _say(f"of {len(gaps)}, more than .01 apart: {sum(gap > 0.01 for gap in gaps)}")
    _say(", ".join(f"{backend} {spent:.1f} s" for backend, spent in zip(backends, seconds, strict=True)))


def _told(report: Report) -> str:
    return ", ".join(f"{finding.text} {finding.confidence:.3f}" for finding in report.findings)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    wanted = int(sys.argv[4]) if len(sys.argv) > 4 else ARTICLES
    main([Backend(name) for name in sys.argv[1:3]], list(article_cases(Path(sys.argv[3]), wanted)))
