"""Benchmarks of English beside its original in another language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import islice
from pathlib import Path

from checker.document import Span, make_document
from checker.evaluation.judges import Judge
from checker.evaluation.measures import Measure, calibration_error, character_measures, ratio, roc_area, share
from checker.evaluation.pairs import FLAG_AT, sample
from checker.evaluation.sourced_cases import (
    SourcedArticle,
    made_originals,
    reviewed_originals,
    sourced_articles,
    wire_articles,
    wire_originals,
)
from checker.evaluation.tally import CERTAIN, Tally
from checker.evidence import EvidenceKind
from checker.findings import Finding
from checker.pipeline import Checker

ERRORS = 4  # in a spoilt article of 25 lines
WIRE_ERRORS = 2  # in a spoilt article of about ten sentences
SENTENCES_EACH = 10  # real translations for each article that is asked for


def originals(judge: Judge, data: Path, limit: int) -> list[Measure]:
    """Pairs: real machine translations with and without a major error, made errors, written articles."""
    measures = []
    for name, cases in (
        ("reviewed", list(reviewed_originals(data, calibration=False))),
        ("made", list(made_originals(data, calibration=False))),
        ("wire", list(wire_originals(calibration=False))),
    ):
        found = sample(cases, limit)
        scored = judge.score([case.pair for case in found])
        figures, wrong = [one.error_probability for one in scored], [case.wrong for case in found]
        judged = list(zip(figures, wrong, strict=True))
        spans: list[list[Span]] = [[span.span for span in one.spans] for one in scored]
        measures += [
            roc_area(f"{name}_error_area", figures, wrong),
            calibration_error(f"{name}_error_ece", figures, wrong),
            *(
                share(f"{name}_{kind}_flagged", [one >= FLAG_AT for one, bad in judged if bad == is_wrong])
                for kind, is_wrong in (("wrong", True), ("right", False))
            ),
            *character_measures(f"{name}_", spans, [list(case.spans) for case in found]),
        ]
    return measures


def sourced(checker: Checker, data: Path, limit: int) -> list[Measure]:
    """English beside its original: false alarms in clean articles, and what is found of a few errors in each.

    News in human translation with made errors, and ("wire") articles written for this project with a translation as
    machines make it. What the model of originals says is told apart from what exact rules say. Before that, real
    machine translations, a sentence at a time: those with a major error and right ones.
    """
    tally = Tally()
    for case in list(reviewed_originals(data, calibration=False))[: SENTENCES_EACH * limit if limit else None]:
        source = make_document(case.pair.premise, language=case.pair.language)
        report = checker.check(make_document(case.pair.hypothesis, language="en"), source=source)
        tally.add(case.wrong, [(one.confidence, case.is_wrong(one.span)) for one in report.findings])
    measures = [replace(one, name=f"translations: {one.name}") for one in tally.measures()]
    measures += _clean(checker, sourced_articles(data, errors=0), limit)
    measures += _spoilt(checker, sourced_articles(data, errors=ERRORS), limit)
    wire = (
        *_clean(checker, wire_articles(errors=0), limit),
        *_spoilt(checker, wire_articles(errors=WIRE_ERRORS), limit),
    )
    return [*measures, *(replace(one, name=f"wire: {one.name}") for one in wire)]


def _clean(checker: Checker, articles: Iterable[SourcedArticle], limit: int) -> list[Measure]:
    units, by_model = [], []
    for article in islice(articles, limit or None):
        found = checker.check(article.document, source=article.source).findings
        units.append((len(found), article.document.words))
        by_model.append((sum(map(_is_by_original, found)), article.document.words))
    return [
        ratio("alerts_per_1000_words", units, factor=1000),
        ratio("alerts_per_1000_words, by the model of originals", by_model, factor=1000),
        share("silent", [not alerts for alerts, _ in units]),
    ]


def _spoilt(checker: Checker, articles: Iterable[SourcedArticle], limit: int) -> list[Measure]:
    hits, right, sure = [], [], []
    for article in islice(articles, limit or None):
        found = checker.check(article.document, source=article.source).findings
        hits += [any(one.span.overlaps(span) for one in found) for span in article.errors]
        judged = [(one, any(one.span.overlaps(span) for span in article.errors)) for one in found]
        right += [good for one, good in judged if _is_by_original(one)]
        sure += [good for one, good in judged if one.confidence >= CERTAIN]
    return [
        share("errors_found", hits),
        share("right, by the model of originals", right),
        share("right_at_0.9", sure),
    ]


def _is_by_original(finding: Finding) -> bool:
    """True for what the model says beside an original."""
    return finding.detector == "nli" and finding.evidence[0].evidence.kind is EvidenceKind.SOURCE
