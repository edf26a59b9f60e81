"""Fits the heads of an early exit to what the whole network says, and chooses who may leave by pairs held back.

The network stays as it is. One pass gives the hidden states at the exit and the figures at the end (distillation:
DeeBERT, BERxiT); what is learnt besides is whether a pair matters, that is, whether anything could come of it. A pair
that the network is sure of is easy; the limit is drawn so that next to none that matters leaves.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits as cross_entropy

from checker.nli.checkpoint import batches_by_length
from checker.nli.early_exit import EarlySaid, Limits, leaving
from checker.nli.encoding import Row
from checker.nli.exit_heads import ExitHeads
from checker.nli.network import Network
from checker.nli.packed import Packed, begin, finish, pack
from checker.nli.torch_engine import early_said, said_of

AFTER = 4  # layers: after three too little is known of the other side, five leave nothing to save; see ARCHITECTURE.md
EPOCHS = 6
RATE = 2e-3
WARMUP = 50  # steps
DECAY = 0.6  # of the steps, over which the rate falls to zero
WEIGHT_DECAY = 0.01
WORDS = 3.0  # weight of the loss over words: those in error are rare
TOKENS_PER_STEP = 2048
DENIED = 0.5  # of contradiction, from which a pair matters whatever its words; see `Thresholds.contradiction`
MISSED = 0.005  # of the pairs that matter, how many may leave
ENTAILED = 0.5  # what counts as support; see `Thresholds.entailment`
LOST_SUPPORT = 0.02  # of the pairs that support the sentence, how many may leave

Tell = Callable[[int, int], object]


@dataclass(frozen=True, slots=True)
class Lesson:
    """One row with the hidden states at the exit (tokens, width), float16, and what the whole network says of it."""

    row: Row
    hidden: NDArray[np.float16]
    labels: NDArray[np.float32]  # (3,)
    tokens: NDArray[np.float32]  # (hypothesis tokens,)
    error: float

    @property
    def hottest(self) -> float:
        """Probability of the most suspect word."""
        return float(self.tokens.max(initial=0.0))

    def matters(self, limits: Limits) -> bool:
        """True where a suspicion may come of the pair, or the verdict that the sentence is contradicted."""
        denied = float(self.labels[2])
        return denied >= DENIED or (max(denied, self.error) >= limits.suspicion and self.hottest >= limits.word)


class ExitQuality(NamedTuple):
    """What an exit does with some pairs; shares of all of them, and of those of a kind."""

    pairs: int
    leave: float  # share of the pairs
    tokens: float  # share of the tokens that leave
    matter: int  # pairs
    missed: float  # share of those that matter, and leave all the same
    supporting: int
    support_lost: float


@torch.inference_mode()
def ask_network(network: Network, rows: Sequence[Row], after: int, tell: Tell = lambda *_: None) -> list[Lesson]:
    """A lesson a row, in order; `tell` hears how many are done and of how many."""
    lessons: dict[int, Lesson] = {}
    for batch in batches_by_length([len(row) for row in rows]):
        chosen = [rows[index] for index in batch]
        packed = pack(chosen)
        hidden = begin(network, packed, after)
        parts = hidden.to(torch.float16).split([len(row) for row in chosen])  # type: ignore[no-untyped-call]
        said = said_of(finish(network, hidden, packed, after))
        for index, row, part, labels, tokens, error in zip(
            batch, chosen, parts, said.labels, said.tokens, said.error, strict=True
        ):
            lessons[index] = Lesson(row, part.numpy().copy(), labels, tokens[: len(row.spans)], float(error))
        tell(len(lessons), len(rows))
    return [lessons[index] for index in range(len(rows))]


def fit_heads(
    width: int,
    lessons: Sequence[Lesson],
    limits: Limits,
    *,
    epochs: int = EPOCHS,
    seed: int = 1,
    tell: Tell = lambda *_: None,
) -> ExitHeads:
    """Heads that say of these rows what the network says, as far as hidden states at the exit tell it.

    `limits` say which pairs matter, as for `choose_limits`. `tell` hears how many steps are done, and of how many.
    """
    torch.manual_seed(seed)
    order = random.Random(seed)
    heads = ExitHeads(width).train()
    steps = [[lessons[index] for index in batch] for batch in _steps(lessons)]
    optimiser = torch.optim.AdamW(heads.parameters(), lr=RATE, weight_decay=WEIGHT_DECAY)
    count = epochs * len(steps)
    for number in range(count):
        if number % len(steps) == 0:
            order.shuffle(steps)
        share = (number + 1) / count
        for group in optimiser.param_groups:
            group["lr"] = RATE * min(1.0, (number + 1) / WARMUP, (1.0 - share) / DECAY + 0.01)
        loss = _loss(heads, steps[number % len(steps)], limits)
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        tell(number + 1, count)
    return heads.eval()


def choose_limits(heads: ExitHeads, lessons: Sequence[Lesson], limits: Limits) -> Limits:
    """`limits` with such `stays` and `entailment` that of these pairs few enough leave (MISSED, LOST_SUPPORT).

    Nobody leaves where none matters: then nothing tells where the limit is.
    """
    stays, entailment = np.zeros(len(lessons)), np.zeros(len(lessons))
    for batch, early in _ask_heads(heads, lessons):
        stays[batch], entailment[batch] = early.stays, early.said.labels[:, 0]
    matter, supporting = _kinds(lessons, limits)
    entailed = min(ENTAILED, _lowest(entailment[supporting], LOST_SUPPORT, ENTAILED))
    return replace(limits, stays=_lowest(stays[matter], MISSED, 0.0), entailment=entailed)


def measure_exit(heads: ExitHeads, lessons: Sequence[Lesson], limits: Limits) -> ExitQuality:
    """What the exit does with these pairs."""
    leaves = np.zeros(len(lessons), dtype=bool)
    for batch, early in _ask_heads(heads, lessons):
        leaves[batch] = leaving([lessons[index].row for index in batch], early, limits)
    matter, supporting = _kinds(lessons, limits)
    lengths = np.array([len(each.row) for each in lessons])
    return ExitQuality(
        pairs=len(lessons),
        leave=_share(leaves),
        tokens=float(lengths[leaves].sum() / max(1, lengths.sum())),
        matter=int(matter.sum()),
        missed=_share(leaves[matter]),
        supporting=int(supporting.sum()),
        support_lost=_share(leaves[supporting]),
    )


def _kinds(lessons: Sequence[Lesson], limits: Limits) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which pairs matter, and which support the sentence."""
    matter = np.array([each.matters(limits) for each in lessons], dtype=bool)
    return matter, np.array([each.labels[0] >= ENTAILED for each in lessons], dtype=bool)


