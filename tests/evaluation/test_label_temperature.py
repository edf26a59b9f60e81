"""The temperature of the labels is found again where it is known."""

import math
import random

from checker.evaluation.pair_fitting import label_temperature
from checker.nli import Prediction
from checker.nli.types import LABELS


def softmax(logits: list[float]) -> list[float]:
    raised = [math.exp(value) for value in logits]
    return [value / sum(raised) for value in raised]


def test_a_known_temperature_is_found_again() -> None:
    rng = random.Random(4)
    said, labels = [], []
    for _ in range(6000):
        logits = [rng.gauss(0.0, 1.5) for _ in LABELS]
        labels.append(rng.choices(LABELS, softmax(logits))[0])
        said.append(Prediction(*softmax([2.0 * value for value in logits]), 0.0))
    assert abs(label_temperature(said, labels) - 2.0) < 0.15
