"""For analysts in Jupyter: objects that show themselves, and pictures of what the model sees.

    report = checker.check(text)              shown as a page
    report.to_frame(), report.plot()          a data frame, a figure
    checker.explain(report.findings[0])       why
    Audit.open("audit-folder")                a whole audit: frames and figures
    SentenceWidget(checker, report.document, 3)   a sentence to edit: its verdict changes while one writes
    for text in track(texts): …               a progress bar

`import checker` inside IPython already makes findings, documents, predictions, scores and fact stores show themselves
as HTML; `enable_display()` does the same by hand. Pictures and the widget need the `notebook` extra.
"""

from typing import TYPE_CHECKING

from checker.audit.opened import Audit
from checker.errors import CheckerError
from checker.notebook.display import enable_display
from checker.notebook.heat import HeatMap
from checker.notebook.matrix import evidence_matrix, plot_evidence_matrix
from checker.notebook.progress import ProgressBar, track
from checker.notebook.reliability import plot_reliability

if TYPE_CHECKING:
    from checker.notebook.widget import SentenceWidget

__all__ = [
    "Audit",
    "HeatMap",
    "ProgressBar",
    "SentenceWidget",
    "enable_display",
    "evidence_matrix",
    "plot_evidence_matrix",
    "plot_reliability",
    "track",
]

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """The widget, whose library is imported when it is first asked for; see PEP 562."""
        if name != "SentenceWidget":
            raise AttributeError(f"module 'checker.notebook' has no attribute {name!r}")
        try:
            from checker.notebook.widget import SentenceWidget
        except ImportError as error:
            raise CheckerError(
                "the widget needs anywidget; install it with: pip install 'checker[notebook]'"
            ) from error
        return SentenceWidget
