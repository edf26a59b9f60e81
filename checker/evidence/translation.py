"""Which sentences of the document translate which sentences of a source in another language, and which are left over.

Dynamic programming over sentence lengths (Gale & Church 1993), with what both languages write alike as anchors (see
`anchors`), and words that translate each other (see `wording`). No vectors: the model reads English only. No library:
of those on the package index some want a multilingual encoder of hundreds of megabytes (bertalign, sentalign), and
galechurch has lengths alone.

How sure it is that a sentence has no counterpart is the difference between the cheapest way through both texts that
leaves it over, and the cheapest that does not.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from checker.document import Sentence
from checker.evidence.anchors import Anchors, find_anchors
from checker.evidence.lexicon import ENGLISH
from checker.evidence.wording import Table, Wording, joined

# Sentences on either side of a pair, and how frequent such pairs are: after Gale & Church, Table 5, with more
# that is dropped, as newsrooms shorten what they translate.
SHAPES = {
    (1, 1): 0.89, (2, 1): 0.03, (1, 2): 0.03, (2, 2): 0.01, (3, 1): 0.002, (1, 3): 0.002,
    (4, 1): 0.0005, (1, 4): 0.0005,
}  # fmt: skip
LEFT_OVER = 0.02  # how frequent it is that a sentence has no counterpart
# In short texts one dropped sentence would bend the ratio of lengths, so the usual one counts as so many characters.
USUAL_RATIO, USUAL_LENGTH = 1.1, 1_000
# Of the length of a translation, per character of the original: 1.7 to 4.4 in files of six languages, 6.8 in the paper.
VARIANCE = 5.0
MOST_BONUS = 12.0
UNMATCHED, MOST_UNMATCHED = 0.8, 4.0  # what a figure or name costs that the other side lacks, and all of a pair at most
# Below it two passages that both have names share too few to be each other's translation.
LEAST_SHARED = 0.25
FEW_NAMES = 3
# Longer texts are aligned a stretch at a time; of each but the last the end is done again, as it may be wrong.
STRETCH, OVERLAP = 200, 70
STEPS_OF_WEIGHT = 1024.0  # weights are multiples of its inverse, so that sums of them are exact in any order

Matrix = NDArray[np.float64]


class Bead(NamedTuple):
    """Sentences `first` to `last` (inclusive) of the document and `source_first` to `source_last` of the source.

    `relevance` in [0, 1] is the share of figures and names that the two have in common, 0.5 where there are none.
    """

    first: int
    last: int
    source_first: int
    source_last: int
    relevance: float


class Leftover(NamedTuple):
    """A sentence without a counterpart; `other` is how many sentences of the other text lie before the gap.

    `margin` says how sure that is, in nats; below 0 it has a counterpart after all.
    """

    sentence: int
    other: int
    margin: float


class Comparison(NamedTuple):
    """`beads` in order; `added` are sentences of the document, `left_out` sentences of the source, both in order."""

    beads: tuple[Bead, ...]
    added: tuple[Leftover, ...]
    left_out: tuple[Leftover, ...]


def align_translation(sentences: Sequence[Sentence], source: Sequence[Sentence], language: str = "") -> list[Bead]:
    """The pairs of `compare_translation`."""
    return list(compare_translation(sentences, source, language).beads)


def compare_translation(
    sentences: Sequence[Sentence], source: Sequence[Sentence], language: str = "", copy_language: str = ENGLISH
) -> Comparison:
    """Pairs of passages that translate each other, and the sentences that are in none of them.

    `language` is the source's; for copy in another language than English there are no tables of words. The order of the
    source is taken to be kept. Pairs whose names nearly all differ are in no bead and not left over either: a doubtful
    counterpart is worse than none.
    """
    ours = [_Side(each.text, find_anchors(each.text, "en")) for each in sentences]
    theirs = [_Side(each.text, find_anchors(each.text, language)) for each in source]
    table = language if copy_language == ENGLISH else ""
    beads: list[Bead] = []
    added: list[Leftover] = []
    left_out: list[Leftover] = []
    for here, there, size, other_size, margin in _steps(ours, theirs, table) if ours and theirs else ():
        if not other_size:
            added.append(Leftover(here, there, margin))
        elif not size:
            left_out.append(Leftover(there, here, margin))
        else:
            relevance = _relevance(ours[here : here + size], theirs[there : there + other_size])
            if relevance is not None or len(ours) == len(theirs) == 1:
                last, other_last = here + size - 1, there + other_size - 1
                beads.append(Bead(here, last, there, other_last, relevance or LEAST_SHARED))
    return Comparison(tuple(beads), tuple(added), tuple(left_out))


class _Side(NamedTuple):
    """A sentence of either text."""

    text: str
    anchors: Anchors


class _Step(NamedTuple):
    """From sentences `here` and `there` on, so many of either belong together; `margin` where one side has none."""

    here: int
    there: int
    size: int
    other_size: int
    margin: float = 0.0


def _steps(ours: Sequence[_Side], theirs: Sequence[_Side], language: str) -> Iterator[_Step]:
    """The cheapest way through both texts, a stretch at a time."""
    here = there = 0
    while here < len(ours) or there < len(theirs):
        last = len(ours) - here <= STRETCH
        share = (len(theirs) - there) / max(1, len(ours) - here)
        end = len(theirs) if last else there + OVERLAP + round(STRETCH * share)
        start, other_start = here, there
        for step in _cheapest_path(ours[here : here + STRETCH], theirs[there:end], language):
            if not last and step.here >= STRETCH - OVERLAP:
                break
            moved = step._replace(here=start + step.here, there=other_start + step.there)
            here, there = moved.here + moved.size, moved.there + moved.other_size
            yield moved


def _cheapest_path(ours: Sequence[_Side], theirs: Sequence[_Side], language: str) -> list[_Step]:
    n, m = len(ours), len(theirs)
    dropped = -math.log(LEFT_OVER)
    prices = _prices(ours, theirs, language)
    forward = _costs(n, m, prices, dropped)
    turned = {shape: price[::-1, ::-1] for shape, price in prices.items()}
    backward = _costs(n, m, turned, dropped)[::-1, ::-1]
    margins = [_margins(forward, backward, prices, dropped, axis) for axis in (0, 1)]
    steps: list[_Step] = []
    here, there = n, m
    while here or there:
        size, other = _step_back(forward, prices, dropped, here, there)
        here, there = here - size, there - other
        margin = 0.0 if size and other else float(margins[0][here] if size else margins[1][there])
        steps.append(_Step(here, there, size, other, margin))
    return steps[::-1]


def _costs(n: int, m: int, prices: dict[tuple[int, int], Matrix], dropped: float) -> Matrix:
    """What the cheapest way to each place costs, (n + 1, m + 1); a row at a time."""
    cost = np.full((n + 1, m + 1), np.inf)
    along = dropped * np.arange(m + 1)
    for here in range(n + 1):
        row = cost[here]
        if here:
            np.add(cost[here - 1], dropped, out=row)
        else:
            row[0] = 0.0
        for (size, other), price in prices.items():
            if size <= here and other <= m:
                np.minimum(row[other:], cost[here - size, : m + 1 - other] + price[here - size], out=row[other:])
        # Then sentences of the source alone, any number of them.
        np.add(np.minimum.accumulate(row - along), along, out=row)
    return cost


def _step_back(
    cost: Matrix, prices: dict[tuple[int, int], Matrix], dropped: float, here: int, there: int
) -> tuple[int, int]:
    """The last step of the cheapest way to a place; of two as cheap the one with more sentences that have a pair."""
    steps = {
        (size, other): cost[here - size, there - other] + price[here - size, there - other]
        for (size, other), price in prices.items()
        if size <= here and other <= there
    }
    if here:
        steps[1, 0] = cost[here - 1, there] + dropped
    if there:
        steps[0, 1] = cost[here, there - 1] + dropped
    return min(steps, key=lambda step: steps[step])


def _margins(
    forward: Matrix, backward: Matrix, prices: dict[tuple[int, int], Matrix], dropped: float, axis: int
) -> NDArray[np.float64]:
    """For each sentence of our side (axis 0) or the other (1): what the cheapest way with a counterpart costs more."""
    if axis == 0:
        without = (forward[:-1] + dropped + backward[1:]).min(axis=1)
    else:
        without = (forward[:, :-1] + dropped + backward[:, 1:]).min(axis=0)
    paired = np.full(len(without), np.inf)
    for shape, price in prices.items():
        if not price.size:
            continue
        size, other = shape
        through = forward[: price.shape[0], : price.shape[1]] + price + backward[size:, other:]
        cheapest = through.min(axis=1 - axis)
        for step in range(shape[axis]):
            part = paired[step : step + len(cheapest)]
            np.minimum(part, cheapest, out=part)
    margins: NDArray[np.float64] = paired - without
    return margins


def _prices(ours: Sequence[_Side], theirs: Sequence[_Side], language: str) -> dict[tuple[int, int], Matrix]:
    """What it costs to take so many sentences from each place on for a pair, (n + 1 - size, m + 1 - other) a shape."""
    keys, weights = _weights(ours, theirs)
    wording = Wording([each.text for each in ours], [each.text for each in theirs], language)
    any_one, any_other = (_table([each.anchors.all for each in side], keys) for side in (ours, theirs))
    strict, other_strict = (_table([each.anchors.strict for each in side], keys) for side in (ours, theirs))
    lengths, others = ([len(each.text) for each in side] for side in (ours, theirs))
    ratio = (sum(others) + USUAL_RATIO * USUAL_LENGTH) / (sum(lengths) + USUAL_LENGTH)
    prices = {}
    for (size, other), prior in SHAPES.items():
        if size > len(ours) or other > len(theirs):
            continue
        mine, yours = joined(any_one, size), joined(any_other, other)
        bonus = np.minimum(MOST_BONUS, (mine * weights) @ yours.T)
        ours_only, theirs_only = joined(strict, size), joined(other_strict, other)
        lost = (ours_only.sum(1)[:, None] - ours_only @ yours.T) + (theirs_only.sum(1)[None, :] - mine @ theirs_only.T)
        cost = _length_costs(_added_up(lengths, size), _added_up(others, other), ratio)
        unlike = np.minimum(MOST_UNMATCHED, UNMATCHED * lost) - wording.likeness(size, other)
        prices[size, other] = cost - math.log(prior) - bonus + unlike
    return prices


def _table(rows: Sequence[frozenset[str]], keys: dict[str, int]) -> Table:
    """One row a sentence, with 1 for each key that it has."""
    table: Table = np.zeros((len(rows), len(keys)), dtype=np.float32)
    for number, row in enumerate(rows):
        table[number, [keys[key] for key in row]] = 1.0
    return table


def _added_up(lengths: Sequence[int], count: int) -> NDArray[np.float64]:
    ends = np.array([0, *accumulate(lengths)], dtype=np.float64)
    added: NDArray[np.float64] = ends[count:] - ends[: len(ends) - count]
    return added


def _weights(ours: Sequence[_Side], theirs: Sequence[_Side]) -> tuple[dict[str, int], Table]:
    """The columns of the keys, and their weights. Rare ones say more: the log of how few sentences have them."""
    counts = Counter(key for each in (*ours, *theirs) for key in each.anchors.all)
    total = len(ours) + len(theirs) + 2
    exact = [round(math.log(total / counts[key]) * STEPS_OF_WEIGHT) / STEPS_OF_WEIGHT for key in sorted(counts)]
    return {key: column for column, key in enumerate(sorted(counts))}, np.array(exact, dtype=np.float32)


# -log(erfc(x / √2)), the chance of a difference of x standard deviations or more.
_DEVIATIONS = np.linspace(0.0, 6.0, 601)
_RARITY = np.array([-math.log(max(1e-9, math.erfc(each / math.sqrt(2)))) for each in _DEVIATIONS])


def _length_costs(lengths: NDArray[np.float64], others: NDArray[np.float64], ratio: float) -> Matrix:
    """Minus the log of how likely passages of these lengths translate each other, (lengths, others)."""
    mine, other = lengths[:, None], others[None, :]
    mean = np.maximum(1.0, (mine + other / ratio) / 2)
    deviations = np.abs(other - mine * ratio) / np.sqrt(VARIANCE * mean)
    costs: Matrix = np.interp(deviations, _DEVIATIONS, _RARITY)
    return costs


def _relevance(ours: Sequence[_Side], theirs: Sequence[_Side]) -> float | None:
    """The share of figures and names in common; None where too few names are. Figures may differ by mistake."""
    mine, other = (_keys(side, names_only=False) for side in (ours, theirs))
    fewest = min(len(mine), len(other))
    if not fewest:
        return 0.5
    names, other_names = (_keys(side, names_only=True) for side in (ours, theirs))
    fewest_names = min(len(names), len(other_names))
    if fewest_names >= FEW_NAMES and len(names & other_names) < LEAST_SHARED * fewest_names:
        return None
    return max(len(mine & other) / fewest, LEAST_SHARED)


def _keys(side: Sequence[_Side], *, names_only: bool) -> frozenset[str]:
    keys = frozenset().union(*(each.anchors.names for each in side))
    return keys if names_only else keys.union(*(each.anchors.figures for each in side))
