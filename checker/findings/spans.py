"""Token probabilities to spans: the one place where word pieces become words that a person is shown.

A word is as suspect as its most suspect piece: models mark the first piece of a word and go cold inside it. A span is
as suspect as its most suspect word, so that a doubtful neighbour that joins it never lowers the figure of the sure one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from checker.document import Span
from checker.document.datelines import dateline_of
from checker.findings.lexicon import MEANINGFUL_FUNCTION_WORDS
from checker.findings.words import Kind, Word, words_of
from checker.nli.types import TokenProbability

# Longer spans are cut: an editor looks at words, not at half a paragraph.
LONGEST_SPAN = 8  # words

_POSSESSIVE = re.compile(r"['’‘\u02bc][sS]$")
_BRIDGES = frozenset({Kind.FUNCTION, Kind.PREPOSITION, Kind.PRONOUN})


@dataclass(frozen=True, slots=True)
class DecodedSpan:
    """Suspect words, from the first to the last; `probability` in [0, 1] is that of the most suspect word."""

    span: Span
    probability: float


@dataclass(frozen=True, slots=True)
class _Heat:
    """A word with its probability, and the span to show for it (without a cold possessive)."""

    word: Word
    shown: Span
    probability: float


def decode_spans(text: str, tokens: Sequence[TokenProbability], threshold: float = 0.5) -> list[DecodedSpan]:
    """Spans of words at or above `threshold`, in text order, never overlapping.

    Each begins and ends with a word of `words_of(text)`, or with its stem where the possessive is cold (`Russia`’s).
    Neighbouring hot words are one span, also across one function word; a comma or stronger mark divides. A
    span has at most LONGEST_SPAN words. No tokens, or tokens on punctuation alone, give no span.
    """
    if all(token.probability < threshold for token in tokens):
        return []
    heats = _heats(text, tokens, threshold)
    spans = []
    for run in _runs(text, heats, threshold):
        for part in _bounded(run):
            place = Span(part[0].shown.start, part[-1].shown.end)
            spans.append(DecodedSpan(place, max(heat.probability for heat in part)))
    return spans


def highest_inside(tokens: Sequence[TokenProbability], span: Span) -> float:
    """The highest token probability inside `span`, 0 where no token is."""
    return max((token.probability for token in tokens if len(token.span) and token.span.overlaps(span)), default=0.0)


def category_inside(tokens: Sequence[TokenProbability], span: Span) -> str | None:
    """The kind of error that the model takes the words at `span` for, its most suspect pieces first; None for none."""
    worth: dict[str, float] = {}
    for token in tokens:
        if token.category is not None and len(token.span) and token.span.overlaps(span):
            worth[token.category] = worth.get(token.category, 0.0) + token.probability
    return max(worth, key=worth.__getitem__, default=None)


def worth_showing(text: str, span: Span) -> bool:
    """False where the span holds nothing but grammatical glue ("of the"), which no editor can act upon.

    Nor is a dateline ("LISBON (AP) —"): it says where the report was filed, and no evidence speaks of that.
    """
    dateline = dateline_of(text)
    if dateline is not None and span.end <= dateline.end:
        return False
    return any(
        word.counts or word.norm in MEANINGFUL_FUNCTION_WORDS for word in words_of(text) if word.span.overlaps(span)
    )


def _heats(text: str, tokens: Sequence[TokenProbability], threshold: float) -> list[_Heat]:
    words = words_of(text)
    ends, stems = _ends_and_stems(text)
    stem_heat, suffix_heat = [0.0] * len(words), [0.0] * len(words)
    for token in tokens:
        index = bisect_right(ends, token.span.start)
        while len(token.span) and index < len(words) and words[index].span.start < token.span.end:
            if token.span.overlaps(stems[index]):
                stem_heat[index] = max(stem_heat[index], token.probability)
            else:
                suffix_heat[index] = max(suffix_heat[index], token.probability)
            index += 1
    return [
        _Heat(word, word.span if suffix >= threshold else stem, max(heat, suffix))
        for word, stem, heat, suffix in zip(words, stems, stem_heat, suffix_heat, strict=True)
    ]


@lru_cache(maxsize=4096)  # a sentence is decoded once for each piece of evidence
def _ends_and_stems(text: str) -> tuple[tuple[int, ...], tuple[Span, ...]]:
    """Of each word of `text` where it ends, and what is left of it without a possessive."""
    words = words_of(text)
    stems = (Span(word.span.start, word.span.end - _possessive_length(word.text)) for word in words)
    return tuple(word.span.end for word in words), tuple(stems)


def _possessive_length(word: str) -> int:
    """Length of a trailing `'s`; the apostrophe of `s'` is no part of a word in `words_of`."""
    match = _POSSESSIVE.search(word)
    return len(match.group()) if match and match.start() > 0 else 0


def _runs(text: str, heats: list[_Heat], threshold: float) -> Iterator[list[_Heat]]:
    run: list[_Heat] = []
    for index, heat in enumerate(heats):
        joined = index > 0 and not text[heats[index - 1].word.span.end : heat.word.span.start].strip()
        if run and not joined:
            yield _trimmed(run, threshold)
            run = []
        if heat.probability >= threshold or (run and _is_bridge(run[-1], heat, threshold)):
            run.append(heat)
        elif run:
            yield _trimmed(run, threshold)
            run = []
    if run:
        yield _trimmed(run, threshold)


def _is_bridge(before: _Heat, heat: _Heat, threshold: float) -> bool:
    """A cold function word may stand between two hot words; a second one in a row may not."""
    return before.probability >= threshold and heat.word.kind in _BRIDGES


def _trimmed(run: list[_Heat], threshold: float) -> list[_Heat]:
    """Without the bridge that led nowhere."""
    return run if run[-1].probability >= threshold else run[:-1]


def _bounded(run: list[_Heat]) -> Iterator[list[_Heat]]:
    """Parts of at most LONGEST_SPAN words: the run is parted before its coldest word, the first of equals."""
    while len(run) > LONGEST_SPAN:
        cut = min(range(1, LONGEST_SPAN + 1), key=lambda place: (run[place].probability, -place))
        yield run[:cut]
        run = run[cut:]
    yield run
