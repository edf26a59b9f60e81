"""Benchmarks of English beside its original in another language."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from checker.document import Span, make_document
from checker.evaluation.judges import Judge
from checker.evaluation.measures import Measure, calibration_error, character_measures, ratio, roc_area, share
from checker.evaluation.pairs import FLAG_AT, sample
from checker.evaluation.sourced_cases import made_originals, reviewed_originals, sourced_articles
from checker.evaluation.tally import CERTAIN, Tally
from checker.evidence import EvidenceKind
from checker.findings import Finding
from checker.pipeline import Checker

ERRORS = 4  # in a spoilt article of 25 lines
SENTENCES_EACH = 10  # real translations for each article that is asked for


def originals(judge: Judge, data: Path, limit: int) -> list[Measure]:
    """Pairs: real machine translations with and without a major error, made errors."""
    measures = []
    for name, cases in (
        ("reviewed", list(reviewed_originals(data, calibration=False))),
        ("made", list(made_originals(data, calibration=False))),
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
    """News in human translation beside its original: false alarms as it is, and what is found of four made errors.

    What the model of originals says is told apart from what exact rules say. Before that, real machine translations,
    a sentence at a time: those with a major error and right ones.
    """
    tally = Tally()
    for case in list(reviewed_originals(data, calibration=False))[: SENTENCES_EACH * limit if limit else None]:
        source = make_document(case.pair.premise, language=case.pair.language)
        report = checker.check(make_document(case.pair.hypothesis, language="en"), source=source)
        tally.add(case.wrong, [(one.confidence, case.is_wrong(one.span)) for one in report.findings])
    measures = [replace(one, name=f"translations: {one.name}") for one in tally.measures()]
    for errors in (0, ERRORS):
        units, by_model, hits, right, sure = [], [], [], [], []
        for number, article in enumerate(sourced_articles(data, errors=errors)):
            if number == limit and limit:
                break
            found = checker.check(article.document, source=article.source).findings
            units.append((len(found), article.document.words))
            by_model.append((sum(map(_is_by_original, found)), article.document.words))
            hits += [any(one.span.overlaps(span) for one in found) for span in article.errors]
            judged = [(one, any(one.span.overlaps(span) for span in article.errors)) for one in found]
            right += [good for one, good in judged if _is_by_original(one)]
            sure += [good for one, good in judged if one.confidence >= CERTAIN]
        if errors:
            measures += [
                share("errors_found", hits),
                share("right, by the model of originals", right),
                share("right_at_0.9", sure),
            ]
        else:
            measures += [
                ratio("alerts_per_1000_words", units, factor=1000),
                ratio("alerts_per_1000_words, by the model of originals", by_model, factor=1000),
                share("silent", [not alerts for alerts, _ in units]),
            ]
    return measures


def _is_by_original(finding: Finding) -> bool:
    """True for what the model says beside an original."""
    return finding.detector == "nli" and finding.evidence[0].evidence.kind is EvidenceKind.SOURCE
