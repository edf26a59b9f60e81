"""What the model says of the sentences of a text and of the evidence that was chosen for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from checker.document import Sentence
from checker.evidence import Evidence, Relation
from checker.findings import JudgedEvidence, SentenceResult, asks_back
from checker.nli import Pair, Prediction, Predictor

NOTHING_TO_JUDGE = "no evidence speaks of the same matters"
NOT_READ_WHOLE = "longer than the model can read"


def judge_sentences(
    predictor: Predictor, sentences: Sequence[Sentence], evidence: Sequence[Sequence[Evidence]]
) -> list[SentenceResult]:
    """One result for each sentence, with its `evidence`, in order.

    Two calls at most for all pairs: the model sorts by length, which is what makes it fast. The second asks the other
    way round where context may deny a sentence.
    """
    pairs = [Pair("", sentence.text, Relation.LANGUAGE) for sentence in sentences]
    for sentence, chosen in zip(sentences, evidence, strict=True):
        pairs += [Pair(piece.text, sentence.text, relation) for piece in chosen for relation in piece.questions]
    said = predictor.predict(pairs)
    views, rest = said[: len(sentences)], iter(said[len(sentences) :])
    found = [[JudgedEvidence(piece, *islice(rest, len(piece.questions))) for piece in chosen] for chosen in evidence]
    return [
        SentenceResult(sentence, tuple(judged), view, _reason(judged, view))
        for sentence, judged, view in zip(sentences, _asked_back(predictor, sentences, found), views, strict=True)
    ]


def _asked_back(
    predictor: Predictor, sentences: Sequence[Sentence], found: Sequence[Sequence[JudgedEvidence]]
) -> list[list[JudgedEvidence]]:
    """With what the model says the other way round, where that is worth asking."""
    turned = [
        Pair(sentence.text, piece.evidence.text, Relation.CONTEXT)
        for sentence, judged in zip(sentences, found, strict=True)
        for piece in judged
        if asks_back(piece)
    ]
    said = iter(predictor.predict(turned) if turned else ())
    return [[replace(piece, turned=next(said)) if asks_back(piece) else piece for piece in judged] for judged in found]


def _reason(judged: Sequence[JudgedEvidence], view: Prediction) -> str | None:
    """Why a sentence counts as not checked; None where it was."""
    if view.truncated or any(piece.prediction.truncated for piece in judged):
        return NOT_READ_WHOLE
    return None if judged else NOTHING_TO_JUDGE
