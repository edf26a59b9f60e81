"""Fit a model's calibration on held-out data that the card's figures do not use, and write it beside the weights.

Five things: how the figures of a pair and of suspect words are weighed into one (logistic regressions, see
`checker.findings.weighing`), from which probability a word counts as suspect (best F1 over characters in error), how
far the labels' probabilities are drawn together (a temperature), and what confidence the findings of a kind deserve
(logistic maps, on other articles than the weights).
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

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
from checker.evaluation.material import ARTICLES, PAIRS, Material, gather, halved
from checker.evaluation.pair_fitting import (
    NAMED_FROM,
    best_threshold,
    fit_context_weights,
    fit_pair_weights,
    fit_passage_weights,
    label_temperature,
    with_overlap,
)
from checker.evidence import RESTATED, RETOLD, EvidenceKind
from checker.findings import PASSAGE_QUESTION, Calibration, Thresholds, pair_figures
from checker.findings.calibration import FILE_NAME, question_of, to_json
from checker.findings.weighing import Weights, weigh
from checker.nli.backends import Backend
from checker.nli.cache import RememberingPredictor
from checker.nli.registry import load_predictor
from checker.pipeline import Checker

log = logging.getLogger(__name__)

TEXTS_IN_MAPS = 3  # of so many written texts one counts where confidences are drawn
# Candidates are let through freely: what they are worth is weighed afterwards.
LIMITS = Thresholds(suspicion=0.25, word=0.35, language=0.5)
UNWEIGHED: Mapping[str, Weights] = MappingProxyType(
    {question_of(role): MappingProxyType({}) for role in (*EvidenceKind, RESTATED, RETOLD)}
)


def calibrate(
    folder: Path, data: Path, *, articles: int = ARTICLES, pairs: int = PAIRS, backend: Backend = Backend.AUTO
) -> Calibration:
    """Fit and write `<folder>/calibration.json`. Raises UnreadableFileError for missing data."""
    checker = Checker(predictor=RememberingPredictor(load_predictor(str(folder), backend=backend)))
    calibration = fit(gather(checker, data, articles=articles, pairs=pairs))
    (folder / FILE_NAME).write_text(json.dumps(to_json(calibration), indent=1) + "\n", encoding="utf-8")
    return calibration


def fit(material: Material) -> Calibration:
    """What the model's figures are worth."""
    pairs = material.pairs
    weights = {"error/reference": with_overlap(fit_pair_weights(*pairs), *pairs)}
    errors = [
        weigh(pair_figures(*view, case.pair), weights["error/reference"]) for case, view in zip(*pairs, strict=True)
    ]
    token = best_threshold(pairs.cases, [view.forward for view in pairs.views], errors)
    calibration = Calibration(thresholds=replace(LIMITS, token=token, pair=NAMED_FROM), weights=UNWEIGHED)
    log.info("words count from %.2f", token)
    weights[PASSAGE_QUESTION] = fit_passage_weights(*material.passages)
    weights["error/language"] = fit_pair_weights(*material.alone)
    weights["error/context"] = fit_context_weights(material.articles, *material.claims)
    articles, rated, texts = (
        halved(some) for some in (without_restated(material.articles), material.rated, material.texts)
    )
    told, desks = material.told, material.desks
    crowded = halved(without_restated(material.crowded))
    crowded = crowded.joined(material.crowded_told).joined(material.crowded_desks)  # facts alone count of them
    articles_found, told_found, desks_found, slips_found, crowd_found = (
        find_all(some, calibration) for some in (articles.first, told.first, desks.first, material.slips, crowded.first)
    )
    others_found = find_all([*rated.first, *texts.first], calibration)
    # Beside a sheet of a desk facts alone count as well: what slips there, no other sentence of the article denies.
    weights |= fit_finding_weights([*articles_found, *others_found, *told_found], *pairs, calibration)
    weights |= fit_fact_weights([*articles_found, *told_found, *desks_found, *crowd_found])
    weights |= fit_retold_weights([*articles_found, *told_found, *desks_found, *crowd_found, *slips_found])
    weights |= fit_restated_weights(find_all(material.restated[0], calibration))
    temperature = label_temperature(*zip(*material.labelled, strict=True))
    calibration = replace(calibration, weights=MappingProxyType(weights), temperature=temperature)
    # Every second one of these is wrong, and few sentences of articles are; a right and a wrong one stand together.
    few_texts = [each for number, each in enumerate(texts.second) if number // 2 % TEXTS_IN_MAPS == 0]
    news, no_facts, facts_alone = (
        suspect_all(some, calibration)
        for some in (
            [*articles.second, *told.second],
            [*rated.second, *few_texts],
            [*desks.second, *crowded.second],
        )
    )
    maps = fit_finding_maps([*news, *no_facts]) | fit_fact_maps([*news, *facts_alone])
    maps |= fit_restated_map(material.restated[1], calibration)
    return replace(calibration, finding=MappingProxyType(maps))
