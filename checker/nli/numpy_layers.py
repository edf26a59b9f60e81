"""Parts of a network in NumPy, float32, for inference alone; the network and its early exit are made of them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from checker.nli.engine import NOWHERE
from checker.nli.layout import Layout
from checker.nli.rounding import SCALE

if TYPE_CHECKING:
    from safetensors import safe_open

Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Linear:
    """x · weight + bias; `weight` has shape (in, out), C-contiguous."""

    weight: Array
    bias: Array

    def __call__(self, x: Array) -> Array:
        found: Array = x @ self.weight
        found += self.bias
        return found


@dataclass(frozen=True, slots=True)
class Norm:
    """Layer normalisation, in place."""

    gain: Array
    bias: Array
    least: float

    def __call__(self, x: Array) -> Array:
        x -= x.mean(axis=1, keepdims=True)
        variance = np.einsum("ij,ij->i", x, x) / np.float32(x.shape[1])
        x *= (np.float32(1) / np.sqrt(variance + np.float32(self.least)))[:, None]
        x *= self.gain
        x += self.bias
        return x


class Weights:
    """The tensors of a file by name, in float32; the file's are float16, or rounded (see `rounding`)."""

    def __init__(self, file: safe_open) -> None:
        self._file = file
        self.names = frozenset(file.keys())  # type: ignore[no-untyped-call]

    def linear(self, name: str, reads: int, gives: int) -> Linear:
        """The layer of that name."""
        weight = self._float32(f"{name}.weight", gives, reads)
        return Linear(np.ascontiguousarray(weight.T), self._float32(f"{name}.bias", gives))

    def attention(self, name: str, width: int, heads: int) -> Linear:
        """The layer of that name, which gives queries (divided by the root of their width), keys and values."""
        found = self.linear(name, width, 3 * width)
        root = np.float32(1 / math.sqrt(width // heads))
        found.weight[:, :width] *= root
        found.bias[:width] *= root
        return found

    def norm(self, name: str, width: int, least: float) -> Norm:
        """The normalisation of that name."""
        return Norm(self._float32(f"{name}.weight", width), self._float32(f"{name}.bias", width), least)

    def tensor(self, name: str, *shape: int) -> NDArray[Any]:
        """One tensor as it is, in float16 where it was rounded.

        Raises SafetensorError where there is none, ValueError for another shape.
        """
        found: NDArray[Any] = self._file.get_tensor(name)  # type: ignore[no-untyped-call]
        if found.shape != shape:
            raise ValueError(f"{name} has the shape {found.shape} and not {shape}")
        if f"{name}{SCALE}" not in self.names:
            return found
        scales: NDArray[Any] = self._file.get_tensor(f"{name}{SCALE}")  # type: ignore[no-untyped-call]
        return (found * scales.astype(np.float32)[:, None]).astype(np.float16)

    def _float32(self, name: str, *shape: int) -> Array:
        found: Array = self.tensor(name, *shape).astype(np.float32)
        return found


def attend(projected: Array, layout: Layout, heads: int) -> Array:
    """Attention within each row: queries, keys and values (tokens, 3 · width) -> (tokens, width)."""
    mixed = np.empty((len(projected), projected.shape[1] // 3), dtype=np.float32)
    for (part, *run), (into, *_) in zip(by_run(projected, layout), by_run(mixed, layout), strict=True):
        _attend(part, into, heads, *run)
    return mixed


def _attend(projected: Array, into: Array, heads: int, rows: int, tokens: int) -> None:
    """Attention within each of some rows of one length, written to `into`, shape (rows · tokens, width)."""
    size = into.shape[1] // heads
    split = projected.reshape(rows, tokens, 3, heads, size)
    query, key, value = split.transpose(2, 0, 3, 1, 4)  # each (rows, heads, tokens, size)
    scores = query @ key.swapaxes(2, 3)
    scores -= scores.max(axis=3, keepdims=True)
    np.exp(scores, out=scores)
    mixed = scores @ value
    mixed /= scores.sum(axis=3, keepdims=True)
    into.reshape(rows, tokens, heads, size)[...] = mixed.swapaxes(1, 2)


def mean_and_peak(words: Array, inside: NDArray[np.bool_]) -> tuple[Array, Array]:
    """Mean and maximum over the hypothesis of each row, from the hidden states of all their tokens row by row."""
    spread = np.full((*inside.shape, words.shape[1]), NOWHERE, dtype=np.float32)
    spread[inside] = words
    mean = np.where(inside[:, :, None], spread, np.float32(0)).sum(1)
    mean /= np.maximum(inside.sum(1, keepdims=True), 1).astype(np.float32)
    return mean, spread.max(1)


def by_run(tokens: Array, layout: Layout) -> list[tuple[Array, int, int]]:
    """The part of each run, with its number of rows and their length."""
    parts, start = [], 0
    for count, length in layout.runs:
        parts.append((tokens[start : start + count * length], count, length))
        start += count * length
    return parts


def softmax(x: Array) -> Array:
    """Of each row."""
    raised = np.exp(x - x.max(1, keepdims=True))
    shares: Array = raised / raised.sum(1, keepdims=True)
    return shares


def logistic(x: Array) -> Array:
    """σ(x) without overflow."""
    small = np.exp(-np.abs(x))
    share = np.where(x >= 0, np.float32(1), small) / (np.float32(1) + small)
    return share.astype(np.float32, copy=False)
