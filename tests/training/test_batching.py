"""Targets stand on the word pieces they speak of, and what is unknown teaches nothing."""

from pathlib import Path

import pytest
import torch
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from checker.evidence import Relation
from checker.nli.encoding import MARKERS, PairEncoder
from checker.nli.network import Outputs
from checker.nli.types import CATEGORIES, LABELS, Pair
from checker.training.batching import NOT_CONTRADICTION, NOT_ENTAILMENT, Batcher, targets_of
from checker.training.examples import Example, GoldSpan, read_groups, write_groups
from checker.training.objective import losses, weighted_sum
from checker.training.recipe import LossWeights

POLARITY = "accuracy/mistranslation/polarity"
WORDS = "the port was open closed on monday [PAD] [UNK] [CLS] [SEP] [MASK] ##ed ship ."


@pytest.fixture
def encoder() -> PairEncoder:
    vocabulary = {word: place for place, word in enumerate([*WORDS.split(), *MARKERS.values()])}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))  # noqa: S106 a token of text
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.add_special_tokens(["[PAD]", "[UNK]", "[CLS]", "[SEP]", *MARKERS.values()])
    return PairEncoder(tokenizer)


def example(hypothesis: str, label: str | None, error: float | None, spans: tuple[GoldSpan, ...] | None) -> Example:
    return Example("The port was open.", hypothesis, Relation.CONTEXT, label, error, spans, "test")


CLEAN = example("The port was open on Monday.", "not_contradiction", 0.0, ())
WRONG = example("The port was closed on Monday.", "contradiction", 1.0, (GoldSpan(13, 19, POLARITY),))
UNJUDGED = example("The ship was closed.", None, None, None)


def targets(encoder: PairEncoder, examples: list[Example]):
    rows = encoder.encode([Pair(one.premise, one.hypothesis, one.relation) for one in examples])
    return rows, targets_of(examples, rows)


def test_targets_stand_on_the_marked_word(encoder: PairEncoder) -> None:
    rows, made = targets(encoder, [CLEAN, WRONG, UNJUDGED])
    hot = [place for place in range(made.tokens.shape[1]) if made.tokens[1, place] > 0]
    pieces = [rows[1].spans[place - rows[1].first_hypothesis].of(WRONG.hypothesis) for place in hot]
    assert pieces == ["closed"]
    assert [CATEGORIES[made.categories[1, place]] for place in hot] == [POLARITY]
    assert made.tokens[0].max() == 0
    assert made.tokens[2].max() == -1
    assert made.labels.tolist() == [NOT_CONTRADICTION, LABELS.index("contradiction"), -1]
    assert made.error.tolist() == [0.0, 1.0, -1.0]


def test_twins_are_found(encoder: PairEncoder) -> None:
    _, made = targets(encoder, [CLEAN, WRONG, UNJUDGED])
    assert made.twins.tolist() == [[1, 0]]


def test_batches_keep_groups_and_the_budget(encoder: PairEncoder) -> None:
    groups = [(CLEAN, WRONG)] * 40
    lists = list(Batcher(encoder, tokens_per_batch=200, seed=1).steps(groups, 0))
    assert sum(map(len, lists)) == 80
    assert all(len(one) % 2 == 0 for one in lists)
    assert len(lists) > 4


def outputs(labels: list[list[float]], tokens: torch.Tensor) -> Outputs:
    rows, length = tokens.shape
    return Outputs(torch.tensor(labels), tokens, tokens.max(1).values, torch.zeros(rows, length, len(CATEGORIES)))


def test_partial_labels_accept_either_of_two(encoder: PairEncoder) -> None:
    _, made = targets(encoder, [CLEAN])
    cold = torch.full(made.tokens.shape, -8.0)
    for sure in ([9.0, 0.0, 0.0], [0.0, 9.0, 0.0]):
        assert losses(outputs([sure], cold), made).label < 0.01
    assert losses(outputs([[0.0, 0.0, 9.0]], cold), made).label > 5


def test_losses_fall_where_the_answer_is_right(encoder: PairEncoder) -> None:
    _, made = targets(encoder, [CLEAN, WRONG])
    right = torch.where(made.tokens > 0, 6.0, -6.0)
    good = losses(outputs([[0.0, 6.0, -6.0], [-6.0, 0.0, 6.0]], right), made)
    bad = losses(outputs([[-6.0, 0.0, 6.0], [6.0, 0.0, -6.0]], -right), made)
    for name in ("label", "token", "error", "ranking"):
        assert getattr(good, name) < getattr(bad, name), name
    assert weighted_sum(good, LossWeights()) < weighted_sum(bad, LossWeights())


def test_unknown_targets_teach_nothing(encoder: PairEncoder) -> None:
    _, made = targets(encoder, [UNJUDGED])
    tokens = torch.zeros(made.tokens.shape, requires_grad=True)
    labels = torch.zeros(1, 3, requires_grad=True)
    said = Outputs(labels, tokens, torch.zeros(1), torch.zeros(1, tokens.shape[1], len(CATEGORIES)))
    weighted_sum(losses(said, made), LossWeights()).backward()
    assert labels.grad is None or labels.grad.abs().sum() == 0
    assert tokens.grad is None or tokens.grad.abs().sum() == 0


def test_groups_survive_a_file(tmp_path: Path) -> None:
    path = tmp_path / "groups.jsonl.gz"
    assert write_groups(path, [(CLEAN, WRONG), (UNJUDGED,)]) == 2
    assert list(read_groups(path)) == [(CLEAN, WRONG), (UNJUDGED,)]


def test_label_numbers_are_distinct() -> None:
    assert len({*range(len(LABELS)), NOT_ENTAILMENT, NOT_CONTRADICTION}) == 5
