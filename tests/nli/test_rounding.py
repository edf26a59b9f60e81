"""Large vocabularies are kept in 8 bits a number, and read back as nearly what they were."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from checker.nli import rounding
from checker.nli.checkpoint import CheckpointPredictor, load_network, save_network
from checker.nli.types import Pair


@pytest.fixture
def small_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounding, "LARGEST", 1000)
    monkeypatch.setattr(rounding, "SMALL", 300)


def test_small_weights_are_left_as_they_are(checkpoints: Path) -> None:
    weights = load_file(checkpoints / "own" / "model.safetensors")
    assert rounding.rounded(weights) is weights
    assert all(rounding.unrounded(weights)[name] is tensor for name, tensor in weights.items())


def test_tables_come_back_within_half_a_step(small_limit: None) -> None:
    table = torch.randn(50, 16, generator=torch.Generator().manual_seed(1)).half() * 3
    table[7] = 0
    other = {"bias": torch.ones(3).half(), "long": torch.zeros(2000).half(), "small": torch.ones(4, 4).half()}
    packed = rounding.rounded({"table": table, **other})
    assert packed["table"].dtype == torch.int8
    again = rounding.unrounded(packed)
    steps = table.float().abs().amax(1, keepdim=True) / 127
    assert bool(((again["table"].float() - table.float()).abs() <= 0.52 * steps + 4e-3).all())
    assert set(again) == {"table", *other}
    assert all(torch.equal(again[name], tensor) for name, tensor in other.items())


def test_both_engines_read_rounded_words_alike(small_limit: None, checkpoints: Path, tmp_path: Path) -> None:
    folder = tmp_path / "own"
    save_network(load_network(checkpoints / "own"), folder, description="rounded", languages=["es", "pl"])
    shutil.copy(checkpoints / "own" / "tokenizer.json", folder)
    kept = load_file(folder / "model.safetensors")
    assert kept["encoder.words.weight"].dtype == kept["encoder.layers.0.inner.weight"].dtype == torch.int8
    pair = Pair("The harbour council met.", "The council opened ten berths.")
    (numpy,) = CheckpointPredictor.load(folder).predict([pair])
    (reference,) = CheckpointPredictor.load(folder, backend="torch").predict([pair])
    assert numpy.error == pytest.approx(reference.error, abs=1e-4)
    assert [one.span for one in numpy.tokens] == [one.span for one in reference.tokens]
