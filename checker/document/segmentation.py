"""Cuts a text into sentences without changing it: every character that is not white space is in exactly one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.document.abbreviations import abbreviations_for
from checker.document.boundaries import marks, sentence_end
from checker.document.layout import split_layout
from checker.document.spans import Span

_INK = re.compile(r"\S")


def split_sentences(text: str, language: str = "en") -> tuple[Span, ...]:
    """The sentences of `text` in order, without surrounding white space; none for a blank text.

    `language` (ISO 639-1) chooses abbreviations and sentence openers; en, es, fr, de, pt, it and ru have their own
    lists, others use the English ones. A blank line, a list item and, outside hard-wrapped text, a line break always
    end a sentence. A boundary is never inside a word.
    """
    return tuple(span for stretch in split_layout(text) for span in _cut(text, stretch, language))


def _cut(text: str, stretch: Span, language: str) -> Iterator[Span]:
    words = abbreviations_for(language)
    start = _next_ink(text, stretch.start, stretch.end)
    for mark in marks(text, start, stretch.end):
        stop = sentence_end(text, start, stretch.end, mark, words)
        if stop is not None:
            yield Span(start, stop)
            start = _next_ink(text, stop, stretch.end)
    if start < stretch.end:
        yield Span(start, start + len(text[start : stretch.end].rstrip()))


def _next_ink(text: str, position: int, end: int) -> int:
    match = _INK.search(text, position, end)
    return match.start() if match else end
