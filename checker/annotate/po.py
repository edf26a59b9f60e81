"""PO: translator comments ("# …") in front of the entry."""

from __future__ import annotations

import re

from checker.annotate.comments import comment_on, placed
from checker.annotate.edits import Insertion, encode_like, insert_all
from checker.readers import Reading
from checker.report import Report

_ENTRY = re.compile(r"^[ \t]*(?:msgctxt|msgid)\s", re.MULTILINE)
_COMMENTS = re.compile(r"(?:^[ \t]*#[^\n]*\n)+\Z", re.MULTILINE)
_CONTEXT = re.compile(r"^[ \t]*msgctxt\s", re.MULTILINE)


def write(data: bytes, reading: Reading, report: Report) -> bytes:
    """The file with its findings as comments; nothing else changes."""
    text = reading.decoded
    break_ = "\r\n" if "\r\n" in text else "\n"
    insertions = [
        Insertion(_entry_start(text, place.start), f"# checker: “{_line(finding.text)}” {comment_on(finding)}{break_}")
        for _, finding, place in placed(report, reading)
    ]
    return encode_like(data, insert_all(text, insertions), reading, markup=False)


def _line(text: str) -> str:
    return " ".join(text.split())


def _entry_start(text: str, position: int) -> int:
    """Where the entry around `position` begins, its comments included."""
    keywords = [match.start() for match in _ENTRY.finditer(text, 0, position)]
    start = keywords[-1] if keywords else 0
    if len(keywords) > 1 and _CONTEXT.match(text, keywords[-2]) and not _CONTEXT.match(text, start):
        start = keywords[-2]
    comments = _COMMENTS.search(text[:start])
    return comments.start() if comments else start
