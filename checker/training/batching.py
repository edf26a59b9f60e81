"""Examples to batches: rows by token budget, groups kept together, targets as tensors."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from checker.nli.encoding import PairEncoder, Row
from checker.nli.network import Batch, collate
from checker.nli.types import CATEGORIES, LABELS, Pair
from checker.training.examples import Example, Group

NOT_ENTAILMENT = len(LABELS)
NOT_CONTRADICTION = NOT_ENTAILMENT + 1
PARTIAL_LABELS = {"not_entailment": NOT_ENTAILMENT, "not_contradiction": NOT_CONTRADICTION}
POOL = 4096  # groups shuffled and sorted by length at a time, at least
POOL_BATCHES = 40  # batches that a pool of longer batches gives, at least about
GROUP_TOKENS = 160  # of a usual group


class Targets(NamedTuple):
    """What the heads should say. -1 marks unknown."""

    labels: Tensor  # (batch,) int: 0…2, a value of PARTIAL_LABELS, -1
    error: Tensor  # (batch,) float, -1
    tokens: Tensor  # (batch, tokens) float, -1 outside the hypothesis and where words were not judged
    categories: Tensor  # (batch, tokens) int, -1
    weights: Tensor  # (batch,)
    twins: Tensor  # (pairs, 2) rows: the one in error, its clean twin

    def to(self, device: str) -> Targets:
        """The same on another device."""
        return Targets(*(tensor.to(device, non_blocking=True) for tensor in self))


class Step(NamedTuple):
    """One training step's input and targets, and where it came from."""

    batch: Batch
    targets: Targets
    sources: tuple[str, ...]


class Batcher:
    """Makes steps from groups; the order depends on the seed alone."""

    def __init__(self, encoder: PairEncoder, *, tokens_per_batch: int, seed: int, multiple: int = 1) -> None:
        """`multiple`: rows are padded to a multiple of so many tokens, which kernels of graphics processors like."""
        self._encoder = encoder
        self._budget = tokens_per_batch
        self._seed = seed
        self._multiple = multiple
        self._pool = max(POOL, POOL_BATCHES * tokens_per_batch // GROUP_TOKENS)

    def steps(self, groups: Sequence[Group], epoch: int) -> Iterator[list[Example]]:
        """Lists of examples for one pass over `groups`, each within the token budget; encode them with `build`."""
        shuffler = random.Random(f"{self._seed}-{epoch}")
        order = list(range(len(groups)))
        shuffler.shuffle(order)
        for start in range(0, len(order), self._pool):
            pool = [groups[index] for index in order[start : start + self._pool]]
            batches = list(split(sorted(pool, key=length_of), self._budget))
            shuffler.shuffle(batches)
            yield from batches

    def build(self, examples: Sequence[Example]) -> Step:
        """Encode examples and their targets."""
        rows = self._encoder.encode([Pair(one.premise, one.hypothesis, one.relation, one.language) for one in examples])
        longest = -(-max(len(row) for row in rows) // self._multiple) * self._multiple
        batch = collate(rows, self._encoder.padding, longest)
        return Step(batch, targets_of(examples, rows, longest), tuple(example.source for example in examples))


def split(groups: Iterable[Group], budget: int) -> Iterator[list[Example]]:
    """Lists of the examples of whole groups, each of at most `budget` estimated word pieces, padding included."""
    batch: list[Example] = []
    longest = 0
    for group in groups:
        length = length_of(group)
        if batch and max(longest, length) * (len(batch) + len(group)) > budget:
            yield batch
            batch, longest = [], 0
        batch.extend(group)
        longest = max(longest, length)
    if batch:
        yield batch


def targets_of(examples: Sequence[Example], rows: Sequence[Row], longest: int = 0) -> Targets:
    """Targets aligned with the rows of the same examples, padded to `longest` tokens, by default to the longest row."""
    longest = longest or max(len(row) for row in rows)
    tokens = np.full((len(rows), longest), -1.0, dtype=np.float32)
    categories = np.full((len(rows), longest), -1, dtype=np.int64)
    for index, (example, row) in enumerate(zip(examples, rows, strict=True)):
        if example.spans is None:
            continue
        for place, piece in enumerate(row.spans, start=row.first_hypothesis):
            tokens[index, place] = 0.0
            for gold in example.spans:
                if piece.start < gold.end and gold.start < piece.end and gold.weight >= tokens[index, place]:
                    tokens[index, place] = gold.weight
                    categories[index, place] = CATEGORIES.index(gold.category)
    labels = [_label(example) for example in examples]
    errors = [-1.0 if example.error is None else example.error for example in examples]
    return Targets(
        torch.tensor(labels),
        torch.tensor(errors),
        torch.from_numpy(tokens),
        torch.from_numpy(categories),
        torch.tensor([example.weight for example in examples]),
        torch.tensor(_twins(examples), dtype=torch.long).reshape(-1, 2),
    )


def _twins(examples: Sequence[Example]) -> list[tuple[int, int]]:
    """Rows that differ only in that one is in error: one side and the relation the same, a surely higher `error`."""
    found = []
    for bad, worse in enumerate(examples):
        for good in (bad - 1, bad + 1):
            if not 0 <= good < len(examples):
                continue
            better = examples[good]
            if worse.error is None or better.error is None or worse.error - better.error < 0.5:
                continue
            same_side = worse.premise == better.premise or worse.hypothesis == better.hypothesis
            if same_side and worse.relation is better.relation:
                found.append((bad, good))
    return found


def _label(example: Example) -> int:
    if example.label is None:
        return -1
    return PARTIAL_LABELS[example.label] if example.label in PARTIAL_LABELS else LABELS.index(example.label)


def _pieces(example: Example) -> int:
    """Estimated number of word pieces; characters tell enough for packing."""
    return 6 + (len(example.premise) + len(example.hypothesis)) // 4


def length_of(group: Group) -> int:
    """Estimated word pieces of its longest example."""
    return max(_pieces(example) for example in group)
