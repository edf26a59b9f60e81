"""Running benchmarks for one or several models and baselines, and what comes out."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from checker.evaluation.benchmarks import Benchmark, PairBenchmark, RuleBenchmark, StoreBenchmark
from checker.evaluation.judges import baseline
from checker.evaluation.measures import Measure
from checker.pipeline import Checker

RULES = "rules"  # the subject of benchmarks that take no model


@dataclass(frozen=True, slots=True)
class Outcome:
    """All measures of one benchmark for one subject (a model's name, `baseline:<name>`, or "rules")."""

    benchmark: str
    subject: str
    measures: tuple[Measure, ...]
    seconds: float


def evaluate(
    benchmarks: Sequence[Benchmark],
    checkers: Sequence[Checker],
    data: Path,
    *,
    baselines: Sequence[str] = (),
    limit: int = 0,
    tell: Callable[[str], object] = lambda _: None,
) -> Iterator[Outcome]:
    """Outcomes, benchmark by benchmark, as they come; baselines take part where pairs are judged.

    Baselines that need a model use that of the first checker. `tell` hears what is being measured. Raises
    UnreadableFileError for missing data.
    """
    for benchmark in benchmarks:
        for subject, run in _runs(benchmark, checkers, data, baselines, limit, tell):
            tell(f"{benchmark.name}: {subject}")
            started = time.monotonic()
            measures = tuple(run())
            yield Outcome(benchmark.name, subject, measures, time.monotonic() - started)


def _runs(
    benchmark: Benchmark,
    checkers: Sequence[Checker],
    data: Path,
    baselines: Sequence[str],
    limit: int,
    tell: Callable[[str], object],
) -> Iterator[tuple[str, Callable[[], list[Measure]]]]:
    if isinstance(benchmark, RuleBenchmark):
        yield RULES, partial(benchmark.run, data, limit)
        return
    if isinstance(benchmark, StoreBenchmark):
        for checker in checkers:
            yield checker.predictor.name, partial(benchmark.run, checker, data, limit, tell)
        return
    for checker in checkers:
        yield checker.predictor.name, partial(benchmark.run, checker, data, limit)
    if isinstance(benchmark, PairBenchmark):
        for name in baselines:
            yield f"baseline:{name}", partial(benchmark.run, baseline(name, checkers[0]), data, limit)
