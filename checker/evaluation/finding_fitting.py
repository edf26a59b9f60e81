"""What suspect words are worth: weights of their figures, and maps to the share of findings that are right.

By kind of evidence; facts that restate a sentence are a kind of their own. The maps are fitted on other articles than
the weights.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from typing import TypeVar

from checker.evaluation.cases import Case, Copy
from checker.evaluation.fitting import fit_weights
from checker.evaluation.judging import Judged, Restated, as_result, with_pieces
from checker.evidence import RESTATED, RETOLD, Evidence, EvidenceKind, Relation
from checker.evidence.restating import with_restated
from checker.findings import Calibration, JudgedEvidence, SentenceResult, find_candidates, find_suspicions
from checker.findings.aggregation import HIGHEST_CONFIDENCE, Candidate, Suspicion, merge_candidates
from checker.findings.calibration import Knots, question_of
from checker.findings.weighing import log_odds, weigh
from checker.pipeline import Views

log = logging.getLogger(__name__)

_Truth = TypeVar("_Truth", Copy, Case)

PLACES = (0.0, 0.01, 0.03, *(step / 20 for step in range(1, 20)), 0.97, 0.99, 1.0)
TOLD = (EvidenceKind.FACT, RETOLD)  # roles of facts, those that restate their sentence aside
FEWEST = 40  # cases of a kind from which it gets weights or a map of its own
# Which way a figure may point, whatever a sample says.
SPAN_SIGNS = {
    **dict.fromkeys(("word", "error", "contradiction", "beside", "relevance"), 1),
    **dict.fromkeys(("conflict_opposite", "conflict_negated", "conflict_name", "same_name"), 1),
    **dict.fromkeys(
        ("seconded", "reference_word", "reference_error", "reference_contradiction", "exact", "negation"), 1
    ),
    **dict.fromkeys(("among", "entailment", "attested", "spans", "supported", "reference_entailment"), -1),
}


def find_all(
    judged: Sequence[tuple[_Truth, list[SentenceResult]]], calibration: Calibration
) -> list[tuple[_Truth, Candidate]]:
    """All suspect words that are weighed, each with the copy or case that it was found in.

    Looking for them is dear: do it once.
    """
    return [
        (truth, candidate)
        for truth, results in judged
        for result in results
        for candidate in find_candidates(result, calibration)
        if candidate.figures
    ]


def fit_finding_weights(
    found: Sequence[tuple[Copy, Candidate]], cases: Sequence[Case], views: Sequence[Views], calibration: Calibration
) -> dict[str, dict[str, float]]:
    """Weights of suspect words in copies by kind of evidence, facts aside.

    The source's come from pairs of translation and reference.
    """
    by_kind: dict[str, list[tuple[Candidate, bool]]] = defaultdict(list)
    for copy, candidate in found:
        # A right sentence that a wrong one contradicts is a true contradiction: voting decides who is wrong.
        if _is_fact(candidate) or _rests_on_error(copy, candidate) or not _counts(copy, candidate):
            continue
        by_kind[candidate.evidence.kind].append((candidate, copy.is_wrong(candidate.place)))
    for case, view in zip(cases, views, strict=True):
        for candidate in find_candidates(_as_source(case, view), calibration):
            if candidate.evidence.kind is EvidenceKind.SOURCE:
                by_kind[EvidenceKind.SOURCE].append((candidate, case.is_wrong(candidate.span)))
    return _weights_of(by_kind)


def fit_restated_weights(found: Sequence[tuple[Case, Candidate]]) -> dict[str, dict[str, float]]:
    """Weights of suspect words beside a fact that restates the sentence."""
    return _weights_of({RESTATED: _judged_right(found, (RESTATED,))})


def fit_fact_weights(found: Sequence[tuple[Copy, Candidate]]) -> dict[str, dict[str, float]]:
    """Weights of suspect words beside a fact that merely speaks of the same matters.

    Such facts deny too little to fit anything on by themselves; so those that may say the sentence are among them.
    """
    return _weights_of({EvidenceKind.FACT: _judged_right(found, TOLD)})


def fit_retold_weights(found: Sequence[tuple[Copy, Candidate]]) -> dict[str, dict[str, float]]:
    """Weights of suspect words beside a fact that may say the sentence in other words, or speak of the same matters.

    They need cases of both. Beside mere context next to no suspect word is an error.
    """
    return _weights_of({RETOLD: _judged_right(found, (RETOLD,))})


def _judged_right(
    found: Sequence[tuple[Copy | Case, Candidate]], roles: Container[str]
) -> list[tuple[Candidate, bool]]:
    """Suspect words by evidence of some roles, and whether they are in error."""
    return [
        (candidate, truth.is_wrong(candidate.place)) for truth, candidate in found if candidate.evidence.role in roles
    ]


def _weights_of(found: Mapping[str, Sequence[tuple[Candidate, bool]]]) -> dict[str, dict[str, float]]:
    """Weights by question, of roles of evidence with enough candidates."""
    weights = {}
    for role, some in sorted(found.items()):
        right = [hit for _, hit in some]
        log.info("%s: %d candidates, %d right", role, len(some), sum(right))
        if _is_enough(right):
            weights[question_of(role)] = fit_weights(
                [candidate.figures for candidate, _ in some], right, signs=SPAN_SIGNS
            )
    return weights


def _is_enough(right: Sequence[bool]) -> bool:
    """To fit something on: enough cases, of both kinds."""
    return len(right) >= FEWEST and 0 < sum(right) < len(right)


def suspect_all(judged: Judged, calibration: Calibration) -> list[tuple[Copy, Suspicion]]:
    """All suspicions, each with the copy that it was found in. As dear as `find_all`."""
    return [
        (copy, suspicion)
        for copy, results in judged
        for suspicion in find_suspicions(copy.document, results, calibration)
    ]


def fit_finding_maps(found: Sequence[tuple[Copy, Suspicion]]) -> dict[str, Knots]:
    """Logistic maps from the weighed figure to the share of right findings, by kind of the surest evidence (no facts).

    A finding that rests on another sentence of the article is right where either of the two holds an error: that they
    contradict each other is what it says. Which of two is wrong, nothing in the article may tell.
    """
    cases: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for copy, suspicion in found:
        first = suspicion.candidates[0]
        if not _is_fact(first) and _counts(copy, first):
            cases[first.evidence.kind].append((suspicion.confidence, is_right(copy, suspicion)))
    return _maps_of(cases)


def fit_fact_maps(found: Sequence[tuple[Copy, Suspicion]]) -> dict[str, Knots]:
    """The maps of findings that rest on facts: one for those that may say the sentence in other words, one for all."""
    roles = {EvidenceKind.FACT: TOLD, RETOLD: (RETOLD,)}
    return _maps_of(
        {
            role: [
                (suspicion.confidence, is_right(copy, suspicion))
                for copy, suspicion in found
                if suspicion.candidates[0].evidence.role in some
            ]
            for role, some in roles.items()
        }
    )


def fit_restated_map(restated: Restated, calibration: Calibration) -> dict[str, Knots]:
    """The map of findings that rest on a fact that restates the sentence."""
    found = [
        (suspicion.confidence, case.is_wrong(suspicion.span))
        for case, results in restated
        for result in results
        for suspicion in merge_candidates(find_candidates(result, calibration))
        if suspicion.candidates[0].evidence.role == RESTATED
    ]
    return _maps_of({RESTATED: found})


def _maps_of(cases: Mapping[str, Sequence[tuple[float, bool]]]) -> dict[str, Knots]:
    return {role: map_of(found) for role, found in sorted(cases.items()) if _is_enough([right for _, right in found])}


def map_of(found: Sequence[tuple[float, bool]]) -> Knots:
    """Knots of σ(a·log-odds + b) (Platt, 1999): a hundred cases are too few for the steps of an isotonic map."""
    weights = fit_weights([{"raw": log_odds(raw)} for raw, _ in found], [right for _, right in found], signs={"raw": 1})
    said = (weigh({"raw": log_odds(place)}, weights) for place in PLACES)
    return tuple((place, round(min(HIGHEST_CONFIDENCE, one), 4)) for place, one in zip(PLACES, said, strict=True))


def without_restated(judged: Judged) -> Judged:
    """Without facts that say their sentence in nearly the same words, which have weights of their own.

    With them facts would seem surer than those are that merely speak of the same matters: one false alarm in three on
    clean articles came of it.
    """

    def kept(result: SentenceResult) -> list[JudgedEvidence]:
        told = with_restated(result.sentence.text, [piece.evidence for piece in result.judged])
        return [piece for piece, each in zip(result.judged, told, strict=True) if each.role != RESTATED]

    return with_pieces(judged, kept)


def _is_fact(candidate: Candidate) -> bool:
    return candidate.evidence.kind is EvidenceKind.FACT


def _counts(copy: Copy, candidate: Candidate) -> bool:
    """Raters judged a translation's words; what contradicts something else in it, they did not look for."""
    return not copy.rated or candidate.evidence.kind is EvidenceKind.LANGUAGE


def is_right(copy: Copy, suspicion: Suspicion) -> bool:
    """True where the suspect words are in error, or contradict a sentence of the article that is."""
    return copy.is_wrong(suspicion.place) or _rests_on_error(copy, suspicion.candidates[0])


def _rests_on_error(copy: Copy, candidate: Candidate) -> bool:
    place = candidate.evidence.span
    return candidate.evidence.kind is EvidenceKind.ARTICLE and place is not None and copy.is_wrong(place)


def _as_source(case: Case, view: Views) -> SentenceResult:
    evidence = Evidence(EvidenceKind.SOURCE, "source:0", case.pair.premise, 1.0, Relation.REFERENCE)
    return as_result(case, evidence, view.forward, view.language)
