"""What changed from one audit to the next, and how that is shown: one form a file."""

from checker.audit.changes.comparison import Comparison, Documents, compare, refuse_same
from checker.audit.changes.registry import RENDERERS

__all__ = ["RENDERERS", "Comparison", "Documents", "compare", "refuse_same"]
