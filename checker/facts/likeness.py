"""Facts that say nearly the same in nearly the same words, found without comparing each with each and without a model.

    The harbour of Velmar was opened in 1911.     The harbour of Velmar was officially opened in 1911.     near
    The harbour of Velmar was opened in 1911.     The harbour of Velmar was closed in 1911.                not near

All content words of the one stand in the other, in the same order, and few more: a word that is replaced, a figure that
is another or a "not" is a difference of matter, which is for the model (`checker.facts.doubts`) to judge.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from checker.evidence.lexical import terms_of

# Share of the longer one's content words that the shorter one has, and how many those are at least.
NEAR_SHARE = 0.8
FEWEST_WORDS = 3
# Facts with the same rarest word that one is compared with at most; reached by texts that are all of the same words.
MOST_COMPARED = 200

# Small words that turn what is said: where one text has another of them, the two do not say the same.
_TURNING = re.compile(
    r"\b(?:no|not|never|neither|nor|none|without|cannot|before|after|until|since|above|below|over|under|up|down|more"
    r"|most|less|all|few|only|against|from|to|by|than)\b|n['’]t\b"
)


@dataclass(frozen=True, slots=True)
class _Wording:
    """The content words of a text in order, and its turning words."""

    place: int
    words: tuple[str, ...]
    turns: tuple[str, ...]


def near_wordings(
    texts: Sequence[str], comparable: Callable[[int, int], bool] | None = None
) -> Iterator[tuple[int, int]]:
    """Places of two texts of which one says what the other says and little more, each text with its first twin.

    Pairs (earlier, later) in the order of the later one, where `comparable` is given only such as are. The work grows
    with the number of texts: two such texts share one of their rarest words, so only those that do are compared.
    """
    wordings = [_wording(place, text) for place, text in enumerate(texts)]
    counts = Counter(word for wording in wordings for word in set(wording.words))
    rare = [sorted(set(wording.words), key=lambda word: (counts[word], word)) for wording in wordings]
    by_rarest: dict[str, list[_Wording]] = {}
    for wording, words in zip(wordings, rare, strict=True):
        if len(wording.words) >= FEWEST_WORDS:
            by_rarest.setdefault(words[0], []).append(wording)
    first: dict[int, int] = {}
    for longer, words in zip(wordings, rare, strict=True):
        least = ceil(NEAR_SHARE * len(longer.words) - 1e-9)
        # Words that the shorter one lacks; its rarest word stands in the longer one right behind those, at the latest.
        lacking = len(longer.words) - least
        for word in words[: lacking + 1]:
            for shorter in by_rarest.get(word, ())[:MOST_COMPARED]:
                if least <= len(shorter.words) <= len(longer.words) and _is_near(shorter, longer):
                    earlier, later = sorted((shorter.place, longer.place))
                    allowed = comparable is None or comparable(earlier, later)
                    if allowed and earlier < first.get(later, later):
                        first[later] = earlier
    yield from ((earlier, later) for later, earlier in sorted(first.items()))


def _wording(place: int, text: str) -> _Wording:
    return _Wording(place, terms_of(text).words, tuple(_TURNING.findall(text.casefold())))


def _is_near(shorter: _Wording, longer: _Wording) -> bool:
    if shorter.place == longer.place or shorter.turns != longer.turns:
        return False
    rest = iter(longer.words)
    return all(word in rest for word in shorter.words)  # `in` reads on, so this holds in order alone
