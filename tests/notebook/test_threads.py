"""One checker, several threads: the same reports as one after the other, and the model is loaded once."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from scripted_model import ARTICLE, FACT, ScriptedModel

from checker import Checker, Settings

THREADS = 4
TEXTS = [f"{ARTICLE} Then {number} ships left the port." for number in range(12)]


def test_threads_give_the_same_reports():
    alone = [Checker(predictor=ScriptedModel()).check(text, facts=[FACT]) for text in TEXTS]
    shared = Checker(predictor=ScriptedModel())
    barrier = Barrier(THREADS)

    def work(place):
        barrier.wait()
        reports = [shared.check(text, facts=[FACT]) for text in TEXTS[place::THREADS]]
        return reports, [shared.explain(report.findings[0], report).lead.evidence for report in reports]

    with ThreadPoolExecutor(THREADS) as pool:
        done = list(pool.map(work, range(THREADS)))
    for place, (reports, leads) in enumerate(done):
        assert reports == alone[place::THREADS]
        # The fact is named first, and the article's own sentence is surer.
        assert leads == [report.findings[0].evidence[1].evidence for report in reports]
    assert len(shared.predictor.threads) == THREADS


def test_the_model_is_loaded_once(monkeypatch):
    loaded = []

    def load(name, **_):
        loaded.append(name)
        time.sleep(0.05)  # long enough for every thread to come by
        return ScriptedModel()

    monkeypatch.setattr("checker.nli.registry.load_predictor", load)
    checker = Checker(Settings(model="slow"))
    barrier = Barrier(THREADS)

    def work(_):
        barrier.wait()
        return checker.predictor, checker.calibration

    with ThreadPoolExecutor(THREADS) as pool:
        got = list(pool.map(work, range(THREADS)))
    assert loaded == ["slow"]
    assert len({id(predictor) for predictor, _ in got}) == 1
    assert len({id(calibration) for _, calibration in got}) == 1
