"""Steps for the training loop, encoded ahead by worker processes where there are any.

Whatever the number of workers, the steps and their order are the same.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from typing import TypeVar

from torch.utils.data import DataLoader, IterableDataset, get_worker_info

from checker.training.batching import Batcher, Step
from checker.training.examples import Group

AHEAD = 6  # steps that each worker keeps ready

_Item = TypeVar("_Item")


def feed(batcher: Batcher, groups: list[Group], *, skip: int, workers: int, pinned: bool) -> Iterator[Step]:
    """Endless steps in a fixed order, the first `skip` of them passed over without being encoded.

    `pinned`: in memory from which a graphics processor can copy while it computes.
    """
    if workers:
        os.environ["TOKENIZERS_PARALLELISM"] = "false"  # threads do not survive the fork into workers
        gc.freeze()  # the examples are shared with the workers: nobody need copy them to look at them
    loader = DataLoader(
        _Steps(batcher, groups, skip),
        batch_size=None,
        num_workers=workers,
        collate_fn=_as_it_is,
        pin_memory=pinned,
        prefetch_factor=AHEAD if workers else None,
    )
    return iter(loader)


class _Steps(IterableDataset[Step]):
    """What one worker makes: of the steps still to be done, each n-th."""

    def __init__(self, batcher: Batcher, groups: list[Group], skip: int) -> None:
        self._batcher = batcher
        self._groups = groups
        self._skip = skip

    def __iter__(self) -> Iterator[Step]:
        worker = get_worker_info()
        mine, workers = (worker.id, worker.num_workers) if worker else (0, 1)
        place = -self._skip
        epoch = 0
        while True:
            for examples in self._batcher.steps(self._groups, epoch):
                if place >= 0 and place % workers == mine:
                    yield self._batcher.build(examples)
                place += 1
            epoch += 1


def _as_it_is(item: _Item) -> _Item:
    return item
