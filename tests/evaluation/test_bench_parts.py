"""The bench's parts on tiny models: what it counts is right; how fast anything is, no test says."""

import torch
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace
from transformers import BertConfig, BertModel

from checker.evaluation.bench import Figure
from checker.evaluation.bench.material import write_article, write_sentences
from checker.evaluation.bench.rivals import as_bert, plain_pipeline
from checker.evaluation.bench.run import flops
from checker.evaluation.bench.timing import process_cost, times
from checker.nli import Pair
from checker.nli.network import Batch, EncoderConfig, Network


def test_material_is_the_same_every_time_and_as_long_as_asked():
    assert write_article(9, seed=3) == write_article(9, seed=3)
    assert write_article(9, seed=3).count(".") == 9
    assert len(set(write_sentences(200))) > 190


def test_flops_of_a_row_by_hand():
    sizes = EncoderConfig(hidden_size=8, num_hidden_layers=2, intermediate_size=32)
    weights = 3 * 8 * 8 + 8 * 8 + 8 * 32 + 32 * 8
    scores = mixing = 5 * 8
    assert flops(sizes, 5) == 2 * 2 * 5 * (weights + scores + mixing)


def test_what_runs_before_is_not_counted_but_runs_each_time():
    order = []
    assert len(times(lambda: order.append("run"), 2, before=lambda: order.append("before"))) == 2
    assert order == ["before", "run", "before", "run"]


def test_a_process_is_measured_whatever_it_prints():
    cost = process_cost(("--version",))
    assert cost.seconds > 0
    assert 1 < cost.megabytes < 4_000


def test_what_the_bench_holds_itself_is_not_counted():
    held = b"x" * 600_000_000
    assert process_cost(("--version",)).megabytes < 300 < len(held)


def test_medians_and_spreads():
    figure = Figure("x", "s", (3.0, 1.0, 2.0))
    assert (figure.median, figure.spread) == (2.0, (1.0, 3.0))


def test_the_plain_pipeline_has_our_weights():
    network = Network(EncoderConfig(vocab_size=9, hidden_size=8, num_hidden_layers=2, num_attention_heads=2,
                                    intermediate_size=16, max_position_embeddings=32)).eval()  # fmt: skip
    theirs = BertModel(BertConfig.from_dict(network.config.to_dict()), add_pooling_layer=False).eval()
    theirs.load_state_dict(as_bert(network.encoder.state_dict()))
    ids, blank = torch.tensor([[2, 5, 6, 7, 3]]), torch.zeros(1, 5, dtype=torch.long)
    batch = Batch(ids, blank == 0, blank, blank, blank, blank, blank, blank == 0, blank)
    with torch.inference_mode():
        assert torch.allclose(theirs(ids).last_hidden_state, network.encoder(batch), atol=1e-5)


def test_rivals_judge_pairs():
    words = {"[PAD]": 0, "[UNK]": 1, "[CLS]": 2, "[SEP]": 3, "a": 4, "b": 5}
    network = Network(EncoderConfig(vocab_size=6, hidden_size=8, num_hidden_layers=1, num_attention_heads=2,
                                    intermediate_size=16, max_position_embeddings=32))  # fmt: skip
    tokenizer = Tokenizer(WordLevel(words, unk_token="[UNK]"))  # noqa: S106 a token of text
    tokenizer.pre_tokenizer = Whitespace()
    assert len(plain_pipeline(network, tokenizer)([Pair("a b", "b a"), Pair("a", "b")])) == 2
