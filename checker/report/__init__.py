"""The report of one document and its renderers, one a file."""

from checker.report.explanation import Explanation
from checker.report.types import Report, Signature, Skipped

__all__ = ["Explanation", "Report", "Signature", "Skipped"]
