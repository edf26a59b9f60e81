"""From predictions to findings: aggregation over evidence, spans, categories, calibration, the alert budget."""

from checker.findings.aggregation import SentenceResult, find_candidates
from checker.findings.build import Found, find_suspicions, make_findings
from checker.findings.calibration import (
    Calibration,
    Thresholds,
    expected_calibration_error,
    load_calibration,
)
from checker.findings.counterparts import Counterpart, find_counterpart
from checker.findings.fingerprints import fingerprint
from checker.findings.recalibration import Recalibration, load_recalibration
from checker.findings.scoring import (
    PASSAGE_QUESTION,
    Scored,
    ScoredSpan,
    alone,
    figures_of,
    is_passage,
    relation_of,
    score_pair,
    turned,
)
from checker.findings.spans import DecodedSpan, decode_spans
from checker.findings.suspects import JudgedEvidence
from checker.findings.tracing import EvidenceTrace, Outcome, Suspect, WeighedFigure, trace_sentence
from checker.findings.types import Finding, FindingEvidence, SentenceVerdict, Severity, Verdict
from checker.findings.weighing import pair_figures

__all__ = [
    "PASSAGE_QUESTION",
    "Calibration",
    "Counterpart",
    "DecodedSpan",
    "EvidenceTrace",
    "Finding",
    "FindingEvidence",
    "Found",
    "JudgedEvidence",
    "Outcome",
    "Recalibration",
    "Scored",
    "ScoredSpan",
    "SentenceResult",
    "SentenceVerdict",
    "Severity",
    "Suspect",
    "Thresholds",
    "Verdict",
    "WeighedFigure",
    "alone",
    "decode_spans",
    "expected_calibration_error",
    "figures_of",
    "find_candidates",
    "find_counterpart",
    "find_suspicions",
    "fingerprint",
    "is_passage",
    "load_calibration",
    "load_recalibration",
    "make_findings",
    "pair_figures",
    "relation_of",
    "score_pair",
    "trace_sentence",
    "turned",
]
