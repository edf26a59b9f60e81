"""Threads that stay between calls: one batch each, in order."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import TypeVar

THREAD_NAME = "checker-model"

_Batch = TypeVar("_Batch")
_Said = TypeVar("_Said")


class KeptThreads:
    """A pool that `start` makes, given a number of threads, when it is first needed."""

    def __init__(self, start: Callable[[int], ThreadPoolExecutor]) -> None:
        self._start = start
        self._lock = Lock()
        self._pool: ThreadPoolExecutor | None = None
        self._process = 0  # threads do not come along into a forked process

    def map(self, count: int, work: Callable[[_Batch], _Said], batches: Sequence[_Batch]) -> list[_Said]:
        """What `work` makes of each batch, in order; the first exception that one raises, if any."""
        if count == 1 or len(batches) < 2:
            return [work(batch) for batch in batches]
        return list(self._started(count).map(work, batches))

    def _started(self, count: int) -> ThreadPoolExecutor:
        with self._lock:
            if self._pool is None or self._process != os.getpid():
                self._pool, self._process = self._start(count), os.getpid()
            return self._pool
