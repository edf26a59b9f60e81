"""Doubts about facts: what is named, and what is left in peace."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from checker.evidence import Fact, FactStatus, FactStore
from checker.facts.doubts import DoubtKind, find_doubts
from checker.nli import Pair, Prediction

DAY = date(2022, 5, 23)


class ScriptedPredictor:
    """Contradiction where one text has "not" and the other lacks it; entailment where "says" meets "tells"."""

    name = "scripted"
    weights_hash = "0" * 16
    backend = "none"

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def predict(self, pairs: Sequence[Pair]) -> list[Prediction]:
        self.asked += [(pair.premise, pair.hypothesis) for pair in pairs]
        return [self._one(pair) for pair in pairs]

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        vectors = np.zeros((len(texts), 64), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in text.lower().split():
                vectors[row, zlib.crc32(word.encode()) % 64] += 1
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    def _one(self, pair: Pair) -> Prediction:
        against = ("not" in pair.premise.split()) != ("not" in pair.hypothesis.split())
        same = "big" in pair.premise + pair.hypothesis
        return Prediction(0.95 if same else 0.1, 0.1, 0.97 if against else 0.0, 0.0)


def doubts_of(tmp_path: Path, facts: Sequence[Fact], predictor: ScriptedPredictor | None = None):
    with FactStore.open(tmp_path / "s.facts") as store:
        store.add(facts)
        return [(doubt.kind, tuple(fact.id for fact in doubt.facts)) for doubt in find_doubts(store, DAY, predictor)]


def test_stale_facts_and_duplicates(tmp_path: Path) -> None:
    facts = [
        Fact("a", "The harbour is open.", valid_until=date(2022, 5, 22)),
        Fact("b", "The harbour is open!", valid_until=DAY),
        Fact("c", "The HARBOUR is open.", valid_from=date(2023, 1, 1)),
        Fact("d", "The harbour is open.", status=FactStatus.RETIRED),
        Fact("e", "The tunnel is open."),
    ]
    assert doubts_of(tmp_path, facts) == [(DoubtKind.STALE, ("a",)), (DoubtKind.DUPLICATE, ("a", "b"))]


@pytest.mark.parametrize(
    ("one", "other", "kinds"),
    [
        (
            Fact("a", "The Velmar ferry toll is fair."),
            Fact("b", "The Velmar ferry toll is not fair."),
            ["contradiction"],
        ),
        (
            Fact("a", "The Velmar ferry toll is fair.", valid_until=date(2030, 1, 1)),
            Fact("b", "The Velmar ferry toll is not fair.", valid_from=date(2030, 1, 2)),
            [],
        ),
        (Fact("a", "The Velmar ferry toll is big."), Fact("b", "The big Velmar ferry toll is."), ["near-duplicate"]),
        (Fact("a", "The Velmar ferry toll is fair."), Fact("b", "Bakers do not raise bread prices."), []),
    ],
)
def test_what_the_model_is_asked(tmp_path: Path, one: Fact, other: Fact, kinds: list[str]) -> None:
    predictor = ScriptedPredictor()
    assert doubts_of(tmp_path, [one, other], predictor) == [(kind, ("a", "b")) for kind in kinds]
    assert len(predictor.asked) == len(set(predictor.asked))


def test_near_duplicates_need_no_model(tmp_path: Path) -> None:
    facts = [
        Fact("a", "The old harbour of Velmar opened in 1911."),
        Fact("b", "The old harbour of Velmar officially opened in 1911."),
        Fact("c", "The old harbour of Velmar opened in 1911!"),
        Fact("d", "The old harbour of Velmar opened in 1911, proudly.", language="de"),
        Fact("e", "The old harbour of Velmar opened in 1912."),
        Fact("f", "The old harbour of Velmar opened twice in 1912.", valid_until=date(1999, 1, 1)),
        Fact("g", "The old harbour of Velmar opened again in 1912.", valid_from=date(2000, 1, 1)),
        Fact("h", "The town hall of Orsa burnt in May.", valid_until=date(1999, 1, 1)),
        Fact("i", "The town hall of Orsa burnt in early May.", valid_until=date(1999, 1, 1)),
        Fact("j", "The town hall of Orsa burnt down in May.", valid_from=date(2000, 1, 1)),
        Fact("k", "The town hall of Orsa burnt down in late May.", valid_from=date(2000, 1, 1)),
    ]
    assert [doubt for doubt in doubts_of(tmp_path, facts) if doubt[0] is not DoubtKind.STALE] == [
        (DoubtKind.DUPLICATE, ("a", "c")),
        (DoubtKind.NEAR_DUPLICATE, ("a", "b")),
        (DoubtKind.NEAR_DUPLICATE, ("e", "f")),
        (DoubtKind.NEAR_DUPLICATE, ("e", "g")),
        (DoubtKind.NEAR_DUPLICATE, ("h", "i")),
        (DoubtKind.NEAR_DUPLICATE, ("j", "k")),  # the first twin is one that holds at the same time
    ]


def test_near_duplicates_are_judged_once_where_there_is_a_model(tmp_path: Path) -> None:
    facts = [
        Fact("a", "The old harbour of Velmar opened in 1911."),
        Fact("b", "The old harbour of Velmar officially opened in 1911."),
    ]
    predictor = ScriptedPredictor()
    assert doubts_of(tmp_path, facts, predictor) == [(DoubtKind.NEAR_DUPLICATE, ("a", "b"))]
    assert len(predictor.asked) == 2
