"""One network, several engines: the same figures whichever computes it, and one line where one cannot."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from checker.document import Span
from checker.errors import ModelError, UsageError
from checker.evidence import Relation
from checker.findings.spans import category_inside
from checker.nli.backends import Backend, backend_name
from checker.nli.checkpoint import CheckpointPredictor, load_network, save_network
from checker.nli.encoding import PairEncoder
from checker.nli.engine import Engine, likeliest_kinds
from checker.nli.numpy_engine import NumpyEngine, gelu
from checker.nli.registry import load_predictor, resolve_model
from checker.nli.torch_engine import TorchEngine
from checker.nli.types import CATEGORIES, Pair, Prediction

TEXTS = ("", "The ferry left at noon.", "The harbour council met on Friday and opened nine new berths.", "ten", "🚢 a")
PAIRS = st.lists(st.builds(Pair, *[st.sampled_from(TEXTS)] * 2, st.sampled_from(Relation)), min_size=1, max_size=7)
TOLERANCE = 1e-4
ROUGHLY = 0.05  # bfloat16 has three digits, and this network's weights are far larger than a trained one's


@pytest.fixture(scope="module")
def folder(checkpoints: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny checkpoint, with word features that say something."""
    network = load_network(checkpoints / "own")
    for table in (network.encoder.matches, network.encoder.neighbours, network.encoder.shapes):
        torch.nn.init.normal_(table.weight)
    folder = tmp_path_factory.mktemp("engines") / "own"
    save_network(network, folder, description="tiny and random")
    (folder / "tokenizer.json").write_bytes((checkpoints / "own" / "tokenizer.json").read_bytes())
    return folder


@pytest.fixture(scope="module")
def encoder(folder: Path) -> PairEncoder:
    return PairEncoder(Tokenizer.from_file(str(folder / "tokenizer.json")))


@pytest.fixture(scope="module")
def engines(folder: Path) -> tuple[Engine, Engine, Engine]:
    """The reference, NumPy, and the reference with products in bfloat16."""
    network = load_network(folder)
    sizes = network.config.to_dict()
    reduced = TorchEngine(load_network(folder), threads=1, number=torch.bfloat16)
    return TorchEngine(network, threads=1), NumpyEngine.load(folder, sizes, threads=1), reduced


@settings(max_examples=60, deadline=None)
@given(pairs=PAIRS)
def test_numpy_says_what_torch_says(
    engines: tuple[Engine, Engine, Engine], encoder: PairEncoder, pairs: list[Pair]
) -> None:
    rows = encoder.encode(pairs)
    expected, found = engines[0].judge(rows), engines[1].judge(rows)
    for one, other in zip(expected[:3], found[:3], strict=True):
        np.testing.assert_allclose(other, one, atol=TOLERANCE)
        assert other.dtype == np.float32
    assert expected.kinds.shape == found.kinds.shape == (*found.tokens.shape, 2)
    assert expected.kinds.dtype == found.kinds.dtype == np.int8
    inside = found.tokens > 0
    assert (expected.kinds != found.kinds)[inside].sum() <= 1 + inside.sum() // 50  # where two are as likely


def test_numpy_makes_the_vectors_that_torch_makes(engines: tuple[Engine, Engine, Engine], encoder: PairEncoder) -> None:
    rows = encoder.encode_single(TEXTS)
    np.testing.assert_allclose(engines[1].vectors(rows), engines[0].vectors(rows), atol=TOLERANCE)


def test_bfloat16_says_roughly_what_float32_says(engines: tuple[Engine, Engine, Engine], encoder: PairEncoder) -> None:
    """Also the way of a graphics processor, computed on this one: none is at hand where tests run."""
    rows = encoder.encode([Pair(one, other) for one in TEXTS for other in TEXTS])
    expected, found = engines[0].judge(rows), engines[2].judge(rows)
    assert any(not np.array_equal(one, other) for one, other in zip(expected, found, strict=True))
    for one, other in zip(expected[:3], found[:3], strict=True):
        np.testing.assert_allclose(other, one, atol=ROUGHLY)
    vectors = engines[2].vectors(encoder.encode_single(TEXTS))
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(vectors, engines[0].vectors(encoder.encode_single(TEXTS)), atol=ROUGHLY)
    assert engines[2].backend == f"torch-{torch.__version__}-bfloat16-cpu"


def test_the_general_kind_is_none_and_context_knows_contradictions_alone() -> None:
    logits = np.zeros((3, len(CATEGORIES)), dtype=np.float32)
    logits[0, 0] = 9  # of no kind in particular
    logits[0, CATEGORIES.index("accuracy/addition")] = 3
    logits[0, CATEGORIES.index("accuracy/mistranslation/date")] = 2
    logits[1, CATEGORIES.index("accuracy/mistranslation/role")] = 1
    logits[2, CATEGORIES.index("fluency/typography")] = 1
    logits[2, CATEGORIES.index("accuracy/mistranslation/quantifier")] = 0.5
    named = [[CATEGORIES[kind].rpartition("/")[2] for kind in both] for both in likeliest_kinds(logits)]
    assert named == [["addition", "date"], ["role", "role"], ["typography", "quantifier"]]


