"""Fit the calibration of a model of originals: what its figures of pairs and of suspect words are worth.

On real translations that revisers marked, on articles written with a translation and its errors, and on human
translations with made errors; every second original is for the weights, the others for the map of confidences. In what
newsrooms send most sentences are right, so there wrong ones are thinned out.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from types import MappingProxyType

from checker.evaluation.calibrate import LIMITS
from checker.evaluation.cases import Case, ranked
from checker.evaluation.finding_fitting import SPAN_SIGNS, map_of
from checker.evaluation.fitting import fit_weights
from checker.evaluation.judging import as_result
from checker.evaluation.pair_fitting import NAMED_FROM, PAIR_SIGNS, best_threshold
from checker.evaluation.sourced_cases import made_originals, reviewed_originals, wire_originals
from checker.evidence import ORIGINAL, Evidence, EvidenceKind, Relation
from checker.findings import Calibration, SentenceResult, find_candidates, pair_figures
from checker.findings.aggregation import merge_candidates
from checker.findings.calibration import FILE_NAME, question_of, to_json
from checker.findings.weighing import weigh
from checker.nli.backends import Backend
from checker.pipeline import Checker, Views
from checker.settings import Settings
from checker.training.sources.reading import bucket

log = logging.getLogger(__name__)

RELEVANCE = 0.7  # of a counterpart, as usual
WRONG_KEPT = 10  # of so many wrong cases one counts where confidences are drawn

Seen = tuple[Case, Views]


def calibrate_originals(folder: Path, data: Path, *, backend: Backend = Backend.AUTO) -> Calibration:
    """Fit and write `<folder>/calibration.json`. Raises UnreadableFileError for missing data, ModelError."""
    checker = Checker(Settings(originals=str(folder), backend=backend))
    cases = [*reviewed_originals(data), *wire_originals(), *made_originals(data)]
    log.info("%d pairs, %d wrong", len(cases), sum(case.wrong for case in cases))
    calibration = fit(cases, checker.views([case.pair for case in cases]))
    (folder / FILE_NAME).write_text(json.dumps(to_json(calibration), indent=1) + "\n", encoding="utf-8")
    return calibration


def fit(cases: Sequence[Case], views: Sequence[Views]) -> Calibration:
    """What the figures of a model are worth that said `views` of `cases`."""
    figures = [pair_figures(*view, case.pair) for case, view in zip(cases, views, strict=True)]
    weights = {"error/reference": fit_weights(figures, [case.wrong for case in cases], ranked(cases), PAIR_SIGNS)}
    errors = [weigh(each, weights["error/reference"]) for each in figures]
    token = best_threshold(cases, [view.forward for view in views], errors)
    question = question_of(ORIGINAL)
    limits = replace(LIMITS, token=token, pair=NAMED_FROM)
    calibration = Calibration(thresholds=limits, weights=MappingProxyType({question: MappingProxyType({})}))
    seen = list(zip(cases, views, strict=True))
    # A right case and the wrong ones beside the same original stay together.
    first, second = ([each for each in seen if bucket(each[0].pair.premise, 2) == half] for half in (0, 1))
    found = [
        (candidate, case.is_wrong(candidate.span))
        for case, result in map(_result, first)
        for candidate in find_candidates(result, calibration)
        if candidate.evidence.role == ORIGINAL
    ]
    log.info("%d suspect words, %d in error", len(found), sum(right for _, right in found))
    weights[question] = fit_weights(
        [candidate.figures for candidate, _ in found], [right for _, right in found], signs=SPAN_SIGNS
    )
    calibration = replace(calibration, weights=MappingProxyType(weights))
    wrong = [each for each in second if each[0].wrong]
    usual = chain((each for each in second if not each[0].wrong), wrong[::WRONG_KEPT])
    told = [
        (suspicion.confidence, case.is_wrong(suspicion.span))
        for case, result in map(_result, usual)
        for suspicion in merge_candidates(find_candidates(result, calibration))
        if suspicion.candidates[0].evidence.role == ORIGINAL
    ]
    return replace(calibration, finding=MappingProxyType({ORIGINAL: map_of(told)}))


def _result(seen: Seen) -> tuple[Case, SentenceResult]:
    """A case as a check would see it."""
    case, view = seen
    pair = case.pair
    evidence = Evidence(
        EvidenceKind.SOURCE, "source:0", pair.premise, RELEVANCE, Relation.REFERENCE, language=pair.language
    )
    return case, as_result(case, evidence, view.forward, view.language)
