"""Words of a text with exact offsets, and how the words of one side match those of the other.

The encoder is uncased and reads word pieces, so some things that decide many translation errors are hard or impossible
for it to see: letter case, white space, whether a word occurs on the other side, and whether its neighbours do. They
are computed here, word by word, and added to the input embeddings as small learned vectors (see `network`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from itertools import pairwise

WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|\S", re.UNICODE)
NEGATIVE_PREFIXES = ("un", "in", "im", "ir", "il", "non", "dis", "mis")
SUFFIXES = ("ingly", "edly", "ing", "ies", "ied", "ed", "es", "ly", "s")
SHORTEST_STEM = 3
CLOSING = ".,;:!?)]}”"
OPENING = "([{“"
STOPPING = ".!?"


class Match(IntEnum):
    """How a word is found on the other side, the strongest first wins."""

    SPECIAL = 0
    PUNCTUATION = 1
    EXACT = 2
    STEM = 3
    POLARITY = 4  # the same stem but for a negative prefix: justified, unjustified
    ABSENT = 5
    NUMBER_EQUAL = 6
    NUMBER_ABSENT = 7


class Neighbours(IntEnum):
    """Which neighbours stand beside the word on the other side as well (or would, were the word replaced there)."""

    NONE = 0
    LEFT = 1
    RIGHT = 2
    BOTH = 3


class Shape(IntEnum):
    """Letter case, which an uncased word-piece vocabulary hides."""

    OTHER = 0
    CAPITALISED_FIRST = 1
    CAPITALISED = 2
    UPPER = 3


class Setting(IntEnum):
    """How a word is set in type, which word pieces hide; the first that holds counts."""

    PLAIN = 0
    SPACED = 1  # `the ship .`, `( FTIR`, `the end.The next`
    LOWER_START = 2  # the text begins with a small letter
    OTHER_CASE = 3  # the other side always writes it with another first letter: `congress`, `the Ship`


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: half-open offsets, folded form, stem, stem without negative prefix."""

    start: int
    end: int
    folded: str
    stem: str
    bare: str
    shape: Shape
    setting: Setting

    @property
    def is_number(self) -> bool:
        """True where the word begins with a digit."""
        return self.folded[0].isdigit()

    @property
    def is_punctuation(self) -> bool:
        """True for a single sign that is neither letter nor digit."""
        return not self.folded[0].isalnum()


@lru_cache(maxsize=1024)  # a sentence is judged against several texts, and is evidence for several sentences
def split_words(text: str) -> tuple[Word, ...]:
    """All words and signs of `text` in order; white space lies between them."""
    words: list[Word] = []
    fresh = True  # at the start of a sentence or quotation capitals say nothing
    for found in WORD.finditer(text):
        raw = found.group()
        folded = _fold(raw)
        stem = _stem(folded)
        setting = _setting(text, found.start(), found.end(), first=not words)
        words.append(Word(found.start(), found.end(), folded, stem, _without_prefix(stem), _shape(raw, fresh), setting))
        fresh = raw in '.!?:"“«—' if len(raw) == 1 and not raw.isalnum() else False
    return tuple(words)


def compare_words(words: Sequence[Word], others: Sequence[Word]) -> list[tuple[Match, Neighbours]]:
    """For each of `words`, how it and its neighbours are found in `others`. Empty `others`: everything is absent."""
    exact = {word.folded for word in others}
    stems = {word.stem for word in others}
    bare = {word.bare for word in others}
    folded = [word.folded for word in others]
    pairs = set(pairwise(folded))
    around = set(zip(folded, folded[2:], strict=False))
    rows: list[tuple[Match, Neighbours]] = []
    for position, word in enumerate(words):
        left = words[position - 1].folded if position else None
        right = words[position + 1].folded if position + 1 < len(words) else None
        match = _match(word, exact, stems, bare)
        if match in (Match.ABSENT, Match.NUMBER_ABSENT, Match.POLARITY):
            both = (left, right) in around
            on_left, on_right = both or left in exact, both or right in exact
            on_left, on_right = (True, True) if both else (on_left and not on_right, on_right and not on_left)
        else:
            on_left, on_right = (left, word.folded) in pairs, (word.folded, right) in pairs
        rows.append((match, Neighbours((1 if on_left else 0) + (2 if on_right else 0))))
    return rows


def compare_settings(words: Sequence[Word], others: Sequence[Word]) -> list[Setting]:
    """For each of `words`, how it is set, also beside the same word in `others`."""
    capitals: dict[str, set[bool]] = {}
    for other in others:
        if other.shape is not Shape.CAPITALISED_FIRST:
            capitals.setdefault(other.folded, set()).add(other.shape is not Shape.OTHER)
    return [
        Setting.OTHER_CASE
        if word.setting is Setting.PLAIN
        and word.shape is not Shape.CAPITALISED_FIRST
        and capitals.get(word.folded) == {word.shape is Shape.OTHER}
        else word.setting
        for word in words
    ]


def _match(word: Word, exact: set[str], stems: set[str], bare: set[str]) -> Match:
    if word.is_punctuation:
        return Match.PUNCTUATION
    if word.is_number:
        return Match.NUMBER_EQUAL if word.folded in exact else Match.NUMBER_ABSENT
    if word.folded in exact:
        return Match.EXACT
    if word.stem in stems:
        return Match.STEM
    return Match.POLARITY if word.bare in bare else Match.ABSENT


def _fold(raw: str) -> str:
    if raw[0].isdigit():
        return raw.replace(",", "")  # 1,300 and 1300 are the same number
    return raw.casefold().replace("’", "'")


def _stem(folded: str) -> str:
    base = folded.removesuffix("'s")
    for suffix in SUFFIXES:
        if base.endswith(suffix) and len(base) - len(suffix) >= SHORTEST_STEM:
            return base[: -len(suffix)].rstrip("e")
    return base.rstrip("e") if len(base) > SHORTEST_STEM else base


def _without_prefix(stem: str) -> str:
    for prefix in NEGATIVE_PREFIXES:
        if stem.startswith(prefix) and len(stem) - len(prefix) >= SHORTEST_STEM + 1:
            return stem[len(prefix) :]
    return stem


def _setting(text: str, start: int, end: int, *, first: bool) -> Setting:
    sign = text[start]
    before, after = text[start - 1 : start], text[end : end + 1]
    if sign in CLOSING and before.isspace():
        return Setting.SPACED
    if sign in OPENING and after.isspace():
        return Setting.SPACED
    if sign.isupper() and before in STOPPING and before and start > 1 and text[start - 2].islower():
        return Setting.SPACED
    return Setting.LOWER_START if first and sign.islower() else Setting.PLAIN


def _shape(raw: str, fresh: bool) -> Shape:
    if not raw[0].isupper():
        return Shape.OTHER
    if len(raw) > 1 and raw.isupper():
        return Shape.UPPER
    return Shape.CAPITALISED_FIRST if fresh else Shape.CAPITALISED
