"""How far two texts in two languages say the same by their words: each word with a translation beside it or without.

What one word tells is the log of how likely it is translated there (`checker.evidence.lexicon`) over how likely one of
its translations stands in just any sentence of the other text. Added up for the words of both sides; as the words of a
sentence are no independent witnesses, only half of the sum counts, and no more of it than `MOST` and `LEAST`.

Of several sentences in a row each has to have its part in the other side: what the words of one say against it is not
made good by the next one's, whose translation stands there in any case.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from checker.evidence.lexicon import ENGLISH, lexicon_of, stems

MOST, LEAST = 8.0, -6.0  # nats
AGAINST = 2.0  # how much more counts what is against one of several sentences in a row
WITNESS = 0.5  # of what a word tells
CAUTION = 0.85  # the tables were learnt from the sentences that their shares were counted in
# What is taken to stand in a sentence by chance, and the sentences that this counts for beside those of the text.
CHANCE, CHANCES = 0.03, 10.0
_SUREST, _CLEARANCE = 0.95, 0.02  # a translation's share is at most this, and so much over chance
_STEPS = 1024.0  # what words tell are multiples of its inverse, so that sums of them are exact in any order

Matrix = NDArray[np.floating]
Table = NDArray[np.float32]  # half as long to multiply, and exact for such steps


class Wording:
    """The words of two texts, a row a sentence; empty for a language without a table."""

    def __init__(self, ours: Sequence[str], theirs: Sequence[str], language: str) -> None:
        """`ours` is English."""
        lexicon = lexicon_of(language)
        mine = [stems(text, ENGLISH) for text in ours]
        others = [stems(text, language) for text in theirs]
        offered = [[each for word in words for each in lexicon.translations.get(word, ())] for words in others]
        self._here = _Witnesses(mine, offered, lexicon.english_kept, {})
        self._there = _Witnesses(others, mine, lexicon.kept, lexicon.translations)

    def likeness(self, size: int, other: int) -> Matrix:
        """What speaks for `size` and `other` sentences from each place on being translations; in nats.

        From `LEAST` to `MOST` for one and one, lower where several are.
        """
        here, there = self._here.told(size, range(other)), self._there.told(other, range(size))
        ours, theirs = _sum(here), _sum(there)
        likeness: Matrix = ours + theirs.T
        if size == other == 1:
            return np.clip(likeness, LEAST, MOST)
        against = np.zeros_like(likeness)
        for number in range(size if size > 1 else 0):
            rest = [each for each in range(size) if each != number]
            gain = (theirs - _sum(self._there.told(other, rest, size))).T
            against += np.minimum(0.0, here[number] + gain)
        for number in range(other if other > 1 else 0):
            rest = [each for each in range(other) if each != number]
            gain = ours - _sum(self._here.told(size, rest, other))
            against += np.minimum(0.0, there[number].T + gain)
        return np.clip(likeness - against, LEAST, MOST) + AGAINST * np.maximum(against, LEAST)


def _sum(some: Sequence[Matrix]) -> Matrix:
    return some[0] if len(some) == 1 else np.add.reduce(some)


class _Witnesses:
    """The words of one text, and in which sentences of the other they have a translation."""

    def __init__(
        self, sentences: Sequence[Iterable[str]], others: Sequence[Iterable[str]], kept: Mapping[str, float],
        translations: Mapping[str, Sequence[str]],
    ) -> None:  # fmt: skip
        """Without `translations` the others have the words themselves."""
        words = sorted(kept.keys() & set().union(*sentences))
        columns = {word: column for column, word in enumerate(words)}
        has = [(row, columns[word]) for row, sentence in enumerate(sentences) for word in sentence if word in columns]
        self._words = _marked(has, (len(sentences), len(words)))
        places: dict[str, list[int]] = defaultdict(list)
        for row, sentence in enumerate(others):
            for word in sentence:
                places[word].append(row)
        found = [
            (row, column)
            for column, word in enumerate(words)
            for each in translations.get(word, (word,))
            for row in places.get(each, ())
        ]
        self._found = _marked(found, (len(others), len(words)))
        self._told: dict[tuple[int, ...], Matrix] = {}
        self._hit, self._miss = _weights(self._found, np.array([kept[word] for word in words]))

    def told(self, size: int, others: Sequence[int], span: int = 0) -> list[Matrix]:
        """What each of `size` sentences in a row tells beside some of `span` others in a row, those of these numbers.

        Each is (sentences + 1 - size, others + 1 - span), where `span` is the count of `others` if not given.
        """
        span = span or len(others)
        pattern = tuple(each - others[0] for each in others)
        if pattern not in self._told:
            count = max(0, len(self._found) - pattern[-1])
            found = np.maximum.reduce([self._found[each : each + count] for each in pattern])
            told: Matrix = (self._words * (self._hit - self._miss)) @ found.T + (self._words @ self._miss)[:, None]
            self._told[pattern] = told
        alone = self._told[pattern]
        rows, columns = max(0, len(alone) + 1 - size), max(0, len(self._found) + 1 - span)
        return [alone[step : step + rows, others[0] : others[0] + columns] for step in range(size)]


def _marked(cells: Sequence[tuple[int, int]], shape: tuple[int, int]) -> Table:
    """A table with 1 in each of the cells."""
    table: Table = np.zeros(shape, dtype=np.float32)
    if cells:
        rows, columns = zip(*cells, strict=True)
        table[list(rows), list(columns)] = 1.0
    return table


def _weights(found: Table, kept: NDArray[np.float64]) -> tuple[Table, Table]:
    """What a word tells that has a translation in a sentence, and one that has none."""
    chance = (found.sum(axis=0) + CHANCE * CHANCES) / (len(found) + CHANCES)
    share = np.minimum(np.maximum(CAUTION * kept, chance + _CLEARANCE), _SUREST)
    # A word of nearly every sentence tells nothing.
    chance = np.minimum(chance, share)
    hit, miss = WITNESS * np.log(share / chance), WITNESS * np.log((1.0 - share) / (1.0 - chance))
    exact = [(np.round(told * _STEPS) / _STEPS).astype(np.float32) for told in (hit, miss)]
    return exact[0], exact[1]


def joined(table: Table, count: int) -> Table:
    """What `count` sentences in a row have together, from each on."""
    size = len(table) - count + 1
    together = table[:size]
    for step in range(1, count):
        together = np.maximum(together, table[step : step + size])
    return together
