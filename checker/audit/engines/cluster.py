"""Checks on a Ray cluster, or on a Ray of this machine where no cluster is named (RAY_ADDRESS).

The same groups go through the same `GroupChecker`, one in each actor, and come back in order; the input is read and
the data set written by the program that was started. Facts, a glossary and the model have to be there on every machine.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from checker.audit.checking import GroupChecker, Means, Ready
from checker.audit.engines.types import Checked
from checker.audit.grouping import Group
from checker.errors import CheckerError, UsageError

AHEAD = 2  # groups for each actor that wait or are being checked
RETRIES = 2  # of a group whose machine was lost
DIED = "a worker of the cluster died, and did so again; look at its memory, then go on with --resume"


class RayEngine:
    """Checks in `workers` actors. Raises CheckerError where Ray is not installed or cannot be reached."""

    def __init__(self, means: Means, workers: int) -> None:
        if workers < 1:
            raise UsageError(f"--workers is {workers}; give a whole number from 1 up")
        try:
            import ray
        except ImportError as error:
            raise CheckerError("the engine ray needs Ray; install checker[ray]") from error
        self._ray: Any = ray
        self._started = not ray.is_initialized()
        if self._started:
            try:
                ray.init(log_to_driver=False, logging_level="ERROR", include_dashboard=False)
            except (ConnectionError, ValueError, RuntimeError) as error:
                reason = str(error).splitlines()[0]
                raise CheckerError(f"Ray cannot be reached ({reason}); look at RAY_ADDRESS") from error
        threads = means.settings.threads or max(1, int(ray.cluster_resources().get("CPU", 1)) // workers)
        shared = ray.put(replace(means, settings=replace(means.settings, threads=threads)))
        actor = ray.remote(num_cpus=threads, max_restarts=-1, max_task_retries=RETRIES)(GroupChecker)
        self._actors = [actor.remote(shared) for _ in range(workers)]

    def ready(self) -> Ready:
        """Waits for the first actor that has the model."""
        ready: Ready = self._result(self._actors[0].ready.remote())
        return ready

    def check(self, groups: Iterator[Group]) -> Iterator[Checked]:
        """A few groups at a time, to the actors in turn, given back in order."""
        under_way: deque[tuple[Group, Any]] = deque()
        for number, group in enumerate(groups):
            actor = self._actors[number % len(self._actors)]
            under_way.append((group, actor.check.remote(group.jobs)))
            if len(under_way) == AHEAD * len(self._actors):
                yield self._finish(under_way)
        while under_way:
            yield self._finish(under_way)

    def close(self) -> None:
        """Ends the actors, and the Ray that was started here."""
        for actor in self._actors:
            self._ray.kill(actor)
        if self._started:
            self._ray.shutdown()

    def _finish(self, under_way: deque[tuple[Group, Any]]) -> Checked:
        group, waiting = under_way.popleft()
        return Checked(group, self._result(waiting))

    def _result(self, waiting: Any) -> Any:  # noqa: ANN401 - Ray is untyped
        try:
            return self._ray.get(waiting)
        except self._ray.exceptions.RayTaskError as error:
            raise error.cause from error
        except self._ray.exceptions.RayError as error:
            raise CheckerError(DIED) from error