def _share(flags: NDArray[np.bool_]) -> float:
    return float(flags.mean()) if len(flags) else 0.0


@torch.inference_mode()
def _ask_heads(heads: ExitHeads, lessons: Sequence[Lesson]) -> list[tuple[list[int], EarlySaid]]:
    """What the heads say, batch by batch, with the places of the batch."""
    return [(batch, early_said(heads(*_packed([lessons[index] for index in batch])))) for batch in _steps(lessons)]


def _steps(lessons: Sequence[Lesson]) -> Iterable[list[int]]:
    return batches_by_length([len(each.row) for each in lessons], TOKENS_PER_STEP)


def _lowest(figures: NDArray[np.float64], share: float, otherwise: float) -> float:
    """The limit below which at most `share` of the figures are; `otherwise` where there are none."""
    return float(np.sort(figures)[int(share * len(figures))]) if len(figures) else otherwise


def _loss(heads: ExitHeads, lessons: Sequence[Lesson], limits: Limits) -> Tensor:
    hidden, packed = _packed(lessons)
    said = heads(hidden, packed)
    labels = torch.from_numpy(np.stack([each.labels for each in lessons]))
    errors = torch.tensor([each.error for each in lessons])
    matters = torch.tensor([float(each.matters(limits)) for each in lessons])
    tokens = torch.from_numpy(np.concatenate([each.tokens for each in lessons]))
    label_loss = -(labels * said.labels.log_softmax(-1)).sum(-1).mean()
    token_loss = cross_entropy(said.tokens[packed.inside], tokens)
    terms = (label_loss, WORDS * token_loss, cross_entropy(said.error, errors), cross_entropy(said.stays, matters))
    return torch.stack(terms).sum()


def _packed(lessons: Sequence[Lesson]) -> tuple[Tensor, Packed]:
    hidden = torch.from_numpy(np.concatenate([each.hidden for each in lessons]).astype(np.float32))
    return hidden, pack([each.row for each in lessons])
