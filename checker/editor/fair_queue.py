"""Who is served next: a bounded queue in front of a few threads, fair between clients.

Clients take turns, so that one who sends a hundred articles does not keep the others waiting for all of them. What is
full says so at once, and when to come again; what nobody waits for any more is neither begun nor finished.
"""

from __future__ import annotations

import asyncio
import math
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Generic, TypeVar

from checker.errors import CheckerError

_Result = TypeVar("_Result")
_LONGEST_WAIT = 120  # seconds; what Retry-After says at most
_SMOOTHING = 0.2  # weight of the newest duration in the mean
_FIRST_GUESS = 2.0  # seconds that a piece of work takes, before one has been seen
_JOIN_SECONDS = 5.0


class BusyError(CheckerError):
    """There is no place in the queue. `retry_after` are seconds; `own` where the client itself has filled its share."""

    def __init__(self, message: str, *, retry_after: int, own: bool = False) -> None:
        super().__init__(message)
        self.retry_after = retry_after
        self.own = own


class StoppedError(CheckerError):
    """The work was given up: nobody waits for it, or the server stops."""


class TooLongError(CheckerError):
    """The work took longer than it may."""


class Ticket(Generic[_Result]):
    """A piece of work in the queue; its `future` gets the result or the error.

    The work calls `raise_if_stopped` now and then, which raises StoppedError or TooLongError where it should end.
    """

    def __init__(self, client: str, work: Callable[[Ticket[_Result]], _Result], longest: float) -> None:
        self.client = client
        self.future: Future[_Result] = Future()
        self._work = work
        self._longest = longest
        self._deadline = math.inf
        self._stopped = threading.Event()

    def stop(self) -> None:
        """Let the work end as soon as it asks; any thread may call it."""
        self._stopped.set()

    def raise_if_stopped(self) -> None:
        """Return where the work is still wanted."""
        if self._stopped.is_set():
            raise StoppedError("the check was given up; ask again")
        if time.monotonic() > self._deadline:
            raise TooLongError(
                f"the check took longer than {self._longest:g} seconds; check a shorter text, "
                "or ask again: what is known by now is not computed twice"
            )

    def run(self) -> None:
        """Do the work in this thread, unless nobody waits for it."""
        if self._stopped.is_set() or not self.future.set_running_or_notify_cancel():
            self.future.cancel()
            return
        self._deadline = time.monotonic() + self._longest
        try:
            self.future.set_result(self._work(self))
        except BaseException as error:  # whatever it is, it belongs to whoever waits, and the thread goes on
            self.future.set_exception(error)


class FairQueue:
    """Runs work in `workers` threads; at most `most_waiting` pieces wait, `most_per_client` of them of one client.

    Threads begin with the first piece of work. `longest` are the seconds that one may take.
    """

    def __init__(
        self, *, workers: int = 2, most_waiting: int = 256, most_per_client: int = 64, longest: float = 300.0
    ) -> None:
        self._workers = workers
        self._most_waiting = most_waiting
        self._most_per_client = most_per_client
        self._longest = longest
        self._changed = threading.Condition()
        self._waiting: OrderedDict[str, deque[Ticket[Any]]] = OrderedDict()
        self._running: set[Ticket[Any]] = set()
        self._threads: list[threading.Thread] = []
        self._mean = _FIRST_GUESS
        self._closed = False

    @property
    def waiting(self) -> int:
        """Pieces of work that have not begun."""
        with self._changed:
            return self._count()

    @property
    def running(self) -> int:
        """Pieces of work that have begun."""
        with self._changed:
            return len(self._running)

    async def run(self, client: str, work: Callable[[Ticket[_Result]], _Result]) -> _Result:
        """The result of `work`; where the caller is cancelled, so is the work. Raises BusyError and what it raises."""
        ticket = self.submit(client, work)
        try:
            return await asyncio.wrap_future(ticket.future)
        finally:
            self.drop(ticket)

    def submit(self, client: str, work: Callable[[Ticket[_Result]], _Result]) -> Ticket[_Result]:
        """A ticket for `work`, which waits for its turn. Raises BusyError."""
        ticket = Ticket(client, work, self._longest)
        with self._changed:
            self._refuse_what_is_too_much(client)
            self._waiting.setdefault(client, deque()).append(ticket)
            self._start_threads()
            self._changed.notify()
        return ticket

    def drop(self, ticket: Ticket[_Result]) -> None:
        """Give up `ticket`: out of the queue if it waits, ended at its next question if it runs."""
        ticket.stop()
        with self._changed:
            own = self._waiting.get(ticket.client)
            if own is not None and ticket in own:
                own.remove(ticket)
                if not own:
                    del self._waiting[ticket.client]

    def refuse_waiting(self) -> None:
        """Take no more work, and tell all that waits so; what runs may finish."""
        with self._changed:
            self._closed = True
            left = [ticket for own in self._waiting.values() for ticket in own]
            self._waiting.clear()
            self._changed.notify_all()
        for ticket in left:
            if ticket.future.set_running_or_notify_cancel():
                ticket.future.set_exception(self._stopping())

    def stop_running(self) -> None:
        """End what runs at its next question."""
        with self._changed:
            for ticket in self._running:
                ticket.stop()

    def close(self) -> None:
        """As `refuse_waiting` and `stop_running`; returns when the threads have ended, or after a few seconds."""
        self.refuse_waiting()
        self.stop_running()
        for thread in self._threads:
            thread.join(_JOIN_SECONDS)

    def _refuse_what_is_too_much(self, client: str) -> None:
        if self._closed:
            raise self._stopping()
        if self._count() >= self._most_waiting:
            raise BusyError("too many articles are waiting; ask again later", retry_after=self._wait(self._count()))
        own = len(self._waiting.get(client, ()))
        if own >= self._most_per_client:
            raise BusyError(
                f"{own} of your articles are waiting already; ask again later", retry_after=self._wait(own), own=True
            )

    def _stopping(self) -> BusyError:
        return BusyError("the server is stopping; ask again later", retry_after=30)

    def _wait(self, pieces: int) -> int:
        """Seconds until about half of `pieces` will be done: then there is a place again."""
        return max(1, min(_LONGEST_WAIT, round(self._mean * pieces / self._workers / 2)))

    def _count(self) -> int:
        return sum(len(own) for own in self._waiting.values())

    def _start_threads(self) -> None:
        while len(self._threads) < self._workers:
            thread = threading.Thread(target=self._serve, name=f"checker-{len(self._threads)}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self) -> None:
        while (ticket := self._next()) is not None:
            began = time.monotonic()
            ticket.run()
            with self._changed:
                self._running.discard(ticket)
                self._mean += _SMOOTHING * (time.monotonic() - began - self._mean)
            del ticket  # a result may be large, and the next piece of work far away

    def _next(self) -> Ticket[Any] | None:
        """The next in turn, waited for; None where the queue is closed. A client who had a turn goes to the end."""
        with self._changed:
            while not self._waiting:
                if self._closed:
                    return None
                self._changed.wait()
            client, own = self._waiting.popitem(last=False)
            ticket = own.popleft()
            if own:
                self._waiting[client] = own
            self._running.add(ticket)
            return ticket
