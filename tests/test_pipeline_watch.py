"""Watching a check changes nothing of its result, and can end it."""

import numpy as np
import pytest

from checker.document import Span
from checker.nli import Prediction, TokenProbability
from checker.pipeline import Checker

ARTICLE = "\n\n".join(
    [
        "Envoys praised the lawful seizure of the ship.",
        *(f"Port number {number} stayed shut on Monday, and {number} boats left it." for number in range(50)),
        "The seizure of the ship was not lawful, the court said.",
    ]
)


class Scripted:
    """ "lawful" is in error where the premise says "not lawful"; counts how often it is asked."""

    name, weights_hash, backend = "scripted", "0" * 16, "none"
    calls = 0

    def predict(self, pairs):
        self.calls += 1
        return [self._say(pair) for pair in pairs]

    def embed(self, texts):
        return np.tile(np.array([1.0, 0.0], dtype=np.float32), (len(texts), 1))

    def _say(self, pair):
        denied = "not lawful" in pair.premise and "not lawful" not in pair.hypothesis
        start = pair.hypothesis.find("lawful")
        if not denied or start < 0:
            return Prediction(0.1, 0.85, 0.05, 0.03)
        return Prediction(0.02, 0.06, 0.92, 0.95, (TokenProbability(Span(start, start + 6), 0.95),))


@pytest.fixture
def model():
    return Scripted()


@pytest.fixture
def checker(model):
    return Checker(predictor=model)


def test_the_report_is_the_same(checker):
    seen = []
    watched = checker.check(ARTICLE, watch=lambda judged, find: seen.append((judged, *find()[:2])))
    assert watched == checker.check(ARTICLE)
    judged = [each for each, _, _ in seen]
    assert judged[0] == 0
    assert judged[-1] == len(watched.sentences)
    assert judged == sorted(set(judged))
    assert len(judged) > 3
    assert watched.findings
    assert all(len(verdicts) == each for each, _, verdicts in seen)
    assert seen[-1][1:] == (watched.findings, watched.sentences)


def test_who_watches_can_end_it(checker, model):
    class EnoughError(Exception):
        pass

    def stop(judged, find):
        if judged:
            raise EnoughError

    with pytest.raises(EnoughError):
        checker.check(ARTICLE, watch=stop)
    assert model.calls == 1
