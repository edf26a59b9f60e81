"""What the figures of a pair are worth: weights of its error probability, limit for words, the labels' temperature."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from checker.document import Sentence, Span
from checker.evaluation.cases import Case, ranked
from checker.evaluation.fitting import fit_weights
from checker.evaluation.judging import Judged
from checker.evaluation.metrics import character_f1
from checker.evidence import Evidence, EvidenceKind
from checker.findings import figures_of, pair_figures
from checker.findings.spans import decode_spans
from checker.findings.suspects import says_same
from checker.findings.weighing import BIAS, Weights, log_odds, weigh
from checker.nli import Prediction
from checker.nli.types import LABELS
from checker.pipeline import Views

TEMPERATURES = tuple(step / 100 for step in range(50, 401))
TOKEN_THRESHOLDS = tuple(step / 20 for step in range(4, 19))
# Words are named in pairs that are more likely wrong than not. Fitted for F1 alone the limit came out at .2, and every
# second clean paraphrase had words named in it, for a gain of .01.
NAMED_FROM = 0.5
# Beside a reference what is nearer to it is likelier right. The cases cannot tell what that is worth: in them the clean
# is often loose and the made error near. So it is set, where DEMETR gains and what raters say is ranked as before.
OVERLAP = 0.3
# Which way a figure may point, whatever a sample says.
PAIR_SIGNS = {
    **dict.fromkeys(("error", "contradiction", "word", "back_error", "back_contradiction", "back_word"), 1),
    **dict.fromkeys(("warmth", "back_warmth"), 1),
    **dict.fromkeys(("entailment", "back_entailment"), -1),
}


def fit_pair_weights(cases: Sequence[Case], views: Sequence[Views]) -> dict[str, float]:
    """Weights of all figures that the views of a pair give."""
    return fit_weights(
        [pair_figures(*view) for view in views], [case.wrong for case in cases], ranked(cases), PAIR_SIGNS
    )


def fit_passage_weights(cases: Sequence[Case], views: Sequence[Views]) -> dict[str, float]:
    """Weights of the figures of hypotheses beside a passage."""
    figures = [figures_of(case.pair, *view) for case, view in zip(cases, views, strict=True)]
    return fit_weights(figures, [case.wrong for case in cases], signs=PAIR_SIGNS)


def with_overlap(weights: Weights, cases: Sequence[Case], views: Sequence[Views]) -> dict[str, float]:
    """`weights` with OVERLAP for the overlap with the reference, and fitted once more as a whole, scale and bias."""
    sums = [
        log_odds(weigh(figures := pair_figures(*view, case.pair), weights)) - OVERLAP * figures["overlap"]
        for case, view in zip(cases, views, strict=True)
    ]
    scale = fit_weights([{"sum": one} for one in sums], [case.wrong for case in cases], signs={"sum": 1})
    by = scale.get("sum", 0.0)
    scaled = {name: weight * by for name, weight in weights.items() if name != BIAS}
    return {BIAS: weights[BIAS] * by + scale[BIAS], **scaled, "overlap": -OVERLAP * by}


def fit_context_weights(judged: Judged, claims: Sequence[Case], views: Sequence[Views]) -> dict[str, float]:
    """From labelled claims beside evidence, and from sentences of articles beside theirs, as many clean ones of these.

    A pair of an article is wrong where a planted error meets a fact that says the sentence right; whether other
    evidence contradicts a planted error is not known, so those pairs are left out. With all clean pairs errors would be
    so rare that a plain contradiction were improbable, which it is not for one who asks about a claim.
    """
    rows, wrong, clean = [pair_figures(*view) for view in views], [claim.wrong for claim in claims], []
    for copy, results in judged:
        for result in results:
            planted = copy.is_wrong(result.sentence.span)
            for piece in result.judged:
                right = (
                    planted and piece.evidence.kind is EvidenceKind.FACT and _restates(result.sentence, piece.evidence)
                )
                if says_same(result.sentence.text, piece.evidence.text) or planted != right:
                    continue
                figures = pair_figures(piece.prediction, None, result.language)
                if right:
                    rows.append(figures)
                    wrong.append(True)
                else:
                    clean.append(figures)
    kept = clean[:: max(1, len(clean) // len(claims))]
    return fit_weights(rows + kept, wrong + [False] * len(kept), signs=PAIR_SIGNS)


def _restates(sentence: Sentence, evidence: Evidence) -> bool:
    """True for evidence with most of the words of the sentence, as its reworded original has."""
    ours, theirs = (set(text.casefold().split()) for text in (sentence.text, evidence.text))
    return len(ours & theirs) >= 0.6 * len(ours)


def best_threshold(cases: Sequence[Case], said: Sequence[Prediction], errors: Sequence[float]) -> float:
    """Threshold of words with the best F1 over characters in error, in pairs from NAMED_FROM.

    It is the product of two, over rated translations and over made errors: made ones are many and easy, and alone, or
    in a plain mean, would silence the model on real ones.
    """
    figures = {}
    for token in TOKEN_THRESHOLDS:
        found = [
            [hot.span for hot in decode_spans(case.pair.hypothesis, one.tokens, token)] if error >= NAMED_FROM else []
            for case, one, error in zip(cases, said, errors, strict=True)
        ]
        figures[token] = math.prod(_f1(cases, found, rated=rated) for rated in (True, False))
    return max(figures, key=lambda token: figures[token])


def _f1(cases: Sequence[Case], found: Sequence[Sequence[Span]], *, rated: bool) -> float:
    kept = [(spans, case.spans) for spans, case in zip(found, cases, strict=True) if case.rated == rated]
    return character_f1([spans for spans, _ in kept], [gold for _, gold in kept])["f1"]


def label_temperature(said: Sequence[Prediction], labels: Sequence[str]) -> float:
    """The temperature at which the labels' probabilities fit best (least negative log-likelihood), to two decimals."""
    logs = np.log(np.clip([[one.entailment, one.neutral, one.contradiction] for one in said], 1e-7, 1.0))  # (cases, 3)
    right = np.array([LABELS.index(label) for label in labels])

    def loss(temperature: float) -> float:
        divided = logs / temperature
        normed = divided - np.logaddexp.reduce(divided, axis=1, keepdims=True)
        return -float(normed[np.arange(len(right)), right].mean())

    return min(TEMPERATURES, key=loss)
