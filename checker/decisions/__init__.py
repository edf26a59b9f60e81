"""What editors decided about findings: kept in one file, recognised again by fingerprint, and learnt from."""

from checker.decisions.baseline import read_baseline
from checker.decisions.dismissals import Dismissals
from checker.decisions.store import DecisionStore
from checker.decisions.types import CitedFact, Decision, DecisionKind, decision_on

__all__ = ["CitedFact", "Decision", "DecisionKind", "DecisionStore", "Dismissals", "decision_on", "read_baseline"]
