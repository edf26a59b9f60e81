"""A finding's fingerprint: how a baseline or an editor's decision recognises it after the text was edited elsewhere.

Offsets move with every edit, so they play no part. What counts is the span's words, the words around it in the same
sentence, the category, and which one it is where the same words stand several times.
"""

from __future__ import annotations

import hashlib
import re

from checker.document import Span
from checker.findings.words import normal_text, words_of

CONTEXT_WORDS = 6
# How far the context is looked for. Long enough for CONTEXT_WORDS words, and a bound on what a long line costs.
_REACH = 240  # code points

_SENTENCE_BREAK = re.compile(r"""[.!?…][.!?…"'”’»)\]]*\s|[。！？]|[\r\n\u2028\u2029]""")


def fingerprint(document_text: str, span: Span, category: str) -> str:
    """16 hex digits that edits outside the sentence do not change.

    An edit changes them where it puts in front of the sentence another one with the same words around the same span.
    """
    key = _key(document_text, span)
    ordinal = sum(1 for start in _starts(document_text, span) if _key(document_text, _at(start, span)) == key)
    parts = "\x1f".join((*key, category, str(ordinal)))
    return hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _at(start: int, span: Span) -> Span:
    return Span(start, start + len(span))


def _starts(text: str, span: Span) -> list[int]:
    """Places before `span` where the same characters stand."""
    wanted = span.of(text)
    starts: list[int] = []
    place = text.find(wanted) if wanted else -1
    while 0 <= place < span.start:
        starts.append(place)
        place = text.find(wanted, place + 1)
    return starts


def _key(text: str, span: Span) -> tuple[str, str, str]:
    """Words before, the span's own, words after; normal forms, so that a changed quotation mark changes nothing."""
    before = text[max(0, span.start - _REACH) : span.start]
    after = text[span.end : span.end + _REACH]
    breaks = list(_SENTENCE_BREAK.finditer(before))
    left = before[breaks[-1].end() :] if breaks else before
    stop = _SENTENCE_BREAK.search(after)
    right = after[: stop.start()] if stop else after
    left_words = [word.norm for word in words_of(left)][-CONTEXT_WORDS:]
    right_words = [word.norm for word in words_of(right)][:CONTEXT_WORDS]
    own = span.of(text)
    return " ".join(left_words), normal_text(own) or own.strip(), " ".join(right_words)
