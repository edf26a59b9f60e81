"""From predictions to findings: aggregation over evidence, spans, categories, calibration, the alert budget."""

from checker.findings.types import Finding, FindingEvidence, SentenceVerdict, Severity, Verdict

__all__ = ["Finding", "FindingEvidence", "SentenceVerdict", "Severity", "Verdict"]
