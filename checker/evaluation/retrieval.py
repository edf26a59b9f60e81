"""Does a store find the facts that settle a claim among a hundred thousand others, how fast, and in how much memory?

Claims and their evidence are those of FEVER, Climate-FEVER and AVeriTeC; the other facts are sentences of news. Stores
are built once and kept with their vectors under the user's cache folder (XDG_CACHE_HOME), since embedding takes hours.
"""

from __future__ import annotations

import gzip
import itertools
import os
import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from checker.document import make_document
from checker.evaluation.measures import Measure, share
from checker.evidence import Embedder, FactStore
from checker.evidence.fact_fields import MAX_FACT_CHARACTERS, content_id
from checker.evidence.store.analysis import ANALYSIS
from checker.pipeline import Checker
from checker.training.sources.reading import read_rows

NEWS = "text/news_sentences.en.txt.gz"
DISTRACTORS = 100_000  # with words alone
DISTRACTORS_BY_MEANING = 20_000  # each must be embedded first
CLAIMS = 1_000  # of each data set, where no limit is given
PLACES = (5, 10)
SIZES = (1_000, 100_000, 500_000)
QUERIES = 200
BATCH = 1_000
WIDTH = 384

_DECISIVE = ("entailment", "contradiction")


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence and the ids of the facts that settle it, any of which is a hit."""

    text: str
    evidence: frozenset[str]


def by_words(checker: Checker, data: Path, limit: int) -> list[Measure]:
    """Recall with words alone, among DISTRACTORS news sentences."""
    del checker  # no model is asked
    return _recall(data, limit, DISTRACTORS, None, ("fever", "climate", "averitec"))


def by_meaning(checker: Checker, data: Path, limit: int) -> list[Measure]:
    """Recall with words and vectors, and with words alone on the same store, among DISTRACTORS_BY_MEANING."""
    embedder = Embedder(checker.predictor.weights_hash, checker.predictor.embed)
    return _recall(data, limit, DISTRACTORS_BY_MEANING, embedder, ("fever", "climate"))


def costs(checker: Checker, data: Path, limit: int) -> list[Measure]:
    """Milliseconds of one search, megabytes, and facts a second that are added, by size; the vectors are random.

    `cpu_` figures count the time of this process alone, which other work on the machine does not lengthen. `limit`
    bounds the size of the stores.
    """
    del checker
    measures: list[Measure] = []
    for size in SIZES:
        if limit and size > limit:
            continue
        with TemporaryDirectory() as folder:
            measures += _costs_of(Path(folder) / "costs.facts", list(itertools.islice(_sentences(data), size)))
    return measures


def _recall(data: Path, limit: int, distractors: int, embedder: Embedder | None, names: Sequence[str]) -> list[Measure]:
    measures: list[Measure] = []
    with _store_of(data, distractors, names) as store:
        for _ in store.embed(embedder) if embedder else ():
            pass
        for name in names:
            claims = _SETS[name](data)
            claims = random.Random(7).sample(claims, min(len(claims), limit or CLAIMS))
            measures += _recall_of(f"{name}_words_", store, claims, None)
            if embedder:
                measures += _recall_of(f"{name}_hybrid_", store, claims, embedder)
    return measures


def _recall_of(prefix: str, store: FactStore, claims: Sequence[Claim], embedder: Embedder | None) -> list[Measure]:
    texts = [claim.text for claim in claims]
    measures = []
    for k in PLACES:  # asked for each, since those that are chosen for variety depend on how many there may be
        found = store.search_many(texts, k, embedder=embedder)
        hits = [
            bool(claim.evidence & {each.fact.id for each in facts}) for claim, facts in zip(claims, found, strict=True)
        ]
        measures.append(share(f"{prefix}recall@{k}", hits))
    return measures


def _store_of(data: Path, distractors: int, names: Sequence[str]) -> FactStore:
    """The store with the evidence of all claims and the first news sentences; what is there already is left."""
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "checker"
    folder.mkdir(parents=True, exist_ok=True)
    store = FactStore.open(folder / f"retrieval-{'-'.join(names)}-{distractors}-{ANALYSIS}.facts")
    evidence = (text for name in names for text in _TEXTS[name](data))
    wanted = list(dict.fromkeys(itertools.chain(evidence, itertools.islice(_news(data), distractors))))
    done = len(store)
    for start in range(done - done % BATCH, len(wanted), BATCH):
        store.add(wanted[start : start + BATCH])
    return store


def _labelled(file: str) -> Callable[[Path], list[Claim]]:
    def claims(data: Path) -> list[Claim]:
        evidence: dict[str, set[str]] = defaultdict(set)
        for row in read_rows(data / file):
            if row["label"] in _DECISIVE and (text := _one_line(row["premise"])):
                evidence[_one_line(row["hypothesis"])].add(_id(text))
        return [Claim(text, frozenset(ids)) for text, ids in sorted(evidence.items())]

    return claims


def _premises(file: str) -> Callable[[Path], Iterator[str]]:
    def texts(data: Path) -> Iterator[str]:
        return (text for row in read_rows(data / file) if (text := _one_line(row["premise"])))

    return texts


def _averitec(data: Path) -> list[Claim]:
    """The evidence is questions with answers, of which every sentence is a fact; any of them is a hit."""
    rows = [row for row in read_rows(data / "nli/averitec.dev.jsonl.gz") if row["label"] in _DECISIVE]
    return [Claim(_one_line(row["hypothesis"]), frozenset(map(_id, _cut(row["premise"])))) for row in rows]


def _averitec_texts(data: Path) -> Iterator[str]:
    return (text for row in read_rows(data / "nli/averitec.dev.jsonl.gz") for text in _cut(row["premise"]))


def _cut(premise: str) -> list[str]:
    texts = (_one_line(sentence.text) for sentence in make_document(premise, language="en").sentences)
    return [text for text in texts if len(text.split()) > 3]


_FEVER, _CLIMATE = "nli/fever.dev_2class.jsonl.gz", "nli/climate_fever.jsonl.gz"
_SETS = {"fever": _labelled(_FEVER), "climate": _labelled(_CLIMATE), "averitec": _averitec}
_TEXTS = {"fever": _premises(_FEVER), "climate": _premises(_CLIMATE), "averitec": _averitec_texts}


def _costs_of(path: Path, texts: Sequence[str]) -> list[Measure]:
    name = f"{len(texts) // 1000}k"
    embedder = Embedder("random", _random_vectors(len(texts)))
    rates = []
    with FactStore.open(path) as store:
        for start in range(0, len(texts), BATCH):
            batch = texts[start : start + BATCH]
            store.keep_vectors("random", batch, embedder.embed(batch))  # cached beforehand, so not in the rate
            began = time.process_time()
            store.add(batch, embedder=embedder)
            rates.append((len(batch), time.process_time() - began))
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
        *(_percentile(f"{name}_words_cpu_ms_p{share_}", words, share_) for share_ in (50, 95)),
        *(_percentile(f"{name}_hybrid_cpu_ms_p{share_}", both, share_) for share_ in (50, 95)),
        *(_percentile(f"{name}_hybrid_wall_ms_p{share_}", wall, share_) for share_ in (50, 95)),
        Measure(f"{name}_opening_cpu_s", [opening], _only),
        Measure(f"{name}_memory_mb", [memory], _only),
        Measure(f"{name}_file_mb", [path.stat().st_size / 1e6], _only),
        Measure(f"{name}_added_per_cpu_s", rates, lambda some: sum(n for n, _ in some) / sum(s for _, s in some)),
    ]


def _timed(search: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds of the processor, and by the clock."""
    cpu, clock = time.process_time(), time.perf_counter()
    search()
    return 1e3 * (time.process_time() - cpu), 1e3 * (time.perf_counter() - clock)


def _random_vectors(seed: int) -> Callable[[Sequence[str]], NDArray[np.float32]]:
    rng = np.random.default_rng(seed)

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


def _sentences(data: Path) -> Iterator[str]:
    """Half a million different sentences: news, then evidence of FEVER's training set."""
    return _distinct(itertools.chain(_news(data), _premises("nli/fever.train.jsonl.gz")(data)))


def _news(data: Path) -> Iterator[str]:
    with gzip.open(data / NEWS, "rt", encoding="utf-8") as lines:
        yield from (text for line in lines if (text := _one_line(line)))


def _distinct(texts: Iterable[str]) -> Iterator[str]:
    seen: set[bytes] = set()
    for text in texts:
        key = text.encode("utf-8")
        if key not in seen:
            seen.add(key)
            yield text


def _one_line(text: str) -> str:
    """As a fact is kept; empty for what is too long to be one, or has no letter."""
    line = " ".join(text.split())
    return line if len(line) <= MAX_FACT_CHARACTERS and any(map(str.isalnum, line)) else ""


def _id(text: str) -> str:
    return content_id(text, "en", None, None)
