"""Any NLI checkpoint of transformers: label order, spans, windows, batches, occlusion."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from checker.errors import ModelError
from checker.evidence import Relation
from checker.nli import sequence_classifier
from checker.nli.foreign import ForeignModel, Row
from checker.nli.labels import LabelOrder
from checker.nli.pretrained import Task, load, open_checkpoint
from checker.nli.sequence_classifier import SequenceClassifierPredictor
from checker.nli.types import Pair, Prediction

KINDS = ("bert", "xlmr", "deberta")
TOLERANCE = 1e-5
PAIRS = [
    Pair("The harbour council met on Friday.", "The council opened ten berths.", Relation.CONTEXT),
    Pair("Le café de l’été a rouvert.", "Le café 🎉 naïvement décoré a fermé.", Relation.REFERENCE),
    Pair("市議会は金曜日に開かれた。", "新しい港が決まった。", Relation.REFERENCE),
    Pair("nine", "The ferry left at noon with 250 people on board.", Relation.CONTEXT),
    Pair("The harbour council met. " * 30, "The ferry left at noon.", Relation.REFERENCE),
    Pair("", "The ferry left.", Relation.REFERENCE),
]


def predictor(folder: Path, batch_size: int = 32) -> SequenceClassifierPredictor:
    return SequenceClassifierPredictor.load(open_checkpoint(folder), batch_size=batch_size)


def numbers(prediction: Prediction) -> list[float]:
    labels = [prediction.entailment, prediction.neutral, prediction.contradiction, prediction.error]
    return labels + [token.probability for token in prediction.tokens]


class Scripted(ForeignModel):
    """A real tokenizer; contradicts where the premise has `partner` and the hypothesis `planted`, else entails."""

    partner: list[int]
    planted: list[int]
    asked: int

    def probabilities(self, rows: Sequence[Row]) -> list[NDArray[np.float64]]:
        self.asked = len(rows)
        return [self._say(row) for row in rows]

    def _say(self, row: Row) -> NDArray[np.float64]:
        premise, hypothesis = row.ids[: row.first_hypothesis], row.ids[row.first_hypothesis :]
        met = _holds(premise, self.partner) and _holds(hypothesis, self.planted)
        return np.array([0.02, 0.03, 0.95] if met else [0.9, 0.06, 0.04])


def _holds(ids: list[int], wanted: list[int]) -> bool:
    return any(ids[start : start + len(wanted)] == wanted for start in range(len(ids)))


def scripted(folder: Path, partner: str, planted: str) -> tuple[SequenceClassifierPredictor, Scripted]:
    checkpoint = open_checkpoint(folder)
    tokenizer, model = load(checkpoint, Task.SEQUENCE)
    double = Scripted(tokenizer, model, name="scripted", weights_hash="0" * 16)
    double.partner = double.read_hypothesis(partner).ids
    double.planted = double.read_hypothesis(planted).ids
    return SequenceClassifierPredictor(double, LabelOrder(0, 1, 2)), double


@pytest.mark.parametrize("kind", KINDS)
def test_labels_add_to_one_and_spans_are_words(checkpoints: Path, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sequence_classifier, "SPANS_FROM", 0.0)
    predictions = predictor(checkpoints / kind).predict(PAIRS)
    assert len(predictions) == len(PAIRS)
    for pair, said in zip(PAIRS[:-1], predictions, strict=False):
        assert said.entailment + said.neutral + said.contradiction == pytest.approx(1.0)
        wanted = 1.0 - said.entailment if pair.relation is Relation.REFERENCE else said.contradiction
        assert said.error == pytest.approx(wanted)
        assert said.tokens
        assert all(0.0 <= token.probability <= 1.0 for token in said.tokens)
    words = [token.span.of(PAIRS[1].hypothesis) for token in predictions[1].tokens]
    assert words == ["Le", "café", "naïvement", "décoré", "a", "fermé"]
    assert "".join(token.span.of(PAIRS[2].hypothesis) for token in predictions[2].tokens) == "新しい港が決まった"
    assert len(predictions[2].tokens) > 1


@pytest.mark.parametrize("kind", KINDS)
def test_batches_do_not_change_the_answer(checkpoints: Path, kind: str) -> None:
    one, many = predictor(checkpoints / kind, 1), predictor(checkpoints / kind, 64)
    together = many.predict(PAIRS)
    for index, pair in enumerate(PAIRS):
        assert numbers(one.predict([pair])[0]) == pytest.approx(numbers(together[index]), abs=TOLERANCE)
    backwards = many.predict(PAIRS[::-1])[::-1]
    for said, again in zip(together, backwards, strict=True):
        assert numbers(said) == pytest.approx(numbers(again), abs=TOLERANCE)


def test_label_order_comes_from_the_config(altered: Callable[..., Path], checkpoints: Path) -> None:
    turned = altered(
        "bert",
        id2label={"0": "entailment", "1": "neutral", "2": "contradiction"},
        label2id={"entailment": 0, "neutral": 1, "contradiction": 2},
    )
    straight, other = predictor(checkpoints / "bert").predict(PAIRS[:1])[0], predictor(turned).predict(PAIRS[:1])[0]
    assert straight.contradiction == pytest.approx(other.entailment)
    assert straight.entailment == pytest.approx(other.neutral)
    assert straight.neutral == pytest.approx(other.contradiction)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"id2label": {"0": "LABEL_0", "1": "LABEL_1", "2": "LABEL_2"}, "label2id": None}, "LABEL_0"),
        ({"id2label": None, "label2id": None}, "labels are missing"),
        ({"id2label": {"0": "good", "1": "bad", "2": "ugly"}, "label2id": None}, "0=good"),
        ({"id2label": ["entailment"]}, "id2label"),
        ({"id2label": {"0": "entailment", "1": "not_entailment"}, "label2id": None}, "cannot be loaded"),
    ],
)
def test_odd_labels_are_refused(altered: Callable[..., Path], changes: dict[str, Any], says: str) -> None:
    with pytest.raises(ModelError, match=says) as caught:
        predictor(altered("bert", **changes))
    assert "\n" not in str(caught.value)
    assert "model 'bert'" in str(caught.value)


@pytest.mark.parametrize("kind", KINDS)
def test_occlusion_points_at_the_planted_word(checkpoints: Path, kind: str) -> None:
    judge, _ = scripted(checkpoints / kind, "nine", "ten")
    text = "The council opened ten berths."
    said = judge.predict([Pair("The council opened nine berths.", text, Relation.CONTEXT)])[0]
    blamed = [token.span.of(text) for token in said.tokens if token.probability > 0.5]
    assert blamed == ["ten"]
    assert said.error == pytest.approx(0.95)


def test_no_word_is_asked_about_without_suspicion(checkpoints: Path) -> None:
    judge, model = scripted(checkpoints / "bert", "nine", "ten")
    said = judge.predict([Pair("The council opened nine berths.", "The council met.", Relation.CONTEXT)])[0]
    assert said.tokens == ()
    assert model.asked == 0


def test_the_only_word_is_to_blame(checkpoints: Path) -> None:
    judge, _ = scripted(checkpoints / "bert", "nine", "ten")
    said = judge.predict([Pair("nine", "“Ten!”", Relation.CONTEXT)])[0]
    assert [token.span.of("“Ten!”") for token in said.tokens] == ["Ten"]
    assert said.tokens[0].probability == pytest.approx(0.95)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("place", [0, 60, 119])
def test_a_contradiction_anywhere_in_a_long_premise_is_found(checkpoints: Path, kind: str, place: int) -> None:
    judge, _ = scripted(checkpoints / kind, "nine", "ten")
    words = ["harbour"] * 120
    words[place] = "nine"
    relations = (Relation.CONTEXT, Relation.REFERENCE)
    said = judge.predict([Pair(" ".join(words), "The council opened ten berths.", relation) for relation in relations])
    assert said[0].contradiction == pytest.approx(0.95)
    assert said[1].contradiction < 0.5  # the window that bears it out best speaks
    assert not said[0].truncated


@pytest.mark.parametrize("kind", KINDS)
def test_a_hypothesis_that_is_cut_says_so(checkpoints: Path, kind: str) -> None:
    hypothesis = "The ferry left at noon. " * 20
    said = predictor(checkpoints / kind).predict([Pair("The ferry left.", hypothesis, Relation.REFERENCE)])[0]
    assert said.truncated
    assert not predictor(checkpoints / kind).predict([Pair("The ferry left.", "It left.")])[0].truncated


@pytest.mark.parametrize("pair", [Pair("", "Ten."), Pair(" \n", "Ten."), Pair("Nine.", "Ten.", Relation.LANGUAGE)])
def test_language_view_is_neutral_without_tokens(checkpoints: Path, pair: Pair) -> None:
    assert predictor(checkpoints / "bert").predict([pair]) == [Prediction(0.0, 1.0, 0.0, 0.0)]


def test_nothing_to_predict(checkpoints: Path) -> None:
    judge = predictor(checkpoints / "bert")
    assert judge.predict([]) == []
    assert judge.embed([]).shape == (0, 16)
    assert len(judge.predict([Pair("The ferry left.", "")])) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_vectors_have_unit_length_in_any_batch(checkpoints: Path, kind: str) -> None:
    texts = ["The ferry left at noon.", "ferry", "", "市議会は金曜日", "The harbour council met. " * 40]
    judge = predictor(checkpoints / kind)
    vectors = judge.embed(texts)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(5), abs=1e-5)
    assert judge.embed(texts[1:2])[0] == pytest.approx(vectors[1], abs=TOLERANCE)


@pytest.mark.parametrize("kind", KINDS)
def test_special_tokens_in_a_text_are_text(checkpoints: Path, kind: str) -> None:
    """ "[SEP]" or "</s>" in a news item must not end the premise."""
    tokenizer, model = load(open_checkpoint(checkpoints / kind), Task.SEQUENCE)
    own = ForeignModel(tokenizer, model, name=kind, weights_hash="")
    text = "The [SEP] ferry </s> left [MASK] <pad>"
    ids = own.read_hypothesis(text).ids
    assert not set(ids) & (set(tokenizer.all_special_ids) - {tokenizer.unk_token_id})


@pytest.mark.parametrize("kind", KINDS)
def test_rows_are_those_of_the_tokenizer(checkpoints: Path, kind: str) -> None:
    tokenizer, model = load(open_checkpoint(checkpoints / kind), Task.SEQUENCE)
    wanted = tokenizer("The harbour council met.", "Le café a rouvert.")
    own = ForeignModel(tokenizer, model, name=kind, weights_hash="")
    hypothesis = own.read_hypothesis("Le café a rouvert.")
    row = own.row(own.read_premise("The harbour council met.", hypothesis)[0], hypothesis)
    assert row.ids == wanted["input_ids"]
    if "token_type_ids" in wanted:
        assert row.segments == wanted["token_type_ids"]


@pytest.mark.parametrize("kind", KINDS)
def test_token_spans_are_ordered_slices(checkpoints: Path, kind: str) -> None:
    tokenizer, model = load(open_checkpoint(checkpoints / kind), Task.SEQUENCE)
    own = ForeignModel(tokenizer, model, name=kind, weights_hash="")

    @settings(max_examples=25, deadline=None)
    @given(st.text(st.characters(codec="utf-8"), max_size=30) | st.text("aé 🎉市e\u0301\u200d", max_size=30))
    def check(text: str) -> None:
        hypothesis = own.read_hypothesis(text)
        for span in filter(None, hypothesis.spans):
            assert span.end <= len(text)
            assert span.of(text).strip() == span.of(text) != ""
        words = sequence_classifier._words(hypothesis)
        assert all(left.end <= right.start for left, right in pairwise(words))
        assert all(word.of(text) for word in words)

    check()


def test_damaged_weights_are_named(altered: Callable[..., Path]) -> None:
    folder = altered("bert")
    weights = folder / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:5000])
    with pytest.raises(ModelError, match="cannot be loaded") as caught:
        predictor(folder)
    assert "\n" not in str(caught.value)


def test_weights_without_a_head_are_refused(altered: Callable[..., Path], checkpoints: Path) -> None:
    from safetensors.torch import load_file, save_file

    folder = altered("bert")
    tensors = load_file(folder / "model.safetensors")
    kept = {name: tensor for name, tensor in tensors.items() if not name.startswith("classifier")}
    save_file(kept, folder / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(ModelError, match="no trained"):
        predictor(folder)


def test_weights_that_are_not_numbers_are_refused(altered: Callable[..., Path]) -> None:
    from safetensors.torch import load_file, save_file

    folder = altered("bert")
    tensors = load_file(folder / "model.safetensors")
    tensors["classifier.bias"][:] = float("nan")
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(ModelError, match="not a number"):
        predictor(folder).predict(PAIRS[:1])


def test_a_tokenizer_with_more_tokens_than_the_model_is_refused(altered: Callable[..., Path]) -> None:
    folder = altered("bert")
    tokenizer, _ = load(open_checkpoint(folder), Task.SEQUENCE)
    tokenizer.add_tokens(["quay"])
    tokenizer.save_pretrained(folder)
    with pytest.raises(ModelError, match="do not belong together"):
        predictor(folder)


@pytest.mark.parametrize("kind", ["xlmr", "deberta"])
def test_sentencepiece_file_alone_is_enough(checkpoints: Path, altered: Callable[..., Path], kind: str) -> None:
    pytest.importorskip("google.protobuf", reason="transformers reads a sentencepiece file with protobuf")
    folder = altered(kind)
    (folder / "tokenizer.json").unlink()
    text = "The ferry left at noon."
    alone, whole = (load(open_checkpoint(place), Task.SEQUENCE)[0] for place in (folder, checkpoints / kind))
    assert alone(text)["input_ids"] == whole(text)["input_ids"]


def test_missing_protobuf_is_named(altered: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    from checker.nli import pretrained

    folder = altered("xlmr")
    (folder / "tokenizer.json").unlink()
    (folder / "sentencepiece.bpe.model").write_bytes(b"no model")
    monkeypatch.setattr(pretrained, "_has_protobuf", lambda: False)
    with pytest.raises(ModelError, match="pip install protobuf"):
        predictor(folder)
