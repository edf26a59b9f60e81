"""Does a store find the facts that settle a claim among a hundred thousand others?

Claims and their evidence are those of FEVER, Climate-FEVER and AVeriTeC; the other facts are sentences of news.
"""

from __future__ import annotations

import itertools
import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from checker.document import make_document
from checker.evaluation.measures import Measure, share
from checker.evaluation.store_material import (
    Progress,
    Tell,
    distinct,
    kept_store,
    missing_batches,
    news,
    one_line,
    premises,
)
from checker.evidence import Embedder, FactStore
from checker.evidence.fact_fields import content_id
from checker.pipeline import Checker
from checker.training.sources.reading import read_rows

CLAIMS = 1_000  # of each data set, where no limit is given
NEWS_A_CLAIM = 100  # news sentences for each claim: 100,000 without a limit
PLACES = (5, 10)
ASKED = 50  # claims between two lines of progress

_DECISIVE = ("entailment", "contradiction")


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence and the ids of the facts that settle it, any of which is a hit."""

    text: str
    evidence: frozenset[str]


def by_words(checker: Checker, data: Path, limit: int, tell: Tell) -> list[Measure]:
    """Recall with words alone; `limit` bounds the claims of each data set, and the news sentences with them."""
    del checker  # no model is asked
    with _store_of(data, limit or CLAIMS, tell) as store:
        return _recall(store, data, limit, None, tell)


def by_meaning(checker: Checker, data: Path, limit: int, tell: Tell) -> list[Measure]:
    """Recall with words and vectors, and with words alone, on the same store."""
    embedder = Embedder(checker.predictor.weights_hash, checker.predictor.embed)
    with _store_of(data, limit or CLAIMS, tell) as store:
        progress = Progress(tell, "making vectors that are not kept yet", len(store))
        for count in store.embed(embedder):
            progress.add(count)
        return _recall(store, data, limit, embedder, tell)


def _recall(store: FactStore, data: Path, limit: int, embedder: Embedder | None, tell: Tell) -> list[Measure]:
    measures = [Measure("facts", [len(store)], lambda some: some[0])]
    for name, claims_of in _CLAIMS.items():
        claims = claims_of(data)
        claims = random.Random(7).sample(claims, min(len(claims), limit or CLAIMS))
        measures += _recall_of(f"{name}_words_", store, claims, None, tell)
        if embedder:
            measures += _recall_of(f"{name}_hybrid_", store, claims, embedder, tell)
    return measures


def _recall_of(
    prefix: str, store: FactStore, claims: Sequence[Claim], embedder: Embedder | None, tell: Tell
) -> list[Measure]:
    measures = []
    for k in PLACES:  # asked for each, since those that are chosen for variety depend on how many there may be
        progress = Progress(tell, f"{prefix}recall@{k}", len(claims))
        hits = []
        for start in range(0, len(claims), ASKED):
            asked = claims[start : start + ASKED]
            found = store.search_many([claim.text for claim in asked], k, embedder=embedder)
            hits += [
                bool(one.evidence & {each.fact.id for each in facts}) for one, facts in zip(asked, found, strict=True)
            ]
            progress.add(len(asked))
        measures.append(share(f"{prefix}recall@{k}", hits))
    return measures


def _store_of(data: Path, claims: int, tell: Tell) -> FactStore:
    """The store with the evidence of all claims and the first news sentences; what is there already is left."""
    others = NEWS_A_CLAIM * claims
    store = kept_store(f"retrieval-{others}")
    evidence: Iterable[str] = itertools.chain.from_iterable(texts(data) for texts in _TEXTS)
    wanted = list(distinct(itertools.chain(evidence, itertools.islice(news(data), others))))
    progress = Progress(tell, "adding facts", len(wanted), len(store))
    for batch in missing_batches(wanted, len(store)):
        store.add(batch)
        progress.add(len(batch))
    return store


def _labelled(file: str) -> Callable[[Path], list[Claim]]:
    def claims(data: Path) -> list[Claim]:
        evidence: dict[str, set[str]] = defaultdict(set)
        for row in read_rows(data / file):
            if row["label"] in _DECISIVE and (text := one_line(row["premise"])):
                evidence[one_line(row["hypothesis"])].add(_id(text))
        return [Claim(text, frozenset(ids)) for text, ids in sorted(evidence.items())]

    return claims


def _averitec(data: Path) -> list[Claim]:
    """The evidence is questions with answers, of which every sentence is a fact; any of them is a hit."""
    rows = [row for row in read_rows(data / _AVERITEC) if row["label"] in _DECISIVE]
    return [Claim(one_line(row["hypothesis"]), frozenset(map(_id, _cut(row["premise"])))) for row in rows]


def _averitec_texts(data: Path) -> Iterator[str]:
    return (text for row in read_rows(data / _AVERITEC) for text in _cut(row["premise"]))


def _cut(premise: str) -> list[str]:
    texts = (one_line(sentence.text) for sentence in make_document(premise, language="en").sentences)
    return [text for text in texts if len(text.split()) > 3]


_FEVER, _CLIMATE = "nli/fever.dev_2class.jsonl.gz", "nli/climate_fever.jsonl.gz"
_AVERITEC = "nli/averitec.dev.jsonl.gz"
_CLAIMS = {"fever": _labelled(_FEVER), "climate": _labelled(_CLIMATE), "averitec": _averitec}
_TEXTS = (partial(premises, file=_FEVER), partial(premises, file=_CLIMATE), _averitec_texts)


def _id(text: str) -> str:
    return content_id(text, "en", None, None)
