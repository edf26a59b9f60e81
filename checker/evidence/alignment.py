"""Which sentence of the source a sentence of the article translates: likeness first, place in the text second.

A reference is judged strictly (what differs is suspect), so a doubtful counterpart is worse than none: translators drop
and reorder sentences, and those stay without a reference.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from checker.document import Sentence
from checker.evidence.retrieval import Embed, Match, Retriever

# Candidates that one sentence is compared with.
CANDIDATES = 6
# A counterpart shares at least this much relevance; unrelated sentences of one article stay below.
REFERENCE_FLOOR = 0.50
# What a counterpart at the other end of the text loses.
PLACE_SHARE = 0.20


class Alignment(NamedTuple):
    """Counterpart of one sentence: source sentences `first` to `last` (inclusive), relevance in [0, 1]."""

    first: int
    last: int
    relevance: float


def align_source(
    sentences: Sequence[Sentence],
    vectors: NDArray[np.float32],
    source: Sequence[Sentence],
    embed: Embed,
) -> list[Alignment | None]:
    """For each of `sentences` its counterpart in `source`, or None where none is near enough.

    `vectors` are those of `sentences`, shape (len(sentences), width). Where a translator joined two neighbouring
    sentences, the counterpart is both. One source sentence may serve several that it was split into.
    """
    texts = [sentence.text for sentence in sentences]
    found = Retriever([each.text for each in source], embed=embed).search_many(texts, CANDIDATES, vectors=vectors)
    scores = [_placed(matches, place / max(len(texts) - 1, 1), len(source)) for place, matches in enumerate(found)]
    nearest = _nearest_sentences(scores)
    return [_counterpart(number, matches, scores[number], nearest) for number, matches in enumerate(found)]


def _placed(matches: Sequence[Match], place: float, count: int) -> dict[int, float]:
    """Source sentence -> relevance less what its distance costs; `place` is the sentence's own, 0 first, 1 last."""
    return {
        match.index: match.relevance - PLACE_SHARE * abs(place - match.index / max(count - 1, 1))
        for match in matches
        if match.relevance >= REFERENCE_FLOOR
    }


def _nearest_sentences(scores: Sequence[dict[int, float]]) -> dict[int, int]:
    """Source sentence -> the sentence that it is nearest to, the earlier one of two."""
    nearest: dict[int, int] = {}
    for number, row in enumerate(scores):
        for index, score in row.items():
            if index not in nearest or score > scores[nearest[index]][index]:
                nearest[index] = number
    return nearest


def _counterpart(
    number: int, matches: Sequence[Match], scores: dict[int, float], nearest: dict[int, int]
) -> Alignment | None:
    # A source sentence that another one translates better is no counterpart, but for the halves of a split sentence.
    free = [index for index in scores if abs(nearest[index] - number) <= 1]
    if not free:
        return None
    best = max(free, key=lambda index: (scores[index], -index))
    mine = {index for index in scores if nearest[index] == number}
    first, last = best, best
    if best in mine and best - 1 in mine:
        first = best - 1
    elif best in mine and best + 1 in mine:
        last = best + 1
    return Alignment(first, last, next(match.relevance for match in matches if match.index == best))
