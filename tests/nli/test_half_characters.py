"""A lone surrogate, which a broken escape in a JSON file leaves: it is read as U+FFFD, and no place moves."""

from __future__ import annotations

from pathlib import Path

import pytest
from tokenizers import Tokenizer

from checker.document import without_halves
from checker.nli.encoding import PairEncoder
from checker.nli.pretrained import open_checkpoint
from checker.nli.sequence_classifier import SequenceClassifierPredictor
from checker.nli.types import Pair

BROKEN = "The \ud83d ferry left \ude00 at noon."


def test_it_is_one_character_as_before() -> None:
    assert without_halves(BROKEN) == "The \ufffd ferry left \ufffd at noon."
    assert without_halves("A ferry 🚢.") == "A ferry 🚢."


def test_our_own_models_read_it(checkpoints: Path) -> None:
    encoder = PairEncoder(Tokenizer.from_file(str(checkpoints / "own" / "tokenizer.json")))
    (row,) = encoder.encode([Pair(BROKEN, BROKEN)])
    assert [span.of(BROKEN) for span in row.spans if span.of(BROKEN) == "ferry"] == ["ferry"]
    assert encoder.token_offsets([BROKEN]).keys() == {BROKEN}
    assert len(encoder.encode_single([BROKEN])) == 1


@pytest.mark.parametrize("kind", ["bert", "xlmr"])
def test_other_models_read_it(checkpoints: Path, kind: str) -> None:
    predictor = SequenceClassifierPredictor.load(open_checkpoint(checkpoints / kind), batch_size=2)
    (said,) = predictor.predict([Pair(BROKEN, BROKEN)])
    assert all(token.span.end <= len(BROKEN) for token in said.tokens)
    assert predictor.embed([BROKEN]).shape[0] == 1
