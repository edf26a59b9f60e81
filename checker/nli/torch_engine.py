"""The network on torch: the reference on a processor, and on a graphics processor in bfloat16."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import torch
from numpy.typing import NDArray

from checker.errors import ModelError
from checker.nli.attention_kernels import suit_any_shape
from checker.nli.encoding import Row
from checker.nli.engine import Said
from checker.nli.network import EncoderConfig, Network
from checker.nli.packed import judge, pack, sentence_vectors
from checker.nli.torch_version import torch_backend
from checker.nli.workers import Workers

_Batch = TypeVar("_Batch")
_Said = TypeVar("_Said")


class TorchEngine:
    """A network on `device`; products are computed in `number`, all else in float32."""

    def __init__(
        self,
        network: Network,
        *,
        threads: int | None = None,
        device: str = "cpu",
        number: torch.dtype = torch.float32,
    ) -> None:
        self._network = network.eval().to(device)
        self._device = torch.device(device)
        self._number = number
        self._workers = Workers(threads)

    @classmethod
    def load(
        cls, folder: Path, encoder: Mapping[str, Any], *, threads: int | None = None, cuda: bool = False
    ) -> TorchEngine:
        """The network of a checkpoint folder with the sizes `encoder` of its config.

        `cuda` asks for a graphics processor; raises ModelError where torch finds none. For others see `checkpoint`.
        """
        if cuda and not torch.cuda.is_available():
            raise ModelError("torch finds no graphics processor; use the backend auto, or install torch for CUDA")
        if threads:
            torch.set_num_threads(threads)
        network = read_network(folder, encoder)
        if cuda:
            suit_any_shape()
            return cls(network, threads=1, device="cuda", number=torch.bfloat16)
        return cls(network, threads=threads)

    @property
    def backend(self) -> str:
        """Library, version, number type and device."""
        return torch_backend(f"{str(self._number).removeprefix('torch.')}-{self._device.type}")

    @property
    def width(self) -> int:
        """Length of a sentence vector."""
        return self._network.config.hidden_size

    def share(self, work: Callable[[_Batch], _Said], batches: Sequence[_Batch]) -> list[_Said]:
        """A thread a batch; on a graphics processor one after the other."""
        return self._workers.map(work, batches)

    def judge(self, rows: Sequence[Row]) -> Said:
        """What the heads say of rows."""
        with self._computing():
            said = judge(self._network, pack(rows).to(self._device))
            labels, tokens, error = said.labels.float(), said.tokens.float(), said.error.float()
            probabilities = (labels.softmax(-1), tokens.sigmoid(), error.sigmoid())
            return Said(*(each.cpu().numpy() for each in probabilities))

    def vectors(self, rows: Sequence[Row]) -> NDArray[np.float32]:
        """Unit-length mean of the hidden states of single texts."""
        with self._computing():
            found: NDArray[np.float32] = (
                sentence_vectors(self._network, pack(rows).to(self._device)).float().cpu().numpy()
            )
            return found

    @contextmanager
    def _computing(self) -> Iterator[None]:
        reduced = self._number is not torch.float32
        with torch.inference_mode(), torch.autocast(self._device.type, dtype=self._number, enabled=reduced):
            yield


def read_network(folder: Path, encoder: Mapping[str, Any]) -> Network:
    """The network of a checkpoint folder with those sizes, in float32."""
    from safetensors.torch import load_file

    network = Network(EncoderConfig(**encoder))
    # Read into the network's own float32 tensors: a second copy would be the most that a short check needs of memory.
    # A checkpoint from before a word feature existed reads as before: the table of such a feature starts at zero.
    network.load_state_dict(network.encoder.blank_features() | load_file(folder / "model.safetensors"))
    return network
