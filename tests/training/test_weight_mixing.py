"""What the finished weights of a run are."""

from pathlib import Path

import torch
from tokenizers import Tokenizer, models
from torch import nn

from checker.nli.checkpoint import load_network, save_network
from checker.nli.network import EncoderConfig, Network
from checker.training.run import train
from checker.training.start import mix_weights, start


def linear(value: float) -> nn.Linear:
    layer = nn.Linear(2, 2)
    with torch.no_grad():
        for weights in layer.parameters():
            weights.fill_(value)
    return layer


def test_weights_are_mixed_by_share() -> None:
    trained, start = linear(1.0), linear(5.0)
    mix_weights(trained, start, 0.25)
    assert all(bool((weights == 2.0).all()) for weights in trained.parameters())
    assert all(bool((weights == 5.0).all()) for weights in start.parameters())


def test_without_a_share_nothing_changes() -> None:
    trained = linear(1.0)
    mix_weights(trained, linear(5.0), 0.0)
    assert all(bool((weights == 1.0).all()) for weights in trained.parameters())


def save_models(folder: Path) -> None:
    """Three models whose weights are all 1, all 2, all 6."""
    sizes = EncoderConfig(30, hidden_size=8, num_hidden_layers=1, num_attention_heads=2, intermediate_size=8)
    for number, value in enumerate((1.0, 2.0, 6.0)):
        network = Network(sizes)
        for weights in network.parameters():
            torch.nn.init.constant_(weights, value)
        save_network(network, folder / str(number), description="")
        tokenizer = Tokenizer(models.WordPiece({"[UNK]": 0}, unk_token="[UNK]"))  # noqa: S106 a token of text
        tokenizer.save(str(folder / str(number) / "tokenizer.json"))


def test_a_run_starts_from_the_mean_of_several(tmp_path: Path) -> None:
    save_models(tmp_path)
    mean, _ = start([tmp_path / "0", tmp_path / "1", tmp_path / "2"])
    assert all(bool((weights == 3.0).all()) for weights in mean.parameters())


def test_a_recipe_of_no_steps_makes_the_mean(tmp_path: Path) -> None:
    save_models(tmp_path)
    recipe = tmp_path / "recipe.toml"
    recipe.write_text('name = "mean"\n[schedule]\nsteps = 0\n', encoding="utf-8")
    twice = [tmp_path / "0", tmp_path / "1", tmp_path / "0", tmp_path / "1", tmp_path / "2", tmp_path / "2"]
    made = train(recipe, tmp_path / "no-groups", tmp_path / "out", start_from=[*twice, tmp_path / "2"])
    network = load_network(made)
    assert all(torch.allclose(weights, torch.tensor(24 / 7), atol=1e-2) for weights in network.parameters())
    assert (made / "tokenizer.json").is_file()
