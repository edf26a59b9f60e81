"""The heads of the early exit on torch: a narrow layer of their own, which compares the two sides, and small heads.

Hidden states of the first layers hardly know yet what the other side says, so heads on them alone do not know which
pairs matter. One more layer of attention, narrow and a hundredth of the network's work, tells most of them.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn.functional import relu

from checker.nli.early_exit import HEADS, INNER, WIDTH
from checker.nli.packed import Packed, attend_by_block, mean_and_peak, spread
from checker.nli.types import LABELS


class EarlyJudged(NamedTuple):
    """Logits for packed rows; those of tokens are spread over (rows, longest hypothesis)."""

    labels: Tensor  # (rows, 3)
    tokens: Tensor  # (rows, longest hypothesis)
    error: Tensor  # (rows,)
    stays: Tensor  # (rows,)


class ExitHeads(nn.Module):
    """What the whole network would say, from hidden states of `width` numbers after some of its layers."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.down = nn.Linear(width, WIDTH)
        self.attention = nn.Linear(WIDTH, 3 * WIDTH)
        self.attention_output = nn.Linear(WIDTH, WIDTH)
        self.attention_norm = nn.LayerNorm(WIDTH)
        self.inner = nn.Linear(WIDTH, INNER)
        self.outer = nn.Linear(INNER, WIDTH)
        self.outer_norm = nn.LayerNorm(WIDTH)
        self.pair = nn.Linear(width + 3 * WIDTH, WIDTH)
        self.verdicts = nn.Linear(WIDTH, len(LABELS) + 2)  # labels, error, stays
        self.token = nn.Linear(width + WIDTH, 1)

    def forward(self, hidden: Tensor, packed: Packed) -> EarlyJudged:
        """`hidden` (tokens, width) of the packed rows."""
        rows = len(packed.starts)
        wanted = torch.cat([packed.starts, packed.hypothesis])
        narrow = self._compare(hidden, packed, wanted)
        first, words = narrow[:rows], narrow[rows:]
        pooled = relu(self.pair(torch.cat([hidden[packed.starts], first, *mean_and_peak(words, packed)], dim=-1)))
        tokens = spread(self.token(torch.cat([hidden[packed.hypothesis], words], dim=-1)).squeeze(-1), packed)
        verdicts = self.verdicts(pooled)
        return EarlyJudged(verdicts[:, : len(LABELS)], tokens, verdicts[:, -2], verdicts[:, -1])

    def _compare(self, hidden: Tensor, packed: Packed, wanted: Tensor) -> Tensor:
        """The narrow layer: attention over all tokens of a row, the rest for the `wanted` ones."""
        narrow = self.down(hidden)
        mixed = attend_by_block(self.attention(narrow), packed.blocks, HEADS)[wanted]
        narrow = self.attention_norm(narrow[wanted] + self.attention_output(mixed))
        normed: Tensor = self.outer_norm(narrow + self.outer(relu(self.inner(narrow))))
        return normed


def read_heads(file: Path, width: int) -> ExitHeads:
    """The heads in an exit's file, in float32; raises RuntimeError or SafetensorError where they do not fit."""
    from safetensors.torch import load_file

    heads = ExitHeads(width)
    heads.load_state_dict(load_file(file))
    return heads.eval()


def save_heads(heads: ExitHeads, file: Path, about: dict[str, str]) -> None:
    """Write the heads in float16 with the metadata `about`, the whole file or nothing."""
    from safetensors.torch import save_file

    partial = file.with_suffix(".partial")
    save_file({name: each.detach().to(torch.float16) for name, each in heads.state_dict().items()}, partial, about)
    partial.chmod(0o644)  # safetensors writes for the owner alone; a package is read by others
    partial.replace(file)
