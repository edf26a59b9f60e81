"""Tokens a batch, one after the other in turn: `python benchmarks/batches.py 512 1024 4096`.

Processor time of one thread on pairs like those of an article, for a machine that does other things as well: ratios
hold, seconds do not.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Sequence
from itertools import pairwise

import torch

from checker.evaluation.bench.material import write_sentences
from checker.evidence import Relation
from checker.nli import Pair
from checker.nli.checkpoint import batches_by_length, load_network
from checker.nli.encoding import PairEncoder
from checker.nli.network import collate
from checker.nli.registry import resolve_model

PAIRS = 70
ROUNDS = 5


def main(budgets: Sequence[int]) -> None:
    """One line for each number of tokens: the median of its ratios to the last one, and the tokens with padding."""
    from tokenizers import Tokenizer

    torch.set_num_threads(1)
    folder = resolve_model("checker-mini-en")
    network = load_network(folder).eval()  # type: ignore[arg-type]
    encoder = PairEncoder(Tokenizer.from_file(f"{folder}/tokenizer.json"))
    rows = encoder.encode([Pair(*both, Relation.CONTEXT) for both in pairwise(write_sentences(PAIRS + 1))])
    lengths = [len(row) for row in rows]
    batches = {
        budget: [
            collate([rows[index] for index in chosen], encoder.padding) for chosen in batches_by_length(lengths, budget)
        ]
        for budget in budgets
    }
    taken: dict[int, list[float]] = {budget: [] for budget in budgets}
    with torch.inference_mode():
        for _ in range(ROUNDS):
            for budget, some in batches.items():
                started = time.process_time()
                for batch in some:
                    network(batch)
                taken[budget].append(time.process_time() - started)
    for budget, seconds in taken.items():
        ratios = sorted(last / one for one, last in zip(seconds, taken[budgets[-1]], strict=True))
        padded = sum(batch.ids.numel() for batch in batches[budget])
        figures = f"{statistics.median(ratios):.2f} times ({ratios[0]:.2f} to {ratios[-1]:.2f})"
        sys.stdout.write(f"{budget} tokens: {figures}, {padded} tokens with padding\n")


if __name__ == "__main__":
    main([int(each) for each in sys.argv[1:]] or [512, 1024, 4096])
