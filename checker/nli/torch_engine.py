"""The network on torch: the reference on a processor, and on a graphics processor in bfloat16."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import torch
from numpy.typing import NDArray

from checker.errors import ModelError
from checker.nli.allocator import hold_heap_small
from checker.nli.attention_kernels import suit_any_shape
from checker.nli.backends import Backend
from checker.nli.bfloat16 import is_fast_in_bfloat16
from checker.nli.early_exit import EarlySaid, Limits, find_exit, judge_early, read_limits
from checker.nli.encoding import Row
from checker.nli.engine import BATCH_TOKENS, LEAST_TOKENS, Said, likeliest_kinds
from checker.nli.exit_heads import EarlyJudged, ExitHeads, read_heads
from checker.nli.network import EncoderConfig, Network, collate
from checker.nli.packed import Judged, begin, finish, judge, pack, sentence_vectors
from checker.nli.rounding import unrounded
from checker.nli.torch_version import torch_backend
from checker.nli.workers import Workers

CUDA_BATCH_TOKENS = 32 * BATCH_TOKENS

_Batch = TypeVar("_Batch")
_Said = TypeVar("_Said")


class TorchEngine:
    """A network on `device`; products of its layers are computed in `number`, all else and the heads in float32."""

    def __init__(
        self,
        network: Network,
        *,
        threads: int | None = None,
        device: str = "cpu",
        number: torch.dtype = torch.float32,
        exits: tuple[ExitHeads, Limits] | None = None,
    ) -> None:
        self._exits = exits
        self._network = network.eval().to(device)
        for part in self._network.encoder.layers.modules():
            if isinstance(part, torch.nn.Linear):
                part.to(number)
        self._device = torch.device(device)
        self._number = number
        self._workers = Workers(threads)

    @classmethod
    def load(
        cls,
        folder: Path,
        encoder: Mapping[str, Any],
        *,
        threads: int | None = None,
        backend: Backend = Backend.TORCH,
    ) -> TorchEngine:
        """The network of a checkpoint folder with the sizes `encoder` of its config.

        Raises ModelError where the machine has not got what `backend` asks for. For others see `checkpoint`.
        """
        if backend is Backend.CUDA and not torch.cuda.is_available():
            raise ModelError("torch finds no graphics processor; use the backend auto, or install torch for CUDA")
        if backend is Backend.BFLOAT16 and not is_fast_in_bfloat16("cpu"):
            raise ModelError("this processor has no instructions for bfloat16; use the backend auto, which is faster")
        hold_heap_small()
        if threads:
            torch.set_num_threads(threads)
        network = read_network(folder, encoder)
        network.encoder.words.to(torch.float16)  # as the file has them: half the memory of the biggest table
        if backend is Backend.CUDA:  # without the exit: layers cost little there
            suit_any_shape()
            return cls(network, threads=1, device="cuda", number=torch.bfloat16)
        number = torch.bfloat16 if backend is Backend.BFLOAT16 else torch.float32
        return cls(network, threads=threads, number=number, exits=_read_exit(folder, network.config))

    @property
    def backend(self) -> str:
        """Library, version, number type and device."""
        return torch_backend(f"{str(self._number).removeprefix('torch.')}-{self._device.type}")

    @property
    def width(self) -> int:
        """Length of a sentence vector."""
        return self._network.config.hidden_size

    @property
    def batch_tokens(self) -> int:
        """Tokens of one batch at most; many on a graphics processor, which takes as long for few."""
        return BATCH_TOKENS if self._device.type == "cpu" else CUDA_BATCH_TOKENS

    @property
    def least_tokens(self) -> int:
        """Tokens of a batch of its own: more in bfloat16, where products of few rows are slower."""
        if self._device.type != "cpu":
            return CUDA_BATCH_TOKENS // 8
        return LEAST_TOKENS if self._number is torch.float32 else 3 * LEAST_TOKENS

    def share(self, work: Callable[[_Batch], _Said], batches: Sequence[_Batch]) -> list[_Said]:
        """A thread a batch; on a graphics processor one after the other."""
        return self._workers.map(work, batches)

    def judge(self, rows: Sequence[Row]) -> Said:
        """What the heads say of rows."""
        if self._network.encoder.matching is not None:
            return self._judge_padded(rows)
        if self._exits is not None and any(row.is_context for row in rows):
            return judge_early(rows, self._exits[1], self._begin, self._finish)
        with torch.inference_mode():
            return said_of(judge(self._network, pack(rows).to(self._device)))

    def _judge_padded(self, rows: Sequence[Row]) -> Said:
        """As `judge`, for a network that reads its sides apart: its rows are few, and padded they are simpler."""
        batch = collate(rows, 0).to(self._device.type)
        with torch.inference_mode(), torch.autocast(self._device.type, self._number, self._number != torch.float32):
            outputs = self._network(batch)
        longest = max(len(row.spans) for row in rows)
        places = torch.tensor([row.first_hypothesis for row in rows])[:, None] + torch.arange(max(1, longest))
        places = places.clamp(max=batch.ids.shape[1] - 1).to(self._device)
        tokens = outputs.tokens.gather(1, places)
        chosen = outputs.categories.gather(1, places[:, :, None].expand(-1, -1, outputs.categories.shape[-1]))
        return said_of(Judged(outputs.labels, tokens, outputs.error, chosen))

    def _begin(self, rows: Sequence[Row]) -> tuple[torch.Tensor, EarlySaid]:
        """Hidden states at the exit, and what its heads say."""
        assert self._exits is not None  # noqa: S101 a programming error, not user input
        heads, limits = self._exits
        with torch.inference_mode():
            packed = pack(rows).to(self._device)
            hidden = begin(self._network, packed, limits.after)
            return hidden, early_said(heads(hidden, packed))

    def _finish(self, hidden: torch.Tensor, rows: Sequence[Row], stays: NDArray[np.bool_]) -> Said:
        """What the whole network says of the rows that stay."""
        assert self._exits is not None  # noqa: S101 a programming error, not user input
        with torch.inference_mode():
            kept = torch.from_numpy(np.repeat(stays, [len(row) for row in rows])).to(self._device)
            packed = pack([row for row, stay in zip(rows, stays, strict=True) if stay]).to(self._device)
            return said_of(finish(self._network, hidden[kept], packed, self._exits[1].after))

    def vectors(self, rows: Sequence[Row]) -> NDArray[np.float32]:
        """Unit-length mean of the hidden states of single texts."""
        with torch.inference_mode():
            found: NDArray[np.float32] = sentence_vectors(self._network, pack(rows).to(self._device)).cpu().numpy()
            return found


def said_of(judged: Judged | EarlyJudged) -> Said:
    """Logits to probabilities."""
    labels, tokens, error = judged.labels.float(), judged.tokens.float(), judged.error.float()
    probabilities = (labels.softmax(-1), tokens.sigmoid(), error.sigmoid())
    said = Said(*(each.cpu().numpy() for each in probabilities))
    return said._replace(kinds=_kinds_of(judged.categories)) if isinstance(judged, Judged) else said


def _kinds_of(categories: torch.Tensor) -> NDArray[np.int8]:
    """Logits of the category head to the `kinds` of Said."""
    logits = categories.float().cpu().numpy()
    return likeliest_kinds(logits.reshape(-1, logits.shape[-1])).reshape(*logits.shape[:2], 2)


def early_said(judged: EarlyJudged) -> EarlySaid:
    """Logits of an exit's heads to probabilities."""
    return EarlySaid(said_of(judged), judged.stays.float().sigmoid().cpu().numpy())


def _read_exit(folder: Path, sizes: EncoderConfig) -> tuple[ExitHeads, Limits] | None:
    """The early exit of the folder, where it has one; see `early_exit`."""
    file = find_exit(folder)
    return (read_heads(file, sizes.hidden_size), read_limits(file, sizes.num_hidden_layers)) if file else None


def read_network(folder: Path, encoder: Mapping[str, Any]) -> Network:
    """The network of a checkpoint folder with those sizes, in float32."""
    from safetensors.torch import load_file

    network = Network(EncoderConfig(**encoder))
    # Read into the network's own float32 tensors: a second copy would be the most that a short check needs of memory.
    # A checkpoint from before a word feature existed reads as before: the table of such a feature starts at zero.
    weights = unrounded(load_file(folder / "model.safetensors"))
    network.load_state_dict(network.encoder.blank_features() | weights)
    return network
