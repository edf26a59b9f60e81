"""Whether a sentence of one text is said in a sentence of the other, wherever it stands there.

A sentence is told by what a translation has as well: its figures, names, and words with a known translation. Other
words may be alike in both languages; they count where they are.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from checker.document import Sentence
from checker.evidence.anchors import NAME_LETTERS, find_anchors
from checker.evidence.lexicon import ENGLISH, lexicon_of, stems

Keys = frozenset[str]
FEWEST = 2  # things that a sentence found elsewhere has there
SAID = 0.5  # share of its own things that it has there at least
SAID_BESIDE = 0.35  # the same of a sentence beside the gap, into which it may have been drawn
_MARK = "="  # of keys that are English words


@dataclass(frozen=True, slots=True)
class Said:
    """What one sentence speaks of: each thing is a set of keys, one of which its translation has.

    `perhaps` are keys that a translation may have; `keys` are all.
    """

    things: tuple[Keys, ...]
    perhaps: Keys
    keys: Keys


def said_in(sentences: Sequence[Sentence], language: str, other: str) -> list[Said]:
    """For each sentence what it speaks of, as a text in the `other` language can be asked for it; one is English."""
    return [_said(each.text, language, other) for each in sentences]


def _said(text: str, language: str, other: str) -> Said:
    lexicon = lexicon_of(other if language == ENGLISH else language)
    anchors = find_anchors(text, language)
    things = [frozenset((key,)) for key in sorted(anchors.strict)]
    for word in sorted(stems(text, language)):
        if language == ENGLISH and word in lexicon.english_kept:
            things.append(frozenset((_MARK + word,)))
        elif language != ENGLISH and word in lexicon.translations:
            things.append(frozenset(_MARK + one for one in lexicon.translations[word]))
    # A long name is a word too.
    words = {key for key in anchors.words if key[1 : NAME_LETTERS + 1] not in anchors.names}
    perhaps = (anchors.names | words) - anchors.strict
    return Said(tuple(things), perhaps, frozenset().union(anchors.all, *things))


def is_said(one: Said, others: Sequence[Said], beside: Collection[int]) -> bool:
    """True where one of the others has at least half of what this one can be told by, less where it is one `beside` the
    gap, by its number; what many have counts little."""
    frequent = Counter(thing for thing in _all_things(one) for other in others if not thing.isdisjoint(other.keys))
    weights = {thing: math.log((len(others) + 2) / (frequent[thing] + 1)) for thing in _all_things(one)}
    return any(
        _share(one, other, weights) >= (SAID_BESIDE if number in beside else SAID)
        for number, other in enumerate(others)
    )


def without(one: Said, others: Sequence[Said]) -> Said:
    """The same with only those keys that none of the others has."""
    return replace(one, keys=one.keys.difference(*(other.keys for other in others)))


def may_be_one(one: Said, other: Said, share: float) -> bool:
    """True where the other has this share of either, or where there is hardly anything to tell one of them by."""
    if min(len(one.things), len(other.things)) <= FEWEST:
        return True
    return max(_share(one, other, {}, 1), _share(other, one, {}, 1)) >= share


def _all_things(one: Said) -> Iterator[Keys]:
    yield from one.things
    yield from (frozenset((key,)) for key in sorted(one.perhaps))


def _share(one: Said, other: Said, weights: Mapping[Keys, float], fewest: int = FEWEST) -> float:
    """The share of one's things that the other has, 0.0 where it has fewer."""
    also = [thing for key in sorted(one.perhaps & other.keys) for thing in (frozenset((key,)),)]
    shared = [thing for thing in one.things if not thing.isdisjoint(other.keys)] + also
    if len(shared) < fewest:
        return 0.0
    return sum(weights.get(thing, 1.0) for thing in shared) / sum(
        weights.get(thing, 1.0) for thing in (*one.things, *also)
    )
