"""Any token classifier of the (context, text) kind: marks, and the labels derived from them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from checker.errors import ModelError
from checker.evidence import Relation
from checker.nli.foreign import ForeignModel, Row
from checker.nli.pretrained import Task, load, open_checkpoint
from checker.nli.token_classifier import TokenClassifierPredictor
from checker.nli.types import Pair, Prediction

TEXT = "The council opened ten berths."


class Marking(ForeignModel):
    """Marks each token of the hypothesis that is not in the premise."""

    def probabilities(self, rows: Sequence[Row]) -> list[NDArray[np.float64]]:
        return [self._mark(row) for row in rows]

    def _mark(self, row: Row) -> NDArray[np.float64]:
        premise = set(row.ids[: row.first_hypothesis])
        return np.array([[0.95, 0.05] if number in premise else [0.1, 0.9] for number in row.ids])


def marking(folder: Path) -> TokenClassifierPredictor:
    tokenizer, model = load(open_checkpoint(folder), Task.TOKEN)
    return TokenClassifierPredictor(Marking(tokenizer, model, name="marking", weights_hash="0" * 16), [1])


def marked(said: Prediction, text: str) -> list[str]:
    return [token.span.of(text) for token in said.tokens if token.probability > 0.5]


def test_one_word_amid_words_that_are_borne_out_conflicts(checkpoints: Path) -> None:
    said = marking(checkpoints / "spans").predict([Pair("The council opened nine berths.", TEXT, Relation.CONTEXT)])[0]
    assert marked(said, TEXT) == ["ten"]
    assert said.contradiction > max(said.neutral, said.entailment)
    assert said.error == said.contradiction
    assert said.entailment + said.neutral + said.contradiction == pytest.approx(1.0)


def test_a_sentence_marked_all_over_is_merely_unmentioned(checkpoints: Path) -> None:
    judge = marking(checkpoints / "spans")
    said = judge.predict([Pair("ferry", TEXT, relation) for relation in (Relation.CONTEXT, Relation.REFERENCE)])
    assert said[0].neutral > said[0].contradiction
    assert said[0].error < 0.5
    assert said[1].error == pytest.approx(0.9)


def test_text_equal_to_its_premise_raises_nothing(checkpoints: Path) -> None:
    said = marking(checkpoints / "spans").predict([Pair(TEXT, TEXT)])[0]
    assert said.entailment == pytest.approx(0.95)
    assert marked(said, TEXT) == []


def test_a_word_borne_out_in_any_window_is_not_marked(checkpoints: Path) -> None:
    premise = "the ferry left at noon with people and " * 12 + "council opened ten berths."
    said = marking(checkpoints / "spans").predict([Pair(premise, TEXT)])[0]
    assert marked(said, TEXT) == []


@pytest.mark.parametrize("text", ["Le café 🎉 naïf a rouvert.", "新しい港が決まった。", "e\u0301te\u0301 🎉🎉"])
def test_tokens_are_ordered_slices_without_overlap(checkpoints: Path, text: str) -> None:
    judge = TokenClassifierPredictor.load(open_checkpoint(checkpoints / "spans"))
    spans = [token.span for token in judge.predict([Pair("The ferry left.", text)])[0].tokens]
    assert all(left.end <= right.start for left, right in pairwise(spans))
    assert "".join(span.of(text) for span in spans) == "".join(text.split())


def test_batches_do_not_change_the_answer(checkpoints: Path) -> None:
    pairs = [Pair("The ferry left. " * count, TEXT[: 10 + count]) for count in range(1, 15)] + [Pair("", TEXT)]
    checkpoint = open_checkpoint(checkpoints / "spans")
    one, many = (TokenClassifierPredictor.load(checkpoint, batch_size=size).predict(pairs) for size in (1, 64))
    for left, right in zip(one, many, strict=True):
        assert [t.probability for t in left.tokens] == pytest.approx([t.probability for t in right.tokens], abs=1e-5)
        assert left.error == pytest.approx(right.error, abs=1e-5)


def test_language_view_is_neutral_without_tokens(checkpoints: Path) -> None:
    assert marking(checkpoints / "spans").predict([Pair("", TEXT)]) == [Prediction(0.0, 1.0, 0.0, 0.0)]


def test_named_entity_tagger_is_refused(altered: Callable[..., Path]) -> None:
    folder = altered("spans", id2label={"0": "O", "1": "B-PER"}, label2id={"O": 0, "B-PER": 1})
    with pytest.raises(ModelError, match="not an error-span model"):
        TokenClassifierPredictor.load(open_checkpoint(folder))
