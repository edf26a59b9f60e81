"""What a fact store on a server costs: facts added, a new machine's first copy, and one search, beside a file.

    python benchmarks/shared_store.py ADDRESS SENTENCES.txt.gz --facts 10000

ADDRESS names a store that is not there yet; it is left there. SENTENCES has one text a line.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from checker.evidence import FactStore

BATCH = 1_000
QUERIES = 50


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure a fact store on a server.")
    parser.add_argument("address")
    parser.add_argument("sentences", type=Path)
    parser.add_argument("--facts", type=int, default=10_000)
    chosen = parser.parse_args()
    with gzip.open(chosen.sentences, "rt", encoding="utf-8") as lines:
        texts = list(dict.fromkeys(itertools.islice((" ".join(line.split()) for line in lines), chosen.facts)))
    with tempfile.TemporaryDirectory() as folder:
        for name, place in (("file", Path(folder) / "one.facts"), ("server", chosen.address)):
            os.environ["XDG_CACHE_HOME"] = f"{folder}/first"
            with FactStore.open(place) as store:
                rate = len(texts) / timed(
                    lambda store=store: [store.add(texts[n : n + BATCH]) for n in range(0, len(texts), BATCH)]
                )
                store.search(texts[0])
                one = timed(lambda store=store: [store.search(text) for text in texts[:QUERIES]]) / QUERIES
            os.environ["XDG_CACHE_HOME"] = f"{folder}/second"
            first = timed(lambda place=place: opened(place))
            print(f"{name}: {rate:,.0f} facts added a second, {1e3 * one:.1f} ms a search, first opening {first:.1f} s")


def opened(place: Path | str) -> None:
    with FactStore.open(place) as store:
        len(store)


def timed(what: Callable[[], object]) -> float:
    began = time.perf_counter()
    what()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
