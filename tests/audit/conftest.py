"""Fixtures of audits."""

import pytest
from audit_runs import Audit
from s3_server import S3Server


@pytest.fixture
def audit(tmp_path):
    return Audit(tmp_path)


@pytest.fixture(scope="module")
def server():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ACCESS_KEY_ID", "k")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "s")
        patch.setenv("AWS_EC2_METADATA_DISABLED", "true")
        made = S3Server()
        yield made
        made.die()


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory):
    """The folder of a checkpoint of ours, tiny and random: what a process of its own can load."""
    import torch
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

    from checker.nli.checkpoint import save_network
    from checker.nli.network import EncoderConfig, Network

    torch.manual_seed(7)
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "[unused1]", "[unused2]", "[unused3]", "the", "council"]
    vocabulary = {piece: index for index, piece in enumerate([*pieces, *"abcdefghijklmnopqrstuvwxyz"])}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))  # noqa: S106 - a word piece
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    sizes = {"hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 32}
    folder = tmp_path_factory.mktemp("models") / "tiny"
    network = Network(EncoderConfig(vocab_size=len(vocabulary), max_position_embeddings=256, **sizes))
    save_network(network, folder, description="tiny and random")
    tokenizer.save(str(folder / "tokenizer.json"))
    return folder
