"""The view on one pair alone, for `checker score`: the model's figures, calibrated, with spans and no policy."""

from __future__ import annotations

import math
from dataclasses import dataclass

from checker.document import Span
from checker.evidence import Relation
from checker.findings.alignment import conflict_span
from checker.findings.calibration import Calibration
from checker.findings.categories import categorise
from checker.findings.spans import decode_spans
from checker.nli.types import Pair, Prediction


BACKWARD_SHARE = 0.4


@dataclass(frozen=True, slots=True)
class ScoredSpan:
    """Suspect words of the hypothesis, `span.of(hypothesis) == text`; `probability` is the model's figure."""

    span: Span
    text: str
    probability: float
    category: str


@dataclass(frozen=True, slots=True)
class Scored:
    """What `checker score` says of a pair. The label probabilities add to 1; `error_probability` is calibrated."""

    entailment: float
    neutral: float
    contradiction: float
    error_probability: float
    spans: tuple[ScoredSpan, ...]
    truncated: bool


def score_pair(
    pair: Pair, prediction: Prediction, calibration: Calibration, backward: Prediction | None = None
) -> Scored:
    """The model's view on one pair; spans in text order, also where the pair as a whole looks fine.

    `backward` is the prediction for the pair turned round, for a premise that says the same: what the hypothesis leaves
    out shows there as an addition.
    """
    total = prediction.entailment + prediction.neutral + prediction.contradiction
    return Scored(
        entailment=prediction.entailment / total,
        neutral=prediction.neutral / total,
        contradiction=prediction.contradiction / total,
        error_probability=calibration.error_probability(pooled_error(prediction, backward)),
        spans=tuple(
            ScoredSpan(hot.span, hot.span.of(pair.hypothesis), hot.probability, _category(pair, hot.span))
            for hot in decode_spans(pair.hypothesis, prediction.tokens, calibration.thresholds.token)
        ),
        truncated=prediction.truncated,
    )


def turned(pair: Pair) -> Pair | None:
    """The pair with premise and hypothesis exchanged, where that asks something: for a reference alone."""
    if pair.relation is not Relation.REFERENCE or not pair.premise.strip() or not pair.hypothesis.strip():
        return None
    return Pair(pair.hypothesis, pair.premise, pair.relation)


def pooled_error(forward: Prediction, backward: Prediction | None) -> float:
    """Raw probability of an error from both directions: their weighted mean on the logit scale."""
    if backward is None:
        return forward.error
    return _sigmoid((1 - BACKWARD_SHARE) * _logit(forward.error) + BACKWARD_SHARE * _logit(backward.error))


def _logit(probability: float) -> float:
    clipped = min(1 - 1e-7, max(1e-7, probability))
    return math.log(clipped / (1 - clipped))


def _sigmoid(logit: float) -> float:
    return 1 / (1 + math.exp(-logit))


def _category(pair: Pair, span: Span) -> str:
    relation = pair.relation if pair.premise.strip() else Relation.LANGUAGE
    conflict = conflict_span(pair.hypothesis, span, pair.premise)
    return categorise(pair.hypothesis, span, pair.premise, conflict, relation)
