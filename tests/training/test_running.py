"""A run: what it leaves as it is, what it takes over from where it starts, and whose state it goes on from."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from tokenizers import Tokenizer, models, pre_tokenizers

from checker.errors import UsageError
from checker.evidence import Relation
from checker.nli.checkpoint import load_network, save_network
from checker.nli.dictionary import load_dictionaries, save_dictionary
from checker.nli.encoding import MARKERS
from checker.nli.network import EncoderConfig, Network
from checker.training.batching import Batcher
from checker.training.examples import Example, read_groups, write_groups
from checker.training.run import train

SIZES = {"hidden_size": 8, "num_attention_heads": 2, "intermediate_size": 8}
WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "el", "puerto", "cerró", "the", "port", "is", "open", "shut"]
RECIPE = """name = "tiny"
seed = 3
languages = ["es"]
[schedule]
steps = 6
tokens_per_batch = 64
warmup = 1
rate = 1e-2
head_rate = 1e-2
frozen_layers = 1
"""
PAIR = Example(
    "el puerto cerró", "the port is open", Relation.REFERENCE, "contradiction", 1.0, (), "written", language="es"
)


@pytest.fixture
def start(tmp_path: Path) -> Path:
    torch.manual_seed(2)
    vocabulary = {word: number for number, word in enumerate([*WORDS, *MARKERS.values()])}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))  # noqa: S106 a token of text
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    network = Network(EncoderConfig(len(vocabulary), num_hidden_layers=3, joined_layers=1, **SIZES))
    save_network(network, tmp_path / "start", description="", languages=["es"])
    tokenizer.save(str(tmp_path / "start" / "tokenizer.json"))
    save_dictionary(["es\tpuerto\t0.90\tport", "en-es\topen\t0.90"], tmp_path / "start")
    return tmp_path / "start"


def run(folder: Path, start: Path, recipe: str = RECIPE, name: str = "made") -> Path:
    write_groups(folder / "groups.jsonl.gz", [(PAIR,)])
    (folder / "recipe.toml").write_text(recipe, encoding="utf-8")
    return train(folder / "recipe.toml", folder / "groups.jsonl.gz", folder / name, start_from=[start])


def test_frozen_layers_stay_and_the_others_learn(tmp_path: Path, start: Path) -> None:
    before, after = load_network(start).encoder, load_network(run(tmp_path, start)).encoder
    for part in ("words", "positions", "norm"):
        assert torch.equal(getattr(before, part).weight, getattr(after, part).weight)
    same = [
        torch.equal(one.inner.weight, other.inner.weight)
        for one, other in zip(before.layers, after.layers, strict=True)
    ]
    assert same == [True, False, False]
    assert before.matching is not None
    assert after.matching is not None
    assert not torch.equal(before.matching.links.weight, after.matching.links.weight)


def test_the_dictionary_of_the_start_is_learnt_with_and_goes_along(tmp_path: Path, start: Path) -> None:
    made = run(tmp_path, start)
    assert load_dictionaries(made) == load_dictionaries(start)
    mean = run(tmp_path, start, RECIPE.replace("steps = 6", "steps = 0"), "mean")
    assert load_dictionaries(mean) == load_dictionaries(start)


def test_an_example_has_the_language_of_its_premise(tmp_path: Path, start: Path) -> None:
    from checker.nli.encoding import PairEncoder

    write_groups(tmp_path / "groups.jsonl.gz", [(PAIR,)])
    [[read]] = read_groups(tmp_path / "groups.jsonl.gz")
    assert read == PAIR
    tokenizer = Tokenizer.from_file(str(start / "tokenizer.json"))
    batcher = Batcher(PairEncoder(tokenizer, load_dictionaries(start)), tokens_per_batch=64, seed=1)
    assert int(batcher.build([read]).batch.links.sum()) > 0


def test_a_run_of_another_recipe_is_not_gone_on_with(tmp_path: Path, start: Path) -> None:
    run(tmp_path, start)
    run(tmp_path, start, RECIPE.replace("steps = 6", "steps = 8"))  # longer, and the same recipe
    with pytest.raises(UsageError, match="another recipe; name another --output"):
        run(tmp_path, start, RECIPE.replace("seed = 3", "seed = 4"))
