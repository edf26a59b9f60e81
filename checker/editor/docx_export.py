"""The article as a DOCX whose comments are the findings, for whoever goes on in a word processor.

A file that was opened keeps its own form with `checker.annotate`; this is for text that was pasted or edited.
"""

from __future__ import annotations

from io import BytesIO

from docx import Document as WordDocument
from docx.text.run import Run

from checker.annotate.comments import AUTHOR, comment_on, xml_characters
from checker.report import Report
from checker.report.segments import cut_article


def to_docx(report: Report) -> bytes:
    """Paragraphs of the article, cut into runs where a finding begins or ends, with a comment on each finding."""
    word = WordDocument()
    if report.document.title:
        word.core_properties.title = xml_characters(report.document.title)[:255]
    runs: dict[int, list[Run]] = {}
    for paragraph in cut_article(report.document.text, [finding.span for finding in report.findings]):
        written = word.add_paragraph()
        for segment in paragraph:
            run = written.add_run(xml_characters(segment.span.of(report.document.text)))
            for number in segment.covering:
                runs.setdefault(number, []).append(run)
    for number, finding in enumerate(report.findings):
        word.add_comment(runs[number], xml_characters(comment_on(finding)), author=AUTHOR, initials=AUTHOR[0])
    content = BytesIO()
    word.save(content)
    return content.getvalue()
