"""The page of an audit: a survey of the data set, put into words and charts, as one HTML file."""

from checker.audit.dataset import AuditReader
from checker.audit.page.build import MOST_FINDINGS, build_page
from checker.audit.page.render import render_page

__all__ = ["MOST_FINDINGS", "make_page"]


def make_page(reader: AuditReader, *, findings: int = MOST_FINDINGS) -> str:
    """The page as HTML; at most `findings` findings are shown one by one, all are counted.

    Raises UsageError where the audit has not ended, CheckerError where the data set is damaged.
    """
    return render_page(build_page(reader, findings=findings))
