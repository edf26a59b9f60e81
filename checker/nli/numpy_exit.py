"""The heads of the early exit in NumPy: the same figures as `exit_heads`, but for the order of additions."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from checker.nli.early_exit import HEADS, INNER, WIDTH, EarlySaid, read_limits
from checker.nli.engine import NOWHERE, Said
from checker.nli.layout import Layout
from checker.nli.numpy_layers import Array, Weights, attend, logistic, mean_and_peak, softmax
from checker.nli.types import LABELS

_LEAST = 1e-5  # what torch adds to the variance


class NumpyExit:
    """The heads in the exit's file of a network of so many `layers` and `width`; `limits` are the file's.

    Raises SafetensorError for a tensor that is missing, ValueError for one of another shape, and as `read_limits`.
    """

    def __init__(self, file: Path, layers: int, width: int) -> None:
        from safetensors import safe_open

        self.limits = read_limits(file, layers)
        with safe_open(file, framework="numpy") as opened:
            weights = Weights(opened)
            self._down = weights.linear("down", width, WIDTH)
            self._attention = weights.attention("attention", WIDTH, HEADS)
            self._attention_output = weights.linear("attention_output", WIDTH, WIDTH)
            self._attention_norm = weights.norm("attention_norm", WIDTH, _LEAST)
            self._inner = weights.linear("inner", WIDTH, INNER)
            self._outer = weights.linear("outer", INNER, WIDTH)
            self._outer_norm = weights.norm("outer_norm", WIDTH, _LEAST)
            self._pair = weights.linear("pair", width + 3 * WIDTH, WIDTH)
            self._verdicts = weights.linear("verdicts", WIDTH, len(LABELS) + 2)
            self._token = weights.linear("token", width + WIDTH, 1)

    def say(self, hidden: Array, layout: Layout) -> EarlySaid:
        """What the heads say of rows, given the hidden states (tokens, width) at the exit."""
        rows, inside = len(layout.starts), layout.inside
        narrow = self._compare(hidden, layout, np.concatenate([layout.starts, layout.hypothesis]))
        first, words = narrow[:rows], narrow[rows:]
        pooled = np.concatenate([hidden[layout.starts], first, *mean_and_peak(words, inside)], axis=1)
        verdicts = self._verdicts(_relu(self._pair(pooled)))
        tokens = np.full(inside.shape, NOWHERE, dtype=np.float32)
        tokens[inside] = self._token(np.concatenate([hidden[layout.hypothesis], words], axis=1))[:, 0]
        said = Said(softmax(verdicts[:, : len(LABELS)]), logistic(tokens), logistic(verdicts[:, -2]))
        return EarlySaid(said, logistic(verdicts[:, -1]))

    def _compare(self, hidden: Array, layout: Layout, wanted: NDArray[np.int64]) -> Array:
        """The narrow layer: attention over all tokens of a row, the rest for the `wanted` ones."""
        narrow = self._down(hidden)
        mixed = attend(self._attention(narrow), layout, HEADS)
        attended = self._attention_norm(narrow[wanted] + self._attention_output(mixed[wanted]))
        return self._outer_norm(attended + self._outer(_relu(self._inner(attended))))


def _relu(x: Array) -> Array:
    return np.maximum(x, np.float32(0), out=x)
