"""Checks on a Ray cluster, or on Ray on this machine: actors that each have the model.

Plain actors and not Ray Data: which documents are checked together, and in which order their rows are entered, is
decided here for every engine alike (`grouping`, `ledger`), so all that is left to spread out is the check of a group.
"""

from __future__ import annotations

import logging
import os
import socket
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from checker.audit.checking import GroupChecker, Means, Ready
from checker.audit.dataset import Part
from checker.audit.engines.types import DIED, Checked, Engine
from checker.audit.grouping import Group
from checker.audit.reading import Job
from checker.audit.rows import skipped_row
from checker.errors import CheckerError, UsageError, first_line
from checker.nli import Predictor

AHEAD = 4  # groups for each actor that wait, are being checked, or wait for slower ones before them
ADDRESS = "RAY_ADDRESS"  # Ray's own variable; without it Ray is started on this machine
PATIENCE = 300.0  # seconds without room for any actor after which that is said
CONNECTING = 20.0  # seconds
OBJECTS = 256 * 2**20  # bytes of shared memory on this machine: groups and their rows, a few at a time

_log = logging.getLogger(__name__)


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

    An actor that dies, or whose machine is lost, is replaced where there is room; the others do its work meanwhile.
    `predictor` replaces the model that the settings name; each actor gets a copy.
    """

    def __init__(self, means: Means, workers: int, predictor: Predictor | None = None) -> None:
        self._ray = _start()
        try:
            threads = shared_out(_processors(self._ray), workers, means.settings.threads)
        except UsageError:
            self._ray.shutdown()
            raise
        made = self._ray.remote(_Actor).options(num_cpus=threads)
        self._make = partial(made.remote, means, threads, str(Path.cwd()), predictor)
        self._hands = [self._hire() for _ in range(workers)]
        self._most_ahead = AHEAD * workers
        self._first: tuple[Ready, str] | None = None
        self._begun = False  # all of them were there once

    def ready(self) -> Ready:
        """Waits until all actors have the model. Raises UsageError where one has other files than the others."""
        while waiting := [hand for hand in self._hands if not hand.fit]:
            self._wait_for(waiting)
        self._begun = True
        return self._known()[0]

    def check(self, groups: Iterator[Group]) -> Iterator[Checked]:
        """Some groups at a time, given back in order."""
        under_way: deque[_Sent] = deque()
        for group in groups:
            under_way.append(self._send(group, under_way))
            if len(under_way) >= self._most_ahead:
                yield self._finish(under_way)
        while under_way:
            yield self._finish(under_way)

    def close(self) -> None:
        """Ends the actors whatever they are doing, and Ray where it was started here."""
        for hand in self._hands:
            self._ray.kill(hand.actor)
        self._ray.shutdown()

    def _send(self, group: Group, under_way: Iterable[_Sent], deaths: int = 0) -> _Sent:
        """Gives a group to the actor that has least to do."""
        if not group.jobs:
            return _Sent(group, None, None)
        fit = self._fit()
        asked = [sent.rows for sent in under_way if sent.rows is not None]
        waiting = set(self._ray.wait(asked, num_returns=len(asked), timeout=0)[1]) if asked else set()
        busy = Counter(id(sent.hand) for sent in under_way if sent.rows in waiting)
        least = min(fit, key=lambda hand: busy[id(hand)])
        return _Sent(group, least, least.actor.check.remote(group.jobs), deaths)

    def _finish(self, under_way: deque[_Sent]) -> Checked:
        """The rows of the first group; where two actors died over it, those of its documents one by one."""
        while True:
            group, hand, rows, deaths = under_way[0]
            if rows is None or hand is None:
                parts: list[Part] = []
            elif deaths > 1:
                parts = [self._check_alone(job) for job in group.jobs]
            else:
                try:
                    parts = self._get(rows)
                except self._lost:
                    self._send_again(hand, under_way)
                    continue
            under_way.popleft()
            return Checked(group, parts)

    def _send_again(self, lost: _Hand, under_way: deque[_Sent]) -> None:
        """Has others do what a lost actor was asked. It does one thing after the other, so it died over the first."""
        self._replace(lost)
        sent = list(under_way)
        under_way.clear()
        died_over = next(each for each in sent if each.hand is lost)
        for each in sent:
            deaths = each.deaths + (each is died_over)
            under_way.append(self._send(each.group, under_way, deaths) if each.hand is lost else each)

    def _check_alone(self, job: Job) -> Part:
        """The rows of one document, skipped where two actors die while they check it."""
        for _ in range(2):
            hand = self._fit()[0]
            try:
                part: Part = self._get(hand.actor.check.remote([job]))[0]
            except self._lost:
                self._replace(hand)
            else:
                return part
        return Part((skipped_row(job.row, DIED),))

    def _hire(self) -> _Hand:
        actor = self._make()
        return _Hand(actor, actor.ready.remote())

    def _replace(self, lost: _Hand) -> None:
        """Asks for another actor, which may have to wait for a machine."""
        if lost in self._hands:
            self._ray.kill(lost.actor)
            self._hands.remove(lost)
            self._hands.append(self._hire())

    def _fit(self) -> list[_Hand]:
        """The actors that have the model, at least one."""
        self._wait_for([hand for hand in self._hands if not hand.fit], seconds=0)
        while not (fit := [hand for hand in self._hands if hand.fit]):
            self._wait_for(self._hands)
        return fit

    def _wait_for(self, hands: list[_Hand], seconds: float = PATIENCE) -> None:
        """Waits for one of the actors; those that are there become fit. One that dies as it starts is given up."""
        if not self._hands:
            raise CheckerError("no actor is left, all died as they started; see to the cluster, then --resume")
        said = {hand.said: hand for hand in hands}
        there = self._ray.wait(list(said), num_returns=1, timeout=seconds)[0] if said else []
        if said and not there and seconds:
            _log.warning("waiting for processors: no machine of the cluster has room for an actor")
        for promise in there:
            try:
                ready, place = self._get(promise)
            except self._lost as error:
                self._give_up(said[promise], error)
                continue
            self._first = self._first or (ready, place)
            if ready != self._known()[0]:
                raise UsageError(
                    f"the model or the facts on {place} are not those on {self._known()[1]}; "
                    "put them in a folder that all have"
                )
            said[promise].fit = True

    def _give_up(self, hand: _Hand, error: Exception) -> None:
        """Does without an actor that died as it started; before anything is checked somebody can still see to it."""
        reason = f"an actor cannot be started ({_reason(error)}); is this version of checker installed on all machines?"
        if not self._begun:
            raise CheckerError(reason) from error
        _log.warning(reason)
        self._hands.remove(hand)

    def _known(self) -> tuple[Ready, str]:
        """What the first actor said of itself, and where it is."""
        if self._first is None:
            raise RuntimeError("no actor has been asked")
        return self._first

    @property
    def _lost(self) -> tuple[type[Exception], ...]:
        """What Ray raises where an actor died, or rows with the machine that kept them."""
        return self._ray.exceptions.RayActorError, self._ray.exceptions.ObjectLostError

    def _get(self, asked: Any) -> Any:  # noqa: ANN401 - what the actor gives
        try:
            return self._ray.get(asked)
        except self._ray.exceptions.RayTaskError as error:  # its text is a traceback of another process
            raise error.cause from None


@dataclass(eq=False, slots=True)
class _Hand:
    """An actor, and Ray's promise of what it says of itself; `fit` when it has said the same as the others."""

    actor: Any
    said: Any
    fit: bool = False


