"""Benchmarks on whole articles, through the same `check` that an editor runs."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from checker.document import Span
from checker.evaluation.cases import rated_copies, restated_cases, retold_copies
from checker.evaluation.handwritten import SETS, SHAPING, read_handwritten, told_among_others
from checker.evaluation.measures import Measure, calibration_error, ratio, share, span_measures
from checker.evaluation.planted import Planted, held_out_articles, planted_articles, repeated_articles
from checker.evaluation.tally import CERTAIN, Tally
from checker.evidence import EvidenceKind
from checker.findings import Finding
from checker.pipeline import Checker
from checker.training.sources.reading import read_rows

CLEAN, PLANTED = 50, 100  # articles unless a limit is given
RESTATED = 1_200  # sentences, the same
REVIEWED = 1800  # characters of a really translated article in which errors were marked
STYLE = ("translationese", "typo")  # kinds of marks that are no error of meaning


def clean(checker: Checker, data: Path, limit: int) -> list[Measure]:
    """False alarms on clean articles: each against itself, then also against a fact sheet.

    The sheet holds sentences of the article itself and of another one.
    """
    articles = held_out_articles(data)[: limit or CLEAN]
    measures = []
    for name in ("article", "facts"):
        units = []
        for place, article in enumerate(articles):
            sheet = [s.text for s in articles[place - 1].sentences[:5]] + [s.text for s in article.sentences[::6]]
            report = checker.check(article, facts=sheet if name == "facts" else ())
            units.append((len(report.findings), article.words))
        measures.append(ratio(f"{name}_alerts_per_1000_words", units, factor=1000))
        measures.append(share(f"{name}_silent", [not alerts for alerts, _ in units]))
    return measures


def planted(checker: Checker, data: Path, limit: int) -> list[Measure]:
    """Articles with two planted errors each; a fact sheet has the clean sentences among those of other articles."""
    found, gold = [], []
    recalled: dict[str, list[bool]] = defaultdict(list)
    sure: list[tuple[float, bool]] = []
    others = [s.text for article in held_out_articles(data, seed=9)[:30] for s in article.sentences[:4]]
    for number, article in enumerate(planted_articles(data, errors=2, seed=3)):
        if number == (limit or PLANTED):
            break
        report = checker.check(article.document, facts=[s.text for s in article.clean.sentences] + others)
        spans = [finding.span for finding in report.findings]
        found.append(spans)
        gold.append([error.span for error in article.errors])
        for error in article.errors:
            recalled[error.category].append(any(span.overlaps(error.span) for span in spans))
        sure += [(f.confidence, any(f.span.overlaps(error.span) for error in article.errors)) for f in report.findings]
    measures = span_measures("span_", found, gold)
    measures.append(calibration_error("confidence_ece", [c for c, _ in sure], [right for _, right in sure]))
    measures.append(share("right_at_0.9", [right for confidence, right in sure if confidence >= CERTAIN]))
    return measures + [share(f"recall {category}", hits) for category, hits in sorted(recalled.items())]


def restated(checker: Checker, data: Path, limit: int) -> list[Measure]:
    """Single sentences beside one fact that says them in nearly the same words, a third with an error."""
    halves = restated_cases(data, PLANTED, RESTATED, calibration=False)
    cases = [*halves[0], *halves[1]]
    tally = Tally()
    for case in random.Random(31).sample(cases, min(limit or RESTATED, len(cases))):
        report = checker.check(case.pair.hypothesis, facts=[case.pair.premise])
        tally.add(case.wrong, [(f.confidence, case.is_wrong(f.span)) for f in report.findings])
    return tally.measures()


def retold(checker: Checker, data: Path, limit: int) -> list[Measure]:
    """Single sentences beside a fact that says them in other words, among lines about other matters."""
    copies = list(retold_copies(data, RESTATED, calibration=False))
    tally = Tally()
    tally.check(checker, random.Random(33).sample(copies, min(limit or RESTATED, len(copies))))
    return tally.measures()


def handwritten(checker: Checker, data: Path, limit: int) -> list[Measure]:
    """Sentences written for this project, right and wrong, beside a fact that says them in other words.

    Of the set `shaping` some were looked at while the checker was made; those held back are measured alone, and by
    kind of error. Needs no data.
    """
    del data
    measures = []
    by_kind: dict[str, list[bool]] = defaultdict(list)
    for name in SETS:
        known, tally = read_handwritten(name), Tally()
        for told in told_among_others(known)[: limit or None]:
            report = checker.check(told.text, facts=[one.fact for one in known])
            own = [f for f in report.findings if f.span.overlaps(told.sentence)]
            hits = [(f.confidence, told.error is not None and f.span.overlaps(told.error)) for f in own]
            found = tally.add(told.error is not None, hits)
            if told.error is not None and name != SHAPING:
                by_kind[told.kind].append(found)
        measures += [replace(one, name=f"{name}: {one.name}") for one in tally.measures()]
    return measures + [share(f"held back, {kind}: errors_found", found) for kind, found in sorted(by_kind.items())]


def repeated(checker: Checker, data: Path, limit: int) -> list[Measure]:
    """Articles with two errors each in what they say twice, without any fact: the article contradicts itself.

    Which of two sentences is wrong, nothing may tell. So `span_` counts findings on the error itself, while `true` and
    the confidence are about what a finding says: that these two sentences contradict each other.
    """
    found, gold, sure = [], [], []
    for number, article in enumerate(repeated_articles(data, errors=2, seed=5)):
        if number == (limit or PLANTED):
            break
        report = checker.check(article.document)
        found.append([finding.span for finding in report.findings])
        gold.append([error.span for error in article.errors])
        sure += [(finding.confidence, _tells_of(finding, article.errors)) for finding in report.findings]
    certain = [right for confidence, right in sure if confidence >= CERTAIN]
    return [
        *span_measures("span_", found, gold),
        share("true", [right for _, right in sure]),
        calibration_error("confidence_ece", [c for c, _ in sure], [right for _, right in sure]),
        share("true_at_0.9", certain),
    ]


def _tells_of(finding: Finding, errors: Sequence[Planted]) -> bool:
    """True where an error is in the finding's words or in the sentence of the article that they contradict."""
    first = finding.evidence[0].evidence
    rests_on = first.span if first.kind is EvidenceKind.ARTICLE else None
    return any(
        finding.span.overlaps(error.span) or (rests_on is not None and rests_on.overlaps(error.span))
        for error in errors
    )


