"""Checks on this machine: in this process, or in several that each have the model."""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process

from checker.audit.checking import GroupChecker, Means, Ready
from checker.audit.dataset import Part
from checker.audit.engines.types import DIED, Checked, Engine
from checker.audit.grouping import Group
from checker.audit.reading import Job
from checker.audit.rows import skipped_row
from checker.errors import UsageError
from checker.nli import Predictor

AHEAD = 2  # groups for each process that wait or are being checked


def local_engine(means: Means, workers: int) -> Engine:
    """The engine for so many processes. Raises UsageError for a number below 1."""
    if workers < 1:
        raise UsageError(f"--workers is {workers}; give a whole number from 1 up")
    return OneProcess(means) if workers == 1 else SeveralProcesses(means, workers)


class OneProcess:
    """Checks in this process, with all its threads. `predictor` replaces the model that the settings name."""

    def __init__(self, means: Means, predictor: Predictor | None = None) -> None:
        self._checker = GroupChecker(means, predictor)

    def ready(self) -> Ready:
        """The model is loaded already."""
        return self._checker.ready()

    def check(self, groups: Iterator[Group]) -> Iterator[Checked]:
        """One group after the other."""
        for group in groups:
            yield Checked(group, self._checker.check(group.jobs))

    def close(self) -> None:
        """Nothing was started."""


class SeveralProcesses:
    """Checks in `workers` processes, among which the processors are shared out."""

    def __init__(self, means: Means, workers: int) -> None:
        threads = means.settings.threads or max(1, (os.cpu_count() or 1) // workers)
        self._means = means.with_threads(threads)
        self._workers = workers
        self._pool = self._start(workers)

    def ready(self) -> Ready:
        """Waits for the first process that has the model."""
        return self._pool.submit(_ready).result()

    def check(self, groups: Iterator[Group]) -> Iterator[Checked]:
        """A few groups at a time, given back in order."""
        under_way: deque[tuple[Group, Future[list[Part]]]] = deque()
        for group in groups:
            under_way.append((group, self._submit(group)))
            if len(under_way) == AHEAD * self._workers:
                yield self._finish(under_way)
        while under_way:
            yield self._finish(under_way)

    def close(self) -> None:
        """Drops what waits; what is being checked is dropped as well."""
        processes = list((self._pool._processes or {}).values())  # no public way to end them early before Python 3.14
        self._pool.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.terminate()

    def _start(self, workers: int) -> ProcessPoolExecutor:
        # Forked threads of torch hang.
        return ProcessPoolExecutor(
            workers, mp_context=get_context("spawn"), initializer=_start_process, initargs=(self._means,)
        )

    def _submit(self, group: Group) -> Future[list[Part]]:
        try:
            return self._pool.submit(_check, group.jobs)
        except BrokenProcessPool as error:
            broken: Future[list[Part]] = Future()
            broken.set_exception(error)
            return broken

    def _finish(self, under_way: deque[tuple[Group, Future[list[Part]]]]) -> Checked:
        """The first group that is under way; where a process died, its documents one by one."""
        group, future = under_way.popleft()
        try:
            return Checked(group, future.result())
        except BrokenProcessPool:
            self._pool = self._start(self._workers)
            parts = [self._check_alone(job) for job in group.jobs]
            waiting = [(later, self._submit(later)) for later, _ in under_way]
            under_way.clear()
            under_way.extend(waiting)
            return Checked(group, parts)

    def _check_alone(self, job: Job) -> Part:
        """The rows of one document, skipped where the process that checks it dies."""
        try:
            return self._pool.submit(_check, [job]).result()[0]
        except BrokenProcessPool:
            self._pool = self._start(self._workers)
            return Part((skipped_row(job.row, DIED),))


_checker: GroupChecker | None = None  # one for each process of the pool, made at its first use
_means: Means | None = None


def _start_process(means: Means) -> None:
    """Runs in each process first: interrupts are for the parent, and without it there is nothing to do."""
    global _means
    _means = means
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _own_checker() -> GroupChecker:
    global _checker
    if _checker is None and _means is not None:
        _checker = GroupChecker(_means)
    if _checker is None:
        raise RuntimeError("the process was not started by the pool")
    return _checker


def _ready() -> Ready:
    return _own_checker().ready()


def _check(jobs: list[Job]) -> list[Part]:
    return _own_checker().check(jobs)
