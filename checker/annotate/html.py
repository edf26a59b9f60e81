"""HTML: suspect words in <mark class="checker">, the comment in its title."""

from __future__ import annotations

from checker.annotate.comments import comment_on, placed, without_overlaps, xml_text
from checker.annotate.edits import Insertion, encode_like, insert_all
from checker.readers import Reading
from checker.report import Report


def write(data: bytes, reading: Reading, report: Report) -> bytes:
    """The page with its findings marked; tags within a finding are left as they are."""
    insertions: list[Insertion] = []
    end = 0
    for _, finding, _ in placed(report, reading):
        start = f'<mark class="checker" title="{xml_text(comment_on(finding))}">'
        for segment in without_overlaps(reading.file_segments(finding.span), end):
            if segment.of(reading.decoded).strip():
                insertions += (Insertion(segment.start, start), Insertion(segment.end, "</mark>"))
                end = segment.end
    return encode_like(data, insert_all(reading.decoded, insertions), reading, markup=True)
