"""The network without padding: the words of all rows one after the other, and in the last layer only what a head reads.

The same weights and, but for the order of additions, the same figures as `Network.forward`, which training goes
through. Rows of nearly one length share a call of the attention, for which alone they are padded; all else does not
care where a row ends. For inference alone: tensors are changed in place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn.functional import gelu, normalize, pad, scaled_dot_product_attention

from checker.nli.encoding import Row
from checker.nli.engine import NOWHERE, SHARPNESS
from checker.nli.layout import lay_out
from checker.nli.network import Encoder, Layer, Network

ROUND = 128  # tokens of a batch in bfloat16
MULTIPLE = 16  # tokens: the attention's kernels take half as long again for a length that is none of it


class Padding(NamedTuple):
    """What makes the rows of a block equally long."""

    places: Tensor  # (rows · tokens,) which token of all stands there; in the padding any of the row
    inside: Tensor  # (rows, 1, 1, tokens) False in the padding
    kept: Tensor  # (tokens of the rows,) which of the places are no padding


class Block(NamedTuple):
    """Neighbouring rows that go through the attention together, `tokens` long each with their padding."""

    start: int  # where the first of them begins
    rows: int
    tokens: int
    padding: Padding | None


class Packed(NamedTuple):
    """A `Layout` as tensors; the blocks cover all rows in order."""

    planes: Tensor  # (7, tokens)
    blocks: tuple[Block, ...]
    starts: Tensor  # (rows,)
    hypothesis: Tensor  # (hypothesis tokens,)
    inside: Tensor  # (rows, longest hypothesis)

    def to(self, device: torch.device) -> Packed:
        """The same on another device."""
        blocks = tuple(
            block._replace(padding=block.padding and Padding(*(tensor.to(device) for tensor in block.padding)))
            for block in self.blocks
        )
        tensors = (self.planes, self.starts, self.hypothesis, self.inside)
        planes, starts, hypothesis, inside = (tensor.to(device) for tensor in tensors)
        return Packed(planes, blocks, starts, hypothesis, inside)


class Judged(NamedTuple):
    """Logits for packed rows; those of tokens are spread over (rows, longest hypothesis)."""

    labels: Tensor  # (rows, 3)
    tokens: Tensor  # (rows, longest hypothesis)
    error: Tensor  # (rows,)
    categories: Tensor  # (rows, longest hypothesis, categories)


def pack(rows: Sequence[Row]) -> Packed:
    """Rows in their order; neighbours of nearly one length go through the attention together, so sort by length."""
    layout = lay_out(rows)
    arrays = (layout.planes, layout.starts, layout.hypothesis, layout.inside)
    planes, starts, hypothesis, inside = (torch.from_numpy(array) for array in arrays)
    return Packed(planes, tuple(_blocks([len(row) for row in rows])), starts, hypothesis, inside)


def _blocks(lengths: Sequence[int]) -> Iterator[Block]:
    start = 0
    for tokens, run in groupby(lengths, key=lambda length: -(-length // MULTIPLE) * MULTIPLE):
        some = np.array(list(run))
        shortest = some.min()
        padding = _padding(start, some, tokens) if shortest < tokens else None
        yield Block(start, len(some), tokens, padding)
        start += int(some.sum())


def _padding(start: int, lengths: NDArray[np.int64], tokens: int) -> Padding:
    steps, last = np.arange(tokens), lengths[:, None] - 1
    starts = start + np.cumsum(lengths) - lengths
    places = starts[:, None] + np.minimum(steps, last)
    inside = steps <= last
    arrays = (places.reshape(-1), inside[:, None, None, :], np.flatnonzero(inside))
    return Padding(*(torch.from_numpy(array) for array in arrays))


def judge(network: Network, packed: Packed) -> Judged:
    """What the heads say."""
    return finish(network, begin(network, packed, 0), packed, 0)


def begin(network: Network, packed: Packed, layers: int) -> Tensor:
    """Hidden states of all tokens after the first `layers` layers, shape (tokens, width)."""
    return _through_all(network.encoder.layers[:layers], _embed(network.encoder, packed), packed)


def finish(network: Network, hidden: Tensor, packed: Packed, layers: int) -> Judged:
    """What the heads say, given the hidden states after the first `layers` layers."""
    rows = len(packed.starts)
    wanted = torch.cat([packed.starts, packed.hypothesis])
    hidden = _through_all(network.encoder.layers[layers:], hidden, packed, wanted)
    first, words = hidden[:rows], hidden[rows:]
    pooled = gelu(network.pair(torch.cat([first, *mean_and_peak(words, packed)], dim=-1)))
    told = gelu(network.token(words))
    tokens = spread(network.token_error(told).squeeze(-1), packed)
    summit = torch.logsumexp(SHARPNESS * tokens, dim=1, keepdim=True) / SHARPNESS
    error = network.error(torch.cat([pooled, summit.clamp(min=-20)], dim=-1)).squeeze(-1)
    return Judged(network.labels(pooled), tokens, error, spread(network.token_category(told), packed))


def spread(words: Tensor, packed: Packed) -> Tensor:
    """What each word of the hypotheses has, as (rows, longest, …); NOWHERE behind the last word of a row."""
    everywhere = words.new_full((*packed.inside.shape, *words.shape[1:]), NOWHERE)
    everywhere[packed.inside] = words
    return everywhere


def mean_and_peak(words: Tensor, packed: Packed) -> tuple[Tensor, Tensor]:
    """Mean and maximum over the hypothesis of each row, from the hidden states of all their tokens row by row."""
    everywhere = spread(words, packed)
    total = everywhere.masked_fill(~packed.inside[:, :, None], 0.0).sum(1)
    return total / packed.inside.sum(1, keepdim=True).clamp(min=1), everywhere.amax(1)


def sentence_vectors(network: Network, packed: Packed) -> Tensor:
    """Unit-length mean of the hidden states of single texts, shape (rows, width)."""
    hidden = begin(network, packed, len(network.encoder.layers))
    means = torch.cat([_means(hidden, block) for block in packed.blocks])
    return normalize(means, dim=-1)


def _means(hidden: Tensor, block: Block) -> Tensor:
    """Over the tokens of each row of a block, shape (rows, width)."""
    whole = _of_block(hidden, block).view(block.rows, block.tokens, -1)
    if block.padding is None:
        return whole.mean(1)
    inside = block.padding.inside[:, 0, 0, :, None]
    return (whole * inside).sum(1) / inside.sum(1)


def _embed(encoder: Encoder, packed: Packed) -> Tensor:
    """What goes into the first layer, shape (tokens, width)."""
    tables = (encoder.words, encoder.positions, encoder.segments)
    features = (encoder.matches, encoder.neighbours, encoder.shapes, encoder.settings)
    summed = sum(table(plane).float() for table, plane in zip((*tables, *features), packed.planes, strict=True))
    embedded: Tensor = encoder.norm(summed)
    return embedded


def _through_all(layers: Iterable[nn.Module], hidden: Tensor, packed: Packed, wanted: Tensor | None = None) -> Tensor:
    """Hidden states after some layers; of the `wanted` tokens in that order where the last of these gives them."""
    several = list(layers)
    size = len(hidden) if wanted is None else len(wanted)
    hidden = _rounded(hidden, several)
    for number, layer in enumerate(several, start=1):
        last = wanted is not None and number == len(several)
        hidden = _through(layer, hidden, packed, _rounded(wanted, several) if last else None)  # type: ignore[arg-type]
    return hidden[:size]


def _rounded(tokens: Tensor, layers: Sequence[nn.Module]) -> Tensor:
    """Zeros added, so that products in bfloat16 have few sizes: oneDNN makes code for each, most of a megabyte."""
    if not any(weight.dtype is torch.bfloat16 for layer in layers[:1] for weight in layer.parameters()):
        return tokens
    step = ROUND if len(tokens) <= 4 * ROUND else 2 * ROUND
    return pad(tokens, (0, 0) * (tokens.dim() - 1) + (0, -len(tokens) % step))


def _through(layer: Layer, hidden: Tensor, packed: Packed, wanted: Tensor | None) -> Tensor:
    """`Layer.forward` for packed rows; attention over all tokens, the rest for the `wanted` ones.

    In place where it can be: what a layer makes is written and read once less. Sums are float32 whatever products are.
    """
    number = layer.inner.weight.dtype
    mixed = attend_by_block(layer.attention(hidden.to(number)), packed.blocks, layer.heads)
    if wanted is not None:
        mixed, hidden = mixed.index_select(0, wanted), hidden.index_select(0, wanted)
    hidden = layer.attention_norm(hidden + layer.attention_output(mixed))
    inner = layer.inner(hidden.to(number))
    normed: Tensor = layer.outer_norm(hidden.add_(layer.outer(gelu(inner, out=inner))))  # type: ignore[call-arg]  # stub lacks it
    return normed


def attend_by_block(projected: Tensor, blocks: Sequence[Block], heads: int) -> Tensor:
    """Attention within each row: (tokens, 3 · width) -> (tokens, width)."""
    mixed = [_attend(projected, block, heads) for block in blocks]
    left = len(projected) - sum(map(len, mixed))  # zeros that belong to no row
    if left:
        mixed.append(projected.new_zeros(left, projected.shape[1] // 3))
    return mixed[0] if len(mixed) == 1 else torch.cat(mixed)


def _attend(projected: Tensor, block: Block, heads: int) -> Tensor:
    """The attention of one block, without its padding: (tokens of the block, width)."""
    width = projected.shape[1] // 3
    split = _of_block(projected, block).view(block.rows, block.tokens, 3, heads, width // heads)
    query, key, value = split.permute(2, 0, 3, 1, 4)  # each (rows, heads, tokens, width / heads)
    mask = None if block.padding is None else block.padding.inside
    mixed = scaled_dot_product_attention(query, key, value, attn_mask=mask)
    flat = mixed.transpose(1, 2).reshape(block.rows * block.tokens, width)
    return flat if block.padding is None else flat.index_select(0, block.padding.kept)


def _of_block(tokens: Tensor, block: Block) -> Tensor:
    """What belongs to a block, with its padding: (rows · tokens of the block, width)."""
    if block.padding is None:
        return tokens[block.start : block.start + block.rows * block.tokens]
    return tokens.index_select(0, block.padding.places)
