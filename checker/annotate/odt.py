"""ODT: findings as annotations over their words (OpenDocument 1.2, 14.1 and 14.2)."""

from __future__ import annotations

from checker.annotate.comments import AUTHOR, comment_on, placed, xml_text
from checker.annotate.edits import Insertion, insert_all
from checker.annotate.office_package import replace_parts
from checker.readers import Reading
from checker.readers.formats.odt import CONTENT
from checker.report import Report


def write(data: bytes, reading: Reading, report: Report) -> bytes:
    """The document with an annotation on each finding."""
    creator = f"<dc:creator>{AUTHOR}</dc:creator>" if "xmlns:dc=" in reading.decoded else ""
    insertions: list[Insertion] = []
    for number, finding, place in placed(report, reading):
        name = f"checker-{number}"
        start = (
            f'<office:annotation office:name="{name}">{creator}'
            f"<text:p>{xml_text(comment_on(finding))}</text:p></office:annotation>"
        )
        insertions.append(Insertion(place.start, start))
        insertions.append(Insertion(place.end, f'<office:annotation-end office:name="{name}"/>'))
    return replace_parts(data, {CONTENT: insert_all(reading.decoded, insertions).encode("utf-8")})
