"""Batches side by side: all of them, in order, whatever the number of threads; and torch is left as it was."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest
import torch
from threadpoolctl import threadpool_info, threadpool_limits

from checker.nli.backends import Backend
from checker.nli.blas_workers import BlasWorkers
from checker.nli.checkpoint import CheckpointPredictor
from checker.nli.types import Pair
from checker.nli.workers import Workers

TEXT = "The harbour council met on Friday and opened nine new berths. "
PAIRS = [Pair(TEXT * (1 + place % 3), TEXT * (1 + place % 2)) for place in range(30)]


@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize("kind", [Workers, BlasWorkers])
def test_every_batch_is_worked_on_in_order(kind: type[Workers | BlasWorkers], count: int) -> None:
    workers = kind(count)
    assert workers.map(lambda batch: batch * 2, []) == []
    assert workers.map(lambda batch: batch * 2, list(range(20))) == list(range(0, 40, 2))


def test_each_thread_is_torch_s_only_one_and_the_rest_is_left_as_it_was() -> None:
    before = torch.get_num_threads()
    together = threading.Barrier(3)

    def look(_: int) -> tuple[int, int]:
        together.wait(timeout=60)
        return torch.get_num_threads(), threading.get_ident()

    seen = Workers(3).map(look, range(3))
    assert [threads for threads, _ in seen] == [1, 1, 1]
    assert len({thread for _, thread in seen} | {threading.get_ident()}) == 4
    assert torch.get_num_threads() == before
    later: list[int] = []
    thread = threading.Thread(target=lambda: later.append(torch.get_num_threads()))
    thread.start()
    thread.join()
    assert later == [before]


def test_numpy_has_one_thread_a_product_while_batches_run_and_as_many_as_before_afterwards() -> None:
    def threads() -> set[int]:
        return {each["num_threads"] for each in threadpool_info() if each["internal_api"] == "openblas"}

    np.ones((2, 2)) @ np.ones((2, 2))
    if not threads():
        pytest.skip("NumPy computes with another library than OpenBLAS here")
    with threadpool_limits(3):
        inner: list[set[int]] = []

        def look(_: int) -> set[int]:
            inner.extend(BlasWorkers(2).map(lambda _: threads(), [1, 2]))  # one that ends does not end it for all
            return threads()

        assert BlasWorkers(2).map(look, [1, 2, 3]) == [{1}] * 3
        assert inner == [{1}] * 6
        with pytest.raises(ZeroDivisionError):
            BlasWorkers(2).map(lambda batch: 1 // batch, [0, 1])
        assert threads() == {3}


@pytest.mark.parametrize("kind", [Workers, BlasWorkers])
def test_what_goes_wrong_is_raised_and_the_next_call_works(kind: type[Workers | BlasWorkers]) -> None:
    workers = kind(2)
    with pytest.raises(ZeroDivisionError):
        workers.map(lambda batch: 1 // batch, [2, 1, 0, 1])
    assert workers.map(lambda batch: 1 // batch, [1, 1]) == [1, 1]


def test_the_number_of_threads_changes_no_figure(checkpoints: Path) -> None:
    torch_threads = torch.get_num_threads()
    try:
        for backend in (Backend.TORCH, Backend.NUMPY):
            one, three = (
                CheckpointPredictor.load(checkpoints / "own", threads=threads, backend=backend) for threads in (1, 3)
            )
            torch.set_num_threads(1)
            assert one.predict(PAIRS) == three.predict(PAIRS)
            assert (one.embed([pair.premise for pair in PAIRS]) == three.embed([pair.premise for pair in PAIRS])).all()
    finally:
        torch.set_num_threads(torch_threads)
