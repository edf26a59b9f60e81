"""calques: words that read as if translated one by one: false friends, calques, foreign turns of phrase.

Fails:  `in the first semester of 2022` (Spanish *semestre*, a half-year); `the actual president` (*actual*, current);
        `celebrated a meeting`; `more than the double`; `$7,000 million`; `the past July 3`; `the IX Summit`.
Passes: `students in the first semester of 2022`; `the actual cost`; `celebrated a victory`; `$7 billion`;
        `the canton`, `the prefecture`, and other words that English has for what is foreign.

The phrases are rows of a table (`checker/rules/phrasing/calques.tsv`), each with its context. English copy only. No
source is needed; with one in another language than a row's, or one that lacks the row's words, the row is silent, and
where it has them, they are the evidence. How sure a row is follows its tier, and whether the article has other calques:
a single weak one is not shown, two different ones make each other likely. See `checker.rules.calques.CONFIDENCE`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from checker.document import Sentence, Span
from checker.rules.phrasing.entries import Entry, entries_by_trigger, triggers
from checker.rules.phrasing.originals import LANGUAGES, find_original
from checker.rules.phrasing.suggesting import fit
from checker.rules.reporting import against_source, of_language
from checker.rules.types import Counterpart, Material, Rule, RuleCandidate
from checker.rules.words import different_words

TABLE = "calques.tsv"
WORD_SENSE, GRAMMAR, NUMBER = "accuracy/mistranslation/word-sense", "fluency/grammar", "accuracy/mistranslation/number"
_CATEGORIES = {"friend": WORD_SENSE, "sense": WORD_SENSE, "idiom": WORD_SENSE, "grammar": GRAMMAR, "number": NUMBER}
# Understood anyway: what an editor smooths, not what a reader is told wrongly.
_MINOR = frozenset({"idiom", "grammar", "number"})
# By tier: confidence where the article has no other calque, one other, and more.
CONFIDENCE = {"sure": (0.92, 0.95, 0.97), "likely": (0.8, 0.9, 0.95), "weak": (0.35, 0.75, 0.85)}
IN_SOURCE = 0.95  # the source has the word that the row names


@dataclass(frozen=True, slots=True)
class _Hit:
    """A row that matches: the suspect words as a span of the document."""

    entry: Entry
    span: Span
    suggestions: tuple[str, ...]


def find(material: Material) -> Iterator[RuleCandidate]:
    """Calques, each with a confidence of its own."""
    if material.language != "en":
        return
    hits = [hit for sentence in material.document.sentences for hit in _hits(sentence)]
    if not hits:
        return
    told = [(hit, *_said(material, hit)) for hit in _longest(hits) if _may_be_from(hit.entry, material.origin)]
    shown = [(hit, candidate, sure) for hit, candidate, sure in told if candidate is not None]
    different = {id(hit.entry) for hit, _, _ in shown}
    for hit, candidate, in_source in shown:
        others = min(len(different) - 1, 2)
        confidence = max(CONFIDENCE[hit.entry.tier][others], IN_SOURCE if in_source else 0.0)
        severity = "minor" if hit.entry.kind in _MINOR else None
        yield replace(candidate, confidence=confidence, severity=severity)


def _hits(sentence: Sentence) -> Iterator[_Hit]:
    text = sentence.text
    words = set(" ".join(different_words(text)).lower().split())
    if "%" in text:
        words.add("%")
    for trigger in words.intersection(triggers(TABLE)):
        for entry in entries_by_trigger(TABLE)[trigger]:
            if any(map(words.isdisjoint, entry.needs)):
                continue
            for match in entry.regex.finditer(text):
                if _in_context(entry, match):
                    span, suggestions = fit(entry, match)
                    yield _Hit(entry, span.shift(sentence.span.start), suggestions)


def _in_context(entry: Entry, match: re.Match[str]) -> bool:
    text = match.string
    if entry.not_after and entry.not_after.search(text[: match.start()]):
        return False
    if entry.silencing and entry.silencing.search(text):
        return False
    return entry.demanded is None or entry.demanded.search(text) is not None


def _longest(hits: list[_Hit]) -> list[_Hit]:
    """In text order; of rows that match the same words the one with more of them."""
    kept: list[_Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.span.start - hit.span.end, hit.span, hit.entry.says)):
        if not any(hit.span.overlaps(other.span) for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit.span)


def _may_be_from(entry: Entry, origin: str | None) -> bool:
    return origin is None or origin in entry.sources


def _said(material: Material, hit: _Hit) -> tuple[RuleCandidate | None, bool]:
    """The candidate, None where the source has nothing of the kind; and whether the source has the very words."""
    language = material.origin or next(iter(hit.entry.sources))
    counterpart = _counterpart(material, hit.span)
    words = hit.entry.sources[language]
    there = find_original(counterpart.there.text, words) if counterpart else None
    message = _message(hit, language, words[0])
    category = _CATEGORIES[hit.entry.kind]
    if counterpart and there:
        here = hit.span.shift(-counterpart.here.start)
        candidate = against_source(
            "calques", counterpart, here, there, category=category, message=message, suggestions=hit.suggestions
        )
        return candidate, True
    if counterpart and not find_original(counterpart.around, words):
        return None, False
    document = material.document
    return of_language(
        "calques", document, hit.span, category=category, message=message, suggestions=hit.suggestions
    ), False  # fmt: skip


def _counterpart(material: Material, span: Span) -> Counterpart | None:
    """The passage that the words stand in, with its source."""
    for counterpart in material.counterparts:
        start = counterpart.here.start
        if start <= span.start and span.end <= start + len(counterpart.here.text):
            return counterpart
    return None


def _message(hit: _Hit, language: str, word: str) -> str:
    right = f"; in English it is “{hit.suggestions[0]}”" if hit.suggestions else ""
    note = f" ({hit.entry.note})" if hit.entry.note else ""
    said = f"{LANGUAGES[language]} “{word}” word for word{right}{note}."
    return "{words} looks like " + said.replace("{", "{{").replace("}", "}}")


RULE = Rule("calques", "words translated one by one: false friends and calques", __doc__ or "", find)
