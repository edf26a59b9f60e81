"""Clocks: repeated times of a call, times and memory of whole processes, and what the machine can do at best."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from checker.nli.backends import Backend

# Starts the program from a process that is small itself: the kernel counts what the parent holds at the start of a
# child as the child's, and the bench holds models.
_LAUNCH = """
import os, subprocess, sys, time
code = "import sys; from checker.cli import main; sys.exit(main())"
started = time.perf_counter()
child = subprocess.Popen([sys.executable, "-c", code, *sys.argv[1:]], stdout=subprocess.DEVNULL)
_, _, used = os.wait4(child.pid, 0)
child.returncode = 0  # waited for above
print(time.perf_counter() - started, used.ru_maxrss)
"""
MATMUL_SIZE = 1536  # 3 matrices of 9 MB: beyond the caches, as the encoder's are


class ProcessCost(NamedTuple):
    """What one process took from its start to its end."""

    seconds: float
    megabytes: float  # the most that was resident


def times(run: Callable[[], object], repeats: int, *, before: Callable[[], object] = lambda: None) -> list[float]:
    """Seconds of each of `repeats` calls; `before` runs ahead of each and is not counted."""
    found = []
    for _ in range(repeats):
        before()
        started = time.perf_counter()
        run()
        found.append(time.perf_counter() - started)
    return found


def process_cost(arguments: Sequence[str]) -> ProcessCost:
    """Cost of `checker` with these arguments in a process of its own; what it prints is thrown away.

    Raises OSError or CalledProcessError where no process can be started.
    """
    done = subprocess.run(  # noqa: S603 our own interpreter and program
        [sys.executable, "-c", _LAUNCH, *arguments], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True
    )
    seconds, most = map(float, done.stdout.split())
    unit = 1 if sys.platform == "darwin" else 1024  # bytes there, kilobytes elsewhere
    return ProcessCost(seconds, most * unit / 1e6)


def matmul_rate(repeats: int, backend: Backend) -> list[float]:
    """Floating-point operations a second of a large matrix product in the backend's numbers: the machine's best.

    In float32 the better of torch and NumPy, for the main path may compute with either.
    """
    import numpy as np
    import torch

    one, other = torch.rand(2, MATMUL_SIZE, MATMUL_SIZE)
    products = [partial(torch.matmul, one, other), partial(np.matmul, one.numpy(), other.numpy())]
    if backend is Backend.BFLOAT16:
        products = [partial(torch.matmul, one.bfloat16(), other.bfloat16())]
    rates = []
    for product in products:
        product()
        rates.append([2 * MATMUL_SIZE**3 / seconds for seconds in times(product, repeats)])
    return max(rates, key=statistics.median)
