"""XLIFF: suspect words in <mrk>, and a <note> of their unit. 1.2: sections 2.4.4 and 3.2.4; 2.x: 4.7.3 and notes."""

from __future__ import annotations

from bisect import bisect_right

from checker.annotate.comments import AUTHOR, comment_on, placed, without_overlaps, xml_text
from checker.annotate.edits import Insertion, encode_like, insert_all
from checker.findings import Finding
from checker.readers import Reading
from checker.readers.formats.xml_tree import Element, parse_xml
from checker.report import Report


def write(data: bytes, reading: Reading, report: Report) -> bytes:
    """The file with its findings as marks and notes, valid for the version that it has."""
    root = parse_xml(reading.decoded).root
    old = (root.get("version") or "1").startswith("1")
    units = list(root.descendants("trans-unit" if old else "unit"))
    starts = [unit.tag_start for unit in units]
    insertions: list[Insertion] = []
    notes: dict[int, list[str]] = {}
    end = 0
    for number, finding, place in placed(report, reading):
        unit = bisect_right(starts, place.start) - 1
        notes.setdefault(unit, []).append(_note(number, finding, old=old))
        for part, segment in enumerate(without_overlaps(reading.file_segments(finding.span), end)):
            if _in_cdata(reading.decoded, segment.start):
                continue  # a tag would be text there; the note is enough
            insertions += (
                Insertion(segment.start, _mark(number, part, finding, old=old)),
                Insertion(segment.end, "</mrk>"),
            )
            end = segment.end
    for unit, lines in notes.items():
        insertions.append(_after_target(units[unit], lines) if old else _before_segments(units[unit], lines))
    return encode_like(data, insert_all(reading.decoded, insertions), reading, markup=True)


def _in_cdata(text: str, position: int) -> bool:
    return text.rfind("<![CDATA[", 0, position) > text.rfind("]]>", 0, position)


def _mark(number: int, part: int, finding: Finding, *, old: bool) -> str:
    if old:
        return f'<mrk mtype="x-checker" comment="{xml_text(comment_on(finding))}">'
    name = f"checker-{number}" if not part else f"checker-{number}-{part + 1}"
    return f'<mrk id="{name}" type="comment" ref="#n=checker-{number}">'


def _note(number: int, finding: Finding, *, old: bool) -> str:
    text = xml_text(f"“{finding.text}” {comment_on(finding)}")
    if old:
        return f'<note from="{AUTHOR}" annotates="target">{text}</note>'
    return f'<note id="checker-{number}" appliesTo="target" category="{AUTHOR}">{text}</note>'


def _after_target(unit: Element, notes: list[str]) -> Insertion:
    """Notes follow the target."""
    target = unit.child("target") or unit  # the finding lies in it, so it is there
    return Insertion(target.end, "".join(notes))


def _before_segments(unit: Element, notes: list[str]) -> Insertion:
    """Notes are gathered in one element before the segments."""
    gathered = unit.child("notes")
    if gathered is not None and gathered.inner_end > gathered.inner_start:
        return Insertion(gathered.inner_end, "".join(notes))
    first = next(element for element in unit.elements if element.name in ("segment", "ignorable", "originalData"))
    return Insertion(first.tag_start, f"<notes>{''.join(notes)}</notes>")
