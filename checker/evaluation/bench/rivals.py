"""What the main path is compared with: the same weights, and a bigger model, through a plain transformers pipeline."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from checker.nli import Pair
from checker.nli.types import LABELS

if TYPE_CHECKING:
    from tokenizers import Tokenizer
    from torch import Tensor
    from transformers import PreTrainedModel

    from checker.nli.network import Network

DEBERTA_BASE = {
    "vocab_size": 128_100,
    "hidden_size": 768,
    "num_hidden_layers": 12,
    "num_attention_heads": 12,
    "intermediate_size": 3072,
    "relative_attention": True,
    "position_buckets": 256,
    "norm_rel_ebd": "layer_norm",
    "share_att_key": True,
    "pos_att_type": ["p2c", "c2p"],
    "position_biased_input": False,
    "type_vocab_size": 0,
}

Judge = Callable[[Sequence[Pair]], object]


def plain_pipeline(network: Network, tokenizer: Tokenizer) -> Judge:
    """Our encoder with a classification head as transformers has it, one pair after the other as a pipeline does.

    The word features and the heads of our own are left out; that makes it a little cheaper than the main path.
    """
    from transformers import BertConfig, BertForSequenceClassification

    sizes = network.config
    config = BertConfig.from_dict(sizes.to_dict() | {"num_labels": len(LABELS)})
    model = BertForSequenceClassification(config)
    _missing, unexpected = model.bert.load_state_dict(as_bert(network.encoder.state_dict()), strict=False)
    assert not unexpected, unexpected  # noqa: S101 a programming error, not user input
    return _pipeline(model, tokenizer)


def deberta_shaped(tokenizer: Tokenizer) -> Judge:
    """A model with the sizes of DeBERTa-v3-base and random weights: what most NLI checkpoints in use cost."""
    from transformers import DebertaV2Config, DebertaV2ForSequenceClassification

    config = DebertaV2Config.from_dict(DEBERTA_BASE | {"num_labels": len(LABELS)})
    return _pipeline(DebertaV2ForSequenceClassification(config), tokenizer)


def _pipeline(model: PreTrainedModel, tokenizer: Tokenizer) -> Judge:
    from transformers import PreTrainedTokenizerFast, TextClassificationPipeline

    signs = {"pad_token": "[PAD]", "sep_token": "[SEP]", "cls_token": "[CLS]"}
    wrapped = PreTrainedTokenizerFast(tokenizer_object=tokenizer, **signs)  # type: ignore[no-untyped-call]
    run = TextClassificationPipeline(model=model.eval(), tokenizer=wrapped, device="cpu")  # type: ignore[no-untyped-call]

    def judge(pairs: Sequence[Pair]) -> object:
        return run([{"text": pair.premise, "text_pair": pair.hypothesis} for pair in pairs])

    return judge


def as_bert(own: dict[str, Tensor]) -> dict[str, Tensor]:
    """Our encoder's weights by BERT's names: `checker.nli.network.load_bert_weights` turned round."""
    theirs = {
        "embeddings.word_embeddings.weight": own["words.weight"],
        "embeddings.position_embeddings.weight": own["positions.weight"],
        "embeddings.token_type_embeddings.weight": own["segments.weight"],
        "embeddings.LayerNorm.weight": own["norm.weight"],
        "embeddings.LayerNorm.bias": own["norm.bias"],
    }
    names = {
        "attention_output": "attention.output.dense",
        "attention_norm": "attention.output.LayerNorm",
        "inner": "intermediate.dense",
        "outer": "output.dense",
        "outer_norm": "output.LayerNorm",
    }
    layers = {name.split(".")[1] for name in own if name.startswith("layers.")}
    for layer in layers:
        for part in ("weight", "bias"):
            fused = own[f"layers.{layer}.attention.{part}"].chunk(3)
            for name, piece in zip(("query", "key", "value"), fused, strict=True):
                theirs[f"encoder.layer.{layer}.attention.self.{name}.{part}"] = piece
            for ours, name in names.items():
                theirs[f"encoder.layer.{layer}.{name}.{part}"] = own[f"layers.{layer}.{ours}.{part}"]
    return theirs
