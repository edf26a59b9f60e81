"""The packed multilingual encoder is read as it was written, with the pieces of its vocabulary that are needed."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from checker.errors import ModelError
from checker.nli.encoding import PairEncoder
from checker.nli.types import Pair
from checker.training import multilingual
from checker.training.start import start

WIDTH, LAYERS, HEADS, INNER, POSITIONS = 32, 2, 4, 64, 300
PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁", "▁the", "▁port", "s", "▁puerto", "▁opened", "a", "b", "▁rare", "<mask>"]


def packed_file(path: Path) -> dict[str, NDArray[np.float32]]:
    """Write an encoder with random weights as the package has it; returns the tensors as they should come back."""
    generator = np.random.default_rng(1)
    shapes: dict[str, tuple[int, ...]] = {
        "emb.word": (len(PIECES), WIDTH), "emb.pos": (POSITIONS, WIDTH), "emb.type": (2, WIDTH),
        "emb.ln.w": (WIDTH,), "emb.ln.b": (WIDTH,),
    }  # fmt: skip
    for number in range(LAYERS):
        for name in ("q", "k", "v", "ao", "fi", "fo"):
            rows = INNER if name == "fi" else WIDTH
            shapes[f"l{number}.{name}.w"] = (rows, INNER if name == "fo" else WIDTH)
            shapes[f"l{number}.{name}.b"] = (rows,)
        for name in ("aln.w", "aln.b", "oln.w", "oln.b"):
            shapes[f"l{number}.{name}"] = (WIDTH,)
    tensors, parts = {}, []
    for name, shape in shapes.items():
        if len(shape) == 2 and not name.startswith(("emb.pos", "emb.type")):
            steps = generator.integers(0, 16, (int(np.prod(shape)) // 32, 32)).astype(np.uint8)
            scales = generator.uniform(0.01, 0.02, (len(steps), 1)).astype("<f2")
            tensors[name] = ((steps.astype(np.float32) - 8) * scales.astype(np.float32)).reshape(shape)
            nibbles = steps[:, :16] | (steps[:, 16:] << 4)
            parts.append((1, np.concatenate([scales.view(np.uint8), nibbles], axis=1).tobytes()))
        else:
            tensors[name] = generator.normal(size=shape).astype("<f4")
            parts.append((0, tensors[name].tobytes()))
    blob = [piece.encode() for piece in PIECES]
    head = b"E5S1" + struct.pack("<I", 1)
    head += struct.pack("<7i", WIDTH, LAYERS, HEADS, INNER, len(PIECES), POSITIONS, 2) + struct.pack("<fi", 1e-12, 32)
    head += struct.pack("<5i", len(PIECES), 0, 2, 1, 3) + struct.pack("<Q", sum(map(len, blob)))
    head += np.cumsum([0, *map(len, blob)]).astype("<u4").tobytes()
    head += (-np.arange(len(PIECES), dtype="<f4")).tobytes() + b"".join(blob)
    head += struct.pack("<iI", 1, 9) + struct.pack("<IBI", 0xAA, 1, 0x61)
    head += struct.pack("<i", len(parts))
    place = len(head) + sum(2 + len(name) + 21 for name in shapes)
    directory, body = b"", b""
    for name, (kind, content) in zip(shapes, parts, strict=True):
        directory += struct.pack("<H", len(name)) + name.encode()
        directory += struct.pack("<BIQQ", kind, tensors[name].size, place + len(body), len(content))
        body += content
    path.write_bytes(head + directory + body)
    return tensors


@pytest.fixture
def packed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, NDArray[np.float32]]:
    tensors = packed_file(tmp_path / "encoder.bin")
    monkeypatch.setattr(multilingual, "_installed", lambda: tmp_path / "encoder.bin")
    return tensors


def test_the_network_has_the_weights_of_the_file(packed: dict[str, NDArray[np.float32]]) -> None:
    network, tokenizer = start([], ["the port opened", "puertos", "ab"])
    kept = [tokenizer.id_to_token(number) for number in range(tokenizer.get_vocab_size())]
    assert kept[:4] == ["[CLS]", "[PAD]", "[SEP]", "[UNK]"]
    assert kept[-3:] == ["[unused1]", "[unused2]", "[unused3]"]
    assert "▁rare" not in kept
    words = network.encoder.words.weight.detach().numpy()
    for number, piece in enumerate(kept[4:-3], start=4):
        assert np.allclose(words[number], packed["emb.word"][PIECES.index(piece)])
    layer = network.encoder.layers[1]
    joined = np.concatenate([packed["l1.q.w"], packed["l1.k.w"], packed["l1.v.w"]])
    assert np.allclose(layer.attention.weight.detach().numpy(), joined)
    assert np.allclose(layer.outer.weight.detach().numpy(), packed["l1.fo.w"])
    assert np.allclose(layer.attention_norm.bias.detach().numpy(), packed["l1.aln.b"])


def test_it_reads_pairs(packed: dict[str, NDArray[np.float32]]) -> None:
    network, tokenizer = start([], ["the ports opened", "puerto", "ab"])
    (row,) = PairEncoder(tokenizer).encode([Pair("puerto", "the ports opened")])
    assert [span.of("the ports opened") for span in row.spans] == ["the", "port", "s", "opened"]
    assert int(torch.tensor(row.ids).max()) < network.config.vocab_size


def test_as_many_pieces_as_are_asked_for_are_kept(packed: dict[str, NDArray[np.float32]], tmp_path: Path) -> None:
    encoder = multilingual.read_packed(tmp_path / "encoder.bin")
    assert encoder.pieces == tuple(PIECES)
    few = multilingual.frequent_pieces(encoder, ["the the the port", "a"], size=10)
    assert len(few) == 10 - 3
    assert {PIECES[number] for number in few} >= {"a", "▁the"}


def test_another_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other.bin").write_bytes(b"GGUF" + bytes(100))
    with pytest.raises(ModelError, match="not the file of an encoder"):
        multilingual.read_packed(tmp_path / "other.bin")
