"""What a check costs besides the model, for articles of growing length: `python benchmarks/scaling.py [SENTENCES …]`.

The predictor is scripted: it takes no time to speak of and makes a word suspect in one pair of 25. With `--model` the
real model is asked. Processor time of one thread, and the most memory that the process has held so far.
"""

from __future__ import annotations

import os
import re
import resource
import sys
import time
import zlib
from collections.abc import Sequence

os.environ |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}  # read when numpy and torch are imported

import numpy as np
from numpy.typing import NDArray

from checker import Checker
from checker.document import Span
from checker.evaluation.bench.material import write_article
from checker.nli import Pair, Prediction, TokenProbability
from checker.nli.registry import load_predictor

WIDTH = 384
RARE = 25


class Scripted:
    """Says something about each pair that depends on the pair alone."""

    name, weights_hash, backend = "scripted", "0" * 16, "none"

    def predict(self, pairs: Sequence[Pair]) -> list[Prediction]:
        """Contradicted in one hot word, or nothing."""
        return [_say(pair) for pair in pairs]

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Random unit vectors, the same for the same text."""
        rows = [np.random.default_rng(zlib.crc32(text.encode())).standard_normal(WIDTH) for text in texts]
        vectors = np.array(rows, dtype=np.float32).reshape(-1, WIDTH)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def _say(pair: Pair) -> Prediction:
    chance = zlib.crc32(f"{pair.premise}|{pair.hypothesis}".encode())
    suspect = bool(pair.premise) and chance % RARE == 0
    words = [Span(*found.span()) for found in re.finditer(r"\w+", pair.hypothesis)]
    hot = chance // RARE % len(words) if suspect else -1
    tokens = tuple(TokenProbability(span, 0.95 if place == hot else 0.02) for place, span in enumerate(words))
    against = 0.9 if suspect else 0.03
    return Prediction(0.05, 0.95 - against, against, against, tokens)


def main(lengths: Sequence[int], *, real: bool) -> None:
    """One line for each length."""
    predictor = load_predictor("checker-mini-en", threads=1) if real else Scripted()
    Checker(predictor=predictor).check(write_article(10))  # what is loaded once
    for length in lengths:
        text = write_article(length, seed=length)
        started = time.process_time()
        Checker(predictor=predictor).check(text)
        seconds = time.process_time() - started
        held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        sys.stdout.write(f"{length} sentences: {1000 * seconds / length:.2f} ms a sentence, {held} MB\n")
        sys.stdout.flush()


if __name__ == "__main__":
    given = [each for each in sys.argv[1:] if each != "--model"]
    main([int(each) for each in given] or [10, 100, 1_000, 3_000], real="--model" in sys.argv[1:])
