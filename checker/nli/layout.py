"""Rows end to end, without padding: what every engine reads, whichever library it computes with."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from checker.nli.encoding import Row


class Layout(NamedTuple):
    """`planes` has shape (7, tokens): ids, positions, segments and the word features.

    `runs` are (rows, tokens a row) of neighbours that are equally long; they cover all rows in order.
    """

    planes: NDArray[np.int64]
    runs: tuple[tuple[int, int], ...]
    starts: NDArray[np.int64]  # (rows,) where each row begins
    hypothesis: NDArray[np.int64]  # (hypothesis tokens,) where they stand, row by row
    inside: NDArray[np.bool_]  # (rows, longest hypothesis) True where the row has that many hypothesis tokens


def lay_out(rows: Sequence[Row]) -> Layout:
    """Rows in their order; neighbours of one length go through the attention together, so sort by length."""
    lengths = [len(row) for row in rows]
    starts = np.cumsum([0, *lengths[:-1]])
    planes = np.empty((7, sum(lengths)), dtype=np.int64)
    for start, length, row in zip(starts, lengths, rows, strict=True):
        parts = (row.ids, np.arange(length), row.segments, row.matches, row.neighbours, row.shapes, row.settings)
        planes[:, start : start + length] = parts
    pieces = np.array([len(row.spans) for row in rows])
    inside = np.arange(max(1, pieces.max())) < pieces[:, None]
    first = starts + [row.first_hypothesis for row in rows]
    hypothesis = (first[:, None] + np.arange(inside.shape[1]))[inside]
    runs = tuple((len(list(run)), length) for length, run in groupby(lengths))
    return Layout(planes, runs, starts, hypothesis, inside)
