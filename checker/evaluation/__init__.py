"""Measuring a model: benchmarks by name, each with the data it reads and the figures it gives."""

from checker.evaluation.benchmarks import BENCHMARKS, Benchmark, run_benchmark

__all__ = ["BENCHMARKS", "Benchmark", "run_benchmark"]
