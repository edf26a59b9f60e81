"""Tiny, randomly initialised checkpoints of every kind, made once a session and written to a temporary folder."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sentencepiece
import torch
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
from transformers import (
    BertConfig,
    BertForSequenceClassification,
    BertForTokenClassification,
    BertTokenizer,
    DebertaV2Config,
    DebertaV2ForSequenceClassification,
    DebertaV2Tokenizer,
    XLMRobertaConfig,
    XLMRobertaForSequenceClassification,
    XLMRobertaTokenizer,
)

from checker.nli.checkpoint import save_network
from checker.nli.network import EncoderConfig, Network

NLI = ("entailment", "neutral", "contradiction")
LINES = (
    "The harbour council met on Friday and opened nine new berths.",
    "Le café de l’été a rouvert près du vieux port, naïvement décoré.",
    "市議会は金曜日に開かれた。新しい港が決まった。",
    "Der Rat tagte am Freitag und beschloss größere Kais.",
    "The ferry 🚢 left at noon 🎉 with 250 people on board.",
    "Совет гавани собрался в пятницу и открыл девять причалов.",
)
WORDS = (
    "the",
    "a",
    "harbour",
    "council",
    "met",
    "opened",
    "nine",
    "ten",
    "new",
    "berths",
    "ferry",
    "left",
    "at",
    "noon",
)
SIZES: dict[str, Any] = {
    "hidden_size": 16,
    "num_hidden_layers": 2,
    "num_attention_heads": 2,
    "intermediate_size": 32,
    "initializer_range": 0.6,  # large: answers have to differ between inputs
}


def labelled(names: tuple[str, ...]) -> dict[str, Any]:
    return {"id2label": dict(enumerate(names)), "label2id": {name: index for index, name in enumerate(names)}}


def word_pieces() -> dict[str, int]:
    letters = sorted({sign for line in LINES for sign in line.casefold() if not sign.isspace()} | set("0123456789é"))
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "[unused1]", "[unused2]", "[unused3]"]
    pieces = [*special, *WORDS, *letters, *(f"##{sign}" for sign in letters), *"abcdefghijklmnopqrstuvwxyz", "[", "]"]
    return {piece: index for index, piece in enumerate(dict.fromkeys(pieces))}


def sentencepiece_model(**ids: Any) -> tuple[bytes, list[tuple[str, float]]]:
    """A unigram model trained on LINES, as a file and as its pieces with their scores."""
    written = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(LINES * 30),
        model_writer=written,
        vocab_size=220,
        hard_vocab_limit=False,
        character_coverage=1.0,
        model_type="unigram",
        minloglevel=2,
        **ids,
    )
    processor = sentencepiece.SentencePieceProcessor(model_proto=written.getvalue())
    return written.getvalue(), [(processor.id_to_piece(i), processor.get_score(i)) for i in range(len(processor))]


@pytest.fixture(scope="session")
def checkpoints(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder with bert, xlmr, deberta (NLI), spans (token classifier) and own (a checkpoint of ours)."""
    torch.manual_seed(7)
    root = tmp_path_factory.mktemp("checkpoints")
    _save_bert(root)
    _save_xlmr(root / "xlmr")
    _save_deberta(root / "deberta")
    _save_own(root / "own")
    return root


@pytest.fixture
def altered(checkpoints: Path, tmp_path: Path) -> Callable[..., Path]:
    """A copy of a checkpoint with keys of its config changed; None takes a key away."""

    def alter(kind: str, **changes: Any) -> Path:
        folder = tmp_path / kind
        shutil.copytree(checkpoints / kind, folder)
        config = json.loads((folder / "config.json").read_text(encoding="utf-8")) | changes
        kept = {key: value for key, value in config.items() if value is not None}
        (folder / "config.json").write_text(json.dumps(kept), encoding="utf-8")
        return folder

    return alter


def _save_bert(root: Path) -> None:
    vocabulary = word_pieces()
    for folder, model, names in (
        ("bert", BertForSequenceClassification, ("contradiction", "entailment", "neutral")),
        ("spans", BertForTokenClassification, ("supported", "hallucinated")),
    ):
        config = BertConfig(vocab_size=len(vocabulary), max_position_embeddings=64, **SIZES, **labelled(names))
        model(config).save_pretrained(root / folder)
        BertTokenizer(vocab=vocabulary, model_max_length=64).save_pretrained(root / folder)


def _save_xlmr(folder: Path) -> None:
    proto, pieces = sentencepiece_model()  # <unk>, <s>, </s> come first in the file, as in the published one
    special = [("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0)]
    tokenizer = XLMRobertaTokenizer(vocab=[*special, *pieces[3:], ("<mask>", 0.0)])
    config = XLMRobertaConfig(
        vocab_size=len(tokenizer), max_position_embeddings=66, type_vocab_size=1, **SIZES, **labelled(NLI)
    )
    XLMRobertaForSequenceClassification(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    (folder / "sentencepiece.bpe.model").write_bytes(proto)


def _save_deberta(folder: Path) -> None:
    names = {"pad_piece": "[PAD]", "bos_piece": "[CLS]", "eos_piece": "[SEP]", "unk_piece": "[UNK]"}
    proto, pieces = sentencepiece_model(pad_id=0, bos_id=1, eos_id=2, unk_id=3, **names)
    tokenizer = DebertaV2Tokenizer(vocab=[*pieces, ("[MASK]", 0.0)])
    config = DebertaV2Config(
        vocab_size=len(tokenizer) + 5,  # the published ones are padded as well
        max_position_embeddings=64,
        type_vocab_size=0,
        relative_attention=True,
        position_biased_input=False,
        pos_att_type=["p2c", "c2p"],
        position_buckets=16,
        share_att_key=True,
        norm_rel_ebd="layer_norm",
        pooler_hidden_size=SIZES["hidden_size"],
        **SIZES,
        **labelled(("Entailment", "Neutral", "Contradiction")),
    )
    DebertaV2ForSequenceClassification(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    (folder / "spm.model").write_bytes(proto)


def _save_own(folder: Path) -> None:
    vocabulary = word_pieces()
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))  # noqa: S106 - a word piece
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    ends = (("[SEP]", vocabulary["[SEP]"]), ("[CLS]", vocabulary["[CLS]"]))
    tokenizer.post_processor = processors.BertProcessing(*ends)
    network = Network(
        EncoderConfig(
            vocab_size=len(vocabulary),
            hidden_size=16,
            num_hidden_layers=2,
            num_attention_heads=2,
            intermediate_size=32,
            max_position_embeddings=256,
        )
    )
    save_network(network, folder, description="tiny and random")
    tokenizer.save(str(folder / "tokenizer.json"))


@pytest.fixture
def folder(checkpoints: Path, tmp_path: Path) -> Path:
    """A network that reads its sides apart first, and whose matching says something."""
    torch.manual_seed(4)
    tokenizer = Tokenizer.from_file(str(checkpoints / "own" / "tokenizer.json"))
    sizes = EncoderConfig(
        vocab_size=tokenizer.get_vocab_size(),
        hidden_size=16,
        num_hidden_layers=3,
        joined_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=300,
    )
    network = Network(sizes)
    assert network.encoder.matching is not None
    torch.nn.init.normal_(network.encoder.matching.project.weight, std=0.5)
    torch.nn.init.normal_(network.encoder.matching.links.weight)
    save_network(network, tmp_path / "apart", description="tiny and random", languages=["es"])
    shutil.copy(checkpoints / "own" / "tokenizer.json", tmp_path / "apart")
    return tmp_path / "apart"
