"""What the finished weights of a run are."""

import torch
from torch import nn

from checker.training.run import mix_weights


def linear(value: float) -> nn.Linear:
    layer = nn.Linear(2, 2)
    with torch.no_grad():
        for weights in layer.parameters():
            weights.fill_(value)
    return layer


def test_weights_are_mixed_by_share() -> None:
    trained, start = linear(1.0), linear(5.0)
    mix_weights(trained, start, 0.25)
    assert all(bool((weights == 2.0).all()) for weights in trained.parameters())
    assert all(bool((weights == 5.0).all()) for weights in start.parameters())


def test_without_a_share_nothing_changes() -> None:
    trained = linear(1.0)
    mix_weights(trained, linear(5.0), 0.0)
    assert all(bool((weights == 1.0).all()) for weights in trained.parameters())
