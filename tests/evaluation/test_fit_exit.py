"""Pairs to fit an early exit from: those of checks, of the right articles; and the whole verb on a tiny model."""

import gzip
import json

import numpy as np
import pytest
import torch
from tiny_lexicon import write_lexicon
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from checker.errors import UsageError
from checker.evaluation.exit_pairs import PAIRS, exit_pairs
from checker.evaluation.fit_exit import fit_exit
from checker.evidence import Relation
from checker.nli.backends import Backend
from checker.nli.checkpoint import CheckpointPredictor, save_network
from checker.nli.early_exit import FILE_NAME, find_exit, weights_hash
from checker.nli.network import EncoderConfig, Network
from checker.nli.types import Pair
from checker.training.sources.reading import is_for_calibration, is_held_out

SENTENCES = (
    "The Supreme Court of {place} rejected the report on Monday.",
    "The president said the Supreme Court of {place} had answered the question of the village.",
    "The invasion of Ukraine was answered by protesters in {place}.",
    "The minister said the invasion of Ukraine was a question of law.",
    "The market of {place} opened again in the month of the summit.",
    "The price of bread rose by {number} percent in the city, said the minister of {place}.",
    "The village council answered the question of the huge market in {number} days.",
    "People in {place} said the president was not in the city when the report was read.",
    "The army rejected the agreement, and the president of the court said the plan was legal.",
    "A company in {place} said the price of a house fell by {number} percent in a month.",
)
PLACES = ("Madrid", "Lisbon", "Kyiv", "Poland", "Spain", "Ukraine", "Russia")


def article(name):
    number = sum(name.encode()) % 89 + 2
    text = "\n\n".join(each.format(place=PLACES[number % 7], number=number) for each in SENTENCES)
    return {"id": name, "title": f"On {name}", "text": text, "source": "own", "date": ""}


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data")
    (folder / "text" / "lexicon").mkdir(parents=True)
    write_lexicon(folder / "text" / "lexicon")
    names = [f"own-{number}" for number in range(300)]
    chosen = [name for name in names if not is_held_out(name)][:6]
    chosen += [name for name in names if is_held_out(name)][:12]
    with gzip.open(folder / "text" / "news_articles.en.jsonl.gz", "wt", encoding="utf-8") as stream:
        stream.writelines(json.dumps(article(name)) + "\n" for name in [*chosen, "bbc-sport-1", "bbc-sport-2"])
    return folder


@pytest.fixture
def model(tmp_path):
    torch.manual_seed(3)
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[unused1]", "[unused2]", "[unused3]"]
    words = sorted({word for text in SENTENCES for word in text.lower().replace(",", " ,").replace(".", " .").split()})
    vocabulary = {piece: number for number, piece in enumerate([*pieces, *words])}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))  # noqa: S106 - not a password
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    save_network(Network(EncoderConfig(len(vocabulary), 16, 2, 2, 32, 512)), tmp_path, description="tiny")
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    return tmp_path


def embed(texts):
    vectors = np.array([[len(text), text.count("a") + 1, text.count("e") + 1] for text in texts], dtype=np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_pairs_are_those_that_checks_ask_with_mere_context(data) -> None:
    heard = []
    pairs = exit_pairs(data, embed, 4, held_back=False, tell=lambda done, of: heard.append((done, of)))
    assert heard == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert 10 < len(pairs) <= 4 * PAIRS
    assert len(set(pairs)) == len(pairs)
    assert all(pair.relation is Relation.CONTEXT and pair.premise and pair.hypothesis for pair in pairs)
    assert pairs == exit_pairs(data, embed, 4, held_back=False, tell=lambda *_: None)


def test_articles_held_back_are_for_the_limits_alone(data, monkeypatch) -> None:
    seen = []
    monkeypatch.setattr("checker.evaluation.exit_pairs.make_document", lambda _text, **more: seen.append(more["id"]))
    for held_back in (False, True):
        exit_pairs(data, embed, 0, held_back=held_back, tell=lambda *_: None)
        assert seen
        assert not any(name.startswith("bbc") for name in seen)
        assert all(is_held_out(name) == held_back for name in seen)
        assert not held_back or all(map(is_for_calibration, seen))
        seen.clear()


def test_a_fitted_exit_is_used_by_every_engine(model, data) -> None:
    before = weights_hash(model)
    stages = []
    made = fit_exit(model, data, after=1, articles=3, held_back=2, tell=lambda stage, *_: stages.append(stage))
    asked = [
        f"{what}pairs {which}" for which in ("to fit on", "held back") for what in ("", "what the network says of ")
    ]
    assert list(dict.fromkeys(stages)) == [*asked, "fitting the exit"]
    assert made.pairs > 10
    assert find_exit(model) == model / FILE_NAME
    assert weights_hash(model) != before
    pairs = [Pair(SENTENCES[0], SENTENCES[1], relation) for relation in Relation]
    one, other = (
        CheckpointPredictor.load(model, backend=each).predict(pairs) for each in (Backend.NUMPY, Backend.TORCH)
    )
    assert [each.error for each in one] == pytest.approx([each.error for each in other], abs=1e-4)


@pytest.mark.parametrize("after", [0, 2, 3])
def test_a_layer_that_is_none_of_the_network_s_is_refused(model, data, after) -> None:
    with pytest.raises(UsageError, match="has 2 layers and can be left after 1 to 1"):
        fit_exit(model, data, after=after)
    assert not (model / FILE_NAME).exists()


def test_missing_data_is_named(model, tmp_path) -> None:
    with pytest.raises(UsageError, match="nothing"):
        fit_exit(model, tmp_path / "nothing", after=1)
