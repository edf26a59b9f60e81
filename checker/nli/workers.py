"""Batches side by side, one thread each, instead of all threads at one batch.

Threads that share a matrix product wait for each other after every operation. Where the machine does something else as
well, one that is not running holds up all, a hundred times a batch; batches of their own wait for nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from checker.nli.kept_threads import THREAD_NAME, KeptThreads

_Batch = TypeVar("_Batch")
_Said = TypeVar("_Said")


class Workers:
    """Threads that stay, started at first use; `count` None is as many as torch would use for one operation."""

    def __init__(self, count: int | None = None) -> None:
        self._count = count
        self._threads = KeptThreads(_start)

    def map(self, work: Callable[[_Batch], _Said], batches: Sequence[_Batch]) -> list[_Said]:
        """What `work` makes of each batch, in order; the first exception that one raises, if any."""
        import torch

        return self._threads.map(self._count or torch.get_num_threads(), work, batches)


def _start(count: int) -> ThreadPoolExecutor:
    """Threads in each of which torch uses no other. What the rest of the process has set is as before afterwards."""
    import torch

    before = torch.get_num_threads()
    all_there = Barrier(count + 1)

    def begin() -> None:
        torch.set_num_threads(1)  # of this thread, and what threads begin with that ask torch for the first time
        torch.get_num_threads()  # this one has asked now
        all_there.wait()

    pool = ThreadPoolExecutor(count, thread_name_prefix=THREAD_NAME, initializer=begin)
    for _ in range(count):
        pool.submit(int)  # none is idle before all are there, so that each of these starts one
    all_there.wait()
    torch.set_num_threads(before)
    return pool
