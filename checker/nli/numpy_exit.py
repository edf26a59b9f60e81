"""The heads of the early exit in NumPy: the same figures as `exit_heads`, but for the order of additions."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from checker.nli.early_exit import HEADS, INNER, WIDTH, EarlySaid, read_limits
from checker.nli.engine import NOWHERE, Said
from checker.nli.layout import Layout
from checker.nli.types import LABELS

Array = NDArray[np.float32]
_LEAST = np.float32(1e-5)  # what torch adds to the variance


class NumpyExit:
    """The heads in the exit's file of a network of so many `layers` and `width`; `limits` are the file's.

    Raises SafetensorError for a tensor that is missing, ValueError for one of another shape, and as `read_limits`.
    """

    def __init__(self, file: Path, layers: int, width: int) -> None:
        from safetensors import safe_open

        self.limits = read_limits(file, layers)
        with safe_open(file, framework="numpy") as opened:
            self._tensors = {name: _read(opened, name, *shape) for name, shape in _shapes(width).items()}

    def say(self, hidden: Array, layout: Layout) -> EarlySaid:
        """What the heads say of rows, given the hidden states (tokens, width) at the exit."""
        rows, inside = len(layout.starts), layout.inside
        narrow = self._compare(hidden, layout, np.concatenate([layout.starts, layout.hypothesis]))
        first, words = narrow[:rows], narrow[rows:]
        spread = np.full((*inside.shape, WIDTH), NOWHERE, dtype=np.float32)
        spread[inside] = words
        mean = np.where(inside[:, :, None], spread, np.float32(0)).sum(1)
        mean /= np.maximum(inside.sum(1, keepdims=True), 1).astype(np.float32)
        pooled = np.concatenate([hidden[layout.starts], first, mean, spread.max(1)], axis=1)
        verdicts = self._linear("verdicts", _relu(self._linear("pair", pooled)))
        tokens = np.full(inside.shape, NOWHERE, dtype=np.float32)
        tokens[inside] = self._linear("token", np.concatenate([hidden[layout.hypothesis], words], axis=1))[:, 0]
        labels = verdicts[:, : len(LABELS)]
        raised = np.exp(labels - labels.max(1, keepdims=True))
        raised /= raised.sum(1, keepdims=True)
        return EarlySaid(Said(raised, _logistic(tokens), _logistic(verdicts[:, -2])), _logistic(verdicts[:, -1]))

    def _compare(self, hidden: Array, layout: Layout, wanted: NDArray[np.int64]) -> Array:
        """The narrow layer: attention over all tokens of a row, the rest for the `wanted` ones."""
        narrow = self._linear("down", hidden)
        projected, mixed = self._linear("attention", narrow), np.empty_like(narrow)
        start = 0
        for rows, tokens in layout.runs:
            end = start + rows * tokens
            _attend(projected[start:end], mixed[start:end], rows, tokens)
            start = end
        narrow = self._norm("attention_norm", narrow[wanted] + self._linear("attention_output", mixed[wanted]))
        return self._norm("outer_norm", narrow + self._linear("outer", _relu(self._linear("inner", narrow))))

    def _linear(self, name: str, x: Array) -> Array:
        found: Array = x @ self._tensors[f"{name}.weight"].T
        found += self._tensors[f"{name}.bias"]
        return found

    def _norm(self, name: str, x: Array) -> Array:
        x = x - x.mean(axis=1, keepdims=True)
        x /= np.sqrt((x * x).mean(axis=1, keepdims=True) + _LEAST)
        return x * self._tensors[f"{name}.weight"] + self._tensors[f"{name}.bias"]


def _attend(projected: Array, into: Array, rows: int, tokens: int) -> None:
    """Attention within each of some rows of one length, written to `into`, shape (rows · tokens, WIDTH)."""
    size = WIDTH // HEADS
    query, key, value = projected.reshape(rows, tokens, 3, HEADS, size).transpose(2, 0, 3, 1, 4)
    scores = query @ key.swapaxes(2, 3)
    scores *= np.float32(1 / math.sqrt(size))
    scores -= scores.max(axis=3, keepdims=True)
    np.exp(scores, out=scores)
    mixed = scores @ value
    mixed /= scores.sum(axis=3, keepdims=True)
    into.reshape(rows, tokens, HEADS, size)[...] = mixed.swapaxes(1, 2)


def _shapes(width: int) -> dict[str, tuple[int, ...]]:
    """Each tensor of an exit's file with its shape."""
    linear = {
        "down": (width, WIDTH),
        "attention": (WIDTH, 3 * WIDTH),
        "attention_output": (WIDTH, WIDTH),
        "inner": (WIDTH, INNER),
        "outer": (INNER, WIDTH),
        "pair": (width + 3 * WIDTH, WIDTH),
        "verdicts": (WIDTH, len(LABELS) + 2),
        "token": (width + WIDTH, 1),
    }
    shapes: dict[str, tuple[int, ...]] = {}
    for name, (reads, gives) in linear.items():
        shapes |= {f"{name}.weight": (gives, reads), f"{name}.bias": (gives,)}
    for name in ("attention_norm", "outer_norm"):
        shapes |= {f"{name}.weight": (WIDTH,), f"{name}.bias": (WIDTH,)}
    return shapes


def _read(opened: object, name: str, *shape: int) -> Array:
    found: Array = opened.get_tensor(name).astype(np.float32)  # type: ignore[attr-defined]
    if found.shape != shape:
        raise ValueError(f"{name} has the shape {found.shape} and not {shape}")
    return found


def _relu(x: Array) -> Array:
    return np.maximum(x, np.float32(0), out=x)


def _logistic(x: Array) -> Array:
    """σ(x) without overflow."""
    small = np.exp(-np.abs(x))
    share = np.where(x >= 0, np.float32(1), small) / (np.float32(1) + small)
    return share.astype(np.float32, copy=False)
