"""One sentence for the newspaper editor: what the text says, what speaks against it, and where that stands.

No word of the trade: no "hypothesis", no "entailment", no "entity". Quotes are cut at words, never paraphrased.
"""

from __future__ import annotations

from checker.document import Span
from checker.document.language import DEFAULT_LANGUAGE as ENGLISH
from checker.evidence import EvidenceKind
from checker.findings import categories
from checker.findings.phrases import quoted
from checker.findings.words import words_of

LONGEST_QUOTE = 120  # code points

_WHO = {
    EvidenceKind.FACT: "a reference fact",
    EvidenceKind.SOURCE: "the original-language article",
    EvidenceKind.ARTICLE: "another sentence of this article",
}
_ENDED_TWICE = (".”.", "!”.", "?”.")
# Facts that say it only together.
_SEVERAL = {2: "a pair of reference facts", 3: "a set of three reference facts"}
_OF_THE_LANGUAGE = {
    categories.DUPLICATION: "{words} seems to be repeated by mistake.",
    categories.UNTRANSLATED: "{words} seems not to have been translated.",
    categories.TYPOGRAPHY: "{words} looks like a typographical error.",
}
_UNREADABLE = "{words} does not read like correct language here; the translation may be garbled."
_DISAGREES = "{words} contradicts {who}, which says {quote}."
_NOT_OF_ORIGINAL = "{words} does not seem to be what {who} says: {quote}."
_WITH_EVIDENCE = {
    categories.TERMINOLOGY: "{words} is called {quote} in {who}.",
    categories.OMISSION: "{words} leaves something out: {who} says {quote}.",
    categories.ADDITION: "{words} has no counterpart in {who}, which says {quote}.",
    categories.DUPLICATION: "{words} seems to be repeated by mistake; {who} says {quote}.",
    categories.UNTRANSLATED: "{words} seems not to have been translated; {who} says {quote}.",
    categories.ROLE: "{words} may have changed places with somebody or something else: {who} says {quote}.",
}


def write_message(
    category: str,
    words: str,
    kind: EvidenceKind,
    premise: str = "",
    conflict: Span | None = None,
    *,
    agreeing: int = 0,
    joined: int = 0,
    language: str = ENGLISH,
) -> str:
    """The sentence to show for a finding with the suspect `words`.

    `premise` and `conflict` are the evidence and the span in it that says otherwise. The evidence is quoted as a whole;
    a long one as far as there is room, around the conflict or from its beginning. `agreeing` is the number of further
    pieces of evidence that say the same, `joined` that of the facts that the premise was made of where one was not
    enough. `language` is the premise's.
    """
    shown = quote(words)
    if kind is EvidenceKind.LANGUAGE:
        return _OF_THE_LANGUAGE.get(category, _UNREADABLE).format(words=shown)
    foreign = language != ENGLISH and category not in _WITH_EVIDENCE
    text = _NOT_OF_ORIGINAL if foreign else _WITH_EVIDENCE.get(category, _DISAGREES)
    sentence = text.format(
        words=shown, who=_SEVERAL.get(joined, _WHO[kind]), quote=quote(_said(category, premise, conflict))
    )
    if sentence.endswith(_ENDED_TWICE):
        sentence = sentence[:-1]
    if not agreeing:
        return sentence
    more = "one more piece of evidence agrees" if agreeing == 1 else f"{agreeing} more pieces of evidence agree"
    return f"{sentence.removesuffix('.')} ({more})."


def _said(category: str, premise: str, conflict: Span | None) -> str:
    """What to quote of the evidence: two words alone would tell an editor nothing, but for another name of a thing."""
    if conflict is None or category == categories.ROLE:
        return premise
    if category == categories.TERMINOLOGY:
        return quoted(premise, conflict).of(premise)
    return _around(premise, quoted(premise, conflict)) if len(premise) > LONGEST_QUOTE else premise


def _around(text: str, span: Span) -> str:
    """As much of `text` around `span` as there is room for, cut between words."""
    room = (LONGEST_QUOTE - len("… ") - len(" …") - len(span)) // 2
    first, last = max(0, span.start - room), min(len(text), span.end + room)
    words = [word.span for word in words_of(text) if first <= word.span.start and word.span.end <= last]
    if not words:
        return text
    start, end = (words[0].start if first else 0), (words[-1].end if last < len(text) else last)
    return ("… " if start else "") + text[start:end] + (" …" if end < len(text) else "")


def write_exchange(first: str, second: str, kind: EvidenceKind, premise: str) -> str:
    """The sentence to show for two sides, in the order of the text, that stand in each other's place."""
    return f"{quote(first)} and {quote(second)} seem to have changed places: {_WHO[kind]} says {quote(premise)}."


def quote(text: str) -> str:
    """The text on one line between quotation marks, cut after a word where it is long.

    >>> quote("not  justified")
    '“not justified”'
    """
    line = " ".join(text.split())
    if len(line) > LONGEST_QUOTE:
        ends = [word.span.end for word in words_of(line) if word.span.end < LONGEST_QUOTE]
        line = line[: ends[-1] if ends else LONGEST_QUOTE - 1] + " …"
    # Marks inside become single ones, so that what is quoted ends where the quotation ends.
    return "“" + line.replace("“", "‘").replace("”", "’") + "”"
