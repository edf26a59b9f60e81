"""The view on one pair alone, for `checker score`: the model's figures, calibrated, with spans and no policy.

A reference that is many times as long as the hypothesis is a passage: it does not say the same, and what it says
besides is not missing from the hypothesis. What is wrong then is what the passage does not support.
"""

from __future__ import annotations

from dataclasses import dataclass

from checker.document import Span
from checker.document.language import DEFAULT_LANGUAGE as ENGLISH
from checker.evidence import Relation
from checker.findings.alignment import conflict_span
from checker.findings.calibration import Calibration
from checker.findings.categories import categorise
from checker.findings.spans import category_inside, decode_spans
from checker.findings.weighing import pair_figures
from checker.nli.types import Pair, Prediction

PASSAGE = 3  # a reference of so many times the words of the hypothesis is a passage
PASSAGE_QUESTION = "error/passage"
# Figures of the whole pair: the words of a claim are seldom those of its passage.
_OF_PASSAGE = ("entailment", "contradiction", "error")


@dataclass(frozen=True, slots=True)
class ScoredSpan:
    """Suspect words of the hypothesis, `span.of(hypothesis) == text`; `probability` is the model's figure."""

    span: Span
    text: str
    probability: float
    category: str


@dataclass(frozen=True, slots=True)
class Scored:
    """What `checker score` says of a pair. All probabilities are calibrated; those of the labels add to 1."""

    entailment: float
    neutral: float
    contradiction: float
    error_probability: float
    spans: tuple[ScoredSpan, ...]
    truncated: bool


def score_pair(
    pair: Pair,
    prediction: Prediction,
    calibration: Calibration,
    backward: Prediction | None = None,
    language: Prediction | None = None,
) -> Scored:
    """The model's view on one pair; spans in text order, where the pair is likely enough to hold an error.

    `backward` is the prediction for the pair turned round, for a premise that says the same: what the hypothesis leaves
    out shows there as an addition. `language` is the view of the hypothesis without its premise. A hypothesis that is
    its premise holds no error, whatever the model says.
    """
    entailment, neutral, contradiction = calibration.labels(prediction)
    same = pair.hypothesis.split() == pair.premise.split()
    error = 0.0 if same else error_probability(pair, prediction, calibration, backward, language)
    named = not same and error >= calibration.thresholds.pair
    return Scored(
        entailment=entailment,
        neutral=neutral,
        contradiction=contradiction,
        error_probability=error,
        spans=_spans(pair, prediction, calibration) if named else (),
        truncated=prediction.truncated,
    )


def error_probability(
    pair: Pair,
    prediction: Prediction,
    calibration: Calibration,
    backward: Prediction | None = None,
    language: Prediction | None = None,
) -> float:
    """Calibrated probability that the hypothesis holds an error: all views weighed, or the model's own figure."""
    weighed = calibration.weigh(question_about(pair), figures_of(pair, prediction, backward, language))
    return calibration.error_probability(prediction.error) if weighed is None else weighed


def question_about(pair: Pair) -> str:
    """Whose weights in a calibration the figures of the pair are weighed with."""
    return PASSAGE_QUESTION if is_passage(pair) else f"error/{relation_of(pair)}"


def figures_of(
    pair: Pair, prediction: Prediction, backward: Prediction | None, language: Prediction | None
) -> dict[str, float]:
    """What is weighed for the pair: of a passage only what it says of the hypothesis as a whole."""
    if is_passage(pair):
        figures = pair_figures(prediction, None, None)
        return {name: figures[name] for name in _OF_PASSAGE}
    return pair_figures(prediction, backward, language, pair)


def is_passage(pair: Pair) -> bool:
    """True for a reference many times as long as what it is held against."""
    words = len(pair.hypothesis.split())
    return relation_of(pair) is Relation.REFERENCE and len(pair.premise.split()) >= PASSAGE * words > 0


def relation_of(pair: Pair) -> Relation:
    """What the premise is; without a premise, the language view."""
    return pair.relation if pair.premise.strip() else Relation.LANGUAGE


def _spans(pair: Pair, prediction: Prediction, calibration: Calibration) -> tuple[ScoredSpan, ...]:
    return tuple(
        ScoredSpan(hot.span, hot.span.of(pair.hypothesis), hot.probability, _category(pair, hot.span, prediction))
        for hot in decode_spans(pair.hypothesis, prediction.tokens, calibration.thresholds.token)
    )


def turned(pair: Pair) -> Pair | None:
    """The pair with premise and hypothesis exchanged, where that asks something: for an English reference that is no
    passage."""
    if relation_of(pair) is not Relation.REFERENCE or not pair.hypothesis.strip() or is_passage(pair):
        return None
    if pair.language != ENGLISH:  # the model of originals reads English hypotheses alone
        return None
    return Pair(pair.hypothesis, pair.premise, pair.relation)


def alone(pair: Pair) -> Pair | None:
    """The hypothesis without its premise, where that asks something: not without one, nor beside a passage."""
    asked = pair.premise.strip() and not is_passage(pair)
    return Pair("", pair.hypothesis, Relation.LANGUAGE) if asked else None


def _category(pair: Pair, span: Span, prediction: Prediction) -> str:
    conflict = conflict_span(pair.hypothesis, span, pair.premise)
    told = category_inside(prediction.tokens, span)
    return categorise(pair.hypothesis, span, pair.premise, conflict, relation_of(pair), told)
