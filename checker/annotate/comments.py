"""What a note in a file says of a finding: the same words in every format."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape

from checker.document import Span
from checker.findings import Finding
from checker.readers import Reading
from checker.report import Report
from checker.report.visible import show_invisible
from checker.report.wording import category_name, confidence_words

AUTHOR = "checker"
_NEVER_IN_XML = {0xFFFE: None, 0xFFFF: None}


def comment_on(finding: Finding) -> str:
    """One line: what is wrong, how sure that is, and what should perhaps stand there."""
    parts = [
        f"{finding.severity.value}, {category_name(finding.category)} ({confidence_words(finding.confidence)}):",
        " ".join(finding.message.split()),
    ]
    if finding.suggestions:
        parts.append(f"Perhaps: {' / '.join(finding.suggestions)}")
    return show_invisible(" ".join(parts))


def xml_text(text: str) -> str:
    """`text` as content or as a value in double quotes, without the two characters that XML cannot hold."""
    return escape(text.translate(_NEVER_IN_XML), {'"': "&quot;", "\n": " "})


def xml_characters(text: str) -> str:
    """`text` with control characters written out, and without the two characters that XML cannot hold."""
    return show_invisible(text).translate(_NEVER_IN_XML)


def placed(report: Report, reading: Reading) -> Iterator[tuple[int, Finding, Span]]:
    """Findings in order of the text, numbered from 1, with their places in the decoded file.

    Findings whose words do not come from the file are left out.
    """
    number = 0
    for finding in sorted(report.findings, key=lambda each: (each.span, each.id)):
        place = reading.file_span(finding.span)
        if place is not None:
            number += 1
            yield number, finding, place


def without_overlaps(segments: list[Span], end: int) -> list[Span]:
    """The segments, or none where the first begins before `end`: one mark cannot lie across another."""
    return segments if segments and segments[0].start >= end else []
