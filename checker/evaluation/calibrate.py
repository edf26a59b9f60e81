"""Fit a model's calibration on held-out data that the card's figures do not use, and write it beside the weights.

Five things: how the figures of a pair and of suspect words are weighed into one (logistic regressions, see
`checker.findings.weighing`), from which probability a word counts as suspect (best F1 over characters in error), how
far the labels' probabilities are drawn together (a temperature), and what confidence the findings of a kind deserve
(logistic maps, on other articles than the weights).
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from checker.evaluation.cases import (
    Copy,
    article_cases,
    context_cases,
    labelled_cases,
    language_cases,
    noted_copies,
    rated_copies,
    restated_cases,
    retold_copies,
    retold_slips,
    reviewed_cases,
    reviewed_copies,
    seen_cases,
    seen_texts,
)
from checker.evaluation.crowd import CALIBRATION, CROWD, crowd_of
from checker.evaluation.finding_fitting import (
    find_all,
    fit_fact_maps,
    fit_fact_weights,
    fit_finding_maps,
    fit_finding_weights,
    fit_restated_map,
    fit_restated_weights,
    fit_retold_weights,
    suspect_all,
    without_restated,
)
from checker.evaluation.judging import Judged, judge_copy, judge_restated
from checker.evaluation.pair_fitting import (
    NAMED_FROM,
    best_threshold,
    fit_context_weights,
    fit_pair_weights,
    fit_passage_weights,
    label_temperature,
    with_overlap,
)
from checker.evaluation.passages import passage_cases
from checker.evaluation.written_cases import (
    SENTENCES,
    desk_copies,
    written_claims,
    written_copies,
    written_sentences,
    written_texts,
    written_translations,
    written_twins,
)
from checker.evidence import RESTATED, RETOLD, EvidenceKind
from checker.evidence.store import StoreView
from checker.findings import PASSAGE_QUESTION, Calibration, Thresholds, pair_figures
from checker.findings.calibration import FILE_NAME, question_of, to_json
from checker.findings.weighing import Weights, weigh
from checker.nli import Pair
from checker.nli.backends import Backend
from checker.nli.registry import load_predictor
from checker.nli.types import LABELS
from checker.pipeline import Checker
from checker.training.sources.reading import read_rows
from checker.training.written import Part

log = logging.getLogger(__name__)
_Copy = TypeVar("_Copy")

ARTICLES = 240
PAIRS = 700  # of each kind
CLAIMS = 1_500
RESTATED_ARTICLES = 150
RETOLD_PAIRS = 450  # of each kind
REVIEWED = 1_500  # translations, at most
CROWDED_ARTICLES = 160
EACH_CROWDED = 4  # of so many sentences with a fact sheet one is judged beside the crowd as well
WRITTEN = 900  # records of each form, at most
DESKS = 90  # articles beside their fact sheets, each right and spoilt
TEXTS_IN_MAPS = 3  # of so many written texts one counts where confidences are drawn
LABELLED = "nli/lingnli.dev.jsonl.gz"  # in the style of MNLI, and not trained on
LABELLED_PAIRS = 2_000
# Candidates are let through freely: what they are worth is weighed afterwards.
LIMITS = Thresholds(suspicion=0.25, word=0.35, language=0.5)
UNWEIGHED: Mapping[str, Weights] = MappingProxyType(
    {question_of(role): MappingProxyType({}) for role in (*EvidenceKind, RESTATED, RETOLD)}
)


def calibrate(
    folder: Path, data: Path, *, articles: int = ARTICLES, pairs: int = PAIRS, backend: Backend = Backend.AUTO
) -> Calibration:
    """Fit and write `<folder>/calibration.json`. Raises UnreadableFileError for missing data."""
    checker = Checker(predictor=load_predictor(str(folder), backend=backend))
    cases = [
        *labelled_cases(data, pairs),
        *written_translations(Part.CALIBRATION, WRITTEN),
        *written_twins(Part.CALIBRATION, WRITTEN // 2),
        *islice(reviewed_cases(data), REVIEWED),
    ]
    views = checker.views([case.pair for case in cases])
    weights = {"error/reference": with_overlap(fit_pair_weights(cases, views), cases, views)}
    errors = [
        weigh(pair_figures(*view, case.pair), weights["error/reference"])
        for case, view in zip(cases, views, strict=True)
    ]
    token = best_threshold(cases, [view.forward for view in views], errors)
    calibration = Calibration(thresholds=replace(LIMITS, token=token, pair=NAMED_FROM), weights=UNWEIGHED)
    log.info("words count from %.2f", token)
    beside = passage_cases(data, pairs)
    weights[PASSAGE_QUESTION] = fit_passage_weights(beside, checker.views([case.pair for case in beside]))
    alone = [*language_cases(data, pairs), *written_sentences(Part.CALIBRATION, WRITTEN), *seen_cases(data)]
    weights["error/language"] = fit_pair_weights(alone, checker.views([case.pair for case in alone]))
    judged = _judged(checker, article_cases(data, articles))
    claims = [*context_cases(data, CLAIMS), *written_claims(Part.CALIBRATION, WRITTEN)]
    weights["error/context"] = fit_context_weights(judged, claims, checker.views([claim.pair for claim in claims]))
    rated = _judged(checker, rated_copies(data))
    written = (written_copies(form, Part.CALIBRATION, WRITTEN) for form in SENTENCES)
    retold = [
        *noted_copies(data, RETOLD_PAIRS // 2),
        *retold_copies(data, RETOLD_PAIRS),
        *reviewed_copies(data, RETOLD_PAIRS),
    ]
    told = zip(_halves(retold), *written, _halves(list(desk_copies(Part.CALIBRATION, DESKS))), strict=True)
    first_told, second_told = (_judged(checker, chain(*some)) for some in told)
    with_facts = _halves(without_restated(judged))
    texts = _judged(checker, chain(written_texts(Part.CALIBRATION, WRITTEN), seen_texts(data)))
    # A store of many facts has one near every sentence; beside a sheet of a few, what is near is about the same matter.
    with crowd_of(data, CROWD, checker, CALIBRATION) as crowd:
        crowded_articles = _judged(checker, article_cases(data, CROWDED_ARTICLES), [crowd.view(None)])
        told_too = ([copy for copy, _ in some[::EACH_CROWDED]] for some in (first_told, second_told))
        crowded = [_judged(checker, some, [crowd.view(None)]) for some in told_too]
    first_crowd, second_crowd = _halves(without_restated(crowded_articles))
    first_crowd, second_crowd = [*first_crowd, *crowded[0]], [*second_crowd, *crowded[1]]  # facts alone count of them
    halves = zip(with_facts, _halves(rated), _halves(texts), strict=True)
    (first, first_rated, first_texts), (second, second_rated, second_texts) = halves
    slips = _judged(checker, _halves(list(retold_slips(data, RETOLD_PAIRS)))[0])
    articles_found, told_found, slips_found, crowd_found = (
        find_all(some, calibration) for some in (first, first_told, slips, first_crowd)
    )
    others_found = find_all([*first_rated, *first_texts], calibration)
    weights |= fit_finding_weights([*articles_found, *others_found, *told_found], cases, views, calibration)
    weights |= fit_fact_weights([*articles_found, *told_found, *crowd_found])
    weights |= fit_retold_weights([*articles_found, *told_found, *crowd_found, *slips_found])
    restated = [judge_restated(checker, some) for some in restated_cases(data, RESTATED_ARTICLES, CLAIMS)]
    weights |= fit_restated_weights(find_all(restated[0], calibration))
    temperature = _label_temperature(checker, data)
    calibration = replace(calibration, weights=MappingProxyType(weights), temperature=temperature)
    # Every second one of these is wrong, and few sentences of articles are; a right and a wrong one stand together.
    few_texts = [each for number, each in enumerate(second_texts) if number // 2 % TEXTS_IN_MAPS == 0]
    news, no_facts, among_many = (
        suspect_all(some, calibration) for some in ([*second, *second_told], [*second_rated, *few_texts], second_crowd)
    )
    maps = fit_finding_maps([*news, *no_facts]) | fit_fact_maps([*news, *among_many])
    maps |= fit_restated_map(restated[1], calibration)
    calibration = replace(calibration, finding=MappingProxyType(maps))
    (folder / FILE_NAME).write_text(json.dumps(to_json(calibration), indent=1) + "\n", encoding="utf-8")
    return calibration


def _judged(checker: Checker, copies: Iterable[Copy], stores: Sequence[StoreView] = ()) -> Judged:
    return [(copy, judge_copy(checker, copy, stores)) for copy in copies]


def _label_temperature(checker: Checker, data: Path) -> float:
    rows = [row for row in read_rows(data / LABELLED) if row["label"] in LABELS][:LABELLED_PAIRS]
    said = checker.predictor.predict([Pair(row["premise"], row["hypothesis"]) for row in rows])
    return label_temperature(said, [row["label"] for row in rows])


def _halves(judged: Sequence[_Copy]) -> tuple[list[_Copy], list[_Copy]]:
    """Eight copies in a row go to one half together: they are of every kind, or translations of one document."""
    numbered = list(enumerate(judged))
    return (
        [each for number, each in numbered if number // 8 % 2 == 0],
        [each for number, each in numbered if number // 8 % 2],
    )
