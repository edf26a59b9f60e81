"""What the network's speed depends on, side by side in one process: `python benchmarks/batches.py [TOKENS …]`.

First tokens a batch (default: 512 1024 2048), without padding, against padded batches of 1,024 tokens: processor time
of one thread, so that ratios hold on a machine that does other things as well. Then batches side by side, one thread
each, against all threads at one batch: time on the clock, which wants an idle machine; processor time beside it tells
how much is spent waiting. Then torch against NumPy, processor time of one thread. Last, how many rows are made of pairs
a second (words, features, tokens).
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer

from checker.evaluation.bench.material import write_sentences
from checker.evidence import Relation
from checker.nli import Pair
from checker.nli.bfloat16 import is_fast_in_bfloat16
from checker.nli.checkpoint import batches_by_length, load_network
from checker.nli.encoding import PairEncoder, Row
from checker.nli.engine import BATCH_TOKENS, Engine
from checker.nli.network import Network, collate
from checker.nli.numpy_engine import NumpyEngine
from checker.nli.packed import Packed, judge, pack
from checker.nli.registry import resolve_model
from checker.nli.torch_engine import TorchEngine
from checker.nli.wording import split_words
from checker.nli.workers import Workers

SENTENCES = 24
APART = 3  # each sentence is judged against as many that follow it
ROUNDS = 5
FEW = 24  # rows for what waits for other threads: on a busy machine that takes minutes

Way = Callable[[], object]


def main(budgets: Sequence[int]) -> None:
    """A line for each way; ratios to the first of its table, above 1 is faster."""
    folder = Path(resolve_model("checker-mini-en"))
    network = load_network(folder).eval()
    encoder = PairEncoder(Tokenizer.from_file(f"{folder}/tokenizer.json"))
    sentences = write_sentences(SENTENCES + APART)
    pairs = [
        Pair(premise, hypothesis, Relation.CONTEXT)
        for apart in range(1, APART + 1)
        for premise, hypothesis in zip(sentences, sentences[apart : SENTENCES + apart], strict=False)
    ] + [Pair("", sentence, Relation.LANGUAGE) for sentence in sentences]
    rows = encoder.encode(pairs)
    with torch.inference_mode():
        _tokens_a_batch(network, encoder.padding, rows, budgets)
        _threads(network, rows)
        _engines(network, folder, rows)
    started = time.process_time()
    split_words.cache_clear()
    encoder.encode(pairs)
    _say(f"{len(pairs) / (time.process_time() - started):,.0f} rows made in a second of processor time")


def _tokens_a_batch(network: Network, padding: int, rows: Sequence[Row], budgets: Sequence[int]) -> None:
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    padded = [collate(some, padding) for some in _batches(rows, BATCH_TOKENS)]
    told = f"{sum(map(len, rows))} tokens, {sum(batch.ids.numel() for batch in padded)} with padding"
    _say(f"{len(rows)} pairs, {told}; processor time of one thread")
    ways: dict[str, Way] = {f"padded, {BATCH_TOKENS} tokens": lambda: [network(batch) for batch in padded]}
    for budget in budgets:
        packed = [pack(some) for some in _batches(rows, budget)]
        ways[f"packed, {budget} tokens"] = lambda packed=packed: [judge(network, batch) for batch in packed]
    _compare(ways, time.process_time)
    torch.set_num_threads(threads)


def _threads(network: Network, rows: Sequence[Row]) -> None:
    threads = torch.get_num_threads()
    workers = Workers(threads)
    packed = [pack(some) for some in _batches(rows[:FEW], 256)]

    def look(batch: Packed) -> object:
        with torch.inference_mode():
            return judge(network, batch)

    _say(f"{threads} threads; time on the clock")
    ways: dict[str, Way] = {
        "all threads at one batch": lambda: [look(batch) for batch in packed],
        "a thread a batch": lambda: workers.map(look, packed),
    }
    _compare(ways, time.perf_counter)


def _engines(network: Network, folder: Path, rows: Sequence[Row]) -> None:
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    reference = TorchEngine(network, threads=1)
    plain = NumpyEngine.load(folder, network.config.to_dict(), threads=1)
    engines: list[Engine] = [reference, plain]
    if is_fast_in_bfloat16("cpu"):
        engines.append(TorchEngine(load_network(folder), threads=1, number=torch.bfloat16))
    batches = _batches(rows, BATCH_TOKENS)
    _say(f"{len(rows)} pairs; processor time of one thread")
    ways: dict[str, Way] = {
        f"{engine.backend}": lambda engine=engine: engine.share(engine.judge, batches) for engine in engines
    }
    _compare(ways, time.process_time)
    torch.set_num_threads(threads)


def _batches(rows: Sequence[Row], budget: int) -> list[list[Row]]:
    lengths = [len(row) for row in rows]
    return [[rows[index] for index in chosen] for chosen in batches_by_length(lengths, budget)]


def _compare(ways: Mapping[str, Way], clock: Callable[[], float]) -> None:
    """All ways in turn, several rounds; medians of the ratios within a round."""
    taken: dict[str, list[float]] = {name: [] for name in ways}
    used: dict[str, list[float]] = {name: [] for name in ways}
    for way in ways.values():
        way()
    for _ in range(ROUNDS):
        for name, way in ways.items():
            started, used_before = clock(), time.process_time()
            way()
            taken[name].append(clock() - started)
            used[name].append(time.process_time() - used_before)
    first = next(iter(taken.values()))
    for name, seconds in taken.items():
        ratios = sorted(one / other for one, other in zip(first, seconds, strict=True))
        spread = f"{statistics.median(ratios):.2f} times ({ratios[0]:.2f} to {ratios[-1]:.2f})"
        _say(f"  {name}: {spread}, {statistics.median(used[name]):.2f} s of processor time")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main([int(each) for each in sys.argv[1:]] or [512, 1024, 2048])
