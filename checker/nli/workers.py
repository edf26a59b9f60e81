"""Batches side by side, one thread each, instead of all threads at one batch.

Threads that share a matrix product wait for each other after every operation. Where the machine does something else as
well, one that is not running holds up all, a hundred times a batch; batches of their own wait for nobody.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Lock
from typing import TypeVar

_Batch = TypeVar("_Batch")
_Said = TypeVar("_Said")


class Workers:
    """Threads that stay, started at first use; `count` None is as many as torch would use for one operation."""

    def __init__(self, count: int | None = None) -> None:
        self._count = count
        self._lock = Lock()
        self._pool: ThreadPoolExecutor | None = None
        self._process = 0  # threads do not come along into a forked process

    def map(self, work: Callable[[_Batch], _Said], batches: Sequence[_Batch]) -> list[_Said]:
        """What `work` makes of each batch, in order; the first exception that one raises, if any."""
        import torch

        count = self._count or torch.get_num_threads()
        if count == 1 or len(batches) < 2:
            return [work(batch) for batch in batches]
        return list(self._started(count).map(work, batches))

    def _started(self, count: int) -> ThreadPoolExecutor:
        with self._lock:
            if self._pool is None or self._process != os.getpid():
                self._pool, self._process = _start(count), os.getpid()
            return self._pool


def _start(count: int) -> ThreadPoolExecutor:
    """Threads in each of which torch uses no other. What the rest of the process has set is as before afterwards."""
    import torch

    before = torch.get_num_threads()
    all_there = Barrier(count + 1)

    def begin() -> None:
        torch.set_num_threads(1)  # of this thread, and what threads begin with that ask torch for the first time
        torch.get_num_threads()  # this one has asked now
        all_there.wait()

    pool = ThreadPoolExecutor(count, thread_name_prefix="checker-model", initializer=begin)
    for _ in range(count):
        pool.submit(int)  # none is idle before all are there, so that each of these starts one
    all_there.wait()
    torch.set_num_threads(before)
    return pool
