"""The loss: labels, words, any error at all, twins, categories.

Twins are a corrupted sentence and its clean version with the same premise; ranking them optimises what an editor feels:
the clean one stays silent.
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn import functional

from checker.nli.network import Outputs
from checker.training.batching import NOT_CONTRADICTION, Targets
from checker.training.opinions import OpinionLosses
from checker.training.recipe import LossWeights

POSITIVE_WEIGHT = 3.0  # words in error are rare
MARGIN = 1.0


class Losses(NamedTuple):
    """The terms before weighting; each a scalar, zero where a batch has no such target."""

    label: Tensor
    token: Tensor
    error: Tensor
    ranking: Tensor
    category: Tensor


def weighted_sum(terms: Losses | OpinionLosses, weights: LossWeights) -> Tensor:
    """The terms, each as much as the weight of its name says."""
    return torch.stack([getattr(weights, name) * value for name, value in terms._asdict().items()]).sum()


def losses(outputs: Outputs, targets: Targets) -> Losses:
    """All terms for one batch."""
    return Losses(
        _label_loss(outputs.labels, targets),
        _token_loss(outputs.tokens, targets),
        _error_loss(outputs.error, targets),
        _ranking_loss(outputs.error, targets),
        _category_loss(outputs.categories, targets),
    )


def _label_loss(logits: Tensor, targets: Targets) -> Tensor:
    logs = logits.log_softmax(-1)  # (batch, 3)
    not_entailed = torch.logsumexp(logs[:, 1:], dim=-1, keepdim=True)
    not_contradicted = torch.logsumexp(logs[:, :2], dim=-1, keepdim=True)
    logs = torch.cat([logs, not_entailed, not_contradicted], dim=-1)  # (batch, 5): see PARTIAL_LABELS
    assert logs.shape[1] == NOT_CONTRADICTION + 1  # noqa: S101 a programming error, not user input
    known = (targets.labels >= 0).float() * targets.weights
    picked = logs.gather(1, targets.labels.clamp(min=0)[:, None]).squeeze(1)
    return -(picked * known).sum() / known.sum().clamp(min=1e-6)


def _token_loss(logits: Tensor, targets: Targets) -> Tensor:
    wanted = targets.tokens.clamp(min=0)
    known = (targets.tokens >= 0).float() * targets.weights[:, None]
    each = functional.binary_cross_entropy_with_logits(
        logits, wanted, reduction="none", pos_weight=logits.new_tensor(POSITIVE_WEIGHT)
    )
    per_row = (each * known).sum(1) / (targets.tokens >= 0).sum(1).clamp(min=1)
    rows = (known.sum(1) > 0).sum().clamp(min=1)
    return per_row.sum() / rows


def _error_loss(logits: Tensor, targets: Targets) -> Tensor:
    known = (targets.error >= 0).float() * targets.weights
    each = functional.binary_cross_entropy_with_logits(logits, targets.error.clamp(min=0), reduction="none")
    return (each * known).sum() / known.sum().clamp(min=1e-6)


def _ranking_loss(logits: Tensor, targets: Targets) -> Tensor:
    if not len(targets.twins):
        return logits.sum() * 0.0
    worse, better = logits[targets.twins[:, 0]], logits[targets.twins[:, 1]]
    return functional.softplus(MARGIN - (worse - better)).mean()


def _category_loss(logits: Tensor, targets: Targets) -> Tensor:
    known = (targets.categories >= 0).sum().clamp(min=1)
    summed = functional.cross_entropy(
        logits.flatten(0, 1), targets.categories.flatten(), ignore_index=-1, reduction="sum"
    )
    return summed / known
