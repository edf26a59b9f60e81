"""Words of a text with exact offsets, and how the words of one side match those of the other.

The encoder is uncased and reads word pieces, so some things that decide many translation errors are hard or impossible
for it to see: letter case, white space, whether a word occurs on the other side, and whether its neighbours do. They
are computed here, word by word, and added to the input embeddings as small learned vectors (see `network`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
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


_NOT_THERE = frozenset({Match.ABSENT, Match.NUMBER_ABSENT, Match.POLARITY})
_ONE_SIDE = (Neighbours.LEFT, Neighbours.RIGHT)
_SIDES = ((Neighbours.NONE, Neighbours.RIGHT), (Neighbours.LEFT, Neighbours.BOTH))  # [on the left][on the right]


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
        stem = stem_of(folded)
        setting = _setting(text, found.start(), found.end(), first=not words)
        words.append(Word(found.start(), found.end(), folded, stem, _without_prefix(stem), _shape(raw, fresh), setting))
        fresh = raw in '.!?:"“«—' if len(raw) == 1 and not raw.isalnum() else False
    return tuple(words)


@dataclass(frozen=True, slots=True)
class Lookup:
    """What the words of another text are looked up in; made once a text, which is compared with several.

    `capitals` tells of a word whether it has a capital wherever it stands, where that is always the same.
    """

    exact: frozenset[str]
    stems: frozenset[str]
    bare: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    around: frozenset[tuple[str, str]]
    capitals: Mapping[str, bool]


def lookup_of(words: Sequence[Word]) -> Lookup:
    """The words of one text as sets. Without words everything is absent."""
    folded = [word.folded for word in words]
    seen: dict[str, set[bool]] = {}
    for word in words:
        if word.shape is not Shape.CAPITALISED_FIRST:
            seen.setdefault(word.folded, set()).add(word.shape is not Shape.OTHER)
    return Lookup(
        exact=frozenset(folded),
        stems=frozenset(word.stem for word in words),
        bare=frozenset(word.bare for word in words),
        pairs=frozenset(pairwise(folded)),
        around=frozenset(zip(folded, folded[2:], strict=False)),
        capitals={word: True in capitals for word, capitals in seen.items() if len(capitals) == 1},
    )


def compare_words(words: Sequence[Word], others: Lookup) -> list[tuple[Match, Neighbours]]:
    """For each of `words`, how it and its neighbours are found in another text."""
    exact, pairs, around = others.exact, others.pairs, others.around
    folded: list[str | None] = [None, *(word.folded for word in words), None]
    rows: list[tuple[Match, Neighbours]] = []
    for word, left, own, right in zip(words, folded, folded[1:], folded[2:], strict=False):
        match = _match(word, others)
        if match in _NOT_THERE:
            if (left, right) in around:
                rows.append((match, Neighbours.BOTH))
                continue
            on_left, on_right = left in exact, right in exact
            neighbours = Neighbours.NONE if on_left == on_right else _ONE_SIDE[on_right]
        else:
            neighbours = _SIDES[(left, own) in pairs][(own, right) in pairs]
        rows.append((match, neighbours))
    return rows


def compare_settings(words: Sequence[Word], others: Lookup) -> list[Setting]:
    """For each of `words`, how it is set, also beside the same word in another text."""
    capitals = others.capitals
    return [
        Setting.OTHER_CASE
        if word.setting is Setting.PLAIN
        and word.shape is not Shape.CAPITALISED_FIRST
        and capitals.get(word.folded) is (word.shape is Shape.OTHER)
        else word.setting
        for word in words
    ]


def _match(word: Word, others: Lookup) -> Match:
    folded = word.folded
    if not folded[0].isalnum():
        return Match.PUNCTUATION
    if folded[0].isdigit():
        return Match.NUMBER_EQUAL if folded in others.exact else Match.NUMBER_ABSENT
    if folded in others.exact:
        return Match.EXACT
    if word.stem in others.stems:
        return Match.STEM
    return Match.POLARITY if word.bare in others.bare else Match.ABSENT


def _fold(raw: str) -> str:
    if raw[0].isdigit():
        return raw.replace(",", "")  # 1,300 and 1300 are the same number
    return raw.casefold().replace("’", "'")


@lru_cache(maxsize=65536)
def stem_of(folded: str) -> str:
    """The stem of a word in small letters: without the ending of a plural, a past or an adverb."""
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
