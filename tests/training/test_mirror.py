"""Hidden states held against those of a teacher of another size."""

import torch

from checker.training.mirror import Mirror

MASK = torch.tensor([[True, True, True], [True, False, False]])


def states(layers: int, width: int, seed: int) -> list[torch.Tensor]:
    drawn = torch.Generator().manual_seed(seed)
    return [torch.randn(2, 3, width, generator=drawn) for _ in range(layers)]


def test_what_can_be_mapped_is_learnt() -> None:
    torch.manual_seed(3)
    mirror = Mirror((4, 6), (8, 5))
    mine = states(4, 6, seed=1)
    mixing = torch.randn(6, 5)
    theirs = states(8, 5, seed=2)
    theirs[7], theirs[3] = mine[3] @ mixing, mine[1] @ mixing
    optimiser = torch.optim.Adam(mirror.parameters(), lr=0.05)
    first = mirror(mine, theirs, MASK).item()
    for _ in range(200):
        optimiser.zero_grad()
        loss = mirror(mine, theirs, MASK)
        loss.backward()
        optimiser.step()
    assert first > 1.0
    assert loss.item() < 0.05


def test_padding_does_not_count() -> None:
    mirror = Mirror((2, 6), (2, 5))
    mine, theirs = states(2, 6, seed=1), states(2, 5, seed=2)
    before = mirror(mine, theirs, MASK)
    theirs[1][~MASK] = 7.0
    mine[1][~MASK] = -7.0
    assert torch.equal(mirror(mine, theirs, MASK), before)


def test_only_the_layers_at_the_same_height_count() -> None:
    mirror = Mirror((2, 6), (4, 5))
    mine, theirs = states(2, 6, seed=1), states(4, 5, seed=2)
    before = mirror(mine, theirs, MASK)
    theirs[0] = theirs[0] + torch.randn_like(theirs[0])
    assert torch.equal(mirror(mine, theirs, MASK), before)
    theirs[3] = theirs[3] + torch.randn_like(theirs[3])
    assert not torch.equal(mirror(mine, theirs, MASK), before)
