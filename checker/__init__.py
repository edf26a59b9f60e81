"""checker finds what machine translation got wrong in news copy.

    from checker import Checker
    report = Checker().check(text, facts=["Russia's invasion was unprovoked."])

Importing it loads no torch; the model is loaded at the first check. Inside IPython it also registers how findings,
documents and predictions are shown.
"""

import sys

from checker.document import Document
from checker.errors import CheckerError
from checker.evidence import Fact, FactStore, load_facts
from checker.findings import Finding, Severity, Verdict
from checker.pipeline import Checker
from checker.readers import read_file
from checker.report import Report
from checker.settings import Settings
from checker.version import __version__

__all__ = [
    "Checker",
    "CheckerError",
    "Document",
    "Fact",
    "FactStore",
    "Finding",
    "Report",
    "Settings",
    "Severity",
    "Verdict",
    "__version__",
    "load_facts",
    "read_file",
]

if "IPython" in sys.modules:  # elsewhere there is nothing to show, and nothing is imported for it
    from checker.notebook.display import enable_display

    enable_display()
