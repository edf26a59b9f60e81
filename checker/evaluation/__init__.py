"""Measuring a model: benchmarks by name, each with the data it reads and the measures it gives."""

from checker.evaluation.benchmarks import BENCHMARKS, Benchmark, find_benchmarks
from checker.evaluation.judges import BASELINES
from checker.evaluation.run import Outcome, evaluate

__all__ = ["BASELINES", "BENCHMARKS", "Benchmark", "Outcome", "evaluate", "find_benchmarks"]
