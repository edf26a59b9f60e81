"""How fast a fact store answers, in how much memory, and how fast it takes facts, by its size."""

from __future__ import annotations

import itertools
import json
import os
import random
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from checker.evaluation.measures import Measure
from checker.evaluation.store_material import Progress, Tell, kept_store, missing_batches, sentences, store_path
from checker.evidence import Embedder, FactStore
from checker.pipeline import Checker

SIZES = (1_000, 100_000, 500_000)
QUERIES = 200
WIDTH = 384


def costs(checker: Checker, data: Path, limit: int, tell: Tell) -> list[Measure]:
    """Milliseconds of one search, megabytes, and facts a second that are added, by size; the vectors are random.

    `cpu_` figures count the time of this process alone, which other work on the machine does not lengthen. `limit`
    bounds the size of the stores; one below the smallest size is a size itself.
    """
    del checker
    measures: list[Measure] = []
    for size in [size for size in SIZES if not limit or size <= limit] or [limit]:
        texts = list(itertools.islice(sentences(data), size))
        rates = _build(f"costs-{len(texts)}", texts, tell)
        tell(f"store-costs: asking {len(texts):,} facts")
        measures += _costs_of(f"costs-{len(texts)}", texts, rates)
    return measures


def _build(name: str, texts: Sequence[str], tell: Tell) -> list[tuple[int, float]]:
    """Add what is missing; facts and processor seconds of each batch, also of those that an earlier run added."""
    noted = store_path(name).with_suffix(".rates.jsonl")
    with kept_store(name) as store:
        progress = Progress(tell, f"adding {len(texts):,} facts", len(texts), len(store))
        for batch in missing_batches(texts, len(store)):
            embedder = Embedder("random", _random_vectors(batch[0]))
            store.keep_vectors("random", batch, embedder.embed(batch))  # cached beforehand, so not in the rate
            began = time.process_time()
            store.add(batch, embedder=embedder)
            spent = time.process_time() - began
            with noted.open("a", encoding="utf-8") as lines:
                lines.write(json.dumps([len(batch), spent]) + "\n")
            progress.add(len(batch))
    return [tuple(json.loads(line)) for line in noted.read_text(encoding="utf-8").splitlines()]


def _costs_of(name: str, texts: Sequence[str], rates: Sequence[tuple[int, float]]) -> list[Measure]:
    path, size = store_path(name), f"{len(texts) // 1000}k" if len(texts) >= 1000 else f"{len(texts)}"
    embedder = Embedder("random", _random_vectors("queries"))
    before = _resident_megabytes()
    with FactStore.open(path, create=False) as store:
        began = time.process_time()
        store.search(texts[0], embedder=embedder)
        opening = time.process_time() - began
        words, both, wall = [], [], []
        for query in random.Random(5).sample(list(texts), min(QUERIES, len(texts))):
            vector = embedder.embed([query])
            words.append(_timed(partial(store.search, query))[0])
            cpu, clock = _timed(partial(store.search_many, [query], embedder=embedder, vectors=vector))
            both.append(cpu)
            wall.append(clock)
        memory = _resident_megabytes() - before
    return [
        *(_percentile(f"{size}_words_cpu_ms_p{share_}", words, share_) for share_ in (50, 95)),
        *(_percentile(f"{size}_hybrid_cpu_ms_p{share_}", both, share_) for share_ in (50, 95)),
        *(_percentile(f"{size}_hybrid_wall_ms_p{share_}", wall, share_) for share_ in (50, 95)),
        Measure(f"{size}_opening_cpu_s", [opening], _only),
        Measure(f"{size}_memory_mb", [memory], _only),
        Measure(f"{size}_file_mb", [path.stat().st_size / 1e6], _only),
        Measure(f"{size}_added_per_cpu_s", rates, lambda some: sum(n for n, _ in some) / sum(s for _, s in some)),
    ]


def _timed(search: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds of the processor, and by the clock."""
    cpu, clock = time.process_time(), time.perf_counter()
    search()
    return 1e3 * (time.process_time() - cpu), 1e3 * (time.perf_counter() - clock)


def _random_vectors(seed: str) -> Callable[[Sequence[str]], NDArray[np.float32]]:
    """The same for the same seed: a batch that is added again after a kill gets the vectors that it had."""
    rng = np.random.default_rng(list(seed.encode("utf-8")))

    def embed(texts: Sequence[str]) -> NDArray[np.float32]:
        vectors = rng.standard_normal((len(texts), WIDTH), dtype=np.float32)
        unit: NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit

    return embed


def _resident_megabytes() -> float:
    """Memory of this process; not a number where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return float("nan")
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _percentile(name: str, values: Sequence[float], share_: int) -> Measure:
    return Measure(name, values, lambda some: float(np.percentile(some, share_)))


def _only(some: Sequence[float]) -> float:
    return some[0]
