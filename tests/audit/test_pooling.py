"""Questions of several tasks go to the model together, in an order that does not depend on which thread is quicker."""

import threading
import time

import numpy as np
import pytest

from checker.audit.pooling import PoolingPredictor
from checker.nli import Pair, Prediction


class NotingPredictor:
    """Notes what it is asked at once, and in which thread; refuses pairs about "bad"."""

    name, weights_hash, backend = "noting", "0" * 16, "none"

    def __init__(self):
        self.asked, self.embedded, self.threads = [], [], set()

    def predict(self, pairs):
        self.threads.add(threading.get_ident())
        self.asked.append([pair.hypothesis for pair in pairs])
        if any("bad" in pair.hypothesis for pair in pairs):
            raise ValueError("bad pair")
        return [Prediction(0.1, 0.8, 0.1, len(pair.hypothesis) / 100) for pair in pairs]

    def embed(self, texts):
        self.threads.add(threading.get_ident())
        self.embedded.append(list(texts))
        return np.ones((len(texts), 2), dtype=np.float32)


def questions(pool, name, count, seconds=0.0):
    def task():
        time.sleep(seconds)
        assert pool.embed([name]).shape == (1, 2)
        said = pool.predict([Pair("", f"{name}{number}") for number in range(count)])
        return [round(100 * each.error) for each in said]

    return task


def test_all_are_asked_at_once_in_order_in_one_thread():
    model = NotingPredictor()
    pool = PoolingPredictor(model)
    tasks = [questions(pool, "slow", 2, 0.05), questions(pool, "b", 1), questions(pool, "none", 0)]
    assert pool.run(tasks) == [[5, 5], [2], []]
    assert model.asked == [["slow0", "slow1", "b0"]]
    assert sorted(model.embedded) == [["b"], ["none"], ["slow"]]
    assert model.threads == {threading.get_ident()}


def test_the_task_at_fault_fails_alone():
    pool = PoolingPredictor(NotingPredictor())
    done = []
    with pytest.raises(ValueError, match="bad pair"):
        pool.run([questions(pool, "bad", 1), lambda: done.extend(questions(pool, "good", 1)())])
    assert done == [5]


def test_a_task_that_asks_nothing_or_fails_holds_up_nobody():
    pool = PoolingPredictor(NotingPredictor())
    assert pool.run([lambda: 7, questions(pool, "a", 1)]) == [7, [2]]
    assert pool.run([]) == []
    assert pool.predict([Pair("", "alone")])[0].error == 0.05


def test_a_thread_may_hold_a_lock_while_it_waits_for_vectors():
    pool = PoolingPredictor(NotingPredictor())
    store = threading.Lock()

    def task():
        with store:
            pool.embed(["fact"])
        return len(pool.predict([Pair("", "x")]))

    assert pool.run([task] * 5) == [1] * 5


def test_an_interrupt_ends_all_threads():
    class Interrupted(NotingPredictor):
        def predict(self, pairs):
            raise KeyboardInterrupt

    pool = PoolingPredictor(Interrupted())
    before = threading.active_count()
    with pytest.raises(KeyboardInterrupt):
        pool.run([questions(pool, "a", 1), questions(pool, "b", 1)])
    assert threading.active_count() == before