class _Sent(NamedTuple):
    """A group, its actor, Ray's promise of its rows (None: there is nothing to check), and how many died over it."""

    group: Group
    hand: _Hand | None
    rows: Any
    deaths: int = 0


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
        machine = os.uname().nodename
        try:
            return self._own_checker().ready(), machine
        except CheckerError as error:
            raise type(error)(f"on {machine}: {error}") from error

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
    address = os.environ.get(ADDRESS)
    if address:
        _refuse_silent(address)
    try:
        import ray
    except ImportError as error:
        raise CheckerError("--engine ray needs Ray; install it with: pip install 'checker[ray]'") from error
    quiet = {"logging_level": logging.ERROR, "log_to_driver": False}
    logging.getLogger("ray").setLevel(logging.ERROR)
    try:
        if address:
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
        raise CheckerError(
            f"Ray cannot be started or reached ({first_line(error)}); check {ADDRESS}, or use --engine local"
        ) from error
    return ray


def _reason(error: Exception) -> str:
    """The last line of what Ray says, which is often a traceback of another machine."""
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return lines[-1].strip()


def _refuse_silent(address: str) -> None:
    """Raises CheckerError where nothing listens at host:port, for which Ray itself waits many minutes."""
    host, _, port = address.rpartition("://")[2].rpartition(":")
    if not (host and port.isdecimal()):  # "auto" and the like: Ray knows
        return
    try:
        socket.create_connection((host.strip("[]"), int(port)), timeout=CONNECTING).close()
    except (OSError, OverflowError) as error:
        raise CheckerError(
            f"no Ray cluster answers at {address} ({error}); check {ADDRESS}, or use --engine local"
        ) from error


def _processors(ray: Any) -> list[int]:  # noqa: ANN401 - a module
    """How many processors each machine of the cluster has."""
    return [int(node["Resources"].get("CPU", 0)) for node in ray.nodes() if node["Alive"]]
