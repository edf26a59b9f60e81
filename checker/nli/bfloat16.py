"""Whether a processor multiplies bfloat16 numbers itself; one that has to convert them is many times slower."""

from __future__ import annotations

import torch

from checker.nli.backends import X86_BFLOAT16

_INSTRUCTIONS = (*X86_BFLOAT16, "bf16", "sve_bf16")  # the last two of ARM, as torch names them


def is_fast_in_bfloat16(device: str) -> bool:
    """True of graphics processors, and of "cpu" where this machine's has instructions for it."""
    if device != "cpu":
        return True
    capabilities = torch.cpu.get_capabilities()
    return any(capabilities.get(name, False) for name in _INSTRUCTIONS)
