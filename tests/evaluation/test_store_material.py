"""Benchmarks of the store go on where they were cut off, and say how far they are."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from checker.evaluation import retrieval, store_costs, store_material
from checker.evaluation.benchmarks import BENCHMARKS, StoreBenchmark
from checker.evidence import FactStore
from checker.pipeline import Checker

OTHERS = [f"The {town} ferry carried {count} people in May." for town in ("Velmar", "Orsa") for count in range(30, 60)]
CLAIM, SETTLED = "Kestrel Airways belongs to Norwick.", "Kestrel Airways is owned by the Norwick Group."


def rows(*several: tuple[str, str, str]) -> bytes:
    keys = ("premise", "hypothesis", "label")
    lines = (json.dumps(dict(zip(keys, each, strict=True))) + "\n" for each in several)
    return gzip.compress("".join(lines).encode())


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(store_material, "BATCH", 16)
    for folder in ("nli", "text"):
        (tmp_path / folder).mkdir()
    (tmp_path / store_material.NEWS).write_bytes(gzip.compress("\n".join(OTHERS).encode()))
    settled = rows(
        (SETTLED, CLAIM, "entailment"), ("The Orsa tunnel is long.", "The tunnel is short.", "contradiction")
    )
    for name in ("fever.dev_2class", "climate_fever", "averitec.dev", "fever.train"):
        (tmp_path / f"nli/{name}.jsonl.gz").write_bytes(settled)
    return tmp_path


def test_recall_is_of_any_fact_that_settles_the_claim(data: Path) -> None:
    measures = {each.name: each.value() for each in retrieval.by_words(Checker(), data, 2, lambda _: None)}
    assert measures["facts"] == len(OTHERS) + 2
    assert measures["fever_words_recall@5"] == 0.5  # two short texts that share one common word are not related
    assert {name.partition("_")[0] for name in measures} == {"facts", "fever", "climate", "averitec"}


def test_what_was_cut_off_goes_on_and_is_not_done_twice(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    added: list[int] = []
    add = FactStore.add

    def cut_off(store: FactStore, facts, **options):  # type: ignore[no-untyped-def]
        if len(added) == 2:
            raise KeyboardInterrupt
        added.append(len(facts))
        return add(store, facts, **options)

    with monkeypatch.context() as patch:
        patch.setattr(FactStore, "add", cut_off)
        with pytest.raises(KeyboardInterrupt):
            store_costs.costs(Checker(), data, 60, lambda _: None)
    figures = {each.name: each for each in store_costs.costs(Checker(), data, 60, lambda _: None)}
    assert [count for count, _ in figures["60_added_per_cpu_s"].units] == [16, 16, 16, 12]
    assert figures["60_file_mb"].value() > 0
    again = {each.name: each for each in store_costs.costs(Checker(), data, 60, lambda _: None)}
    assert again["60_added_per_cpu_s"].units == figures["60_added_per_cpu_s"].units


def test_progress_is_told_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0.0, 10.0, 30.0, 35.0])
    monkeypatch.setattr("time.monotonic", lambda: next(clock))
    told: list[str] = []
    progress = store_material.Progress(told.append, "adding facts", 100, 40)
    for _ in range(3):
        progress.add(15)
    assert told == ["adding facts: 70 of 100, 1 a second"]


def test_store_benchmarks_hear_how_far_they_are() -> None:
    chosen = {name for name, each in BENCHMARKS.items() if isinstance(each, StoreBenchmark)}
    assert chosen == {"retrieval", "retrieval-hybrid", "store-costs"}
