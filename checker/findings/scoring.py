"""The view on one pair alone, for `checker score`: the model's figures, calibrated, with spans and no policy."""

from __future__ import annotations

from dataclasses import dataclass

from checker.document import Span
from checker.evidence import Relation
from checker.findings.alignment import conflict_span
from checker.findings.calibration import Calibration
from checker.findings.categories import categorise
from checker.findings.spans import decode_spans
from checker.nli.types import Pair, Prediction


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


def score_pair(pair: Pair, prediction: Prediction, calibration: Calibration) -> Scored:
    """The model's view on one pair; spans in text order, also where the pair as a whole looks fine."""
    total = prediction.entailment + prediction.neutral + prediction.contradiction
    return Scored(
        entailment=prediction.entailment / total,
        neutral=prediction.neutral / total,
        contradiction=prediction.contradiction / total,
        error_probability=calibration.error_probability(prediction.error),
        spans=tuple(
            ScoredSpan(hot.span, hot.span.of(pair.hypothesis), hot.probability, _category(pair, hot.span))
            for hot in decode_spans(pair.hypothesis, prediction.tokens, calibration.thresholds.token)
        ),
        truncated=prediction.truncated,
    )


def _category(pair: Pair, span: Span) -> str:
    relation = pair.relation if pair.premise.strip() else Relation.LANGUAGE
    conflict = conflict_span(pair.hypothesis, span, pair.premise)
    return categorise(pair.hypothesis, span, pair.premise, conflict, relation)
