"""The project's own checkpoints: round trip, batches, windows, empty premise."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer

from checker.errors import ModelError
from checker.evidence import Relation
from checker.nli.checkpoint import CheckpointPredictor, hash_file, load_network, save_network
from checker.nli.encoding import Row
from checker.nli.engine import BATCH_TOKENS, Said
from checker.nli.torch_engine import CUDA_BATCH_TOKENS, TorchEngine
from checker.nli.types import Pair, Prediction

TOLERANCE = 1e-5
PAIRS = [
    Pair("The harbour council met on Friday.", "The council opened ten berths.", Relation.CONTEXT),
    Pair("Le café de l’été a rouvert.", "Le café 🎉 naïf a fermé.", Relation.REFERENCE),
    Pair("", "The ferry left at noon with 250 people on board.", Relation.REFERENCE),
    Pair("The harbour council met on Friday. " * 60, "The ferry left at noon.", Relation.CONTEXT),
    Pair("The harbour council met on Friday. " * 60, "The ferry left at noon.", Relation.REFERENCE),
]


def numbers(prediction: Prediction) -> list[float]:
    labels = [prediction.entailment, prediction.neutral, prediction.contradiction, prediction.error]
    return labels + [token.probability for token in prediction.tokens]


def test_round_trip_keeps_the_weights(checkpoints: Path, tmp_path: Path) -> None:
    network = load_network(checkpoints / "own")
    save_network(network, tmp_path / "again", description="copied")
    again = load_network(tmp_path / "again")
    assert again.config == network.config
    for name, tensor in network.state_dict().items():
        assert torch.equal(again.state_dict()[name], tensor), name
    assert json.loads((tmp_path / "again" / "config.json").read_text(encoding="utf-8"))["description"] == "copied"


def test_names_and_hash(checkpoints: Path) -> None:
    predictor = CheckpointPredictor.load(checkpoints / "own")
    assert predictor.name == "own"
    assert predictor.weights_hash == hash_file(checkpoints / "own" / "model.safetensors")
    assert predictor.backend.startswith("numpy-")


def test_tokens_are_slices_of_the_hypothesis(checkpoints: Path) -> None:
    predictor = CheckpointPredictor.load(checkpoints / "own")
    for pair, said in zip(PAIRS, predictor.predict(PAIRS), strict=True):
        assert "".join(token.span.of(pair.hypothesis) for token in said.tokens) == "".join(pair.hypothesis.split())
        assert said.entailment + said.neutral + said.contradiction == pytest.approx(1.0, abs=1e-5)
        assert not said.truncated


def test_batches_do_not_change_the_answer(checkpoints: Path) -> None:
    predictor = CheckpointPredictor.load(checkpoints / "own")
    together = predictor.predict(PAIRS)
    for pair, said in zip(PAIRS, together, strict=True):
        assert numbers(predictor.predict([pair])[0]) == pytest.approx(numbers(said), abs=TOLERANCE)
    for said, again in zip(together, predictor.predict(PAIRS[::-1])[::-1], strict=True):
        assert numbers(said) == pytest.approx(numbers(again), abs=TOLERANCE)


@pytest.mark.parametrize(("most", "batches"), [(BATCH_TOKENS, range(2, 99)), (CUDA_BATCH_TOKENS, range(1, 2))])
def test_an_engine_says_how_much_it_takes_at_once(checkpoints: Path, most: int, batches: range) -> None:
    judged: list[int] = []

    class Counting(TorchEngine):
        batch_tokens, least_tokens = most, most // 8

        def judge(self, rows: Sequence[Row]) -> Said:
            judged.append(len(rows))
            return super().judge(rows)

    tokenizer = Tokenizer.from_file(str(checkpoints / "own" / "tokenizer.json"))
    engine = Counting(load_network(checkpoints / "own"), threads=1)
    said = CheckpointPredictor(engine, tokenizer, name="own", weights_hash="").predict(PAIRS)
    expected = CheckpointPredictor.load(checkpoints / "own").predict(PAIRS)
    for one, other in zip(said, expected, strict=True):
        np.testing.assert_allclose(numbers(one), numbers(other), atol=TOLERANCE)
    assert len(judged) in batches


def test_windows_leave_no_word_of_the_premise_out(checkpoints: Path) -> None:
    predictor = CheckpointPredictor.load(checkpoints / "own")
    premise = " ".join(f"{number} berths." for number in range(400))
    seen = " ".join(window.premise for window in predictor._windows([Pair(premise, "The ferry left.")])[0])
    assert set(premise.split()) <= set(seen.split())


def test_a_hypothesis_that_is_cut_says_so(checkpoints: Path) -> None:
    predictor = CheckpointPredictor.load(checkpoints / "own")
    assert predictor.predict([Pair("The ferry left.", "The ferry left at noon. " * 40)])[0].truncated
    assert predictor.predict([Pair("The ferry left.", "The ferry " + "x" * 101)])[0].truncated
    for read in ("The ferry " + "x" * 100, "The ferry 🛳 left."):
        assert not predictor.predict([Pair("The ferry left." + "x" * 101, read)])[0].truncated


def test_an_empty_premise_asks_for_the_language_view(checkpoints: Path) -> None:
    predictor = CheckpointPredictor.load(checkpoints / "own")
    relations = [Relation.REFERENCE, Relation.CONTEXT, Relation.LANGUAGE]
    said = predictor.predict([Pair("", "The ferry left.", relation) for relation in relations])
    assert numbers(said[0]) == pytest.approx(numbers(said[1]), abs=TOLERANCE)
    assert numbers(said[0]) == pytest.approx(numbers(said[2]), abs=TOLERANCE)


def test_vectors_have_unit_length(checkpoints: Path) -> None:
    vectors = CheckpointPredictor.load(checkpoints / "own").embed(["The ferry left.", "", "harbour " * 400])
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(3), abs=1e-5)


@pytest.mark.parametrize("file", ["model.safetensors", "config.json", "tokenizer.json"])
def test_damaged_and_missing_files_are_named(altered: Callable[..., Path], file: str) -> None:
    folder = altered("own")
    whole = (folder / file).read_bytes()
    for content in (whole[: len(whole) // 2], b"", b"\xff\xfe\x00"):
        (folder / file).write_bytes(content)
        with pytest.raises(ModelError):
            CheckpointPredictor.load(folder)
    (folder / file).unlink()
    with pytest.raises(ModelError, match="missing"):
        CheckpointPredictor.load(folder)
