"""Rows that leave the network early: which do, what is said of them, and that it hangs on the row alone."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from checker.errors import ModelError
from checker.evidence import Relation
from checker.nli.backends import Backend
from checker.nli.checkpoint import CheckpointPredictor, hash_file, load_network
from checker.nli.early_exit import FILE_NAME, EarlySaid, Limits, describe, leaving, weights_hash
from checker.nli.encoding import PairEncoder
from checker.nli.engine import Said
from checker.nli.exit_heads import ExitHeads, save_heads
from checker.nli.registry import list_models, load_deferred
from checker.nli.types import Pair, Prediction

TEXTS = ("", "The ferry left at noon.", "The harbour council met on Friday and opened nine new berths.", "ten", "🚢 a")
PAIRS = st.lists(st.builds(Pair, *[st.sampled_from(TEXTS)] * 2, st.sampled_from(Relation)), min_size=1, max_size=7)
ALL_PAIRS = [Pair(one, other, relation) for one in TEXTS for other in TEXTS for relation in Relation]
ALL_LEAVE = Limits(1, 2.0, 2.0, 2.0, 2.0)
TOLERANCE = 1e-4


@pytest.fixture
def with_exit(checkpoints: Path, tmp_path: Path) -> Callable[[Limits], Path]:
    """The tiny checkpoint with random heads after its first layer."""

    def make(limits: Limits) -> Path:
        folder = tmp_path / "own"
        shutil.copytree(checkpoints / "own", folder, dirs_exist_ok=True)
        save_heads(random_heads(), folder / FILE_NAME, describe(limits, hash_file(folder / "model.safetensors")))
        return folder

    return make


def random_heads() -> ExitHeads:
    torch.manual_seed(4)
    return ExitHeads(16)


def numbers(said: Prediction) -> list[float]:
    labels = [said.entailment, said.neutral, said.contradiction, said.error]
    return labels + [token.probability for token in said.tokens]


def half_leave(folder: Path) -> Limits:
    """Limits between what the heads say of ALL_PAIRS with context, so that some leave; far from any of them."""
    said = sorted(
        one.entailment
        for one, pair in zip(CheckpointPredictor.load(folder).predict(ALL_PAIRS), ALL_PAIRS, strict=True)
        if pair.relation is Relation.CONTEXT and pair.premise
    )
    gaps = np.diff(said)
    place = len(said) // 4 + int(np.argmax(gaps[len(said) // 4 : -len(said) // 4]))
    return replace(ALL_LEAVE, entailment=(said[place] + said[place + 1]) / 2)


@pytest.mark.parametrize("backend", [Backend.NUMPY, Backend.TORCH])
def test_only_pairs_with_context_leave(
    checkpoints: Path, with_exit: Callable[[Limits], Path], backend: Backend
) -> None:
    whole = CheckpointPredictor.load(checkpoints / "own", backend=backend).predict(ALL_PAIRS)
    early = CheckpointPredictor.load(with_exit(ALL_LEAVE), backend=backend).predict(ALL_PAIRS)
    for pair, one, other in zip(ALL_PAIRS, whole, early, strict=True):
        is_same = numbers(one) == pytest.approx(numbers(other), abs=TOLERANCE)
        assert is_same == (pair.relation is not Relation.CONTEXT or not pair.premise.strip()), pair


@pytest.mark.parametrize("backend", [Backend.NUMPY, Backend.TORCH])
def test_who_stays_is_judged_by_the_whole_network(
    checkpoints: Path, with_exit: Callable[[Limits], Path], backend: Backend
) -> None:
    whole = CheckpointPredictor.load(checkpoints / "own", backend=backend).predict(ALL_PAIRS)
    stays = CheckpointPredictor.load(with_exit(replace(ALL_LEAVE, stays=0.0)), backend=backend).predict(ALL_PAIRS)
    for one, other in zip(whole, stays, strict=True):
        assert numbers(one) == pytest.approx(numbers(other), abs=TOLERANCE)


def test_some_leave_and_some_stay(checkpoints: Path, with_exit: Callable[[Limits], Path]) -> None:
    early = CheckpointPredictor.load(with_exit(ALL_LEAVE)).predict(ALL_PAIRS)
    whole = CheckpointPredictor.load(checkpoints / "own").predict(ALL_PAIRS)
    mixed = CheckpointPredictor.load(with_exit(half_leave(with_exit(ALL_LEAVE)))).predict(ALL_PAIRS)
    same_as_early, same_as_whole = (
        [numbers(one) == pytest.approx(numbers(two), abs=TOLERANCE) for one, two in zip(mixed, others, strict=True)]
        for others in (early, whole)
    )
    assert all(one or two for one, two in zip(same_as_early, same_as_whole, strict=True))
    context = [place for place, pair in enumerate(ALL_PAIRS) if pair.relation is Relation.CONTEXT and pair.premise]
    left = sum(same_as_early[place] for place in context)
    assert 0 < left < len(context)


@settings(max_examples=30, deadline=None)
@given(pairs=PAIRS)
def test_engines_and_batches_agree(folder_of_half: Path, pairs: list[Pair]) -> None:
    one, other = (CheckpointPredictor.load(folder_of_half, backend=each) for each in (Backend.NUMPY, Backend.TORCH))
    together = one.predict(pairs)
    for said, again, pair in zip(together, other.predict(pairs), pairs, strict=True):
        assert numbers(said) == pytest.approx(numbers(again), abs=TOLERANCE)
        assert numbers(one.predict([pair])[0]) == pytest.approx(numbers(said), abs=TOLERANCE)


@pytest.fixture(scope="module")
def folder_of_half(checkpoints: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exit") / "own"
    shutil.copytree(checkpoints / "own", folder)
    digest = hash_file(folder / "model.safetensors")
    save_heads(random_heads(), folder / FILE_NAME, describe(ALL_LEAVE, digest))
    save_heads(random_heads(), folder / FILE_NAME, describe(half_leave(folder), digest))
    return folder


@pytest.mark.parametrize(
    ("figures", "leaves"),
    [
        ({}, True),
        ({"stays": 0.5}, False),
        ({"entailment": 0.6}, False),
        ({"contradiction": 0.3}, False),
        ({"error": 0.3}, False),
        ({"word": 0.4}, False),
    ],
)
def test_each_figure_can_keep_a_row(checkpoints: Path, figures: dict[str, float], leaves: bool) -> None:
    encoder = PairEncoder(Tokenizer.from_file(str(checkpoints / "own" / "tokenizer.json")))
    row = encoder.encode([Pair("The ferry left.", "The ferry left at noon.", Relation.CONTEXT)])[0]
    told = {"stays": 0.01, "entailment": 0.1, "contradiction": 0.1, "error": 0.1, "word": 0.1} | figures
    tokens = np.full((2, len(row.spans) + 1), 0.1, dtype=np.float32)
    tokens[0, 1] = told["word"]
    tokens[:, -1] = 0.9  # beyond the hypothesis, which means nothing
    labels = np.array([[told["entailment"], 0.5, told["contradiction"]], [0.1, 0.8, 0.1]], dtype=np.float32)
    said = Said(labels, tokens, np.array([told["error"], 0.1], dtype=np.float32))
    early = EarlySaid(said, np.array([told["stays"], 0.01], dtype=np.float32))
    limits = Limits(3, stays=0.05, entailment=0.4)
    assert leaving([row, replace(row, is_context=False)], early, limits).tolist() == [leaves, False]


def test_the_hash_takes_the_exit_in(checkpoints: Path, with_exit: Callable[[Limits], Path]) -> None:
    """Answers on disk, vectors in stores and a newsroom's calibration are those of one model: weights and exit."""
    plain = hash_file(checkpoints / "own" / "model.safetensors")
    folder = with_exit(ALL_LEAVE)
    assert weights_hash(checkpoints / "own") == plain
    assert weights_hash(folder) not in (plain, weights_hash(with_exit(replace(ALL_LEAVE, stays=0.5))))
    assert CheckpointPredictor.load(folder).weights_hash == load_deferred(str(folder)).weights_hash


