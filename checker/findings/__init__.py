"""From predictions to findings: aggregation over evidence, spans, categories, calibration, the alert budget."""

from checker.findings.aggregation import JudgedEvidence, SentenceResult, find_candidates
from checker.findings.build import find_suspicions, make_findings
from checker.findings.calibration import (
    Calibration,
    Thresholds,
    expected_calibration_error,
    load_calibration,
)
from checker.findings.fingerprints import fingerprint
from checker.findings.scoring import Scored, ScoredSpan, alone, relation_of, score_pair, turned
from checker.findings.spans import DecodedSpan, decode_spans
from checker.findings.types import Finding, FindingEvidence, SentenceVerdict, Severity, Verdict
from checker.findings.weighing import pair_figures

__all__ = [
    "Calibration",
    "DecodedSpan",
    "Finding",
    "FindingEvidence",
    "JudgedEvidence",
    "Scored",
    "ScoredSpan",
    "SentenceResult",
    "SentenceVerdict",
    "Severity",
    "Thresholds",
    "Verdict",
    "alone",
    "decode_spans",
    "expected_calibration_error",
    "find_candidates",
    "find_suspicions",
    "fingerprint",
    "load_calibration",
    "make_findings",
    "pair_figures",
    "relation_of",
    "score_pair",
    "turned",
]
