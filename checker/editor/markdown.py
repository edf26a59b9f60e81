"""Markdown as an editor holds it: what is prose, in pieces, so that every word keeps its place.

Only what stands in the way of reading is taken out (CommonMark 0.31 and front matter): marks of headings, quotations
and emphasis, targets of links, images, code blocks, tags and comments. A line break inside a paragraph is a blank.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from checker.editor.marked_text import Piece

_FRONT_MATTER = re.compile(r"\A(---|\+\+\+)[ \t]*\r?\n.*?^\1[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r" {0,3}#{1,6}(?=[ \t])[ \t]*")
_HEADING_END = re.compile(r"[ \t]+#+[ \t]*\Z")
_QUOTE = re.compile(r"(?: {0,3}>[ ]?)+")
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])[ \t]")
_RULE = re.compile(r" {0,3}(?:=+|(?:[-*_][ \t]*){3,}|\|?[ \t:|-]*-[ \t:|-]*\|[ \t:|-]*)\s*\Z")
_DEFINITION = re.compile(r" {0,3}\[[^\]]{1,200}\]:\s*\S.*\Z")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_INLINE = re.compile(
    r"""(?P<escape>\\[!-/:-@\[-`{-~])
    |(?P<entity>&(?:[a-zA-Z]{2,31}|\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6});)
    |(?P<image>!\[[^\]\[]{0,300}\](?:\([^()\s]*(?:\s+"[^"]*")?\)|\[[^\]]{0,100}\]))
    |(?P<open>\[(?=[^\]\[]{1,300}\](?:\(|\[)))
    |(?P<close>\](?:\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+"[^"]*")?\)|\[[^\]]{0,100}\]))
    |(?P<tag></?[a-zA-Z][^<>]{0,300}>)
    |(?P<code>`+)
    |(?P<strong>\*{1,3}(?=\S)|(?<=\S)\*{1,3}|~~)
    |(?P<low>(?<!\w)_{1,3}(?=\S)|(?<=[^\s_])_{1,3}(?!\w))""",
    re.VERBOSE,
)


def markdown_pieces(text: str) -> list[Piece]:
    """Prose and markup of `text` in order; all that is marked joins to `text` again."""
    pieces: list[Piece] = []
    front = _FRONT_MATTER.match(text)
    start = front.end() if front else 0
    if front:
        pieces.append(_markup(front.group()))
    last = start
    for comment in _COMMENT.finditer(text, start):
        pieces += _blocks(text[last : comment.start()])
        pieces.append(_markup(comment.group()))
        last = comment.end()
    return [*pieces, *_blocks(text[last:])]


def _blocks(text: str) -> Iterator[Piece]:
    lines = [(match[1], match[2]) for match in _LINE.finditer(text) if match.group()]
    fence: str | None = None
    for number, (line, end) in enumerate(lines):
        mark = _FENCE.match(line)
        if fence is not None or mark:
            yield _markup(line)
            yield Piece(end, end)
            if fence is None and mark:
                fence = mark[1]
            elif fence is not None and mark and mark[1].startswith(fence) and line.strip() == mark[1]:
                fence = None
            continue
        yield from _line(line)
        yield _line_end(line, end, lines[number + 1 :])


def _line(line: str) -> Iterator[Piece]:
    if _RULE.match(line) or _DEFINITION.match(line):
        yield _markup(line)
        return
    start, stop = 0, len(line)
    heading = _HEADING.match(line)
    quote = _QUOTE.match(line)
    if heading:
        start = heading.end()
        closing = _HEADING_END.search(line, start)
        stop = closing.start() if closing else stop
    elif quote:
        start = quote.end()
    yield _markup(line[:start])
    yield from _inline(line[start:stop])
    yield _markup(line[stop:])


def _inline(line: str) -> Iterator[Piece]:
    last = 0
    for match in _INLINE.finditer(line):
        if match.start() > last:
            yield Piece(line[last : match.start()], line[last : match.start()])
        found = match.group()
        last = match.end()
        if match.lastgroup == "escape":
            yield _markup(found[0])
            yield Piece(found[1], found[1])
        else:
            yield Piece(found, html.unescape(found) if match.lastgroup == "entity" else "", is_markup=True)
    if last < len(line):
        yield Piece(line[last:], line[last:])


def _line_end(line: str, end: str, after: Sequence[tuple[str, str]]) -> Piece:
    """A blank inside a paragraph, two line breaks behind a heading, else what it is."""
    if not end or not line.strip() or not after or not after[0][0].strip():
        return Piece(end, end)
    if _HEADING.match(line):
        return Piece(end, "\n\n", is_markup=True)
    following = after[0][0]
    begins = _HEADING.match(following) or _ITEM.match(following) or _FENCE.match(following) or "|" in line
    ended = _RULE.match(line) or _RULE.match(following) or line.endswith(("  ", "\\"))
    return Piece(end, end) if begins or ended else Piece(end, " ", is_markup=True)


def _markup(marked: str) -> Piece:
    return Piece(marked, "", is_markup=True)
