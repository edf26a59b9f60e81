"""The network: a BERT-type encoder with an NLI head, a span head, an error head, a category head, and sentence vectors.

    row ──▶ embeddings + word features ──▶ encoder ────┬─▶ NLI head       3 labels a pair
                                                       ├─▶ span head      in error or not, a token
                                                       ├─▶ category head  what kind of error, a token
                                                       └─▶ error head     any error at all, a pair
The error head reads the pooled pair and a smooth maximum of the span head: a sentence is in error when a word is.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import torch
from torch import Tensor, nn

from checker.nli.attention_kernels import attend_stepwise
from checker.nli.encoding import Row
from checker.nli.engine import NOWHERE, SHARPNESS
from checker.nli.matching import Matching, places_of, words_of
from checker.nli.types import CATEGORIES, LABELS
from checker.nli.wording import Match, Neighbours, Setting, Shape

if TYPE_CHECKING:
    from collections.abc import Sequence

FAR = 128  # tokens
# Queries, keys, values, output and normalisation of the attention, as transformers calls them.
BERT_ATTENTION = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "attention.output.LayerNorm",
)
MPNET_ATTENTION = (
    "attention.attn.q",
    "attention.attn.k",
    "attention.attn.v",
    "attention.attn.o",
    "attention.LayerNorm",
)
MPNET_FIRST = 4  # of its vocabulary, where BERT's begins
MPNET_SPECIAL = {0: 1, 101: 0, 102: 2, 103: 30526}  # BERT's padding, start, end and mask -> MPNet's
WORD_FEATURES = ("matches", "neighbours", "shapes", "settings")  # tables of `Encoder` that no BERT checkpoint has


@dataclass(frozen=True, slots=True)
class EncoderConfig:
    """Sizes of the encoder, in BERT's names. The defaults are those of MiniLM-L6-H384.

    `relative_buckets`: so many distances between tokens are told apart by a bias of the attention (T5, MPNet); 0: none.
    `joined_layers`: the last so many layers read both sides of a pair at once, those before each side by itself, and
    between them `matching` tells each side what the other has; 0: all layers read both.
    """

    vocab_size: int = 30522
    hidden_size: int = 384
    num_hidden_layers: int = 6
    num_attention_heads: int = 12
    intermediate_size: int = 1536
    max_position_embeddings: int = 512
    layer_norm_eps: float = 1e-12
    relative_buckets: int = 0
    joined_layers: int = 0

    def to_dict(self) -> dict[str, Any]:
        """Plain data for config.json."""
        return asdict(self)


class Batch(NamedTuple):
    """Rows padded to one length; every tensor has shape (batch, tokens)."""

    ids: Tensor
    mask: Tensor
    segments: Tensor
    matches: Tensor
    neighbours: Tensor
    shapes: Tensor
    settings: Tensor
    hypothesis: Tensor  # True on the tokens of the hypothesis
    links: Tensor  # what a dictionary says, nothing without one

    def to(self, device: str) -> Batch:
        """The same on another device."""
        return Batch(*(tensor.to(device, non_blocking=True) for tensor in self))


class Outputs(NamedTuple):
    """Logits of the four heads."""

    labels: Tensor  # (batch, 3)
    tokens: Tensor  # (batch, tokens)
    error: Tensor  # (batch,)
    categories: Tensor  # (batch, tokens, categories)


def collate(rows: Sequence[Row], padding: int, longest: int = 0) -> Batch:
    """Pad rows to `longest` tokens, by default to the longest of them."""
    longest = longest or max(len(row) for row in rows)
    stacked = np.zeros((7, len(rows), longest), dtype=np.int64)
    stacked[0] = padding
    mask = np.zeros((len(rows), longest), dtype=bool)
    hypothesis = np.zeros((len(rows), longest), dtype=bool)
    for index, row in enumerate(rows):
        planes = (row.ids, row.segments, row.matches, row.neighbours, row.shapes, row.settings)
        for plane, values in enumerate(planes):
            stacked[plane, index, : len(row)] = values
        if row.links is not None:
            stacked[6, index, : len(row)] = row.links
        mask[index, : len(row)] = True
        hypothesis[index, row.first_hypothesis : row.first_hypothesis + len(row.spans)] = True
    ids, segments, matches, neighbours, shapes, settings, links = (torch.from_numpy(plane) for plane in stacked)
    where = torch.from_numpy(hypothesis)
    return Batch(ids, torch.from_numpy(mask), segments, matches, neighbours, shapes, settings, where, links)


class Layer(nn.Module):
    """One transformer layer of BERT: self-attention and feed-forward, normalised after each (Devlin et al. 2019)."""

    def __init__(self, config: EncoderConfig) -> None:
        super().__init__()
        width = config.hidden_size
        self.heads = config.num_attention_heads
        self.attention = nn.Linear(width, 3 * width)
        self.attention_output = nn.Linear(width, width)
        self.attention_norm = nn.LayerNorm(width, eps=config.layer_norm_eps)
        self.inner = nn.Linear(width, config.intermediate_size)
        self.outer = nn.Linear(config.intermediate_size, width)
        self.outer_norm = nn.LayerNorm(width, eps=config.layer_norm_eps)
        self.dropout = nn.Dropout(0.0)  # see `Network.set_dropout`

    def forward(self, hidden: Tensor, mask: Tensor) -> Tensor:
        """`hidden` (batch, tokens, width) -> the same shape.

        `mask` (batch, 1 or heads, 1 or tokens, tokens): False where nothing is read, or figures added to the scores.
        """
        batch, tokens, width = hidden.shape
        projected = self.attention(hidden).view(batch, tokens, 3, self.heads, width // self.heads)
        query, key, value = projected.permute(2, 0, 3, 1, 4)  # each (batch, heads, tokens, width / heads)
        lost = self.dropout.p if self.training else 0.0
        if mask.is_floating_point():
            mask = mask.to(query.dtype)  # under autocast
        if self.training and hidden.device.type == "cpu":
            mixed = attend_stepwise(query, key, value, mask, lost)
        else:
            mixed = nn.functional.scaled_dot_product_attention(query, key, value, attn_mask=mask, dropout_p=lost)
        mixed = mixed.transpose(1, 2).reshape(batch, tokens, width)
        hidden = self.attention_norm(hidden + self.dropout(self.attention_output(mixed)))
        widened = self.outer(nn.functional.gelu(self.inner(hidden)))
        normed: Tensor = self.outer_norm(hidden + self.dropout(widened))
        return normed


class Encoder(nn.Module):
    """BERT encoder whose input embeddings also carry the word features of `wording`."""

    def __init__(self, config: EncoderConfig) -> None:
        super().__init__()
        width = config.hidden_size
        self.words = nn.Embedding(config.vocab_size, width)
        self.positions = nn.Embedding(config.max_position_embeddings, width)
        self.segments = nn.Embedding(2, width)
        self.norm = nn.LayerNorm(width, eps=config.layer_norm_eps)
        self.matches = nn.Embedding(len(Match), width)
        self.neighbours = nn.Embedding(len(Neighbours), width)
        self.shapes = nn.Embedding(len(Shape), width)
        self.settings = nn.Embedding(len(Setting), width)
        buckets = config.relative_buckets
        self.distances = nn.Embedding(buckets, config.num_attention_heads) if buckets else None
        self.layers = nn.ModuleList(Layer(config) for _ in range(config.num_hidden_layers))
        self.apart = config.num_hidden_layers - config.joined_layers if config.joined_layers else 0
        self.matching = Matching(width, config.layer_norm_eps) if config.joined_layers else None
        for table in (self.matches, self.neighbours, self.shapes, self.settings):
            nn.init.zeros_(table.weight)  # a pretrained encoder starts out undisturbed

    def blank_features(self) -> dict[str, Tensor]:
        """The tables of the word features as they start, by their names in a `Network`'s state."""
        tables = {name: getattr(self, name).weight for name in WORD_FEATURES}
        if self.matching is not None:
            tables["matching.links"] = self.matching.links.weight
        return {f"encoder.{name}.weight": torch.zeros_like(table) for name, table in tables.items()}

    def forward(self, batch: Batch) -> Tensor:
        """Last hidden states, shape (batch, tokens, width)."""
        return self.states(batch)[-1]

    def states(self, batch: Batch) -> list[Tensor]:
        """Hidden states behind each layer, each of shape (batch, tokens, width)."""
        place = torch.arange(batch.ids.shape[1], device=batch.ids.device)
        if self.matching is not None:
            place = places_of(batch.segments)
        summed = self.words(batch.ids) + self.positions(place) + self.segments(batch.segments)
        summed = summed + self.matches(batch.matches) + self.neighbours(batch.neighbours)
        summed = summed + self.shapes(batch.shapes) + self.settings(batch.settings)
        hidden: Tensor = self.norm(summed)
        mask = batch.mask[:, None, None, :]
        if self.distances is not None:
            mask = self._biased(mask)
        states = []
        if self.matching is not None:
            own_side = mask & (batch.segments[:, None, None, :] == batch.segments[:, None, :, None])
            for layer in self.layers[: self.apart]:
                hidden = layer(hidden, own_side)
                states.append(hidden)
            hidden = self.matching(hidden, batch.segments, words_of(batch), batch.links)
        for layer in self.layers[self.apart :]:
            hidden = layer(hidden, mask)
            states.append(hidden)
        return states

    def _biased(self, mask: Tensor) -> Tensor:
        """The mask as figures, with the bias of the distances: (batch, heads, tokens, tokens)."""
        assert self.distances is not None  # noqa: S101 a programming error, not user input
        place = torch.arange(mask.shape[-1], device=mask.device)
        buckets = distance_buckets(place[None, :] - place[:, None], self.distances.num_embeddings)
        bias = self.distances(buckets).detach()  # left as pretrained: without its gradient the attention is quicker
        added: Tensor = bias.permute(2, 0, 1)[None].masked_fill(~mask, NOWHERE)
        return added.contiguous()


