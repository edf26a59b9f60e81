"""Where models are looked for, what is refused, and what is said about it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from checker.errors import ModelError, UsageError
from checker.nli import backends, registry
from checker.nli.backends import Backend
from checker.nli.checkpoint import CheckpointPredictor
from checker.nli.registry import ModelKind, list_models, load_predictor, resolve_model
from checker.nli.sequence_classifier import SequenceClassifierPredictor
from checker.nli.token_classifier import TokenClassifierPredictor
from checker.nli.types import Pair


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder instead of the models that this checkout has; named in CHECKER_MODELS."""
    monkeypatch.setattr(registry.checker, "__file__", str(tmp_path / "tree" / "checker" / "__init__.py"))
    models = tmp_path / "configured"
    models.mkdir()
    monkeypatch.setenv(registry.MODELS_VARIABLE, str(models))
    return models


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Every attempt to download, none of which succeeds."""
    import huggingface_hub

    asked: list[dict[str, Any]] = []

    def refuse(repo_id: str, **options: Any) -> str:
        asked.append({"repo_id": repo_id, **options})
        raise OSError("no route to the hub\nand a second line")

    monkeypatch.setattr(huggingface_hub, "snapshot_download", refuse)
    return asked


@pytest.mark.parametrize(
    ("kind", "predictor"),
    [
        ("own", CheckpointPredictor),
        ("bert", SequenceClassifierPredictor),
        ("xlmr", SequenceClassifierPredictor),
        ("deberta", SequenceClassifierPredictor),
        ("spans", TokenClassifierPredictor),
    ],
)
def test_a_folder_is_opened_as_what_it_is(
    checkpoints: Path, hub: list[dict[str, Any]], kind: str, predictor: type
) -> None:
    loaded = load_predictor(str(checkpoints / kind), batch_size=4, threads=1)
    assert isinstance(loaded, predictor)
    assert loaded.name == kind
    assert len(loaded.weights_hash) == 16
    assert len(loaded.predict([Pair("The ferry left.", "The council met.")])) == 1
    assert hub == []


def test_order_of_search(checkpoints: Path, places: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree = tmp_path / "tree"
    for folder in (tree / "checker_models", tree / "models", places):
        shutil.copytree(checkpoints / "own", folder / "mine")
        (tree / "pyproject.toml").write_text("", encoding="utf-8")
        assert resolve_model("mine") == folder / "mine"
    monkeypatch.chdir(checkpoints)
    assert resolve_model("own") == Path("own")
    assert [info.folder for info in list_models()] == [places / "mine"]


def test_models_beside_an_installed_package_belong_to_somebody_else(checkpoints: Path, places: Path) -> None:
    shutil.copytree(checkpoints / "own", places.parent / "tree" / "models" / "mine")
    assert list_models() == []


def test_list_says_what_there_is(checkpoints: Path, places: Path, caplog: pytest.LogCaptureFixture) -> None:
    for kind in ("own", "bert", "spans"):
        shutil.copytree(checkpoints / kind, places / kind)
    (places / "notes").mkdir()
    (places / "broken").mkdir()
    (places / "broken" / "config.json").write_text("{", encoding="utf-8")
    found = {info.name: info for info in list_models()}
    assert {name: info.kind for name, info in found.items()} == {
        "own": ModelKind.OWN,
        "bert": ModelKind.SEQUENCE,
        "spans": ModelKind.TOKEN,
    }
    assert found["own"].description == "tiny and random"
    assert found["bert"].description == "BertForSequenceClassification"
    assert found["own"].size_bytes == (places / "own" / "model.safetensors").stat().st_size
    assert found["own"].weights_hash == load_predictor("own").weights_hash
    assert "broken" in caplog.text


@pytest.mark.parametrize("name", ["checker-smal-en", "nothing-like-it", "", ".."])
def test_an_unknown_name_lists_what_there_is(
    checkpoints: Path, places: Path, hub: list[dict[str, Any]], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(places)
    shutil.copytree(checkpoints / "own", places / "checker-small-en")
    with pytest.raises(ModelError) as caught:
        load_predictor(name)
    if name != "..":
        assert "there are: checker-small-en" in str(caught.value)
    assert ("did you mean 'checker-small-en'?" in str(caught.value)) == (name == "checker-smal-en")
    assert hub == []


def test_only_a_hub_id_is_asked_of_the_hub(places: Path, hub: list[dict[str, Any]]) -> None:
    with pytest.raises(ModelError, match="could not be fetched") as caught:
        load_predictor("someone/some-model")
    assert "\n" not in str(caught.value)
    assert [request["repo_id"] for request in hub] == ["someone/some-model"]
    assert not any("bin" in pattern or pattern.endswith(".py") for pattern in hub[0]["allow_patterns"])
    for name in ("some-model", "/no/such/folder", "./some/model", "a/b/c", str(places / "absent")):
        with pytest.raises(ModelError, match="no model named"):
            load_predictor(name)
    assert len(hub) == 1


def test_a_fetched_model_is_used(checkpoints: Path, places: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import huggingface_hub

    def give(repo_id: str, **_options: Any) -> str:
        return str(checkpoints / repo_id.split("/")[1])

    monkeypatch.setattr(huggingface_hub, "snapshot_download", give)
    assert load_predictor("someone/bert").name == "someone/bert"
    assert isinstance(load_predictor("someone/own"), CheckpointPredictor)


def test_pickled_weights_are_refused(altered: Callable[..., Path]) -> None:
    folder = altered("bert")
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")
    with pytest.raises(ModelError, match=r"only pytorch_model.bin in it, and only model.safetensors is read"):
        load_predictor(str(folder))


@pytest.mark.parametrize("content", ["{", "[]", "\x00", "3"])
def test_broken_config_is_named(altered: Callable[..., Path], content: str) -> None:
    folder = altered("bert")
    (folder / "config.json").write_text(content, encoding="utf-8")
    with pytest.raises(ModelError, match=r"config\.json"):
        load_predictor(str(folder))


@pytest.mark.parametrize("kind", ["bert", "own"])
@pytest.mark.parametrize("keep", [0, 4, 200, 5000])
def test_truncated_weights_are_refused(altered: Callable[..., Path], kind: str, keep: int) -> None:
    folder = altered(kind)
    weights = folder / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:keep])
    with pytest.raises(ModelError) as caught:
        load_predictor(str(folder))
    assert "\n" not in str(caught.value)


def test_a_tokenizer_without_our_markers_is_refused(altered: Callable[..., Path]) -> None:
    folder = altered("own")
    plain = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))
    plain["model"]["vocab"] = {word: i for word, i in plain["model"]["vocab"].items() if word != "[unused2]"}
    (folder / "tokenizer.json").write_text(json.dumps(plain), encoding="utf-8")
    with pytest.raises(ModelError, match="unused2"):
        load_predictor(str(folder))


def test_a_model_that_judges_nothing_is_refused(altered: Callable[..., Path]) -> None:
    with pytest.raises(ModelError, match="BertForMaskedLM"):
        load_predictor(str(altered("bert", architectures=["BertForMaskedLM"])))


def test_code_of_a_checkpoint_is_never_run(altered: Callable[..., Path], tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    folder = altered(
        "bert",
        model_type="stranger",
        auto_map={"AutoConfig": "code.Config", "AutoModelForSequenceClassification": "code.Model"},
    )
    (folder / "code.py").write_text(f"open({str(trace)!r}, 'w').close()\n", encoding="utf-8")
    with pytest.raises(ModelError):
        load_predictor(str(folder))
    assert not trace.exists()


@pytest.mark.parametrize("options", [{"batch_size": 0}, {"threads": 0}, {"threads": -1}])
def test_numbers_below_one_are_wrong_usage(checkpoints: Path, options: dict[str, int]) -> None:
    with pytest.raises(UsageError, match="1 or more"):
        load_predictor(str(checkpoints / "own"), **options)


@pytest.mark.parametrize("flags", ["flags : fpu amx_tile amx_bf16", "flags : fpu avx512_bf16", "flags : fpu avx2", ""])
def test_a_program_that_stays_uses_bfloat16_where_the_processor_does(
    checkpoints: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, flags: str
) -> None:
    cpuinfo = tmp_path / "cpuinfo"
    cpuinfo.write_text(flags, encoding="ascii")
    able = backends.multiplies_bfloat16(cpuinfo)
    assert able is ("bf16" in flags)
    monkeypatch.setattr(registry, "multiplies_bfloat16", lambda: able)
    quick = Backend.BFLOAT16 if able else Backend.AUTO
    assert registry.staying_backend(str(checkpoints / "own"), Backend.AUTO) is quick
    assert registry.staying_backend(str(checkpoints / "own"), Backend.NUMPY) is Backend.NUMPY
    assert registry.staying_backend(str(checkpoints / "bert"), Backend.AUTO) is Backend.AUTO


def test_no_bfloat16_where_nothing_tells_of_the_processor(tmp_path: Path) -> None:
    assert not backends.multiplies_bfloat16(tmp_path / "nowhere")
