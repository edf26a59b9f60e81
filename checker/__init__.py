"""checker finds what machine translation got wrong in news copy.

    from checker import Checker
    report = Checker().check(text, facts=["Russia's invasion was unprovoked."])

Importing it loads no torch; the model is loaded at the first check. Inside IPython it also registers how findings,
documents and predictions are shown.
"""

import sys
from importlib import import_module
from typing import TYPE_CHECKING

from checker.version import __version__

if TYPE_CHECKING:
    from checker.document import Document
    from checker.errors import CheckerError
    from checker.evidence import Fact, FactStore, load_facts
    from checker.findings import Finding, Severity, Verdict
    from checker.pipeline import Checker
    from checker.readers import read_file
    from checker.report import Report
    from checker.settings import Settings

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

# Where the public names lie. They are imported when they are first asked for: `checker --help` needs none of them.
_HOMES = {
    "Checker": "checker.pipeline",
    "CheckerError": "checker.errors",
    "Document": "checker.document",
    "Fact": "checker.evidence",
    "FactStore": "checker.evidence",
    "Finding": "checker.findings",
    "Report": "checker.report",
    "Settings": "checker.settings",
    "Severity": "checker.findings",
    "Verdict": "checker.findings",
    "load_facts": "checker.evidence",
    "read_file": "checker.readers",
}
_ROOMS = ("document", "evidence", "findings", "nli", "pipeline", "readers", "report", "rules", "settings")

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """A public name, or a room as `checker.readers`; see PEP 562."""
        if name in _ROOMS:
            return import_module(f"checker.{name}")
        if name not in _HOMES:
            raise AttributeError(f"module 'checker' has no attribute {name!r}")
        globals()[name] = value = getattr(import_module(_HOMES[name]), name)
        return value

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__, *_ROOMS})


if "IPython" in sys.modules:  # elsewhere there is nothing to show, and nothing is imported for it
    from checker.notebook.display import enable_display

    enable_display()
