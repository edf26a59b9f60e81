"""TMX: a <note> at the beginning of the unit, where its document type has them."""

from __future__ import annotations

from bisect import bisect_right

from checker.annotate.comments import comment_on, placed, xml_text
from checker.annotate.edits import Insertion, encode_like, insert_all
from checker.readers import Reading
from checker.readers.formats.xml_tree import parse_xml
from checker.report import Report


def write(data: bytes, reading: Reading, report: Report) -> bytes:
    """The memory with its findings as notes."""
    units = list(parse_xml(reading.decoded).root.find_all("body/tu"))
    starts = [unit.tag_start for unit in units]
    insertions = [
        Insertion(
            units[bisect_right(starts, place.start) - 1].inner_start,
            f"<note>{xml_text(f'checker: “{finding.text}” {comment_on(finding)}')}</note>",
        )
        for _, finding, place in placed(report, reading)
    ]
    return encode_like(data, insert_all(reading.decoded, insertions), reading, markup=True)
