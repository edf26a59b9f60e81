"""Batches side by side, one thread each, where NumPy computes: its products must not each start threads of their own.

How many threads a product has is one setting for the whole process. It is 1 while batches run here, and as before
afterwards, also where several threads check at the same time.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Lock
from typing import Any, TypeVar

from checker.nli.kept_threads import THREAD_NAME, KeptThreads

_Batch = TypeVar("_Batch")
_Said = TypeVar("_Said")


class BlasWorkers:
    """Threads that stay, started at first use; `count` None is as many as a product of NumPy's would have."""

    def __init__(self, count: int | None = None) -> None:
        self._count = count
        self._threads = KeptThreads(lambda count: ThreadPoolExecutor(count, thread_name_prefix=THREAD_NAME))

    def map(self, work: Callable[[_Batch], _Said], batches: Sequence[_Batch]) -> list[_Said]:
        """What `work` makes of each batch, in order; the first exception that one raises, if any."""
        with _one_thread_each() as usual:
            return self._threads.map(self._count or usual, work, batches)


class _Limit:
    """The process's setting while `users` are more than none. `usual` is what it was before."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.users = 0
        self.usual = 1
        self.controller: Any = None
        self.limit: Any = None


_LIMIT = _Limit()


@contextmanager
def _one_thread_each() -> Iterator[int]:
    """Products have one thread within; yields how many they have otherwise."""
    with _LIMIT.lock:
        if not _LIMIT.users:
            _begin(_LIMIT)
        _LIMIT.users += 1
    try:
        yield _LIMIT.usual
    finally:
        with _LIMIT.lock:
            _LIMIT.users -= 1
            if not _LIMIT.users:
                _LIMIT.limit.restore_original_limits()


def _begin(limit: _Limit) -> None:
    from threadpoolctl import ThreadpoolController

    if limit.controller is None:  # finding the libraries takes some milliseconds
        limit.controller = ThreadpoolController().select(internal_api="openblas")  # type: ignore[no-untyped-call]
    counts = [library["num_threads"] for library in limit.controller.info()]
    # Another library (Apple's Accelerate) chooses for itself and cannot be asked.
    limit.usual = max(counts, default=os.cpu_count() or 1)
    limit.limit = limit.controller.limit(limits=1)
