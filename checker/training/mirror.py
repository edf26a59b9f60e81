"""Hidden states like a teacher's: a pupil learns how its teacher comes to an opinion, not the opinion alone.

Some layers of the pupil are held against those of the teacher at the same share of the height, through a linear map of
their own (FitNets, Romero et al. 2015; TinyBERT, Jiao et al. 2020). The maps are thrown away afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence

from torch import Tensor, nn

LAYERS_APART = 2  # layers of the pupil from one that is compared to the next; the last one always is


class Mirror(nn.Module):
    """The maps from a pupil's layers to those of its teacher; sizes are (layers, width)."""

    def __init__(self, pupil: tuple[int, int], teacher: tuple[int, int]) -> None:
        super().__init__()
        layers, width = pupil
        self._mine = list(range(layers - 1, -1, -LAYERS_APART))
        self._theirs = [(place + 1) * teacher[0] // layers - 1 for place in self._mine]
        self.maps = nn.ModuleList(nn.Linear(width, teacher[1]) for _ in self._mine)

    def forward(self, mine: Sequence[Tensor], theirs: Sequence[Tensor], mask: Tensor) -> Tensor:
        """Mean squared distance of the normalised states over the tokens in `mask` (batch, tokens); 2: unrelated.

        `mine` and `theirs` are the states behind each layer, (batch, tokens, width) each.
        """
        total = mine[0].new_zeros(())
        for image, place, other in zip(self.maps, self._mine, self._theirs, strict=True):
            apart = (_normalised(image(mine[place])) - _normalised(theirs[other])).square().mean(-1)
            total = total + (apart * mask).sum() / mask.sum().clamp(min=1)
        return total / len(self.maps)


def _normalised(states: Tensor) -> Tensor:
    """Each token's figures with mean 0 and variance 1, so that large figures of a few dimensions do not rule."""
    return nn.functional.layer_norm(states.float(), states.shape[-1:])
