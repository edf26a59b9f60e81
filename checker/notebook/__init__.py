"""For analysts in Jupyter: objects that show themselves, and pictures of what the model sees.

    report = checker.check(text)              shown as a page
    report.to_frame(), report.plot()          a data frame, a figure
    checker.explain(report.findings[0])       why
    Audit.open("audit-folder")                a whole audit: frames and figures

`import checker` inside IPython already makes findings, documents, predictions and scores show themselves as HTML;
`enable_display()` does the same by hand. Pictures need the `notebook` extra.
"""

from checker.audit.opened import Audit
from checker.notebook.display import enable_display
from checker.notebook.heat import HeatMap
from checker.notebook.matrix import evidence_matrix, plot_evidence_matrix
from checker.notebook.reliability import plot_reliability

__all__ = ["Audit", "HeatMap", "enable_display", "evidence_matrix", "plot_evidence_matrix", "plot_reliability"]