def test_the_list_of_models_tells_the_same_hash(
    with_exit: Callable[[Limits], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = with_exit(ALL_LEAVE)
    monkeypatch.setenv("CHECKER_MODELS", str(folder.parent))
    assert {one.name: one.weights_hash for one in list_models()}["own"] == weights_hash(folder)


def test_an_exit_of_other_weights_is_not_used(
    checkpoints: Path, with_exit: Callable[[Limits], Path], caplog: pytest.LogCaptureFixture
) -> None:
    folder = with_exit(ALL_LEAVE)
    save_heads(random_heads(), folder / FILE_NAME, describe(ALL_LEAVE, "0123456789abcdef"))
    with caplog.at_level(logging.WARNING):
        predictor = CheckpointPredictor.load(folder)
    assert "of other weights and is not used; make it again with checker fit-exit" in caplog.text
    whole = CheckpointPredictor.load(checkpoints / "own")
    assert predictor.weights_hash == whole.weights_hash
    assert predictor.predict(ALL_PAIRS) == whole.predict(ALL_PAIRS)


@pytest.mark.parametrize("backend", [Backend.NUMPY, Backend.TORCH])
def test_a_damaged_exit_is_one_line(with_exit: Callable[[Limits], Path], backend: Backend) -> None:
    folder = with_exit(ALL_LEAVE)
    (folder / FILE_NAME).write_bytes(b"not a file of tensors")
    with pytest.raises(ModelError, match="remove it or make it again with checker fit-exit") as raised:
        CheckpointPredictor.load(folder, backend=backend)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("backend", [Backend.NUMPY, Backend.TORCH])
def test_an_exit_that_does_not_fit_is_a_damaged_checkpoint(
    with_exit: Callable[[Limits], Path], backend: Backend
) -> None:
    folder = with_exit(replace(ALL_LEAVE, after=2))
    with pytest.raises(ModelError, match=r"after layer 2 of 2"):
        CheckpointPredictor.load(folder, backend=backend)
    digest = hash_file(folder / "model.safetensors")
    save_heads(ExitHeads(24), folder / FILE_NAME, describe(ALL_LEAVE, digest))
    with pytest.raises(ModelError, match="damaged checkpoint"):
        CheckpointPredictor.load(folder, backend=backend)


def test_vectors_are_as_before(checkpoints: Path, with_exit: Callable[[Limits], Path]) -> None:
    one, other = (CheckpointPredictor.load(each) for each in (checkpoints / "own", with_exit(ALL_LEAVE)))
    assert np.array_equal(one.embed(TEXTS), other.embed(TEXTS))
    assert load_network(checkpoints / "own").config.num_hidden_layers == 2
