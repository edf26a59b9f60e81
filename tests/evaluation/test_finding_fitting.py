"""Weights and maps of suspect words, by what their evidence is to the sentence."""

from __future__ import annotations

import random
from dataclasses import replace

from checker.document import Sentence, Span, make_document
from checker.evaluation.cases import Copy
from checker.evaluation.finding_fitting import (
    FEWEST,
    find_all,
    fit_fact_maps,
    fit_fact_weights,
    fit_finding_weights,
    fit_retold_weights,
    suspect_all,
)
from checker.evaluation.planted import Planted
from checker.evidence import RETOLD, Evidence, EvidenceKind
from checker.findings import Calibration, JudgedEvidence, SentenceResult
from checker.findings.calibration import interpolate, question_of
from checker.nli import Prediction, TokenProbability

TEXT = "The mill in Velmar was reopened on Tuesday."
SUSPECT = Span(TEXT.index("reopened"), TEXT.index("reopened") + len("reopened"))
FACT = Evidence(EvidenceKind.FACT, "fact-1", "The works of Velmar were closed for good.", 0.6)
UNWEIGHED = Calibration(weights={question_of(role): {} for role in (*EvidenceKind, RETOLD)})


def judged(seed: int, count: int, *, retells: bool) -> list[tuple[Copy, list[SentenceResult]]]:
    """One sentence again and again, wrong as often as the model's answer says, the second where it is asked twice."""
    rng = random.Random(seed)
    found = []
    for _ in range(count):
        heat, other = rng.uniform(0.4, 1), rng.uniform(0.05, 0.95)
        said = _said(heat)
        piece = JudgedEvidence(replace(FACT, retells=retells), said, _said(other) if retells else None)
        wrong = rng.random() < (other if retells else heat)
        copy = Copy(make_document(TEXT, language="en"), (Planted(SUSPECT, "made"),) if wrong else (), (FACT.text,))
        found.append((copy, [SentenceResult(Sentence(0, Span(0, len(TEXT)), TEXT), (piece,))]))
    return found


def _said(heat: float) -> Prediction:
    return Prediction(0.1, 0.3, 0.6, heat, (TokenProbability(SUSPECT, heat),))


def test_facts_of_both_roles_teach_what_a_mere_fact_is_worth():
    few, many = judged(1, FEWEST - 1, retells=False), judged(2, 4 * FEWEST, retells=True)
    assert fit_fact_weights(find_all(few, UNWEIGHED)) == {}
    weights = fit_fact_weights(find_all([*few, *many], UNWEIGHED))[question_of(EvidenceKind.FACT)]
    assert weights["reference_word"] > 0


def test_only_facts_that_may_say_the_sentence_teach_what_those_are_worth():
    many = find_all(judged(3, 4 * FEWEST, retells=False), UNWEIGHED)
    assert fit_retold_weights(many) == {}
    told = find_all(judged(4, 2 * FEWEST, retells=True), UNWEIGHED)
    assert set(fit_retold_weights([*many, *told])) == {question_of(RETOLD)}


def test_the_other_weights_leave_facts_to_their_own_fit():
    found = find_all(judged(5, 4 * FEWEST, retells=False), UNWEIGHED)
    assert len(found) > FEWEST
    assert fit_finding_weights(found, [], [], UNWEIGHED) == {}


def test_a_map_for_all_facts_and_one_for_those_that_may_say_the_sentence():
    both = [*judged(6, 300, retells=False), *judged(7, 300, retells=True)]
    weights = fit_retold_weights(find_all(both, UNWEIGHED))
    weighed = replace(UNWEIGHED, weights=UNWEIGHED.weights | weights)
    maps = fit_fact_maps(suspect_all(both, weighed))
    assert set(maps) == {EvidenceKind.FACT, RETOLD}
    low, high = (interpolate(maps[RETOLD], raw) for raw in (0.2, 0.8))
    assert low < 0.35 < 0.65 < high
