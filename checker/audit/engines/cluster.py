"""Checks on a Ray cluster, or on Ray on this machine: actors that each have the model.

Plain actors and not Ray Data: which documents are checked together, and in which order their rows are entered, is
decided here for every engine alike (`grouping`, `ledger`), so all that is left to spread out is the check of a group.
"""

from __future__ import annotations

import logging
import os
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from checker.audit.checking import GroupChecker, Means, Ready
from checker.audit.dataset import Part
from checker.audit.engines.types import DIED, Checked, Engine
from checker.audit.grouping import Group
from checker.audit.reading import Job
from checker.audit.rows import skipped_row
from checker.errors import CheckerError, UsageError
from checker.nli import Predictor

AHEAD = 4  # groups for each actor that wait, are being checked, or wait for slower ones before them
ADDRESS = "RAY_ADDRESS"  # Ray's own variable; without it Ray is started on this machine
OBJECTS = 256 * 2**20  # bytes of shared memory on this machine: groups and their rows, a few at a time


def ray_engine(means: Means, workers: int) -> Engine:
    """The engine of so many actors.

    Raises UsageError for a number that there are no processors for, CheckerError where Ray is not installed or cannot
    be reached.
    """
    if workers < 1:
        raise UsageError(f"--workers is {workers}; give a whole number from 1 up")
    return OnRay(means, workers)


class OnRay:
    """Checks in `workers` actors, among which the processors of the cluster are shared out.

    `predictor` replaces the model that the settings name; each actor gets a copy.
    """

    def __init__(self, means: Means, workers: int, predictor: Predictor | None = None) -> None:
        self._ray = _start()
        try:
            threads = shared_out(_processors(self._ray), workers, means.settings.threads)
        except UsageError:
            self._ray.shutdown()
            raise
        # An actor that dies, or whose machine is lost, is started anew and asked the same once more.
        made = self._ray.remote(_Actor).options(num_cpus=threads, max_restarts=-1, max_task_retries=1)
        self._actors = [made.remote(means, threads, str(Path.cwd()), predictor) for _ in range(workers)]

    def ready(self) -> Ready:
        """Waits until all actors have the model. Raises UsageError where one has other files than the others."""
        said = [self._get(actor.ready.remote()) for actor in self._actors]
        first: Ready = said[0][0]
        place = said[0][1]
        for ready, other in said:
            if ready != first:
                raise UsageError(
                    f"the model or the facts on {other} are not those on {place}; put them in a folder that all have"
                )
        return first

    def check(self, groups: Iterator[Group]) -> Iterator[Checked]:
        """Some groups at a time, given back in order."""
        under_way: deque[_Sent] = deque()
        for group in groups:
            under_way.append(self._send(group, under_way))
            if len(under_way) == AHEAD * len(self._actors):
                yield self._finish(under_way.popleft())
        while under_way:
            yield self._finish(under_way.popleft())

    def close(self) -> None:
        """Ends the actors whatever they are doing, and Ray where it was started here."""
        for actor in self._actors:
            self._ray.kill(actor)
        self._ray.shutdown()

    def _send(self, group: Group, under_way: Iterable[_Sent]) -> _Sent:
        """Gives a group to the actor that has least to do."""
        if not group.jobs:
            return _Sent(group, 0, None)
        asked = [sent.rows for sent in under_way if sent.rows is not None]
        waiting = set(self._ray.wait(asked, num_returns=len(asked), timeout=0)[1]) if asked else set()
        busy = Counter(sent.actor for sent in under_way if sent.rows in waiting)
        least = min(range(len(self._actors)), key=lambda actor: busy[actor])
        return _Sent(group, least, self._actors[least].check.remote(group.jobs))

    def _finish(self, sent: _Sent) -> Checked:
        """The rows of a group; where its actor died twice over it, those of its documents one by one."""
        if sent.rows is None:
            return Checked(sent.group, [])
        try:
            return Checked(sent.group, self._get(sent.rows))
        except self._ray.exceptions.RayActorError:
            return Checked(sent.group, [self._check_alone(sent.actor, job) for job in sent.group.jobs])

    def _check_alone(self, actor: int, job: Job) -> Part:
        """The rows of one document, skipped where the actor that checks it dies."""
        try:
            part: Part = self._get(self._actors[actor].check.remote([job]))[0]
        except self._ray.exceptions.RayActorError:
            return Part((skipped_row(job.row, DIED),))
        return part

    def _get(self, asked: Any) -> Any:  # noqa: ANN401 - what the actor gives
        try:
            return self._ray.get(asked)
        except self._ray.exceptions.RayTaskError as error:  # its text is a traceback of another process
            raise error.cause from None


class _Sent(NamedTuple):
    """A group, the number of its actor, and Ray's promise of its rows; None where there is nothing to check."""

    group: Group
    actor: int
    rows: Any


class _Actor:
    """What runs on a machine of the cluster. The model is loaded when it is first asked, so that errors come back."""

    def __init__(self, means: Means, threads: int, folder: str, predictor: Predictor | None) -> None:
        if Path(folder).is_dir():  # names of files are seen from where the audit was started
            os.chdir(folder)
        self._means = means.with_threads(threads)
        self._predictor = predictor
        self._checker: GroupChecker | None = None

    def ready(self) -> tuple[Ready, str]:
        """What the checker says of itself, and the name of the machine."""
        return self._own_checker().ready(), os.uname().nodename

    def check(self, jobs: list[Job]) -> list[Part]:
        """The rows of each job."""
        return self._own_checker().check(jobs)

    def _own_checker(self) -> GroupChecker:
        if self._checker is None:
            self._checker = GroupChecker(self._means, self._predictor)
        return self._checker


def shared_out(processors: list[int], workers: int, threads: int | None = None) -> int:
    """How many processors each of `workers` gets, given those of each machine; `threads` if a number is asked for.

    The most with which all of them have room. Raises UsageError where there is no room for all.
    """
    for each in [threads] if threads else range(max(processors, default=0), 0, -1):
        if sum(count // each for count in processors) >= workers:
            return each
    of = f"{threads} processors each" if threads else "a processor each"
    raise UsageError(f"--workers {workers}: with {of} that is more than the {sum(processors)} there are; give less")


def _start() -> Any:  # noqa: ANN401 - a module
    """Ray, connected to the cluster that the environment names or started on this machine alone."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing is told to anybody
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")  # else it warns of how it will be some day
    try:
        import ray
    except ImportError as error:
        raise CheckerError("--engine ray needs Ray; install it with: pip install 'checker[ray]'") from error
    quiet = {"logging_level": logging.ERROR, "log_to_driver": False}
    logging.getLogger("ray").setLevel(logging.ERROR)
    try:
        if os.environ.get(ADDRESS):
            ray.init(**quiet)
        else:
            ray.init(
                **quiet,
                address="local",
                include_dashboard=False,
                object_store_memory=OBJECTS,
                _node_ip_address="127.0.0.1",
            )
    except Exception as error:  # of many kinds
        said = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise CheckerError(
            f"Ray cannot be started or reached ({said}); check {ADDRESS}, or use --engine local"
        ) from error
    return ray


def _processors(ray: Any) -> list[int]:  # noqa: ANN401 - a module
    """How many processors each machine of the cluster has."""
    return [int(node["Resources"].get("CPU", 0)) for node in ray.nodes() if node["Alive"]]
