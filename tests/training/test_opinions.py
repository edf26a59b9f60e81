"""Soft targets: the network as it started, and the models that it was made of."""

from pathlib import Path

import pytest
import torch
from tokenizers import Tokenizer, models

from checker.nli.checkpoint import save_network
from checker.nli.network import Batch, EncoderConfig, Network, Outputs
from checker.training.opinions import Opinions, Panel, opinion_losses
from checker.training.start import start

SIZES = EncoderConfig(30, hidden_size=8, num_hidden_layers=1, num_attention_heads=2, intermediate_size=8)


@pytest.fixture
def batch() -> Batch:
    network_input = torch.randint(1, 30, (3, 7), generator=torch.Generator().manual_seed(5))
    nothing = torch.zeros_like(network_input)
    hypothesis = torch.zeros_like(network_input, dtype=torch.bool)
    hypothesis[:, 3:6] = True
    mask = torch.ones_like(hypothesis)
    return Batch(network_input, mask, nothing, nothing, nothing, nothing, nothing, hypothesis, nothing)


def saved(folder: Path, seed: int) -> Path:
    torch.manual_seed(seed)
    save_network(Network(SIZES), folder, description="")
    tokenizer = Tokenizer(models.WordPiece({"[UNK]": 0}, unk_token="[UNK]"))  # noqa: S106 a token of text
    tokenizer.save(str(folder / "tokenizer.json"))
    return folder


def test_labels_are_the_mean_opinion_and_words_those_of_the_start(tmp_path: Path, batch: Batch) -> None:
    folders = [saved(tmp_path / str(seed), seed) for seed in (1, 2)]
    mean, _ = start(folders)
    said = Panel(mean, folders, "cpu").ask(batch)
    members = [start([folder])[0].eval()(batch) for folder in folders] + [mean.eval()(batch)]
    logs = torch.stack([member.labels.log_softmax(-1) for member in members]).mean(0)
    assert torch.allclose(said.labels, logs.softmax(-1), atol=1e-6)
    assert torch.allclose(said.tokens, members[-1].tokens.sigmoid(), atol=1e-6)
    assert torch.allclose(said.error, members[-1].error.sigmoid(), atol=1e-6)


def test_teachers_are_asked_instead_of_the_start(tmp_path: Path, batch: Batch) -> None:
    pupil, _ = start([saved(tmp_path / "pupil", 1)])
    folders = [saved(tmp_path / str(seed), seed) for seed in (2, 3)]
    said = Panel(pupil, [tmp_path / "pupil"], "cpu", folders).ask(batch)
    members = [start([folder])[0].eval()(batch) for folder in folders]
    labels = torch.stack([member.labels.log_softmax(-1) for member in members]).mean(0).softmax(-1)
    assert torch.allclose(said.labels, labels, atol=1e-6)
    for name in ("tokens", "error"):
        mean = torch.stack([getattr(member, name) for member in members]).mean(0).sigmoid()
        assert torch.allclose(getattr(said, name), mean, atol=1e-6)


def test_the_panel_does_not_learn(tmp_path: Path, batch: Batch) -> None:
    network, _ = start([saved(tmp_path / "one", 1)])
    panel = Panel(network, [tmp_path / "one"], "cpu")
    before = panel.ask(batch)
    with torch.no_grad():
        for weights in network.parameters():
            weights.add_(1.0)
    after = panel.ask(batch)
    assert all(torch.equal(a, b) for a, b in zip(before[:4], after[:4], strict=True))
    assert all(torch.equal(a, b) for a, b in zip(before.states, after.states, strict=True))


def outputs(labels: torch.Tensor, tokens: torch.Tensor, error: torch.Tensor) -> Outputs:
    return Outputs(labels, tokens, error, torch.zeros(*tokens.shape, 1))


def test_agreement_costs_least() -> None:
    hypothesis = torch.tensor([[False, True, True], [False, True, False]])
    labels, tokens, error = torch.randn(2, 3), torch.randn(2, 3), torch.randn(2)
    wanted = Opinions(labels.softmax(-1), tokens.sigmoid(), error.sigmoid(), hypothesis)
    agreed = opinion_losses(outputs(labels, tokens, error), wanted)
    apart = opinion_losses(outputs(labels.flip(1), tokens + 1.0, error - 1.0), wanted)
    assert all(bool(a < b) for a, b in zip(agreed, apart, strict=True))


def test_only_words_of_the_hypothesis_count() -> None:
    hypothesis = torch.tensor([[False, True, True, False]])
    wanted = Opinions(torch.full((1, 3), 1 / 3), torch.full((1, 4), 0.5), torch.full((1,), 0.5), hypothesis)
    inside = outputs(torch.zeros(1, 3), torch.zeros(1, 4), torch.zeros(1))
    outside = outputs(torch.zeros(1, 3), torch.tensor([[9.0, 0.0, 0.0, -9.0]]), torch.zeros(1))
    assert torch.equal(opinion_losses(inside, wanted).token_opinion, opinion_losses(outside, wanted).token_opinion)
