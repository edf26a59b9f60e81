"""What other models say of a run's examples: soft targets beside what people said.

Those may be teachers: models of any size that were trained before on the same kinds of examples, whose mean opinion is
learnt (distillation, Hinton et al. 2015). Without teachers they are the models that the run starts from: labels are the
mean opinion of all those and of the mean of their weights, for they err in different places; words in error are the
opinion of the network as it started: what it tells apart well, it shall not unlearn while its labels are trained
(learning without forgetting, Li and Hoiem 2016).
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn import functional

from checker.nli.checkpoint import load_network
from checker.nli.network import Batch, Network, Outputs


class Opinions(NamedTuple):
    """Probabilities for one batch."""

    labels: Tensor  # (batch, 3)
    tokens: Tensor  # (batch, tokens); meaningless outside the hypothesis
    error: Tensor  # (batch,)
    hypothesis: Tensor  # (batch, tokens) True on the tokens of the hypothesis
    states: tuple[Tensor, ...] = ()  # behind each layer of the first model asked, (batch, tokens, width) each


class OpinionLosses(NamedTuple):
    """How far the network is from the opinions, before weighting; each a scalar."""

    label_opinion: Tensor
    token_opinion: Tensor
    error_opinion: Tensor


class Panel:
    """The models that are asked; none of them changes any more."""

    def __init__(self, network: Network, made_of: Sequence[Path], device: str, teachers: Sequence[Path] = ()) -> None:
        """The teachers; if there are none, the network as it is now and the models `made_of` which it was.

        Both are model folders, see `checker.training.start`. Raises ModelError where one cannot be read.
        """
        if teachers:
            self._members = [load_network(folder).to(device).eval() for folder in teachers]
            self._of_words = len(self._members)
            return
        several = made_of if len(made_of) > 1 else ()  # one folder is the start itself
        others = [load_network(folder).to(device).eval() for folder in several]
        self._members = [copy.deepcopy(network).to(device).eval(), *others]
        self._of_words = 1  # the start

    @property
    def sizes(self) -> tuple[int, int]:
        """Layers and width of the first model asked."""
        config = self._members[0].config
        return config.num_hidden_layers, config.hidden_size

    @torch.no_grad()
    def ask(self, batch: Batch) -> Opinions:
        """The opinions on a batch, which lies on the panel's device."""
        states = self._members[0].encoder.states(batch)
        said = [self._members[0].read(states[-1], batch), *(member(batch) for member in self._members[1:])]
        return mean_opinion(said, batch, self._of_words)._replace(states=tuple(states))


def mean_opinion(said: Sequence[Outputs], batch: Batch, of_words: int = 1) -> Opinions:
    """What several networks say of a batch, as one: labels by all, words and error by the first `of_words`."""
    logs = torch.stack([each.labels.float().log_softmax(-1) for each in said]).mean(0)
    tokens = torch.stack([each.tokens.float() for each in said[:of_words]]).mean(0)
    error = torch.stack([each.error.float() for each in said[:of_words]]).mean(0)
    return Opinions(logs.softmax(-1), tokens.sigmoid(), error.sigmoid(), batch.hypothesis)


def rows_asked(sources: Sequence[str], unasked: Sequence[str]) -> list[int]:
    """Rows of a batch on which opinions are heard: those whose source is none of `unasked`."""
    return [row for row, source in enumerate(sources) if source not in unasked]


def opinion_losses(outputs: Outputs, opinions: Opinions) -> OpinionLosses:
    """Cross-entropy between the opinions and what the network says; words weigh the same in sentences of any length."""
    label = functional.cross_entropy(outputs.labels, opinions.labels)
    inside = opinions.hypothesis
    words = functional.binary_cross_entropy_with_logits(outputs.tokens, opinions.tokens, reduction="none")
    token = ((words * inside).sum(1) / inside.sum(1).clamp(min=1)).mean()
    error = functional.binary_cross_entropy_with_logits(outputs.error, opinions.error)
    return OpinionLosses(label, token, error)
