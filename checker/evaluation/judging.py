"""Cases with known truth, as a checker judges them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from checker.document import Sentence, Span
from checker.evaluation.cases import Case, Copy, as_fact, fact_sheet
from checker.evidence import RESTATED, Evidence, Relation, select_evidence
from checker.evidence.restating import with_restated, with_retold
from checker.evidence.store import StoreView
from checker.findings import JudgedEvidence, SentenceResult
from checker.findings.suspects import says_same
from checker.nli import Pair, Prediction
from checker.pipeline import Checker

Judged = list[tuple[Copy, list[SentenceResult]]]
Restated = list[tuple[Case, list[SentenceResult]]]


def judge_copy(checker: Checker, copy: Copy, stores: Sequence[StoreView] = ()) -> list[SentenceResult]:
    """The sentences of a copy, each with the evidence chosen for it from the copy itself, its facts and `stores`.

    Which fact may retell a sentence is told as if those that surely say it were not there: sheets that have every
    sentence are rare.
    """
    chosen = select_evidence(
        copy.document,
        fact_sheet(copy.facts),
        None,
        checker.predictor.embed,
        per_sentence=checker.settings.evidence_per_sentence,
        stores=stores,
        model=checker.predictor.weights_hash,
    )
    texts = [sentence.text for sentence in copy.document.sentences]
    return checker.judge(copy.document, [_marked(*each) for each in zip(texts, chosen.evidence, strict=True)])


def _marked(text: str, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """`evidence` with the most relevant fact that may retell `text`, besides those that surely say it."""
    told = with_restated(text, evidence)
    left = [piece for piece in told if piece.role != RESTATED and not says_same(text, piece.text)]
    marked = next((piece for piece in with_retold(text, left) if piece.retells), None)
    if marked is None:
        return tuple(evidence)
    return tuple(marked if piece == replace(marked, retells=False) else piece for piece in evidence)


def with_pieces(judged: Judged, chosen: Callable[[SentenceResult], Iterable[JudgedEvidence]]) -> Judged:
    """With what `chosen` makes of the evidence of each sentence."""
    return [(copy, [replace(result, judged=tuple(chosen(result))) for result in results]) for copy, results in judged]


def judge_restated(checker: Checker, cases: Sequence[Case]) -> Restated:
    """Each case with its sentence as it is judged beside the fact that restates it."""
    said = checker.predictor.predict([case.pair for case in cases])
    alone = checker.predictor.predict([Pair("", case.pair.hypothesis, Relation.LANGUAGE) for case in cases])
    return [
        (case, [as_result(case, as_fact(case.pair.premise, Relation.REFERENCE), forward, language)])
        for case, forward, language in zip(cases, said, alone, strict=True)
    ]


def as_result(case: Case, evidence: Evidence, said: Prediction, language: Prediction | None) -> SentenceResult:
    """The hypothesis as the one sentence of a text, with one piece of evidence."""
    sentence = Sentence(0, Span(0, len(case.pair.hypothesis)), case.pair.hypothesis)
    return SentenceResult(sentence, (JudgedEvidence(evidence, said),), language)