def distance_buckets(distances: Tensor, buckets: int) -> Tensor:
    """The bucket of each distance, half of them for either direction: the near ones apart, far ones by their logarithm.

    Those of T5 (Raffel et al. 2020), which MPNet takes over; from FAR tokens on all is one bucket.
    """
    half = buckets // 2
    exact = half // 2
    far = distances.abs()
    scaled = torch.log(far.float().clamp(min=1) / exact) / math.log(FAR / exact) * (half - exact)
    grown = (exact + scaled.long()).clamp(max=half - 1)
    return (distances > 0).long() * half + torch.where(far < exact, far, grown)


class Network(nn.Module):
    """Encoder and heads; see the module's docstring."""

    def __init__(self, config: EncoderConfig | None = None) -> None:
        super().__init__()
        self.config = config or EncoderConfig()
        width = self.config.hidden_size
        self.encoder = Encoder(self.config)
        self.pair = nn.Linear(3 * width, width)
        self.labels = nn.Linear(width, len(LABELS))
        self.token = nn.Linear(width, width // 2)
        self.token_error = nn.Linear(width // 2, 1)
        self.token_category = nn.Linear(width // 2, len(CATEGORIES))
        self.error = nn.Linear(width + 1, 1)

    def set_dropout(self, share: float) -> None:
        """How much of attention and of each sublayer's output is dropped while training; nothing ever in `eval`."""
        for module in self.modules():
            if isinstance(module, nn.Dropout):
                module.p = share

    def forward(self, batch: Batch) -> Outputs:
        """Logits of all heads; token logits outside the hypothesis are meaningless."""
        return self.read(self.encoder(batch), batch)

    def read(self, hidden: Tensor, batch: Batch) -> Outputs:
        """What the heads say of the last hidden states of a batch, as `forward`."""
        inside = batch.hypothesis[:, :, None]
        mean = (hidden * inside).sum(1) / inside.sum(1).clamp(min=1)
        peak = hidden.masked_fill(~inside, NOWHERE).amax(1)
        pooled = nn.functional.gelu(self.pair(torch.cat([hidden[:, 0], mean, peak], dim=-1)))
        token = nn.functional.gelu(self.token(hidden))
        token_logits = self.token_error(token).squeeze(-1)
        masked = token_logits.masked_fill(~batch.hypothesis, NOWHERE)
        summit = torch.logsumexp(SHARPNESS * masked, dim=1, keepdim=True) / SHARPNESS
        error = self.error(torch.cat([pooled, summit.clamp(min=-20)], dim=-1)).squeeze(-1)
        return Outputs(self.labels(pooled), token_logits, error, self.token_category(token))

    def sentence_vectors(self, batch: Batch) -> Tensor:
        """Unit-length mean of the hidden states of single texts, shape (batch, width)."""
        hidden = self.encoder(batch)
        inside = batch.mask[:, :, None]
        mean = (hidden * inside).sum(1) / inside.sum(1).clamp(min=1)
        return nn.functional.normalize(mean, dim=-1)


def load_bert_weights(encoder: Encoder, weights: dict[str, Tensor]) -> None:
    """Fill `encoder` with the weights of a transformers BertModel of the same sizes."""
    weights = {name.removeprefix("bert."): tensor for name, tensor in weights.items()}
    own: dict[str, Tensor] = {
        "words.weight": weights["embeddings.word_embeddings.weight"],
        "positions.weight": weights["embeddings.position_embeddings.weight"],
        "segments.weight": weights["embeddings.token_type_embeddings.weight"],
        "norm.weight": weights["embeddings.LayerNorm.weight"],
        "norm.bias": weights["embeddings.LayerNorm.bias"],
    }
    _fill(encoder, own, weights, BERT_ATTENTION)


def load_mpnet_weights(encoder: Encoder, weights: dict[str, Tensor]) -> None:
    """Fill `encoder` with the weights of a transformers MPNetModel of the same sizes.

    MPNet has BERT's vocabulary with a few entries of its own before it and one behind, no segments, and positions that
    start after those of padding.
    """
    words, positions = weights["embeddings.word_embeddings.weight"], weights["embeddings.position_embeddings.weight"]
    own_words = words[MPNET_FIRST : MPNET_FIRST + encoder.words.num_embeddings].clone()
    for bert, mpnet in MPNET_SPECIAL.items():
        own_words[bert] = words[mpnet]
    own: dict[str, Tensor] = {
        "words.weight": own_words,
        "positions.weight": positions[2:],
        "segments.weight": torch.zeros_like(encoder.segments.weight),
        "norm.weight": weights["embeddings.LayerNorm.weight"],
        "norm.bias": weights["embeddings.LayerNorm.bias"],
        "distances.weight": weights["encoder.relative_attention_bias.weight"],
    }
    _fill(encoder, own, weights, MPNET_ATTENTION)


def _fill(
    encoder: Encoder, own: dict[str, Tensor], weights: dict[str, Tensor], attention: tuple[str, str, str, str, str]
) -> None:
    """Load `own` and the layers of `weights`, where the parts of the attention are called `attention`.

    Raises ValueError unless the word features and the matching alone are missing.
    """
    *inputs, output, norm = attention
    for index in range(len(encoder.layers)):
        theirs, mine = f"encoder.layer.{index}.", f"layers.{index}."
        for part in ("weight", "bias"):
            own[f"{mine}attention.{part}"] = torch.cat([weights[f"{theirs}{name}.{part}"] for name in inputs])
            own[f"{mine}attention_output.{part}"] = weights[f"{theirs}{output}.{part}"]
            own[f"{mine}attention_norm.{part}"] = weights[f"{theirs}{norm}.{part}"]
            own[f"{mine}inner.{part}"] = weights[f"{theirs}intermediate.dense.{part}"]
            own[f"{mine}outer.{part}"] = weights[f"{theirs}output.dense.{part}"]
            own[f"{mine}outer_norm.{part}"] = weights[f"{theirs}output.LayerNorm.{part}"]
    missing, unexpected = encoder.load_state_dict(own, strict=False)
    missing = [name for name in missing if not name.startswith("matching.")]
    if unexpected or set(missing) - {f"{table}.weight" for table in WORD_FEATURES}:
        raise ValueError(f"these are not the weights of such an encoder: missing {missing}, unexpected {unexpected}")
