"""Fit a model's calibration on held-out data that the card's figures do not use, and write it beside the weights.

Two kinds of map: the probability that a pair holds an error (a logistic map, so that it never ties two pairs that the
model told apart), and the confidence of a finding by kind of evidence (isotonic). And one threshold: from which
probability a word counts as suspect, chosen for the F1 of characters in error.
"""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from checker.document import Span
from checker.evaluation.metrics import character_f1
from checker.evaluation.planted import LEXICON, planted_articles
from checker.findings import Calibration, pooled_error, turned
from checker.findings.calibration import FILE_NAME, Knots, fit_isotonic, to_json
from checker.findings.spans import decode_spans
from checker.nli import Pair, Prediction
from checker.nli.registry import load_predictor
from checker.pipeline import Checker
from checker.settings import Settings
from checker.training.corruption import Corruptor
from checker.training.sources.paraphrased import says_the_same
from checker.training.sources.reading import is_for_calibration, read_rows

ARTICLES = 120
PAIRS = 1500  # of each kind
PLACES = np.concatenate([[0.0], 1 / (1 + np.exp(-np.linspace(-8, 8, 33))), [1.0]])
THRESHOLDS = tuple(step / 20 for step in range(4, 19))
FEWEST = 40  # findings of a kind from which it gets a map of its own


@dataclass(frozen=True, slots=True)
class Case:
    """A pair with the truth: does it hold an error that matters, and where."""

    pair: Pair
    wrong: bool
    spans: tuple[Span, ...]


def calibrate(folder: Path, data: Path, *, articles: int = ARTICLES, pairs: int = PAIRS) -> Calibration:
    """Fit and write `<folder>/calibration.json`; other thresholds that stand there already are kept."""
    predictor = load_predictor(str(folder))
    before = Checker(predictor=predictor).calibration
    cases = list(labelled_cases(data, pairs))
    said = predictor.predict([case.pair for case in cases])
    back = predictor.predict([turned(case.pair) or case.pair for case in cases])
    pooled = [pooled_error(ahead, behind) for ahead, behind in zip(said, back, strict=True)]
    error = fit_logistic(pooled, [case.wrong for case in cases])
    thresholds = replace(before.thresholds, token=best_threshold(cases, said))
    plain = Calibration(thresholds=thresholds)
    finding = _finding_maps(
        Checker(replace(Settings(), min_confidence=0.0, max_alerts=1000), predictor), plain, data, articles
    )
    fitted = Calibration(MappingProxyType(finding), error, thresholds)
    (folder / FILE_NAME).write_text(json.dumps(to_json(fitted), indent=1) + "\n", encoding="utf-8")
    return fitted


def best_threshold(cases: Sequence[Case], said: Sequence[Prediction]) -> float:
    """The token threshold with the best F1 over characters in error, pooled over all cases."""
    figures = {}
    for threshold in THRESHOLDS:
        found = [
            [hot.span for hot in decode_spans(case.pair.hypothesis, one.tokens, threshold)]
            for case, one in zip(cases, said, strict=True)
        ]
        figures[threshold] = character_f1(found, [case.spans for case in cases])["f1"]
    return max(figures, key=lambda threshold: figures[threshold])


def labelled_cases(data: Path, count: int) -> Iterator[Case]:
    """Rated translations on which raters agree, and clean translations beside corrupted ones."""
    outputs: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in read_rows(data / "mt_errors/mqm_wmt20_zh-en.jsonl.gz"):
        if is_for_calibration(str(row["document_id"])):
            outputs[row["reference"], row["translation"]].append(row)
    rng = random.Random(5)
    for reference, translation in rng.sample(sorted(outputs), min(count, len(outputs))):
        ratings = outputs[reference, translation]
        major = sum(any(e["severity"] in ("major", "critical") for e in row["errors"]) for row in ratings) / len(
            ratings
        )
        if major >= 0.5 or not any(row["errors"] for row in ratings):
            yield Case(Pair(reference, translation), major >= 0.5, _agreed(ratings) if major >= 0.5 else ())
    corruptor = Corruptor(data / LEXICON, 6)
    rows = [row for row in read_rows(data / "text/mt_vs_reference.en.jsonl.gz") if is_for_calibration(row["source"])]
    same = [row for row in rows if says_the_same(row["reference"], row["translation"])]
    for row in rng.sample(same, min(count, len(same))):
        yield Case(Pair(row["reference"], row["translation"]), False, ())
        corruption = corruptor.corrupt(row["translation"], rng)
        if corruption is not None and not corruption.category.startswith("fluency/typography"):
            yield Case(Pair(row["reference"], corruption.text), True, corruption.spans)


def _agreed(ratings: Sequence[dict[str, Any]]) -> tuple[Span, ...]:
    """Major errors of the rater who marked fewest of them: what one rater alone marks is mostly taste."""
    by_rater = [
        tuple(Span(e["start"], e["end"]) for e in row["errors"] if e["severity"] in ("major", "critical"))
        for row in ratings
    ]
    return min((spans for spans in by_rater if spans), key=len)


def fit_logistic(raw: Sequence[float], wrong: Sequence[bool]) -> Knots:
    """Knots of p = σ(a·logit(raw) + b), fitted by Newton's method (Platt, 1999), strictly rising."""
    x = _logit(np.asarray(raw, dtype=np.float64))
    hits = np.asarray(wrong, dtype=np.float64)
    # Platt's targets keep the fit finite where the model separates everything.
    y = np.where(hits > 0, (hits.sum() + 1) / (hits.sum() + 2), 1 / ((1 - hits).sum() + 2))
    slope, offset = 1.0, 0.0
    for _ in range(50):
        p = 1 / (1 + np.exp(-(slope * x + offset)))
        design = np.stack([x, np.ones_like(x)])  # (2, n)
        gradient = design @ (p - y)
        curvature = (design * (p * (1 - p))) @ design.T + 1e-6 * np.eye(2)
        step = np.linalg.solve(curvature, gradient)
        slope, offset = slope - step[0], offset - step[1]
    slope = max(slope, 0.05)
    values = 1 / (1 + np.exp(-(slope * _logit(PLACES) + offset)))
    values[0], values[-1] = values[1] / 10, 1 - (1 - values[-2]) / 10
    return tuple((float(place), float(value)) for place, value in zip(PLACES, values, strict=True))


def _finding_maps(checker: Checker, plain: Calibration, data: Path, articles: int) -> dict[str, Knots]:
    """Isotonic maps by kind of evidence, from articles with planted errors, alone and beside facts."""
    checker.__dict__["calibration"] = plain
    cases: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for number, article in enumerate(planted_articles(data, errors=2, seed=8, calibration=True)):
        if number == articles:
            break
        facts = [s.text for s in article.clean.sentences] if number % 2 else []
        for finding in checker.check(article.document, facts=facts).findings:
            right = any(finding.span.overlaps(error.span) for error in article.errors)
            cases[finding.evidence[0].evidence.kind.value if finding.evidence else "language"].append(
                (finding.confidence, right)
            )
    return {kind: fit_isotonic(*zip(*found, strict=True)) for kind, found in cases.items() if len(found) >= FEWEST}


def _logit(probability: NDArray[np.float64]) -> NDArray[np.float64]:
    clipped = np.clip(probability, 1e-6, 1 - 1e-6)
    logits: NDArray[np.float64] = np.log(clipped / (1 - clipped))
    return logits
