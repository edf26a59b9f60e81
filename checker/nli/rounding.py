"""Large tables of weights in 8 bits a number, so that a model stays small enough to travel with the program.

Each row is kept as whole numbers from -127 to 127 and what they are multiplied with. They are float16 again when they
are read: what is saved is the size of the file, what is lost at most a two hundredth of a row's largest number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch import Tensor

SCALE = "_scale"  # behind the name of a table
LARGEST = 60_000_000  # bytes of float16 weights; beyond it the large tables are rounded
SMALL = 100_000  # numbers; tables of fewer are left as they are
_STEPS = 127


def rounded(weights: dict[str, Tensor]) -> dict[str, Tensor]:
    """The float16 `weights` of a network, with its large tables rounded where all together are larger than LARGEST."""
    if sum(tensor.numel() * tensor.element_size() for tensor in weights.values()) <= LARGEST:
        return weights
    made: dict[str, Tensor] = {}
    for name, tensor in weights.items():
        made |= _rounded(name, tensor) if tensor.ndim == 2 and tensor.numel() >= SMALL else {name: tensor}
    return made


def _rounded(name: str, table: Tensor) -> dict[str, Tensor]:
    import torch

    scales = (table.float().abs().amax(1) / _STEPS).clamp(min=1e-6).to(torch.float16)
    steps = (table.float() / scales.float()[:, None]).round().clamp(-_STEPS, _STEPS)
    return {name: steps.to(torch.int8), f"{name}{SCALE}": scales}


def unrounded(weights: dict[str, Tensor]) -> dict[str, Tensor]:
    """What `rounded` was given, but for precision."""
    return {
        name: (tensor.float() * scale.float()[:, None]).half()
        if (scale := weights.get(f"{name}{SCALE}")) is not None
        else tensor
        for name, tensor in weights.items()
        if not name.endswith(SCALE)
    }