def translated(checker: Checker, data: Path, limit: int) -> list[Measure]:
    """Really machine-translated news without fact or source: what the article and the words alone tell.

    Marks are not exhaustive, so precision is a lower bound.
    """
    found, gold, meaning, units = [], [], [], []
    rows = [row for row in read_rows(data / "text/real_translated_news.en.jsonl.gz") if row.get("errors")]
    for row in rows[: limit or None]:
        text = row["text"][: row.get("reviewed_chars") or REVIEWED]
        report = checker.check(text)
        spans = [finding.span for finding in report.findings]
        marks = [(Span(e["start"], e["start"] + len(e["span"])), e) for e in row["errors"]]
        found.append(spans)
        gold.append([span for span, _ in marks])
        meaning += [
            any(span.overlaps(mark) for span in spans)
            for mark, e in marks
            if e["severity"] != "minor" and e["type"] not in STYLE
        ]
        units.append((len(spans), len(text.split())))
    return [
        share("meaning_recall", meaning),
        ratio("alerts_per_1000_words", units, factor=1000),
        *span_measures("span_", found, gold),
    ]


def rated(checker: Checker, data: Path, limit: int) -> list[Measure]:
    """Machine-translated news articles whose errors three raters marked, without fact or source.

    A finding is right where it touches words that two raters mark, one of them as a major error.
    """
    found, gold, sure, units = [], [], [], []
    for number, article in enumerate(rated_copies(data, calibration=False)):
        if number == limit and limit:
            break
        report = checker.check(article.document)
        found.append([finding.span for finding in report.findings])
        gold.append([error.span for error in article.errors])
        sure += [(finding.confidence, article.is_wrong(finding.span)) for finding in report.findings]
        units.append((len(report.findings), article.document.words))
    return [
        ratio("alerts_per_1000_words", units, factor=1000),
        *span_measures("span_", found, gold),
        calibration_error("confidence_ece", [c for c, _ in sure], [right for _, right in sure]),
    ]
