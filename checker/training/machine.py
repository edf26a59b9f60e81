"""Where a training run takes place. It changes how fast a model is made, and roundings, nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from checker.errors import UsageError


@dataclass(frozen=True, slots=True)
class Machine:
    """The processor and its time.

    `device` is "auto", "cpu" or "cuda"; both compute in bfloat16 where that is faster and loses nothing that matters.
    `workers` encode steps ahead, 0 for none. After `minutes` of this run (None: no limit) it ends as if its steps were
    done; the rate has fallen by then.
    """

    device: str = "cpu"
    workers: int = 0
    minutes: float | None = None


def find_device(wanted: str) -> str:
    """The device for "auto", "cpu" or "cuda"; raises UsageError for a graphics processor that is not there."""
    import torch

    there = torch.cuda.is_available()
    if wanted == "cuda" and not there:
        raise UsageError("there is no graphics processor that PyTorch can use here; leave out --device, or say cpu")
    return "cuda" if there and wanted != "cpu" else "cpu"
