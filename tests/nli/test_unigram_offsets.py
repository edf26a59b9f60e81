"""Pieces of a Unigram vocabulary begin with the space before a word; their places in the text do not."""

from __future__ import annotations

import pytest
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from checker.nli.encoding import PairEncoder
from checker.nli.types import Pair

PIECES = ("[CLS]", "[PAD]", "[SEP]", "[UNK]", "▁", "▁the", "▁port", "s", "▁opened", "▁北", "北", "京市", ".", "2022")


@pytest.fixture
def encoder() -> PairEncoder:
    vocabulary = [(piece, -float(place)) for place, piece in enumerate(PIECES)]
    vocabulary += [(f"[unused{number}]", -100.0) for number in (1, 2, 3)]
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=3, byte_fallback=False))
    tokenizer.normalizer = normalizers.NFKC()
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    return PairEncoder(tokenizer)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the ports opened.", ["the", "port", "s", "opened", "."]),
        ("北京市", ["北", "京市"]),
        ("the 2022", ["the", "2", "2022"]),  # a piece of space alone is of the letter that follows
        ("opened \u00a0the", ["opened", "t", "the"]),
    ],
)
def test_places_are_those_of_the_words(encoder: PairEncoder, text: str, expected: list[str]) -> None:
    (row,) = encoder.encode([Pair("the ports", text)])
    assert [span.of(text) for span in row.spans] == expected


def test_no_place_begins_or_ends_with_a_space(encoder: PairEncoder) -> None:
    text = "the ports opened 2022 the port ."
    (row,) = encoder.encode([Pair("the ports", text)])
    assert [span.of(text) for span in row.spans if span.of(text) != span.of(text).strip()] == []


def test_trailing_spaces_and_spaces_alone_do_no_harm(encoder: PairEncoder) -> None:
    for text in ("the port ", " ", "the\n\nport", "\t"):
        (row,) = encoder.encode([Pair("the port", text)])
        assert all(0 <= span.start <= span.end <= len(text) for span in row.spans)
