"""The attention of training on a processor, against torch's own."""

import pytest
import torch
from torch.nn.functional import scaled_dot_product_attention

from checker.nli.attention_kernels import attend_stepwise
from checker.nli.network import EncoderConfig, Layer

SHAPE = (2, 3, 5, 4)


def drawn(seed: int) -> torch.Tensor:
    return torch.randn(SHAPE, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


@pytest.mark.parametrize("figures", [False, True])
def test_values_and_gradients_are_those_of_torch(*, figures: bool) -> None:
    seen = torch.ones(2, 1, 1, 5, dtype=torch.bool)
    seen[1, ..., 3:] = False
    mask = torch.randn(2, 3, 5, 5, dtype=torch.float64).masked_fill(~seen, -1e4) if figures else seen
    gradients = []
    for attend in (attend_stepwise, scaled_dot_product_attention):
        inputs = [drawn(seed).requires_grad_() for seed in range(3)]
        mixed = attend(*inputs, mask)
        (mixed * drawn(7)).sum().backward()
        gradients.append([mixed.detach(), *(one.grad for one in inputs)])
    for mine, theirs in zip(*gradients, strict=True):
        assert torch.allclose(mine, theirs, atol=1e-12)


def test_a_layer_that_learns_says_what_it_says_afterwards() -> None:
    torch.manual_seed(3)
    layer = Layer(EncoderConfig(30, hidden_size=8, num_hidden_layers=1, num_attention_heads=2, intermediate_size=8))
    hidden = torch.randn(2, 6, 8)
    mask = torch.ones(2, 1, 1, 6, dtype=torch.bool)
    mask[0, ..., 4:] = False
    assert torch.allclose(layer.train()(hidden, mask), layer.eval()(hidden, mask), atol=1e-6)


def test_dropped_shares_are_made_up_for() -> None:
    torch.manual_seed(5)
    value = torch.ones(64, 1, 8, 2)
    mixed = attend_stepwise(torch.zeros_like(value), torch.zeros_like(value), value, torch.ones(1, 1, 1, 8).bool(), 0.5)
    assert mixed.std() > 0.1
    assert abs(float(mixed.mean()) - 1.0) < 0.1
