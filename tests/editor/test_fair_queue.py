"""The queue: turns, bounds, and work that nobody waits for."""

import asyncio
import threading
import time

import pytest

from checker.editor.fair_queue import BusyError, FairQueue, StoppedError, TooLongError


@pytest.fixture
def queue():
    made = FairQueue(workers=1, most_waiting=6, most_per_client=4)
    yield made
    made.close()


@pytest.fixture
def held(queue):
    """The only worker is busy until `release` is set."""
    release, begun = threading.Event(), threading.Event()

    def hold(ticket):
        begun.set()
        release.wait(30)

    queue.submit("holder", hold)
    assert begun.wait(30)
    yield release
    release.set()


def test_clients_take_turns(queue, held):
    order = []
    tickets = [queue.submit(name, lambda _, name=name: order.append(name)) for name in ("a", "a", "a", "b", "c")]
    held.set()
    for ticket in tickets:
        ticket.future.result(30)
    assert order == ["a", "b", "c", "a", "a"]


def test_one_client_cannot_fill_the_queue(queue, held):
    for _ in range(4):
        queue.submit("a", lambda _: None)
    with pytest.raises(BusyError) as refused:
        queue.submit("a", lambda _: None)
    assert refused.value.own
    assert 1 <= refused.value.retry_after <= 120
    queue.submit("b", lambda _: None)


def test_what_is_full_says_when_to_come_again(queue, held):
    for number in range(6):
        queue.submit(f"client {number}", lambda _: None)
    with pytest.raises(BusyError) as refused:
        queue.submit("late", lambda _: None)
    assert not refused.value.own
    assert refused.value.retry_after >= 1


def test_dropped_work_is_never_begun_and_makes_room(queue, held):
    ran = []
    ticket = queue.submit("a", lambda _: ran.append("a"))
    queue.drop(ticket)
    assert queue.waiting == 0
    last = queue.submit("b", lambda _: ran.append("b"))
    held.set()
    last.future.result(30)
    assert ran == ["b"]


def test_cancelled_waiting_stops_what_runs(queue):
    begun, ended = threading.Event(), threading.Event()

    def work(ticket):
        begun.set()
        try:
            while True:
                ticket.raise_if_stopped()
                time.sleep(0.001)
        except StoppedError:
            ended.set()
            raise

    async def give_up():
        task = asyncio.create_task(queue.run("a", work))
        await asyncio.to_thread(begun.wait, 30)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(give_up())
    assert ended.wait(30)


def test_work_has_a_time_limit():
    queue = FairQueue(workers=1, longest=0.0)

    def work(ticket):
        time.sleep(0.01)
        ticket.raise_if_stopped()

    try:
        with pytest.raises(TooLongError, match="shorter text"):
            queue.submit("a", work).future.result(30)
    finally:
        queue.close()


def test_an_error_belongs_to_who_asked_and_the_worker_goes_on(queue):
    def fail(ticket):
        raise RuntimeError("the roof fell in")

    with pytest.raises(RuntimeError, match="roof"):
        queue.submit("a", fail).future.result(30)
    assert queue.submit("a", lambda _: 7).future.result(30) == 7


def test_closing_tells_those_who_wait(queue, held):
    ticket = queue.submit("a", lambda _: None)
    queue.refuse_waiting()
    with pytest.raises(BusyError, match="stopping"):
        ticket.future.result(30)
    with pytest.raises(BusyError, match="stopping"):
        queue.submit("b", lambda _: None)
