"""Which word of an original in another language stands for suspect words, and what it mostly means.

The model says that words are wrong and not what they should be. Where a dictionary was learnt with it, the word of the
original that nothing else in the sentence translates, and that stands where the suspect words would, is the one; what
it is mostly translated by is the suggestion.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import inf
from typing import NamedTuple

from checker.document import Span
from checker.nli.dictionary import UNSPACED, Dictionary, english_key, key_of
from checker.nli.wording import Word, split_words

LEAST_KEPT = 0.85  # how often a word has one of its translations beside it, at least
FARTHEST = 2.0  # words between where it stands and where it would be looked for
CLEARLY = 1.5  # words by which the next one is farther away
FEWEST_LETTERS, FEWEST_SIGNS = 4, 2  # of a word that carries meaning, in an alphabet and without one
LONGEST_KEY = 4  # letters of a word that is written without spaces


class Counterpart(NamedTuple):
    """A word of the original, and what it is mostly translated by, the likeliest first, in small letters.

    No translations where more than one word is suspect, or one that is a translation of it.
    """

    span: Span
    translations: tuple[str, ...]


class _Unit(NamedTuple):
    """A word of the original, by its key."""

    span: Span
    key: str


def find_counterpart(text: str, span: Span, original: str, dictionary: Dictionary) -> Counterpart | None:
    """What stands in `original` for the words of `text` at `span`; None where that is not clear."""
    words = [word for word in split_words(text) if not word.is_punctuation]
    mine = [place for place, word in enumerate(words) if word.start < span.end and span.start < word.end]
    units = list(_units(original, dictionary))
    if not mine or not units:
        return None
    links = [_links(unit, words, dictionary) for unit in units]
    expected = _expected_place(mine, links, len(words), len(units))
    free = [
        (abs(place - expected), place)
        for place, (unit, found) in enumerate(zip(units, links, strict=True))
        if _carries_meaning(unit, dictionary) and not set(found) - set(mine)
    ]
    (distance, place), second, *_ = [*sorted(free), (inf, 0), (inf, 0)]
    if distance > FARTHEST or second[0] - distance < CLEARLY:
        return None
    chosen = units[place]
    if dictionary.kept.get(chosen.key, 0.0) < LEAST_KEPT:
        return None
    one_for_another = len(mine) == 1 and not links[place]  # else the suspect words hold more, or translate it
    return Counterpart(chosen.span, dictionary.translations[chosen.key] if one_for_another else ())


def _carries_meaning(unit: _Unit, dictionary: Dictionary) -> bool:
    """False for the small words of grammar; true for one that is not known."""
    if len(unit.key) < (FEWEST_LETTERS if unit.key.isascii() else FEWEST_SIGNS):
        return False
    known = dictionary.translations.get(unit.key)
    return known is None or len(known[0]) >= FEWEST_LETTERS


def _units(original: str, dictionary: Dictionary) -> Iterator[_Unit]:
    for word in split_words(original):
        if word.is_punctuation:
            continue
        raw = original[word.start : word.end]
        if UNSPACED.search(raw):
            yield from _unspaced(raw, word.start, dictionary)
        else:
            yield _Unit(Span(word.start, word.end), key_of(raw))


def _unspaced(raw: str, start: int, dictionary: Dictionary) -> Iterator[_Unit]:
    """The longest words that the dictionary has, from left to right; what it has not is left out."""
    place = 0
    while place < len(raw):
        sizes = range(min(LONGEST_KEY, len(raw) - place), 0, -1)
        size = next((size for size in sizes if raw[place : place + size] in dictionary.translations), 0)
        if size:
            yield _Unit(Span(start + place, start + place + size), raw[place : place + size])
        place += size or 1


def _links(unit: _Unit, words: Sequence[Word], dictionary: Dictionary) -> list[int]:
    """Places of the words that translate the unit, or are the same word."""
    keys = set(dictionary.keys(unit.key))
    return [place for place, word in enumerate(words) if english_key(word.stem) in keys or word.folded == unit.key]


def _expected_place(mine: Sequence[int], links: Sequence[Sequence[int]], words: int, units: int) -> float:
    """Where the suspect words' counterpart would stand: between those of the nearest words with a single one."""
    single = ((found[0], place) for place, found in enumerate(links) if len(found) == 1)
    anchors = sorted(each for each in single if each[0] not in mine)
    middle = (mine[0] + mine[-1]) / 2
    ends = [(-1, -1), *anchors, (words, units)]
    for (left, one), (right, other) in pairwise(ends):
        if left < middle < right:
            return one + (other - one) * (middle - left) / (right - left)
    return middle * units / words
