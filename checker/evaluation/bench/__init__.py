"""How fast the main path is on this machine, beside a plain transformers pipeline: `checker bench`."""

from checker.evaluation.bench.run import Bench, Figure, bench

__all__ = ["Bench", "Figure", "bench"]
