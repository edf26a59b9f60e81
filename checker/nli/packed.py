"""The network without padding: the words of all rows one after the other, and in the last layer only what a head reads.

The same weights and, but for the order of additions, the same figures as `Network.forward`, which training goes
through. Rows of one length share a call of the attention; all else does not care where a row ends. For inference
alone: tensors are changed in place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn.functional import gelu, normalize, scaled_dot_product_attention

from checker.nli.encoding import Row
from checker.nli.engine import NOWHERE, SHARPNESS
from checker.nli.layout import lay_out
from checker.nli.network import Encoder, Layer, Network


class Packed(NamedTuple):
    """A `Layout` as tensors."""

    planes: Tensor  # (7, tokens)
    runs: tuple[tuple[int, int], ...]
    starts: Tensor  # (rows,)
    hypothesis: Tensor  # (hypothesis tokens,)
    inside: Tensor  # (rows, longest hypothesis)

    def to(self, device: torch.device) -> Packed:
        """The same on another device."""
        tensors = (self.planes, self.starts, self.hypothesis, self.inside)
        planes, starts, hypothesis, inside = (tensor.to(device) for tensor in tensors)
        return Packed(planes, self.runs, starts, hypothesis, inside)


class Judged(NamedTuple):
    """Logits for packed rows; those of tokens are spread over (rows, longest hypothesis)."""

    labels: Tensor  # (rows, 3)
    tokens: Tensor  # (rows, longest hypothesis)
    error: Tensor  # (rows,)


def pack(rows: Sequence[Row]) -> Packed:
    """Rows in their order; neighbours of one length go through the attention together, so sort by length."""
    layout = lay_out(rows)
    arrays = (layout.planes, layout.starts, layout.hypothesis, layout.inside)
    planes, starts, hypothesis, inside = (torch.from_numpy(array) for array in arrays)
    return Packed(planes, layout.runs, starts, hypothesis, inside)


def judge(network: Network, packed: Packed) -> Judged:
    """What the heads say that a prediction reads; the category head is left out."""
    return finish(network, begin(network, packed, 0), packed, 0)


def begin(network: Network, packed: Packed, layers: int) -> Tensor:
    """Hidden states of all tokens after the first `layers` layers, shape (tokens, width)."""
    return _through_all(network.encoder.layers[:layers], _embed(network.encoder, packed), packed)


def finish(network: Network, hidden: Tensor, packed: Packed, layers: int) -> Judged:
    """What the heads say, given the hidden states after the first `layers` layers."""
    rows, longest = packed.inside.shape
    wanted = torch.cat([packed.starts, packed.hypothesis])
    hidden = _through_all(network.encoder.layers[layers:], hidden, packed, wanted)
    first, words = hidden[:rows], hidden[rows:]
    spread = hidden.new_full((rows, longest, hidden.shape[1]), NOWHERE)
    spread[packed.inside] = words
    total = spread.masked_fill(~packed.inside[:, :, None], 0.0).sum(1)
    mean = total / packed.inside.sum(1, keepdim=True).clamp(min=1)
    pooled = gelu(network.pair(torch.cat([first, mean, spread.amax(1)], dim=-1)))
    tokens = hidden.new_full((rows, longest), NOWHERE)
    found = network.token_error(gelu(network.token(words))).squeeze(-1)
    tokens[packed.inside] = found.to(tokens.dtype)  # under autocast products are smaller numbers
    summit = torch.logsumexp(SHARPNESS * tokens, dim=1, keepdim=True) / SHARPNESS
    error = network.error(torch.cat([pooled, summit.clamp(min=-20)], dim=-1)).squeeze(-1)
    return Judged(network.labels(pooled), tokens, error)


def sentence_vectors(network: Network, packed: Packed) -> Tensor:
    """Unit-length mean of the hidden states of single texts, shape (rows, width)."""
    hidden = begin(network, packed, len(network.encoder.layers))
    means = [part.view(rows, tokens, -1).mean(1) for part, (rows, tokens) in _by_run(hidden, packed)]
    return normalize(torch.cat(means), dim=-1)


def _embed(encoder: Encoder, packed: Packed) -> Tensor:
    """What goes into the first layer, shape (tokens, width)."""
    tables = (encoder.words, encoder.positions, encoder.segments)
    features = (encoder.matches, encoder.neighbours, encoder.shapes, encoder.settings)
    summed = sum(table(plane) for table, plane in zip((*tables, *features), packed.planes, strict=True))
    embedded: Tensor = encoder.norm(summed)
    return embedded


def _through_all(layers: Iterable[nn.Module], hidden: Tensor, packed: Packed, wanted: Tensor | None = None) -> Tensor:
    """Hidden states after some layers; of the `wanted` tokens in that order where the last of these gives them."""
    several = list(layers)
    for number, layer in enumerate(several, start=1):
        hidden = _through(layer, hidden, packed, wanted if number == len(several) else None)  # type: ignore[arg-type]
    return hidden


def _through(layer: Layer, hidden: Tensor, packed: Packed, wanted: Tensor | None) -> Tensor:
    """`Layer.forward` for packed rows; attention over all tokens, the rest for the `wanted` ones.

    In place where it can be: what a layer makes is written and read once less. Sums are float32 whatever products are.
    """
    mixed = torch.cat([_attend(layer, part, *run) for part, run in _by_run(layer.attention(hidden), packed)])
    if wanted is not None:
        mixed, hidden = mixed[wanted], hidden[wanted]
    hidden = layer.attention_norm(hidden + layer.attention_output(mixed))
    inner = layer.inner(hidden)
    normed: Tensor = layer.outer_norm(hidden.add_(layer.outer(gelu(inner, out=inner))))  # type: ignore[call-arg]  # stub lacks it
    return normed


def _attend(layer: Layer, projected: Tensor, rows: int, tokens: int) -> Tensor:
    """Attention within each of some rows of one length: (rows · tokens, 3 · width) -> (rows · tokens, width)."""
    width = projected.shape[1] // 3
    heads = projected.view(rows, tokens, 3, layer.heads, width // layer.heads)
    query, key, value = heads.permute(2, 0, 3, 1, 4)  # each (rows, heads, tokens, width / heads)
    mixed = scaled_dot_product_attention(query, key, value)
    return mixed.transpose(1, 2).reshape(rows * tokens, width)


def _by_run(tokens: Tensor, packed: Packed) -> list[tuple[Tensor, tuple[int, int]]]:
    """The part of each run, with the run."""
    sizes = [rows * length for rows, length in packed.runs]
    return list(zip(tokens.split(sizes), packed.runs, strict=True))  # type: ignore[no-untyped-call]
