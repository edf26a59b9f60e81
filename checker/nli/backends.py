"""Which library and device compute a model, as a user names it: settings' `backend`, `checker check --backend`."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from importlib.metadata import version
from pathlib import Path

from checker.nli.torch_version import torch_backend

X86_BFLOAT16 = ("avx512_bf16", "amx_bf16")  # instructions for products in bfloat16, as Linux and torch name them


class Backend(StrEnum):
    """AUTO is NumPy for the project's own models and torch for all others; CUDA is torch on a graphics processor.

    BFLOAT16 is torch on the processor with products in bfloat16, for one that has instructions for it.
    """

    AUTO = "auto"
    NUMPY = "numpy"
    TORCH = "torch"
    BFLOAT16 = "bfloat16"
    CUDA = "cuda"


@cache
def multiplies_bfloat16(cpuinfo: Path = Path("/proc/cpuinfo")) -> bool:
    """True where an x86 processor has instructions for products in bfloat16, as Linux says; False elsewhere.

    Unlike `checker.nli.bfloat16.is_fast_in_bfloat16` it does not import torch.
    """
    try:
        flags = cpuinfo.read_text(encoding="ascii", errors="replace").split()
    except OSError:
        return False
    return any(name in flags for name in X86_BFLOAT16)


@cache
def backend_name(backend: Backend) -> str:
    """Library, version, number type and device of one of the project's own models, without importing torch."""
    if backend in (Backend.AUTO, Backend.NUMPY):
        return f"numpy-{version('numpy')}-float32-cpu"
    where = {Backend.CUDA: "bfloat16-cuda", Backend.BFLOAT16: "bfloat16-cpu"}
    return torch_backend(where.get(backend, "float32-cpu"))
