"""What computes the network of a checkpoint of ours: torch, which training uses too, or NumPy, which starts at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from checker.nli.encoding import Row
from checker.nli.types import CATEGORIES

SHARPNESS = 2.0  # of the smooth maximum over token logits; higher comes nearer to the maximum
BATCH_TOKENS = 1024  # on a processor: what passes through a layer stays in its caches
LEAST_TOKENS = 128  # on a processor: a batch of these takes as long, a token, as a big one
NOWHERE = -1e4  # a figure below all others, for what is no part of the hypothesis

# Neighbours in CATEGORIES: what a text that merely speaks of the same matters can contradict.
_CONTRADICTING = slice(1, 1 + sum(name.startswith("accuracy/mistranslation/") for name in CATEGORIES))

_Batch = TypeVar("_Batch")
_Said = TypeVar("_Said")


class Said(NamedTuple):
    """Probabilities for some rows; what of `tokens` lies beyond a row's hypothesis means nothing.

    `kinds` are places in CATEGORIES, -1 where nothing is said of that: of which kind a word piece would be in error
    beside a reference, and beside context, where only what contradicts is in error. None: nothing is said at all.
    """

    labels: NDArray[np.float32]  # (rows, 3)
    tokens: NDArray[np.float32]  # (rows, longest hypothesis)
    error: NDArray[np.float32]  # (rows,)
    kinds: NDArray[np.int8] | None = None  # (rows, longest hypothesis, 2)


def likeliest_kinds(logits: NDArray[np.float32]) -> NDArray[np.int8]:
    """Of the category head's logits, shape (tokens, categories), the `kinds` of Said, shape (tokens, 2)."""
    beside = [logits[:, 1:].argmax(1) + 1, logits[:, _CONTRADICTING].argmax(1) + _CONTRADICTING.start]
    return np.stack(beside, axis=1).astype(np.int8)


class Engine(Protocol):
    """The network on one library and device. Threads may share one."""

    @property
    def backend(self) -> str:
        """Library, version, number type and device."""

    @property
    def width(self) -> int:
        """Length of a sentence vector."""

    @property
    def batch_tokens(self) -> int:
        """Tokens of one batch at most, those of rows that are `judge`d together."""

    @property
    def least_tokens(self) -> int:
        """Tokens of a batch below which it is not worth a thread of its own."""

    def judge(self, rows: Sequence[Row]) -> Said:
        """What the heads say of rows, which are quickest in order of length."""

    def vectors(self, rows: Sequence[Row]) -> NDArray[np.float32]:
        """Unit-length sentence vectors, shape (rows, width)."""

    def share(self, work: Callable[[_Batch], _Said], batches: Sequence[_Batch]) -> list[_Said]:
        """What `work` makes of each batch, in order, on the threads that suit the library."""
