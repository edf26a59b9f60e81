"""Batches side by side: all of them, in order, whatever the number of threads; and torch is left as it was."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
import torch

from checker.nli.checkpoint import CheckpointPredictor
from checker.nli.types import Pair
from checker.nli.workers import Workers

TEXT = "The harbour council met on Friday and opened nine new berths. "
PAIRS = [Pair(TEXT * (1 + place % 3), TEXT * (1 + place % 2)) for place in range(30)]


@pytest.mark.parametrize("count", [1, 2, 3])
def test_every_batch_is_worked_on_in_order(count: int) -> None:
    workers = Workers(count)
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


def test_what_goes_wrong_is_raised_and_the_next_call_works() -> None:
    workers = Workers(2)
    with pytest.raises(ZeroDivisionError):
        workers.map(lambda batch: 1 // batch, [2, 1, 0, 1])
    assert workers.map(lambda batch: 1 // batch, [1, 1]) == [1, 1]


def test_the_number_of_threads_changes_no_figure(checkpoints: Path) -> None:
    one, three = (CheckpointPredictor.load(checkpoints / "own") for _ in range(2))
    one._workers, three._workers = Workers(1), Workers(3)
    torch_threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        assert one.predict(PAIRS) == three.predict(PAIRS)
        assert (one.embed([pair.premise for pair in PAIRS]) == three.embed([pair.premise for pair in PAIRS])).all()
    finally:
        torch.set_num_threads(torch_threads)
