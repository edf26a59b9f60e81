"""What of one side of a pair stands on the other: told to each word before both sides are read together.

A model of originals reads each side by itself first, as the encoder that it starts from was trained to, so that words
which mean the same lie near each other whatever their language. Here each word is given the mean of the other side's
words, weighed by how near they are, how near the nearest one is, and what the dictionary of its language says of it
(`checker.nli.dictionary`). Without it the layers that read both sides did not
learn in an hour on two cores to tell which word of the original a word stands for (models/LOG.md).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

from checker.nli.dictionary import Link

if TYPE_CHECKING:
    from checker.nli.network import Batch

SHARPNESS = 15.0  # of the weights, at the start
FIGURES = 2  # beside the vectors: how near the nearest word is, and how near it is in the mean of the side


class Matching(nn.Module):
    """Adds to the hidden states what the other side has for them."""

    def __init__(self, width: int, eps: float) -> None:
        super().__init__()
        self.sharpness = nn.Parameter(torch.tensor(SHARPNESS))
        self.project = nn.Linear(2 * width + FIGURES, width)
        self.norm = nn.LayerNorm(width, eps=eps)
        self.links = nn.Embedding(len(Link), width)
        nn.init.zeros_(self.links.weight)
        nn.init.zeros_(self.project.weight)  # the states start out undisturbed, but for the figures
        nn.init.zeros_(self.project.bias)
        nn.init.normal_(self.project.weight[:, -FIGURES:], std=0.3)

    def forward(self, hidden: Tensor, segments: Tensor, words: Tensor, links: Tensor) -> Tensor:
        """`hidden` (batch, tokens, width) -> the same shape; `words` is False on markers and padding.

        `links` (batch, tokens) are what a dictionary says of them.
        """
        device = hidden.device.type
        with torch.autocast(device, enabled=False):  # nearness wants more digits than bfloat16 has
            hidden = hidden.float()
            nearness = _nearness(hidden, segments, words)
            other = words[:, None, :] & (segments[:, :, None] != segments[:, None, :])
            some = other.any(-1, keepdim=True)
            nearest = nearness.masked_fill(~other, -1.0).amax(-1, keepdim=True) * some
            scores = (self.sharpness * nearness).masked_fill(~other, torch.finfo(torch.float32).min)
            aligned = scores.softmax(-1) @ hidden * some
            usual = _mean_of_side(nearest, segments, words)
            told = torch.cat([hidden - aligned, aligned, nearest, usual], dim=-1)
        found: Tensor = self.norm(hidden + self.project(told).float() + self.links(links).float())
        return found


def places_of(segments: Tensor) -> Tensor:
    """The place of each token on its own side, (batch, tokens); a hypothesis begins at 1, as if behind a marker."""
    steps = torch.arange(segments.shape[1], device=segments.device)
    first = segments.argmax(1, keepdim=True)
    return steps - segments * (first - 1).clamp(min=0)


def words_of(batch: Batch) -> Tensor:
    """True on the words of both sides, (batch, tokens): all but the markers, the separators and the padding."""
    steps = torch.arange(batch.ids.shape[1], device=batch.ids.device)
    lengths = batch.mask.sum(1, keepdim=True)
    ends = torch.where(batch.segments.any(1, keepdim=True), batch.segments.argmax(1, keepdim=True), lengths) - 1
    premise = (batch.segments == 0) & (steps >= 2) & (steps < ends)
    return (premise & batch.mask) | batch.hypothesis


def _nearness(hidden: Tensor, segments: Tensor, words: Tensor) -> Tensor:
    """Cosines of all tokens of a row, (batch, tokens, tokens), once the mean of each side is taken off."""
    centred = hidden - _mean_of_side(hidden, segments, words)
    unit = nn.functional.normalize(centred, dim=-1)
    return unit @ unit.transpose(1, 2)


def _mean_of_side(values: Tensor, segments: Tensor, words: Tensor) -> Tensor:
    """For each token the mean over the words of its side; `values` and what comes out are (batch, tokens, any)."""
    mean = torch.zeros_like(values)
    for side in (0, 1):
        inside = (words & (segments == side))[:, :, None]
        total = (values * inside).sum(1, keepdim=True) / inside.sum(1, keepdim=True).clamp(min=1)
        mean = torch.where((segments == side)[:, :, None], total, mean)
    return mean
