"""What the early exit saves: `python benchmarks/early_exit.py MODEL ARTICLES…` (text files).

All that checks of the articles ask the model is asked in turn of MODEL with its exit and of the same weights without
it, in one thread; processor time, so that ratios hold on a machine that does other things as well.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from checker import Checker, read_file
from checker.nli import Pair, Prediction
from checker.nli.checkpoint import CheckpointPredictor
from checker.nli.early_exit import FILE_NAME

ROUNDS = 5


class Recorder(CheckpointPredictor):
    """A predictor that keeps what it was asked."""

    def predict(self, pairs: Sequence[Pair]) -> list[Prediction]:
        """As the predictor does."""
        asked.append(list(pairs))
        return super().predict(pairs)


asked: list[list[Pair]] = []


def main(model: Path, articles: Sequence[Path]) -> None:
    """One line: how many times as fast, median and range of the rounds."""
    with tempfile.TemporaryDirectory() as place:
        plain = Path(place)
        for file in model.iterdir():
            if file.name != FILE_NAME:
                (plain / file.name).symlink_to(file.resolve())
        checker = Checker(predictor=Recorder.load(plain, threads=1))
        for article in articles:
            checker.check(read_file(article))
        whole, early = (CheckpointPredictor.load(folder, threads=1) for folder in (plain, model))
        ratios = [_seconds(whole) / _seconds(early) for _ in range(ROUNDS + 1)][1:]  # the first warms up
    pairs = sum(map(len, asked))
    told = f"{statistics.median(ratios):.2f} times as fast ({min(ratios):.2f} to {max(ratios):.2f})"
    sys.stdout.write(f"{pairs} pairs of {len(articles)} articles: {told}\n")


def _seconds(predictor: CheckpointPredictor) -> float:
    started = time.process_time()
    for pairs in asked:
        predictor.predict(pairs)
    return time.process_time() - started


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(each) for each in sys.argv[2:]])
