"""What figures of a model of originals are worth: fitted on cases that tell right from wrong, and on chance alone."""

from __future__ import annotations

import random

from checker.document import Sentence, Span
from checker.evaluation.cases import Case
from checker.evaluation.originals_fitting import fit
from checker.evidence import ORIGINAL, Evidence, EvidenceKind, Relation
from checker.findings import Calibration, find_candidates
from checker.findings.aggregation import JudgedEvidence, SentenceResult
from checker.findings.calibration import from_json, to_json
from checker.nli import Pair, Prediction
from checker.nli.types import TokenProbability
from checker.pipeline import Views

TEXT = "The minister closed the old port."
WORD = Span(13, 19)


def said(suspicion: float) -> Prediction:
    words = [Span(0, 3), Span(4, 12), WORD, Span(20, 23), Span(24, 27), Span(28, 32)]
    tokens = tuple(TokenProbability(span, suspicion if span == WORD else 0.03) for span in words)
    return Prediction(1 - suspicion, suspicion / 3, 2 * suspicion / 3, suspicion, tokens)


def cases_with(sharpness: float, count: int = 400) -> tuple[list[Case], list[Views]]:
    """Right and wrong in turn; the more `sharpness`, the surer the model knows which is which."""
    generator = random.Random(11)
    cases, views = [], []
    for number in range(count):
        wrong = bool(number % 2)
        centre = 0.5 + (sharpness if wrong else -sharpness)
        suspicion = min(0.99, max(0.01, generator.gauss(centre, 0.2)))
        pair = Pair(f"El ministro {number} cerró el puerto viejo.", TEXT, language="es")
        cases.append(Case(pair, wrong, (WORD,) if wrong else ()))
        views.append(Views(said(suspicion), None, said(0.1)))
    return cases, views


def confidence(calibration: Calibration, suspicion: float) -> float:
    evidence = Evidence(EvidenceKind.SOURCE, "source:0", "El ministro.", 0.7, Relation.REFERENCE, language="es")
    sentence = Sentence(0, Span(0, len(TEXT)), TEXT)
    result = SentenceResult(sentence, (JudgedEvidence(evidence, said(suspicion)),), said(0.1))
    return max((one.confidence for one in find_candidates(result, calibration)), default=0.0)


def test_the_surer_the_model_the_surer_the_finding() -> None:
    calibration = fit(*cases_with(0.3))
    figures = [confidence(calibration, suspicion) for suspicion in (0.2, 0.4, 0.6, 0.8, 0.97)]
    assert figures == sorted(figures)
    assert figures[-1] > 0.8
    assert figures[1] < 0.4
    assert set(calibration.finding) == {ORIGINAL}


def test_chance_is_worth_what_chance_is_worth() -> None:
    """Wrong ones are thinned out where confidences are drawn: one in eleven is left."""
    calibration = fit(*cases_with(0.0))
    assert 0.04 < confidence(calibration, 0.9) < 0.2


def test_it_travels() -> None:
    calibration = fit(*cases_with(0.3))
    assert from_json(to_json(calibration)) == calibration
    joined = Calibration().with_role(ORIGINAL, calibration)
    assert joined.weighs(ORIGINAL)
    assert confidence(joined, 0.97) > 0.8
