"""quotes: the same words quoted in two ways in one article.

Fails:  `"we will never surrender the port"` in one sentence and `"we will ever surrender the port"` in another.
Passes: a quotation and a part of it; two quotations that only begin alike; a change in square brackets or with an
        ellipsis.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from checker.document import Span
from checker.rules.reporting import against_article
from checker.rules.types import Material, Rule, RuleCandidate

WORD_SENSE = "accuracy/mistranslation/word-sense"
FEWEST_WORDS = 6
MOST_CHANGED = 2  # words
_QUOTATION = re.compile(r"“([^“”\n]{20,400})”|\"([^\"\n]{20,400})\"|«([^«»\n]{20,400})»")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_MESSAGE = "{words} is quoted as {other} elsewhere in this article."


def find(material: Material) -> Iterator[RuleCandidate]:
    """Quotations that differ in a word or two; the later one of two is the suspect."""
    text = material.document.text
    quotations = [Span(*match.span(match.lastindex or 0)) for match in _QUOTATION.finditer(text)]
    words = [_words(text, span) for span in quotations]
    for later in range(len(quotations)):
        for earlier in range(later):
            changed = _changed(text, words[earlier], words[later])
            if changed:
                yield against_article(
                    "quotes", material.document, changed[1], changed[0], category=WORD_SENSE, message=_MESSAGE,
                    suggestions=(changed[0].of(text),),
                )  # fmt: skip
                break


def _words(text: str, span: Span) -> list[Span]:
    if any(mark in span.of(text) for mark in "[…") or "..." in span.of(text):
        return []
    return [Span(*match.span()) for match in _WORD.finditer(text, span.start, span.end)]


def _changed(text: str, one: list[Span], other: list[Span]) -> tuple[Span, Span] | None:
    """The words that were replaced between the two, None where it is another quotation or the same."""
    if min(len(one), len(other)) < FEWEST_WORDS:
        return None
    ours, theirs = ([span.of(text).casefold() for span in spans] for spans in (one, other))
    steps = [step for step in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes() if step[0] != "equal"]
    inner = [step for step in steps if step[1] > 0 and step[2] < len(ours) and step[3] > 0 and step[4] < len(theirs)]
    if len(steps) != 1 or len(inner) != 1 or inner[0][0] != "replace":
        return None
    _, first, last, low, high = inner[0]
    if max(last - first, high - low) > MOST_CHANGED:
        return None
    # "made-up" and "made up" are one word.
    if re.sub(r"\W", "", "".join(ours[first:last])) == re.sub(r"\W", "", "".join(theirs[low:high])):
        return None
    return Span(one[first].start, one[last - 1].end), Span(other[low].start, other[high - 1].end)


RULE = Rule("quotes", "the same words quoted in two ways", __doc__ or "", find)