@given(st.floats(-1e4, 1e4, width=32))
def test_the_activation_is_that_of_the_network(value: float) -> None:
    exact = value * 0.5 * math.erfc(-value / math.sqrt(2))
    assert gelu(np.array([[value]], dtype=np.float32))[0, 0] == pytest.approx(exact, rel=1e-6, abs=4e-6)


def test_the_activation_is_close_everywhere() -> None:
    values = np.linspace(-9, 9, 40_001, dtype=np.float32).reshape(-1, 1)
    exact = torch.nn.functional.gelu(torch.from_numpy(values.astype(np.float64))).numpy()
    assert np.abs(gelu(values.copy()) - exact).max() < 4e-6


@pytest.mark.parametrize("backend", [Backend.NUMPY, Backend.TORCH])
def test_a_backend_is_named_before_it_is_there(folder: Path, backend: Backend) -> None:
    assert load_predictor(str(folder), backend=backend).backend == backend_name(backend)


def test_numpy_is_the_default(folder: Path) -> None:
    assert load_predictor(str(folder)).backend == backend_name(Backend.NUMPY) == backend_name(Backend.AUTO)


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is a graphics processor")
def test_a_graphics_processor_that_is_not_there_is_told(folder: Path) -> None:
    with pytest.raises(ModelError, match="no graphics processor; use the backend auto"):
        load_predictor(str(folder), backend=Backend.CUDA)
    assert backend_name(Backend.CUDA).endswith("bfloat16-cuda")


@pytest.mark.skipif(not torch.cuda.is_available(), reason="there is no graphics processor")
def test_a_graphics_processor_says_roughly_the_same(folder: Path) -> None:
    pairs = [Pair(one, other) for one in TEXTS for other in TEXTS]
    exact, found = (load_predictor(str(folder), backend=each).predict(pairs) for each in (Backend.NUMPY, Backend.CUDA))
    assert [numbers(one) for one in found] == [pytest.approx(numbers(one), abs=ROUGHLY) for one in exact]


def test_bfloat16_is_for_processors_that_have_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cpu, "get_capabilities", dict)
    with pytest.raises(ModelError, match="no instructions for bfloat16; use the backend auto"):
        load_predictor(str(folder), backend=Backend.BFLOAT16)
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: {"avx512_bf16": True})
    loaded = load_predictor(str(folder), backend=Backend.BFLOAT16)
    assert loaded.backend == backend_name(Backend.BFLOAT16) == f"torch-{torch.__version__}-bfloat16-cpu"


def test_models_of_others_run_on_torch_alone(checkpoints: Path) -> None:
    with pytest.raises(UsageError, match="runs on torch"):
        load_predictor(str(checkpoints / "bert"), backend=Backend.NUMPY)
    assert load_predictor(str(checkpoints / "bert"), backend=Backend.TORCH).backend.startswith("torch-")


@pytest.mark.parametrize("backend", [Backend.NUMPY, Backend.TORCH])
def test_sizes_that_do_not_fit_the_weights_are_a_damaged_checkpoint(
    checkpoints: Path, altered: Callable[..., Path], backend: Backend
) -> None:
    sizes = load_network(checkpoints / "own").config.to_dict() | {"hidden_size": 32}
    folder = altered("own", encoder=sizes)
    with pytest.raises(ModelError, match="damaged checkpoint"):
        CheckpointPredictor.load(folder, backend=backend)


def test_the_embedded_model_says_the_same_on_both() -> None:
    folder = resolve_model("checker-mini-en")
    assert isinstance(folder, Path)
    pairs = [
        Pair("The minister called the invasion unjustified.", "The minister called the invasion justified.", each)
        for each in Relation
    ]
    one, other = (
        CheckpointPredictor.load(folder, backend=each).predict(pairs) for each in (Backend.NUMPY, Backend.TORCH)
    )
    for said, again in zip(one, other, strict=True):
        assert numbers(said) == pytest.approx(numbers(again), abs=1e-3)
        assert [token.category for token in said.tokens] == [token.category for token in again.tokens]
    assert one[1].contradiction > 0.5
    assert category_inside(one[1].tokens, Span(34, 43)) == "accuracy/mistranslation/polarity"


def numbers(said: Prediction) -> list[float]:
    labels = [said.entailment, said.neutral, said.contradiction, said.error]
    return labels + [token.probability for token in said.tokens]
