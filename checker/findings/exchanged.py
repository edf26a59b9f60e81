"""Sides that changed places: `Italy beat Brazil` beside a fact that says `Brazil beat Italy`.

The fact has every word that the model finds suspect, so no single one of them contradicts it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from checker.document import Span
from checker.findings.words import Word, cover, indices_in, place_of, words_of


class Exchange(NamedTuple):
    """Two sides of a sentence that may have changed places; the surest two, the first of them first in the text."""

    first: Span  # in the sentence
    second: Span
    conflict: Span  # of the words of the second side in the evidence: they should stand where the first side does


def find_exchange(text: str, suspects: Sequence[Span], premise: str, heat: Callable[[Span], float]) -> Exchange | None:
    """The sides among the `suspects` of `text`, all of whose words `premise` has too; None where there are no two.

    `heat` tells how suspect the words of a span are.

    >>> premise = "The opposition accused the government."
    >>> text, heat = "The government accused the opposition.", lambda span: 0.5 if span.start == 15 else 0.9
    >>> found = find_exchange(text, [Span(0, 37)], premise, heat)
    >>> found.first.of(text), found.second.of(text), found.conflict.of(premise)
    ('government', 'opposition', 'opposition')
    """
    ours, theirs = words_of(text), words_of(premise)
    sides = [side for span in suspects for side in _sides(ours, indices_in(ours, span), theirs)]
    distinct = {tuple(ours[index].stem for index in side): cover(ours, side) for side in reversed(sides)}
    if len(distinct) < 2:
        return None
    surest = sorted(distinct.items(), key=lambda item: (-heat(item[1]), item[1]))[:2]
    (_, first), (stems, second) = sorted(surest, key=lambda item: item[1])
    place = place_of(stems, theirs)
    return Exchange(first, second, cover(theirs, place)) if place else None


def _sides(ours: Sequence[Word], inside: range, theirs: Sequence[Word]) -> Iterator[range]:
    """Runs of words that count and that the evidence has in a row as well."""
    start = None
    for index in (*inside, inside.stop):
        goes_on = start is not None and index in inside and ours[index].counts
        if goes_on and place_of([word.stem for word in ours[start : index + 1]], theirs):
            continue
        if start is not None:
            yield range(start, index)
        start = index if index in inside and ours[index].counts else None
