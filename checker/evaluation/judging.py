"""Cases with known truth, as a checker judges them."""

from __future__ import annotations

from collections.abc import Sequence

from checker.document import Sentence, Span
from checker.evaluation.cases import Case, Copy, as_fact, fact_sheet
from checker.evidence import Evidence, Relation, select_evidence
from checker.findings import JudgedEvidence, SentenceResult
from checker.nli import Pair, Prediction
from checker.pipeline import Checker

Judged = list[tuple[Copy, list[SentenceResult]]]
Restated = list[tuple[Case, SentenceResult]]


def judge_copy(checker: Checker, copy: Copy) -> list[SentenceResult]:
    """The sentences of a copy, each with the evidence chosen for it from the copy itself and its facts."""
    chosen = select_evidence(
        copy.document,
        fact_sheet(copy.facts),
        None,
        checker.predictor.embed,
        per_sentence=checker.settings.evidence_per_sentence,
    )
    return checker.judge(copy.document, chosen.evidence)


def judge_restated(checker: Checker, cases: Sequence[Case]) -> Restated:
    """Each case with its sentence as it is judged beside the fact that restates it."""
    said = checker.predictor.predict([case.pair for case in cases])
    alone = checker.predictor.predict([Pair("", case.pair.hypothesis, Relation.LANGUAGE) for case in cases])
    return [
        (case, as_result(case, as_fact(case.pair.premise, Relation.REFERENCE), forward, language))
        for case, forward, language in zip(cases, said, alone, strict=True)
    ]


def as_result(case: Case, evidence: Evidence, said: Prediction, language: Prediction | None) -> SentenceResult:
    """The hypothesis as the one sentence of a text, with one piece of evidence."""
    sentence = Sentence(0, Span(0, len(case.pair.hypothesis)), case.pair.hypothesis)
    return SentenceResult(sentence, (JudgedEvidence(evidence, said),), language)
