"""Which words of a sentence one piece of evidence makes suspect, before anything is weighed.

The model's hot words, by either question where two were asked, a negation that one side alone has in the same words,
and, beside a fact that says the sentence, what exact rules read differently there.
"""

from __future__ import annotations

from dataclasses import dataclass

from checker.document import Span
from checker.evidence import ORIGINAL, RESTATED, RETOLD, Evidence, EvidenceKind
from checker.findings.alignment import ConflictKind, find_conflict
from checker.findings.calibration import Calibration, Thresholds
from checker.findings.exactness import Difference, exact_differences
from checker.findings.negations import negation_differences
from checker.findings.spans import DecodedSpan, decode_spans, highest_inside, worth_showing
from checker.findings.words import normal_text, words_of
from checker.nli.types import Prediction

# From which contradiction or error probability context that may retell a sentence is weighed.
RETOLD_SUSPICION = 0.1
OWN_SUSPICION = 0.12
# Below this nothing is weighed, whatever the evidence.
LEAST_SUSPICION = min(RETOLD_SUSPICION, OWN_SUSPICION)
_WRITTEN_ALIKE = (ConflictKind.NAME, ConflictKind.QUANTITY)
# How many words on each side of suspect ones tell what they are about.
AROUND = 2


@dataclass(frozen=True, slots=True)
class JudgedEvidence:
    """Evidence for one sentence, with what the model said of the pair.

    `as_reference` is what it said when asked as about a reference, for context that may retell the sentence.
    """

    evidence: Evidence
    prediction: Prediction
    as_reference: Prediction | None = None


def suspect_spans(text: str, judged: JudgedEvidence, threshold: float) -> list[DecodedSpan]:
    """Words of `text` that a piece of evidence makes suspect, in text order and without overlaps.

    What rules find comes before what the model says of the same words, the first question before the second. The
    probability is always that of the first.
    """
    glue = judged.evidence.role == RESTATED
    rules = (*differences(text, judged), *negation_differences(text, judged.evidence.text))
    found = [(difference.span, 0.0) for difference in rules]
    found += [(hot.span, hot.probability) for hot in shown_spans(text, judged.prediction, threshold, glue=glue)]
    if judged.as_reference is not None:
        found += [(hot.span, 0.0) for hot in shown_spans(text, judged.as_reference, threshold)]
    spans: list[DecodedSpan] = []
    for span, probability in found:
        if not any(span.overlaps(known.span) for known in spans):
            spans.append(DecodedSpan(span, max(probability, highest_inside(judged.prediction.tokens, span))))
    return sorted(spans, key=lambda hot: hot.span)


def differences(text: str, judged: JudgedEvidence) -> tuple[Difference, ...]:
    """What the evidence surely has otherwise; empty where it does not claim to say the sentence."""
    return exact_differences(text, judged.evidence.text) if tells(judged.evidence) else ()


def tells(evidence: Evidence) -> bool:
    """True for a fact that says the sentence, or may."""
    return evidence.role in (RESTATED, RETOLD)


def conflict_with(text: str, span: Span, evidence: Evidence) -> Span | None:
    """What the evidence has against the words at `span`; in another language only names and figures can tell."""
    found = find_conflict(text, span, evidence.text)
    if found is None or (evidence.role == ORIGINAL and found.kind not in _WRITTEN_ALIKE):
        return None
    return found.span


def denied(judged: JudgedEvidence, calibration: Calibration) -> bool:
    """True where context may have something against the sentence.

    Without weights the label alone has to say so, and more surely than that the sentence is supported; with weights
    either head may speak, for all figures are weighed afterwards. An exact difference is not asked: beside a fact about
    another matter it means nothing.
    """
    prediction, limits = judged.prediction, calibration.thresholds
    if calibration.weighs(judged.evidence.role):
        return max(prediction.contradiction, prediction.error) >= suspicion_from(judged, limits)
    return prediction.contradiction >= max(limits.contradiction, prediction.entailment)


def suspicion_from(judged: JudgedEvidence, limits: Thresholds) -> float:
    """From which contradiction or error probability the figures of a pair are weighed.

    Less is asked of context that may retell the sentence, for there the other question has a say, and of the article's
    own sentences, of which a name says more than the labels: "the Royal Institute of Prides" beside "of Tides".
    """
    if judged.evidence.kind is EvidenceKind.ARTICLE:
        return min(limits.suspicion, OWN_SUSPICION)
    return limits.suspicion if judged.as_reference is None else min(limits.suspicion, RETOLD_SUSPICION)


def shown_spans(text: str, prediction: Prediction, threshold: float, *, glue: bool = False) -> list[DecodedSpan]:
    """Words of `text` that the prediction makes suspect and that an editor can act upon, in text order.

    With `glue` small words alone are such words too: beside the same sentence one sees what is wrong with them.
    """
    spans = decode_spans(text, prediction.tokens, threshold)
    return [hot for hot in spans if glue or worth_showing(text, hot.span)]


def says_same(text: str, premise: str) -> bool:
    """True where all words of `text` stand in a row in `premise`, case and punctuation aside."""
    own = normal_text(text)
    return bool(own) and f" {own} " in f" {normal_text(premise)} "


def says_words(text: str, span: Span, premise: str) -> bool:
    """True where the premise has all the suspect words, wherever: then they are not what it contradicts."""
    theirs = {word.stem for word in words_of(premise)}
    return all(word.stem in theirs for word in words_of(text) if word.span.overlaps(span) and word.counts)


def speaks_of(text: str, span: Span, premise: str) -> bool:
    """True where the premise has all the suspect words, or one of the words around them, small ones aside."""
    theirs = {word.stem for word in words_of(premise)}
    counting = [word for word in words_of(text) if word.counts]
    before = [word for word in counting if word.span.end <= span.start][-AROUND:]
    after = [word for word in counting if word.span.start >= span.end][:AROUND]
    return says_words(text, span, premise) or any(word.stem in theirs for word in before + after)
