"""What the benchmarks of the fact store are made of: sentences, and stores that are built once and kept.

Stores lie under the user's cache folder (XDG_CACHE_HOME), since building them takes long; one whose building was cut
off goes on where it was.
"""

from __future__ import annotations

import gzip
import itertools
import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from checker.errors import UnreadableFileError
from checker.evidence import FactStore
from checker.evidence.fact_fields import MAX_FACT_CHARACTERS
from checker.evidence.store.analysis import ANALYSIS
from checker.training.sources.reading import read_rows

MORE = (
    *("fever.train", "snli.train_part", "wikiresnli.train", "help.train", "conjnli.adversarial_train"),
    *("disco.counterfactual_part", "wikifactcheck.contradictions", "dnc_kg_relations.train", "lingnli.train"),
)
NEWS = "text/news_sentences.en.txt.gz"
BATCH = 1_000
SECONDS_BETWEEN_LINES = 20.0

Tell = Callable[[str], object]


class Progress:
    """Tells now and then how far something is: "adding facts: 12,000 of 100,000, 110 a second"."""

    def __init__(self, tell: Tell, what: str, total: int, done: int = 0) -> None:
        self._tell = tell
        self._what = what
        self._total = total
        self._first = self._done = done
        self._began = self._told = time.monotonic()

    def add(self, count: int) -> None:
        """So many more are done."""
        self._done += count
        now = time.monotonic()
        if now - self._told >= SECONDS_BETWEEN_LINES:
            self._told = now
            rate = (self._done - self._first) / (now - self._began)
            self._tell(f"{self._what}: {self._done:,} of {self._total:,}, {rate:,.0f} a second")


def kept_store(name: str) -> FactStore:
    """A store of that name under the cache folder, of the present analysis of texts; made where there is none."""
    return FactStore.open(store_path(name))


def store_path(name: str) -> Path:
    """Where a store of that name is kept."""
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "checker"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{name}-{ANALYSIS}.facts"


def missing_batches(texts: Sequence[str], done: int) -> Iterator[Sequence[str]]:
    """Batches of all but the first `done` of different `texts`."""
    for start in range(done, len(texts), BATCH):
        yield texts[start : start + BATCH]


def sentences(data: Path) -> Iterator[str]:
    """Half a million different sentences: news, then premises of FEVER and other sets of pairs."""
    more = (premises(data, f"nli/{name}.jsonl.gz") for name in MORE)
    return distinct(itertools.chain(news(data), *more))


def news(data: Path) -> Iterator[str]:
    """Sentences of news. Raises UnreadableFileError where the file is missing."""
    try:
        with gzip.open(data / NEWS, "rt", encoding="utf-8") as lines:
            yield from (text for line in lines if (text := one_line(line)))
    except OSError as error:
        raise UnreadableFileError(f"{data / NEWS}: cannot be read ({error.strerror or error}); check --data") from error


def premises(data: Path, file: str) -> Iterator[str]:
    """The premises of a file of pairs."""
    return (text for row in read_rows(data / file) if (text := one_line(row["premise"])))


def distinct(texts: Iterable[str]) -> Iterator[str]:
    """Each text once."""
    seen: set[bytes] = set()
    for text in texts:
        key = text.encode("utf-8")
        if key not in seen:
            seen.add(key)
            yield text


def one_line(text: str) -> str:
    """As a fact is kept; empty for what is too long to be one, or has no letter."""
    line = " ".join(text.split())
    return line if len(line) <= MAX_FACT_CHARACTERS and any(map(str.isalnum, line)) else ""
