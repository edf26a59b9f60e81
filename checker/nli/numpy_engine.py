"""The network in NumPy: no second of importing torch and 200 MB less, and as fast, for its products are OpenBLAS's.

The same figures as `checker.nli.packed`, but for the order of additions and some millionths in the activation (see
`gelu`). For inference alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from checker.nli.backends import Backend, backend_name
from checker.nli.blas_workers import BlasWorkers
from checker.nli.early_exit import EarlySaid, find_exit, judge_early
from checker.nli.encoding import Row
from checker.nli.engine import BATCH_TOKENS, LEAST_TOKENS, NOWHERE, SHARPNESS, Said, likeliest_kinds
from checker.nli.layout import Layout, lay_out
from checker.nli.numpy_exit import NumpyExit
from checker.nli.numpy_layers import (
    Array,
    Linear,
    Norm,
    Weights,
    attend,
    by_run,
    logistic,
    mean_and_peak,
    softmax,
)
from checker.nli.types import CATEGORIES, LABELS
from checker.nli.wording import Match, Neighbours, Setting, Shape

WORD_FEATURES = ("matches", "neighbours", "shapes", "settings")  # tables that a checkpoint may be too old to have
TABLES = ("words", "positions", "segments", *WORD_FEATURES)  # in the order of the planes
_FEATURES = (Match, Neighbours, Shape, Setting)
# Φ(x) as a logistic of x·p(x²): the polynomial with the least greatest error of x·Φ(x) on [-5, 5], below 4e-6 anywhere.
# It is positive for all x, so that nothing has to be cut off.
_GELU = (0.7978274184130871, 0.03646979295721212, -0.0001252761800419177, -3.0518342432958936e-05, 1.1160635136e-06)
_AT_ONCE = 32  # tokens whose activation is computed at once: they stay in the fastest caches

_Batch = TypeVar("_Batch")
_Said = TypeVar("_Said")


@dataclass(frozen=True, slots=True)
class _Layer:
    """The parts of one transformer layer; queries come out of `attention` divided by the root of their width."""

    attention: Linear
    attention_output: Linear
    attention_norm: Norm
    inner: Linear
    outer: Linear
    outer_norm: Norm


class NumpyEngine:
    """A checkpoint's network on the processor, float32. `threads` None takes as many as NumPy's products would."""

    def __init__(
        self,
        weights: Weights,
        encoder: Mapping[str, Any],
        *,
        threads: int | None = None,
        exits: NumpyExit | None = None,
    ) -> None:
        self._exits = exits
        self._workers = BlasWorkers(threads)
        self.width = width = int(encoder["hidden_size"])
        self._heads = int(encoder["num_attention_heads"])
        sizes = (int(encoder["vocab_size"]), int(encoder["max_position_embeddings"]), 2, *map(len, _FEATURES))
        self._tables = [_table(weights, name, size, width) for name, size in zip(TABLES, sizes, strict=True)]
        self._norm = weights.norm("encoder.norm", width, float(encoder["layer_norm_eps"]))
        count = int(encoder["num_hidden_layers"])
        self._layers = [_layer(weights, f"encoder.layers.{number}.", encoder) for number in range(count)]
        self._pair = weights.linear("pair", 3 * width, width)
        self._labels = weights.linear("labels", width, len(LABELS))
        self._token = weights.linear("token", width, width // 2)
        self._token_error = weights.linear("token_error", width // 2, 1)
        self._token_category = weights.linear("token_category", width // 2, len(CATEGORIES))
        self._error = weights.linear("error", width + 1, 1)

    @classmethod
    def load(cls, folder: Path, encoder: Mapping[str, Any], *, threads: int | None = None) -> NumpyEngine:
        """The network of a checkpoint folder with the sizes `encoder` of its config; see `checkpoint` for errors."""
        from safetensors import safe_open

        found = find_exit(folder)
        sizes = int(encoder["num_hidden_layers"]), int(encoder["hidden_size"])
        exits = NumpyExit(found, *sizes) if found else None
        with safe_open(folder / "model.safetensors", framework="numpy") as file:
            return cls(Weights(file), encoder, threads=threads, exits=exits)

    @property
    def backend(self) -> str:
        """Library, version, number type and device."""
        return backend_name(Backend.NUMPY)

    @property
    def batch_tokens(self) -> int:
        """Tokens of one batch at most."""
        return BATCH_TOKENS

    @property
    def least_tokens(self) -> int:
        """Tokens of a batch of its own."""
        return LEAST_TOKENS

    def share(self, work: Callable[[_Batch], _Said], batches: Sequence[_Batch]) -> list[_Said]:
        """A thread a batch."""
        return self._workers.map(work, batches)

    def judge(self, rows: Sequence[Row]) -> Said:
        """What the heads say of rows."""
        if self._exits is not None and any(row.is_context for row in rows):
            return judge_early(rows, self._exits.limits, self._begin, self._finish)
        layout = lay_out(rows)
        return self._say(self._embed(layout), layout, self._layers)

    def _begin(self, rows: Sequence[Row]) -> tuple[Array, EarlySaid]:
        """Hidden states at the exit, and what its heads say."""
        assert self._exits is not None  # noqa: S101 a programming error, not user input
        layout = lay_out(rows)
        hidden = self._through_all(self._layers[: self._exits.limits.after], self._embed(layout), layout)
        return hidden, self._exits.say(hidden, layout)

    def _finish(self, hidden: Array, rows: Sequence[Row], stays: NDArray[np.bool_]) -> Said:
        """What the whole network says of the rows that stay."""
        assert self._exits is not None  # noqa: S101 a programming error, not user input
        kept = np.repeat(stays, [len(row) for row in rows])
        layout = lay_out([row for row, stay in zip(rows, stays, strict=True) if stay])
        return self._say(hidden[kept], layout, self._layers[self._exits.limits.after :])

    def _say(self, hidden: Array, layout: Layout, layers: Sequence[_Layer]) -> Said:
        """What the heads say after the `layers` that are left."""
        rows = len(layout.starts)
        hidden = self._through_all(layers, hidden, layout, np.concatenate([layout.starts, layout.hypothesis]))
        first, words = hidden[:rows], hidden[rows:]
        inside = layout.inside
        pooled = gelu(self._pair(np.concatenate([first, *mean_and_peak(words, inside)], axis=1)))
        tokens = np.full(inside.shape, NOWHERE, dtype=np.float32)
        told = gelu(self._token(words))
        tokens[inside] = self._token_error(told)[:, 0]
        kinds = np.full((*inside.shape, 2), -1, dtype=np.int8)
        kinds[inside] = likeliest_kinds(self._token_category(told))
        summit = np.maximum(_smooth_maximum(tokens), np.float32(-20))
        error = self._error(np.concatenate([pooled, summit], axis=1))[:, 0]
        return Said(softmax(self._labels(pooled)), logistic(tokens), logistic(error), kinds)

    def vectors(self, rows: Sequence[Row]) -> Array:
        """Unit-length mean of the hidden states of single texts."""
        layout = lay_out(rows)
        hidden = self._through_all(self._layers, self._embed(layout), layout)
        means = [part.reshape(count, length, -1).mean(1) for part, count, length in by_run(hidden, layout)]
        found: Array = np.concatenate(means)
        found /= np.maximum(np.linalg.norm(found, axis=1, keepdims=True), np.float32(1e-12))
        return found

    def _embed(self, layout: Layout) -> Array:
        """What goes into the first layer, shape (tokens, width)."""
        hidden: Array = self._tables[0][layout.planes[0]].astype(np.float32)
        for table, plane in zip(self._tables[1:], layout.planes[1:], strict=True):
            hidden += table[plane]
        return self._norm(hidden)

    def _through_all(
        self, layers: Sequence[_Layer], hidden: Array, layout: Layout, wanted: NDArray[np.int64] | None = None
    ) -> Array:
        """Hidden states after some layers; of the `wanted` tokens in that order where the last of these gives them."""
        for number, layer in enumerate(layers, start=1):
            hidden = self._through(layer, hidden, layout, wanted if number == len(layers) else None)
        return hidden

    def _through(self, layer: _Layer, hidden: Array, layout: Layout, wanted: NDArray[np.int64] | None) -> Array:
        """One layer: attention over all tokens, the rest for the `wanted` ones."""
        mixed = attend(layer.attention(hidden), layout, self._heads)
        if wanted is not None:
            mixed, hidden = mixed[wanted], hidden[wanted]
        attended = layer.attention_output(mixed)
        attended += hidden
        layer.attention_norm(attended)
        widened = layer.outer(gelu(layer.inner(attended)))
        widened += attended
        return layer.outer_norm(widened)


def gelu(x: Array) -> Array:
    """x·Φ(x), in place, for an array of two dimensions; at most 4e-6 from it (erf is not in NumPy)."""
    coefficients = [np.float32(each) for each in _GELU]
    for start in range(0, len(x), _AT_ONCE):
        part = x[start : start + _AT_ONCE]
        square = part * part
        figure = square * coefficients[-1]
        for coefficient in coefficients[-2:0:-1]:
            figure += coefficient
            figure *= square
        figure += coefficients[0]
        figure *= part
        np.tanh(figure, out=figure)
        figure += np.float32(1)
        part *= np.float32(0.5)
        part *= figure
    return x


def _layer(weights: Weights, prefix: str, encoder: Mapping[str, Any]) -> _Layer:
    width, inner = int(encoder["hidden_size"]), int(encoder["intermediate_size"])
    least = float(encoder["layer_norm_eps"])
    return _Layer(
        weights.attention(f"{prefix}attention", width, int(encoder["num_attention_heads"])),
        weights.linear(f"{prefix}attention_output", width, width),
        weights.norm(f"{prefix}attention_norm", width, least),
        weights.linear(f"{prefix}inner", width, inner),
        weights.linear(f"{prefix}outer", inner, width),
        weights.norm(f"{prefix}outer_norm", width, least),
    )


def _table(weights: Weights, name: str, *shape: int) -> NDArray[Any]:
    """The embeddings of that name: of words in float16, as files mostly have them, half as big.

    A word feature that is newer than the checkpoint says nothing: its table is zero.
    """
    if name in WORD_FEATURES and f"encoder.{name}.weight" not in weights.names:
        return np.zeros(shape, dtype=np.float32)
    found = weights.tensor(f"encoder.{name}.weight", *shape)
    return found if name == TABLES[0] else found.astype(np.float32)


def _smooth_maximum(tokens: Array) -> Array:
    """log Σ exp(SHARPNESS · x) / SHARPNESS of each row, shape (rows, 1)."""
    sharp = np.float32(SHARPNESS) * tokens
    highest = sharp.max(1, keepdims=True)
    smooth: Array = (highest + np.log(np.exp(sharp - highest).sum(1, keepdims=True))) / np.float32(SHARPNESS)
    return smooth
