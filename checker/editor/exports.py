"""What can be taken away from the page: the clean text, or the report in a format that other people can open.

MARKED and CORRECTED are the file that the article was opened from; `own_file` makes them.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple

from checker.report import Report
from checker.report.renderers import RENDERERS


class ExportFormat(StrEnum):
    """Formats of an export; CLEAN is the text as it now stands, without any mark.

    CORRECTED is the opened file with what was changed on the page, MARKED the same with the findings as its notes.
    """

    CLEAN = "clean"
    HTML = "html"
    JSON = "json"
    DOCX = "docx"
    CSV = "csv"
    SARIF = "sarif"
    MARKED = "marked"
    CORRECTED = "corrected"


class Export(NamedTuple):
    """A file to be saved."""

    content: bytes
    media_type: str
    name: str


class _Kind(NamedTuple):
    suffix: str
    media_type: str
    write: Callable[[Report], bytes]


def _clean(report: Report) -> bytes:
    return report.document.text.encode("utf-8")


def _docx(report: Report) -> bytes:
    from checker.editor.docx_export import to_docx

    return to_docx(report)


def _rendered(name: str) -> Callable[[Report], bytes]:
    return lambda report: RENDERERS[name]([report]).encode("utf-8")


_KINDS = {
    ExportFormat.CLEAN: _Kind("txt", "text/plain; charset=utf-8", _clean),
    ExportFormat.HTML: _Kind("html", "text/html; charset=utf-8", _rendered("html")),
    ExportFormat.JSON: _Kind("json", "application/json", _rendered("json")),
    ExportFormat.DOCX: _Kind("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", _docx),
    ExportFormat.CSV: _Kind("csv", "text/csv; charset=utf-8", _rendered("csv")),
    ExportFormat.SARIF: _Kind("sarif", "application/sarif+json", _rendered("sarif")),
}


def export(report: Report, format_: ExportFormat) -> Export:
    """The report, or the clean text, as a file."""
    kind = _KINDS[format_]
    return Export(kind.write(report), kind.media_type, f"article.{kind.suffix}")
