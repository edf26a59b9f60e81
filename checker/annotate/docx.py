"""DOCX: findings as comments (ECMA-376 part 1, 17.13.4). Runs are split where a finding begins and ends."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from checker.annotate.comments import AUTHOR, comment_on, placed, xml_text
from checker.annotate.edits import Insertion, insert_all
from checker.annotate.office_package import replace_parts
from checker.document import Span
from checker.readers import Reading
from checker.readers.encoding import decode
from checker.readers.formats.docx import DOCUMENT
from checker.readers.formats.package import read_part
from checker.readers.formats.xml_tree import Element, parse_xml
from checker.report import Report

_COMMENTS = "word/comments.xml"
_RELATIONS = "word/_rels/document.xml.rels"
_TYPES = "[Content_Types].xml"
_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_EMPTY_COMMENTS = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:comments xmlns:w="{_NAMESPACE}"></w:comments>'
)
_EMPTY_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)
_RELATION = (
    '<Relationship Id="checkerComments" Target="comments.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"/>'
)
_TYPE = (
    '<Override PartName="/word/comments.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"/>'
)
_ID = re.compile(r"<w:comment\s[^>]*w:id=\"(\d+)\"")


def write(data: bytes, reading: Reading, report: Report) -> bytes:
    """The document with a comment on each finding; macros and everything else stay as they are."""
    tree = parse_xml(reading.decoded)
    texts = [text for text in tree.root.descendants("t") if text.parent is not None and text.parent.name == "r"]
    comments = _part(data, _COMMENTS, _EMPTY_COMMENTS)
    first = max((int(number) for number in _ID.findall(comments)), default=-1)
    insertions: list[Insertion] = []
    written: list[str] = []
    for number, finding, place in placed(report, reading):
        edits = _around(texts, place, first + number)
        if edits:
            insertions += edits
            written.append(_comment(first + number, comment_on(finding)))
    parts = {
        DOCUMENT: insert_all(reading.decoded, [*_preserved(texts, insertions), *insertions]),
        _COMMENTS: _before_end(comments, "".join(written)),
        _RELATIONS: _with(_part(data, _RELATIONS, _EMPTY_RELATIONS), '/relationships/comments"', _RELATION),
        _TYPES: _with(_part(data, _TYPES, ""), '/word/comments.xml"', _TYPE),
    }
    return replace_parts(data, {name: content.encode("utf-8") for name, content in parts.items()})


def _part(data: bytes, name: str, empty: str) -> str:
    content = read_part(data, name)
    return decode(content).text if content else empty


def _with(text: str, sign: str, element: str) -> str:
    return text if sign in text else _before_end(text, element)


def _before_end(text: str, element: str) -> str:
    """`element` as the last child of the root; an empty root is opened for it."""
    root = parse_xml(text).root
    if text[root.inner_start - 2 : root.inner_start] == "/>":
        name = re.split(r"[\s/>]", text[root.tag_start + 1 : root.inner_start], maxsplit=1)[0]
        return f"{text[: root.inner_start - 2]}>{element}</{name}>{text[root.inner_start :]}"
    return insert_all(text, [Insertion(root.inner_end, element)])


def _text_at(texts: Sequence[Element], position: int) -> Element | None:
    index = bisect_right(texts, position, key=lambda text: text.inner_start) - 1
    return texts[index] if index >= 0 and position <= texts[index].inner_end else None


def _around(texts: Sequence[Element], place: Span, number: int) -> list[Insertion]:
    """The run is closed and opened again around the mark of the comment's beginning, and that of its end."""
    first, last = _text_at(texts, place.start), _text_at(texts, place.end)
    if first is None or last is None:
        return []
    reference = f'<w:commentRangeEnd w:id="{number}"/><w:r><w:commentReference w:id="{number}"/></w:r>'
    return [
        Insertion(place.start, _split(first, f'<w:commentRangeStart w:id="{number}"/>')),
        Insertion(place.end, _split(last, reference)),
    ]


def _split(text: Element, between: str) -> str:
    run = text.parent
    properties = run.child("rPr") if run is not None else None
    look = text.file[properties.tag_start : properties.end] if properties is not None else ""
    return f'</w:t></w:r>{between}<w:r>{look}<w:t xml:space="preserve">'


def _preserved(texts: Sequence[Element], insertions: Sequence[Insertion]) -> list[Insertion]:
    """A text that is cut behind a space keeps it only where it says so."""
    cut = {text.inner_start: text for each in insertions if (text := _text_at(texts, each.position)) is not None}
    return [
        Insertion(text.inner_start - 1, ' xml:space="preserve"') for text in cut.values() if not text.get("xml:space")
    ]


def _comment(number: int, text: str) -> str:
    return (
        f'<w:comment w:id="{number}" w:author="{AUTHOR}" w:initials="c">'
        f"<w:p><w:r><w:t>{xml_text(text)}</w:t></w:r></w:p></w:comment>"
    )
