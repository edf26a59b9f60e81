"""What a dictionary says of the words of a pair, and how it reaches the network with the model's folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from tokenizers import Tokenizer

from checker.errors import ModelError
from checker.evidence import Relation
from checker.nli.checkpoint import CheckpointPredictor
from checker.nli.dictionary import FILE, Dictionary, Link, key_of, load_dictionaries, save_dictionary
from checker.nli.encoding import PairEncoder
from checker.nli.types import Pair

ROWS = (
    "es\talcalde\t0.95\tmayor\tmayors",
    "es\thuelga\t0.72\tstrike",
    "es\tferri\t0.55\tferry",
    "en-es\tmayor\t0.90",
    "en-es\tstrik\t0.40",
    "en-es\tferry\t0.60",
    "zh\t渡轮\t0.90\tferry",
    "en-zh\tferry\t0.90",
)


@pytest.fixture
def spanish(tmp_path: Path) -> Dictionary:
    save_dictionary(ROWS, tmp_path)
    return load_dictionaries(tmp_path)["es"]


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("Alcaldes", "alcalde"),
        ("dell'alcalde", "alcalde"),
        ("правительством", "правит"),
        ("البلدية", "بلدية"),
        ("渡轮", "渡轮"),
        ("les", "les"),
        ("’", ""),
    ],
)
def test_a_word_is_known_by_its_beginning(word: str, key: str) -> None:
    assert key_of(word) == key


def test_words_are_translated_lost_or_not_known(spanish: Dictionary) -> None:
    theirs, ours = spanish.links(["alcalde", "huelga", "puerto"], ["mayor", "ferry", "quay"])
    assert theirs == [Link.TRANSLATED, Link.LOST_LIKELY, Link.UNKNOWN]
    assert ours == [Link.TRANSLATED, Link.LOST_PERHAPS, Link.UNKNOWN]
    theirs, ours = spanish.links(["alcalde", "ferri"], ["strik"])
    assert theirs == [Link.LOST_SURELY, Link.LOST_PERHAPS]
    assert ours == [Link.UNKNOWN]  # it seldom has one of its translations beside it, so nothing is lost


def test_a_row_has_the_links_of_the_pieces_of_both_sides(checkpoints: Path, spanish: Dictionary) -> None:
    tokenizer = Tokenizer.from_file(str(checkpoints / "own" / "tokenizer.json"))
    encoder = PairEncoder(tokenizer, {"es": spanish})
    pair = Pair("El alcalde, la huelga.", "The mayors took the ferry.", language="es-MX")
    (row,) = encoder.encode([pair])
    assert row.links is not None
    inside = row.links[row.first_hypothesis :]
    said: dict[int, set[Link]] = {}
    for span, link in zip(row.spans, inside, strict=False):
        said.setdefault(pair.hypothesis[: span.start].count(" "), set()).add(Link(link))
    assert [said[word] for word in (1, 2, 4)] == [{Link.TRANSLATED}, {Link.UNKNOWN}, {Link.UNKNOWN, Link.LOST_PERHAPS}]
    assert {Link.TRANSLATED, Link.LOST_LIKELY} <= {Link(link) for link in row.links[: row.first_hypothesis]}
    for other in (Pair(pair.premise, pair.hypothesis), Pair("", pair.hypothesis, Relation.LANGUAGE, "es")):
        assert encoder.encode([other])[0].links is None


def test_pieces_are_the_words_of_a_language_without_spaces(tmp_path: Path, checkpoints: Path) -> None:
    save_dictionary(ROWS, tmp_path)
    tokenizer = Tokenizer.from_file(str(checkpoints / "own" / "tokenizer.json"))
    tokenizer.add_tokens(["渡轮", "中午"])
    encoder = PairEncoder(tokenizer, load_dictionaries(tmp_path))
    assert {"渡轮", "中午"} <= encoder.foreign_keys("渡轮中午")
    (row,) = encoder.encode([Pair("渡轮中午", "The ferry", language="zh")])
    assert row.links is not None
    assert Link(int(row.links[2])) is Link.TRANSLATED


def test_the_network_reads_it_and_the_hash_tells(folder: Path) -> None:
    pair = Pair("El alcalde salió.", "The mayor took the ferry.", language="es")
    plain = CheckpointPredictor.load(folder)
    save_dictionary(ROWS, folder)
    learned = CheckpointPredictor.load(folder)
    assert learned.weights_hash != plain.weights_hash
    assert learned.predict([pair])[0].error != plain.predict([pair])[0].error
    english = Pair("The mayor left.", "The mayor took the ferry.")
    assert learned.predict([english]) == plain.predict([english])


def test_weights_without_the_table_are_read_as_if_nothing_were_said(folder: Path) -> None:
    from safetensors.torch import load_file, save_file

    weights = load_file(folder / "model.safetensors")
    save_file(
        {name: each for name, each in weights.items() if "matching.links" not in name}, folder / "model.safetensors"
    )
    pair = Pair("El alcalde salió.", "The mayor took the ferry.", language="es")
    plain = CheckpointPredictor.load(folder).predict([pair])
    save_dictionary(ROWS, folder)
    assert CheckpointPredictor.load(folder).predict([pair]) == plain


@pytest.mark.parametrize("content", [b"no gzip", b"\x1f\x8b\x08\x00cut"])
def test_a_broken_file_is_told_in_one_line(folder: Path, content: bytes) -> None:
    (folder / FILE).write_bytes(content)
    with pytest.raises(ModelError, match="copy the model folder again"):
        CheckpointPredictor.load(folder)


def test_a_file_of_other_rows_is_told(tmp_path: Path) -> None:
    save_dictionary(["es\talcalde"], tmp_path)
    with pytest.raises(ModelError, match="not a dictionary"):
        load_dictionaries(tmp_path)
    assert load_dictionaries(tmp_path / "elsewhere") == {}
