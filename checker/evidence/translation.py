"""Which sentences of the document translate which sentences of a source in another language.

Dynamic programming over sentence lengths (Gale & Church 1993), with anchors: figures, and names that both languages
write alike. No vectors: the model reads English only. No library: those that can be installed want a multilingual
encoder of hundreds of megabytes (bertalign).
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from checker.document import Sentence

# Sentences on either side of a pair, and how frequent such pairs are: after Gale & Church, Table 5, with more
# that is dropped, as newsrooms shorten what they translate.
SHAPES = {(1, 1): 0.89, (1, 0): 0.02, (0, 1): 0.02, (2, 1): 0.03, (1, 2): 0.03, (2, 2): 0.01}
# In short texts one dropped sentence would bend the ratio of lengths, so the usual one counts as so many characters.
USUAL_RATIO, USUAL_LENGTH = 1.1, 1_000
DROPPED = 1.0  # what it costs, beside its rarity, that a sentence has no counterpart
VARIANCE = 6.8  # of the length of a translation, per character of the original
ANCHOR_LENGTH = 4  # letters of a name that have to be alike: Alemania, Алеман…
BAND = 25  # how far, in sentences, two texts may drift apart
MOST_BONUS = 12.0
# Below it two passages that both have anchors share too few to be each other's translation.
LEAST_SHARED = 0.25
FEW_ANCHORS = 3

_ANCHOR = re.compile(r"\d[\d.,:]*\d|\d|[^\W\d_]{2,}")
_CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch  y  e yu ya".split(" "),
        strict=True,
    )
)


class Bead(NamedTuple):
    """Sentences `first` to `last` (inclusive) of the document and `source_first` to `source_last` of the source.

    `relevance` in [0, 1] is the share of figures and names that the two have in common, 0.5 where there are none.
    """

    first: int
    last: int
    source_first: int
    source_last: int
    relevance: float


def align_translation(sentences: Sequence[Sentence], source: Sequence[Sentence]) -> list[Bead]:
    """Pairs of passages that translate each other, in order; sentences without a counterpart are in none of them.

    The order of the source is taken to be kept. Pairs that have enough figures and names and share almost none are left
    out: a doubtful counterpart is worse than none.
    """
    if not sentences or not source:
        return []
    ours, theirs = [_anchors(each.text) for each in sentences], [_anchors(each.text) for each in source]
    weights = _weights(ours, theirs)
    lengths, others = [len(each.text) for each in sentences], [len(each.text) for each in source]
    steps = _best_path(lengths, others, ours, theirs, weights)
    found = []
    for (here, there), (count, counterparts) in steps:
        if not count or not counterparts:
            continue
        relevance = _relevance(_joined(ours, here, count), _joined(theirs, there, counterparts))
        if relevance is not None:
            found.append(Bead(here, here + count - 1, there, there + counterparts - 1, relevance))
    return found


Step = tuple[tuple[int, int], tuple[int, int]]


def _best_path(
    lengths: Sequence[int], others: Sequence[int], ours: Sequence[frozenset[str]], theirs: Sequence[frozenset[str]],
    weights: dict[str, float],
) -> list[Step]:  # fmt: skip
    """The cheapest way through both texts: ((start, start), (sentences, sentences)) of each step."""
    n, m = len(lengths), len(others)
    ratio = (sum(others) + USUAL_RATIO * USUAL_LENGTH) / (sum(lengths) + USUAL_LENGTH)
    band = max(BAND, abs(n - m) + BAND // 2)
    cost: dict[tuple[int, int], float] = {(0, 0): 0.0}
    back: dict[tuple[int, int], tuple[int, int]] = {}
    for here in range(n + 1):
        middle = here * m // max(1, n)
        for there in range(max(0, middle - band), min(m, middle + band) + 1):
            so_far = cost.get((here, there))
            if so_far is None:
                continue
            for shape, prior in SHAPES.items():
                place = (here + shape[0], there + shape[1])
                if place[0] > n or place[1] > m:
                    continue
                price = so_far - math.log(prior)
                price += _length_cost(sum(lengths[here : place[0]]), sum(others[there : place[1]]), ratio)
                if all(shape):
                    shared = _joined(ours, here, shape[0]) & _joined(theirs, there, shape[1])
                    price -= min(MOST_BONUS, sum(weights[anchor] for anchor in sorted(shared)))
                if price < cost.get(place, math.inf):
                    cost[place], back[place] = price, shape
    return _walk_back((n, m), back)


def _walk_back(place: tuple[int, int], back: dict[tuple[int, int], tuple[int, int]]) -> list[Step]:
    steps: list[Step] = []
    while place != (0, 0) and place in back:
        shape = back[place]
        place = (place[0] - shape[0], place[1] - shape[1])
        steps.append((place, shape))
    return steps[::-1]


def _length_cost(mine: int, other: int, ratio: float) -> float:
    """Minus the log of how likely two passages of these lengths translate each other."""
    if not mine or not other:
        return DROPPED
    mean = (mine + other / ratio) / 2
    delta = abs(other - mine * ratio) / math.sqrt(VARIANCE * mean)
    return -math.log(max(1e-9, math.erfc(delta / math.sqrt(2))))


def _joined(anchors: Sequence[frozenset[str]], start: int, count: int) -> frozenset[str]:
    if count == 1:
        return anchors[start]
    return frozenset().union(*anchors[start : start + count])


def _weights(ours: Sequence[frozenset[str]], theirs: Sequence[frozenset[str]]) -> dict[str, float]:
    """Rare anchors say more: the log of how few sentences have them."""
    counts = Counter(anchor for each in (*ours, *theirs) for anchor in each)
    total = len(ours) + len(theirs) + 2
    return {anchor: math.log(total / count) for anchor, count in counts.items()}


def _relevance(ours: frozenset[str], theirs: frozenset[str]) -> float | None:
    fewest = min(len(ours), len(theirs))
    if not fewest:
        return 0.5
    share = len(ours & theirs) / fewest
    return None if fewest >= FEW_ANCHORS and share < LEAST_SHARED else max(share, LEAST_SHARED)


@lru_cache(maxsize=4096)
def _anchors(text: str) -> frozenset[str]:
    """Figures without their marks, and the beginnings of capitalised words in Latin letters."""
    found = set()
    for match in _ANCHOR.finditer(text):
        word = match.group()
        if word[0].isdigit():
            digits = re.sub(r"\D", "", word).rstrip("0") or "0"
            found.add(digits)
        elif word[0].isupper():
            found.add(_latin(word)[:ANCHOR_LENGTH])
    return frozenset(found)


def _latin(word: str) -> str:
    plain = unicodedata.normalize("NFD", "".join(_CYRILLIC.get(char, char) for char in word.casefold()))
    return "".join(char for char in plain if not unicodedata.combining(char))
