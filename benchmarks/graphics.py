"""Pairs a second on a graphics processor: what the network judges, and what one process encodes for it.

    python benchmarks/graphics.py            # 20,000 pairs of 57 tokens
    python benchmarks/graphics.py MODEL 2000

The engine is asked directly, batch after batch; retrieval, findings and reading are left out.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import torch
from tokenizers import Tokenizer

from checker.evaluation.bench.material import write_sentences
from checker.evidence import Relation
from checker.nli.attention_kernels import suit_any_shape
from checker.nli.checkpoint import batches_by_length, load_network
from checker.nli.encoding import PairEncoder
from checker.nli.torch_engine import TorchEngine
from checker.nli.types import Pair

OURS = Path(__file__).parents[1] / "models/checker-mini-en"


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else OURS
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 20_000
    if not torch.cuda.is_available():
        raise SystemExit("torch finds no graphics processor; install torch for CUDA on a machine that has one")
    suit_any_shape()
    encoder = PairEncoder(Tokenizer.from_file(str(folder / "tokenizer.json")))
    sentences = write_sentences(count, seed=1)
    pairs = [Pair(one, sentences[(7 * place + 3) % count], Relation.CONTEXT) for place, one in enumerate(sentences)]
    began = time.perf_counter()
    rows = encoder.encode(pairs)
    seconds = time.perf_counter() - began
    print(f"{torch.cuda.get_device_name()}, torch {torch.__version__}, {sum(map(len, rows)) / count:.1f} tokens a pair")
    print(f"encoded by one process: {count / seconds:,.0f} pairs/s")
    for number in (torch.bfloat16, torch.float16):
        engine = TorchEngine(load_network(folder), threads=1, device="cuda", number=number)
        places = batches_by_length([len(row) for row in rows], engine.batch_tokens)
        batches = [[rows[place] for place in some] for some in places]
        for batch in batches[:2]:
            engine.judge(batch)
        began = time.perf_counter()
        for batch in batches:
            engine.judge(batch)  # what is said comes back to the processor, so nothing is still under way
        print(f"judged in {number}: {count / (time.perf_counter() - began):,.0f} pairs/s")


if __name__ == "__main__":
    main()
