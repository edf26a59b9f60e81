"""From several figures of one question to one: how likely is it that these words, or this pair, are in error.

No single figure of the model is enough. A word may be hot because the evidence denies it, or because it is odd whatever
the evidence says; a pair may be contradicted in words that nobody wrote. So the figures are weighed together, with what
the text itself tells (is there a word in the evidence that says otherwise, and in what way), by a logistic regression
that is fitted on held-out documents and travels with the model (`calibration.json`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from checker.document import Span
from checker.document.language import DEFAULT_LANGUAGE as ENGLISH
from checker.evidence import Evidence, Relation
from checker.findings.alignment import ConflictKind, find_conflict, repeats
from checker.findings.overlap import chrf
from checker.findings.phrases import QUANTITY_KINDS, name_at
from checker.findings.spans import DecodedSpan, highest_inside
from checker.findings.words import Kind, Word, indices_in, words_of
from checker.nli.types import Pair, Prediction

Figures = Mapping[str, float]
Weights = Mapping[str, float]
Words = tuple[Word, ...]

BIAS = "bias"
_CERTAIN = 1e-4  # figures nearer than this to 0 or 1 count as this
_SELDOM = 0.02  # what no other evidence says counts as this
_NO_VIEW = -3.0  # log-odds of the language view where there is none
_NEAR = 0.85  # overlap beyond this counts as this: one wrong word in a copy is an error all the same
_MANY = 4  # spans or words beyond this count as this


def weigh(figures: Figures, weights: Weights) -> float:
    """Probability in (0, 1): the logistic of the weighted sum. A figure without a weight counts nothing."""
    return logistic(weights.get(BIAS, 0.0) + sum(weights.get(name, 0.0) * value for name, value in figures.items()))


def pair_figures(
    forward: Prediction, backward: Prediction | None, language: Prediction | None, pair: Pair | None = None
) -> dict[str, float]:
    """Figures of a pair: the three views of it and, for a `pair` with an English reference, their overlap, in log-odds.

    `backward` is the pair turned round (what is left out shows there as added), `language` the hypothesis alone.
    """
    figures = _view_figures(forward, "")
    if backward is not None:
        figures |= _view_figures(backward, "back_")
    if pair is not None and pair.relation is Relation.REFERENCE and pair.language == ENGLISH:
        figures["overlap"] = log_odds(min(_NEAR, chrf(pair.hypothesis, pair.premise)))
    if language is not None:
        figures |= {"language_error": log_odds(language.error), "language_word": log_odds(_hottest(language))}
    return figures


def _view_figures(said: Prediction, prefix: str) -> dict[str, float]:
    return {
        f"{prefix}error": log_odds(said.error),
        f"{prefix}contradiction": log_odds(said.contradiction),
        f"{prefix}entailment": log_odds(said.entailment),
        f"{prefix}word": log_odds(_hottest(said)),
        f"{prefix}warmth": math.log1p(sum(token.probability for token in said.tokens)),
    }


def span_figures(
    text: str,
    hot: DecodedSpan,
    spans: int,
    prediction: Prediction,
    language: Prediction | None,
    evidence: Evidence,
    others: Sequence[str] = (),
) -> dict[str, float]:
    """Figures of the suspect words `hot` of the sentence `text`, one of `spans` that this evidence makes suspect.

    `hottest` is the most suspect word of the whole sentence, `length` the number of suspect words. `others` are the
    texts of the sentence's other evidence: words that those have too are less likely wrong. `among` is the logarithm
    of how many facts there were: the more, the less it means that one is near.
    """
    ours = words_of(text)
    suspect = indices_in(ours, hot.span)
    kinds = {ours[index].kind for index in suspect}
    stems = {word.stem for word in words_of(evidence.text)}
    counted = [word.stem in stems for word in ours if word.counts]
    return {
        "word": log_odds(hot.probability),
        "hottest": log_odds(_hottest(prediction)),
        "length": float(min(_MANY, len(suspect))),
        "contradiction": log_odds(prediction.contradiction),
        "error": log_odds(prediction.error),
        "entailment": log_odds(prediction.entailment),
        "language": log_odds(highest_inside(language.tokens, hot.span)) if language else _NO_VIEW,
        "relevance": evidence.relevance,
        "among": math.log10(evidence.among),
        "attested": float(min(2, sum(repeats(text, hot.span, other) for other in others))),
        "shared": sum(counted) / max(1, len(counted)),
        "spans": float(min(_MANY, spans - 1)),
        "name": float(Kind.NAME in kinds),
        "number": float(bool(kinds & QUANTITY_KINDS)),
    } | _conflict_figures(text, hot.span, evidence.text)


def company_figures(span: Span, others: Sequence[Prediction]) -> dict[str, float]:
    """Figures of suspect words from the sentence's other evidence, `others` being what the model says of it.

    `seconded` is how suspect some other piece makes the same words, `supported` how far some other piece entails the
    sentence, each by the one that says so most.
    """
    seconded = [highest_inside(said.tokens, span) * max(said.contradiction, said.error) for said in others]
    return {
        "seconded": log_odds(max(seconded, default=_SELDOM)),
        "supported": log_odds(max((said.entailment for said in others), default=_SELDOM)),
    }


def reference_figures(span: Span, said: Prediction) -> dict[str, float]:
    """Figures of suspect words from context that may retell the sentence: what is said of it as of a reference."""
    return {
        "reference_word": log_odds(highest_inside(said.tokens, span)),
        "reference_error": log_odds(said.error),
        "reference_contradiction": log_odds(said.contradiction),
        "reference_entailment": log_odds(said.entailment),
    }


def _conflict_figures(text: str, span: Span, premise: str) -> dict[str, float]:
    """Which kind of conflict the evidence has, and how many direct neighbours it shares with the suspect words."""
    conflict = find_conflict(text, span, premise)
    figures = {f"conflict_{kind}": float(conflict is not None and conflict.kind is kind) for kind in ConflictKind}
    if conflict is None:
        return figures | {"beside": 0.0, "same_name": 0.0}
    ours, theirs = words_of(text), words_of(premise)
    mine, place = indices_in(ours, span), indices_in(theirs, conflict.span)
    ends = ((mine[0] - 1, place[0] - 1), (mine[-1] + 1, place[-1] + 1))
    beside = sum(
        0 <= one < len(ours) and 0 <= two < len(theirs) and ours[one].stem == theirs[two].stem for one, two in ends
    )
    named = conflict.kind is ConflictKind.NAME
    return figures | {"beside": float(beside), "same_name": _same_name(ours, mine, theirs, place) if named else 0.0}


def _same_name(ours: Words, mine: range, theirs: Words, place: range) -> float:
    """Share of words, small ones too, that two names have in common.

    "Cover of the Americas" and "Summit of the Americas" share three of four, "North Korea" and "South Korea" half.
    """
    one = [ours[index].stem for index in name_at(ours, mine[0])]
    two = [theirs[index].stem for index in name_at(theirs, place[0])]
    return len(set(one) & set(two)) / max(1, len(set(one)), len(set(two)))


def log_odds(probability: float) -> float:
    """ln(p / (1 - p)), finite."""
    clipped = min(1 - _CERTAIN, max(_CERTAIN, probability))
    return math.log(clipped / (1 - clipped))


def logistic(value: float) -> float:
    """σ(value), without overflow."""
    return 1 / (1 + math.exp(-value)) if value >= 0 else math.exp(value) / (1 + math.exp(value))


def _hottest(prediction: Prediction) -> float:
    return max((token.probability for token in prediction.tokens), default=0.0)
