"""A teacher may start from an MPNet encoder; its figures are those of transformers."""

from pathlib import Path

import pytest
import torch
from torch import Tensor

from checker.errors import ModelError
from checker.nli.checkpoint import CheckpointPredictor, save_network
from checker.nli.network import MPNET_FIRST, MPNET_SPECIAL, Batch, EncoderConfig, Network, load_mpnet_weights

WORDS = 30522
SIZES = {"hidden_size": 12, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 16}


def batch_of(ids: Tensor, mask: Tensor) -> Batch:
    nothing = torch.zeros_like(ids)
    return Batch(ids, mask, nothing, nothing, nothing, nothing, nothing, mask, nothing)


def test_the_hidden_states_are_those_of_transformers() -> None:
    mpnet = pytest.importorskip("transformers").MPNetModel
    config = pytest.importorskip("transformers").MPNetConfig(
        vocab_size=WORDS + MPNET_FIRST + 1, max_position_embeddings=514, layer_norm_eps=1e-5, **SIZES
    )
    torch.manual_seed(3)
    theirs = mpnet(config).eval()
    torch.nn.init.normal_(theirs.encoder.relative_attention_bias.weight)
    own = Network(EncoderConfig(layer_norm_eps=1e-5, relative_buckets=32, **SIZES)).eval()
    load_mpnet_weights(own.encoder, theirs.state_dict())
    ids = torch.randint(1000, WORDS, (2, 150), generator=torch.Generator().manual_seed(4))
    ids[:, 0], ids[:, 149], ids[1, 90:] = 101, 102, 0
    mask = torch.ones_like(ids, dtype=torch.bool)
    mask[1, 90:] = False
    moved = torch.tensor([[MPNET_SPECIAL.get(int(word), int(word) + MPNET_FIRST) for word in row] for row in ids])
    with torch.no_grad():
        expected = theirs(moved, attention_mask=mask.long()).last_hidden_state
        found = own.encoder(batch_of(ids, mask))
    assert torch.allclose(found[mask], expected[mask], atol=1e-5)


def test_nothing_is_checked_with_a_teacher(tmp_path: Path) -> None:
    save_network(Network(EncoderConfig(relative_buckets=32, **SIZES)), tmp_path, description="teacher")
    (tmp_path / "tokenizer.json").write_text("{}")
    with pytest.raises(ModelError, match="a teacher"):
        CheckpointPredictor.load(tmp_path)
