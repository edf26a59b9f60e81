"""Steps come in one order, whoever encodes them; a run ends by its steps or by its time."""

from itertools import islice

import pytest
import torch
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from checker.evidence import Relation
from checker.nli.encoding import MARKERS, PairEncoder
from checker.nli.network import EncoderConfig, Network
from checker.training.batching import Batcher, Step
from checker.training.examples import Example, Group
from checker.training.feeding import feed
from checker.training.machine import Machine
from checker.training.recipe import Schedule
from checker.training.run import _done

NAMES = ("port", "ship", "road", "mill", "farm", "lake", "town", "inn")


@pytest.fixture
def batcher() -> Batcher:
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *MARKERS.values(), "the", "is", "open", ".", *NAMES]
    tokenizer = Tokenizer(models.WordPiece({word: place for place, word in enumerate(words)}, unk_token="[UNK]"))  # noqa: S106
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return Batcher(PairEncoder(tokenizer), tokens_per_batch=60, seed=5, multiple=8)


GROUPS: list[Group] = [
    (Example("The port is open.", f"The {name} is open.", Relation.CONTEXT, "neutral", 0.0, (), name),)
    for name in NAMES
]


def told(steps: list[Step]) -> list[tuple[tuple[str, ...], list[list[int]]]]:
    return [(step.sources, step.batch.ids.tolist()) for step in steps]


def first(batcher: Batcher, number: int, *, skip: int = 0, workers: int = 0) -> list[Step]:
    return list(islice(feed(batcher, GROUPS, skip=skip, workers=workers, pinned=False), number))


def test_order_is_that_of_one_process(batcher: Batcher) -> None:
    assert told(first(batcher, 9)) == told(first(batcher, 9, workers=2))


def test_a_resumed_run_goes_on_where_it_stopped(batcher: Batcher) -> None:
    assert told(first(batcher, 9))[4:] == told(first(batcher, 5, skip=4)) == told(first(batcher, 5, skip=4, workers=2))


def test_rows_and_targets_are_padded_alike(batcher: Batcher) -> None:
    for step in first(batcher, 3):
        assert step.batch.ids.shape[1] % 8 == 0
        assert step.targets.tokens.shape == step.batch.ids.shape


def test_a_run_ends_by_its_steps_or_its_time() -> None:
    schedule = Schedule(steps=100)
    assert _done(50, schedule, Machine(), 1e9) == 0.5
    assert _done(50, schedule, Machine(minutes=2.0), 30.0) == 0.5
    assert _done(50, schedule, Machine(minutes=2.0), 90.0) == 0.75
    assert _done(1, schedule, Machine(minutes=2.0), 120.0) == 1.0


def test_dropout_counts_while_training_alone(batcher: Batcher) -> None:
    torch.manual_seed(1)
    sizes = EncoderConfig(
        vocab_size=40, hidden_size=24, num_hidden_layers=2, num_attention_heads=2, intermediate_size=48
    )
    network = Network(sizes)
    [step] = first(batcher, 1)
    network.eval()
    calm = network(step.batch).error
    network.set_dropout(0.5)
    assert torch.equal(network(step.batch).error, calm)
    network.train()
    assert not torch.equal(network(step.batch).error, calm)
    network.set_dropout(0.0)
    assert torch.allclose(network(step.batch).error, calm, atol=1e-5)
