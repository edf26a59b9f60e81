"""From a place in a passage to a candidate: places in the document, and the sentence for the editor."""

from __future__ import annotations

from bisect import bisect_right

from checker.document import Document, Span
from checker.evidence import Evidence, EvidenceKind, Relation
from checker.rules.types import Counterpart, RuleCandidate

_SOURCE_SAYS = "{words} is {other} in the original-language article."
_ELSEWHERE = "{words} is {other} in another sentence of this article."


def against_source(
    rule: str,
    counterpart: Counterpart,
    here: Span,
    there: Span,
    *,
    category: str,
    suggestions: tuple[str, ...] = (),
    message: str = _SOURCE_SAYS,
) -> RuleCandidate:
    """A candidate with `here` in the document's passage and `there` in the source's.

    `message` may name `{words}` and `{other}`, which become quotations.
    """
    span = here.shift(counterpart.here.start)
    sentence = next(one for one in counterpart.sentences if one.span.end > span.start)
    words, other = quote(here.of(counterpart.here.text)), quote(there.of(counterpart.there.text))
    said = message.format(words=words, other=other)
    return RuleCandidate(rule, sentence.index, span, category, said, counterpart.evidence, there, suggestions)


def against_article(
    rule: str, document: Document, span: Span, other: Span, *, category: str, suggestions: tuple[str, ...] = (),
    message: str = _ELSEWHERE,
) -> RuleCandidate:  # fmt: skip
    """A candidate whose evidence is another place of the same document."""
    index, there = sentence_at(document, span.start), document.sentences[sentence_at(document, other.start)]
    evidence = Evidence(EvidenceKind.ARTICLE, f"s{there.index}", there.text, 1.0, span=there.span, origin=document.path)
    end = min(other.end, there.span.end)
    conflict = Span(other.start - there.span.start, end - there.span.start)
    said = message.format(words=quote(span.of(document.text)), other=quote(other.of(document.text)))
    return RuleCandidate(rule, index, span, category, said, evidence, conflict, suggestions)


def of_language(
    rule: str, document: Document, span: Span, *, category: str, message: str, suggestions: tuple[str, ...] = (),
    other: Span | None = None,
) -> RuleCandidate:  # fmt: skip
    """A candidate that needs no evidence but the words themselves; `other` is a second place that belongs to it."""
    index = sentence_at(document, span.start)
    sentence = document.sentences[index]
    stretch = Span(sentence.span.start, max(sentence.span.end, other.end if other else 0))
    start = min(stretch.start, other.start) if other else stretch.start
    stretch = Span(start, stretch.end)
    text = stretch.of(document.text)
    evidence = Evidence(EvidenceKind.LANGUAGE, "language", text, 1.0, Relation.LANGUAGE, span=stretch)
    conflict = Span(other.start - start, other.end - start) if other else None
    said = message.format(words=quote(span.of(document.text)), other=quote(other.of(document.text)) if other else "")
    return RuleCandidate(rule, index, span, category, said, evidence, conflict, suggestions)


def sentence_at(document: Document, position: int) -> int:
    """Index of the sentence that `position` is in, or of the last one before it."""
    starts = [sentence.span.start for sentence in document.sentences]
    return max(0, bisect_right(starts, position) - 1)


def quote(text: str) -> str:
    """The words on one line between quotation marks.

    >>> quote("the United\\nStates")
    '“the United States”'
    """
    line = " ".join(text.split())
    return "“" + line.replace("“", "‘").replace("”", "’") + "”"
