"""Predictor over any NLI sequence classifier of transformers; words in error are found by occlusion.

Such a model says one thing of a whole pair. Which word is to blame is found by asking again without it: where leaving a
word out makes the contradiction fall, the word carries it (leave-one-out, Li et al. 2016, arXiv:1612.08220). A word is
deleted and not masked: what is left is a sentence, as the model knows them, and no model has to know a mask.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from checker.document import Span
from checker.evidence import Relation
from checker.nli.foreign import LANGUAGE_VIEW, ForeignModel, Hypothesis, Row, distinct_pieces, has_premise
from checker.nli.labels import LabelOrder, nli_label_order
from checker.nli.pretrained import Checkpoint, Task, labels_of
from checker.nli.types import Pair, Prediction, TokenProbability
from checker.nli.wrapped import WrappedPredictor

SPANS_FROM = 0.3  # below this suspicion no word is asked about: a pass a word is spent on suspects only

_CHUNK = re.compile(r"[^\s—–/…]+")
# Scripts written without spaces (Thai, Lao, Burmese, Khmer, kana, Han): there a token of the model is the word.
_SPACELESS = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)


@dataclass(frozen=True, slots=True)
class _Judgement:
    """The label probabilities of one row."""

    entailment: float
    neutral: float
    contradiction: float

    def error(self, relation: Relation) -> float:
        """What differs from a reference is an error; beside context only a contradiction is."""
        return 1.0 - self.entailment if relation is Relation.REFERENCE else self.contradiction

    def fall_to(self, other: _Judgement, relation: Relation) -> float:
        """How much of the suspicion is gone in `other`, from 0 to 1."""
        contradiction = self.contradiction - other.contradiction
        return min(1.0, max(0.0, contradiction, self.error(relation) - other.error(relation)))


@dataclass(frozen=True, slots=True)
class _Question:
    """A pair with its tokens; `windows` are those of the premise."""

    relation: Relation
    hypothesis: Hypothesis
    windows: list[list[int]]


@dataclass(frozen=True, slots=True)
class _Answer:
    """A question with the window that speaks for it."""

    question: _Question
    window: list[int]
    judgement: _Judgement

    @property
    def error(self) -> float:
        return self.judgement.error(self.question.relation)

    def prediction(self, tokens: tuple[TokenProbability, ...]) -> Prediction:
        said = self.judgement
        truncated = self.question.hypothesis.truncated
        return Prediction(said.entailment, said.neutral, said.contradiction, self.error, tokens, truncated)


class SequenceClassifierPredictor(WrappedPredictor[ForeignModel]):
    """Predictor over an NLI checkpoint of transformers, float32 on the CPU.

    An empty premise cannot be put to such a model: the language view is neutral, without tokens.
    """

    def __init__(self, model: ForeignModel, labels: LabelOrder) -> None:
        super().__init__(model)
        self._labels = labels

    @classmethod
    def load(
        cls, checkpoint: Checkpoint, *, batch_size: int = 32, threads: int | None = None
    ) -> SequenceClassifierPredictor:
        """Load a checkpoint opened with `open_checkpoint`; `batch_size` is the most rows run at once.

        Raises ModelError where its labels are not NLI labels, before the weights are read, and where it is damaged.
        """
        task = checkpoint.config.get("finetuning_task")
        labels = labels_of(checkpoint, partial(nli_label_order, task=task if isinstance(task, str) else None))
        return cls(ForeignModel.load(checkpoint, Task.SEQUENCE, batch_size=batch_size, threads=threads), labels)

    def predict(self, pairs: Sequence[Pair]) -> list[Prediction]:
        """One prediction a pair; a long premise is judged window by window and none of it is left out.

        Beside context the window that contradicts most speaks, beside a reference the one that entails best.
        Tokens are whole words. A word's probability is how much the contradiction (against a reference also all that
        is not entailed) falls without it; where the pair is not suspect (SPANS_FROM) there are no tokens.
        """
        asked = [index for index, pair in enumerate(pairs) if has_premise(pair)]
        answers = self._answers([self._question(pairs[index]) for index in asked])
        predictions = [LANGUAGE_VIEW] * len(pairs)
        for index, answer, tokens in zip(asked, answers, self._blame(answers), strict=True):
            predictions[index] = answer.prediction(tokens)
        return predictions

    def _question(self, pair: Pair) -> _Question:
        hypothesis = self._model.read_hypothesis(pair.hypothesis)
        return _Question(pair.relation, hypothesis, self._model.read_premise(pair.premise, hypothesis))

    def _answers(self, questions: Sequence[_Question]) -> list[_Answer]:
        """All windows in one go, then for each question the one that speaks."""
        rows = [self._model.row(window, question.hypothesis) for question in questions for window in question.windows]
        judged = iter(self._judge(rows))
        answers = []
        for question in questions:
            seen = [_Answer(question, window, next(judged)) for window in question.windows]
            answers.append(max(seen, key=_says_most))
        return answers

    def _blame(self, answers: Sequence[_Answer]) -> list[tuple[TokenProbability, ...]]:
        """For each answer the words of its hypothesis with what each of them has to do with the suspicion."""
        words = [_words(answer.question.hypothesis) if answer.error >= SPANS_FROM else [] for answer in answers]
        rows = [
            self._model.row(answer.window, self._model.read_hypothesis(_without(answer.question.hypothesis.read, word)))
            for answer, found in zip(answers, words, strict=True)
            for word in _deletable(found)
        ]
        judged = iter(self._judge(rows))
        blamed: list[tuple[TokenProbability, ...]] = []
        for answer, found in zip(answers, words, strict=True):
            if len(found) == 1:  # nothing else can be to blame, and nothing would be left to ask about
                blamed.append((TokenProbability(found[0], answer.error),))
                continue
            falls = [answer.judgement.fall_to(next(judged), answer.question.relation) for _ in found]
            blamed.append(tuple(TokenProbability(word, fall) for word, fall in zip(found, falls, strict=True)))
        return blamed

    def _judge(self, rows: Sequence[Row]) -> list[_Judgement]:
        order = self._labels
        return [
            _Judgement(
                entailment=float(values[order.entailment]),
                neutral=0.0 if order.neutral is None else float(values[order.neutral]),
                contradiction=0.0 if order.contradiction is None else float(values[order.contradiction]),
            )
            for values in self._model.probabilities(rows)
        ]


def _says_most(answer: _Answer) -> tuple[float, float]:
    said = answer.judgement
    if answer.question.relation is Relation.REFERENCE:
        return said.entailment, 0.0
    return said.contradiction, said.entailment


def _words(hypothesis: Hypothesis) -> list[Span]:
    """What can be left out of the hypothesis: its words without the punctuation around them."""
    return list(_split(hypothesis.read, [span for span in hypothesis.spans if span]))


def _split(text: str, tokens: Sequence[Span]) -> Iterator[Span]:
    for chunk in _CHUNK.finditer(text):
        start, end = chunk.span()
        while start < end and not _is_letter(text[start]):
            start += 1
        while start < end and not _is_letter(text[end - 1]):
            end -= 1
        if start == end:
            continue
        if not _SPACELESS.search(text, start, end):
            yield Span(start, end)
            continue
        for token, _ in distinct_pieces(tokens, [0.0] * len(tokens)):
            inside = Span(max(start, token.start), max(start, token.start, min(end, token.end)))
            if any(map(_is_letter, inside.of(text))):
                yield inside


def _is_letter(sign: str) -> bool:
    """Letters, digits and the marks that combine with them (vowel signs, accents)."""
    return sign.isalnum() or unicodedata.category(sign).startswith("M")


def _deletable(words: list[Span]) -> list[Span]:
    return words if len(words) > 1 else []


def _without(text: str, word: Span) -> str:
    """The text without the word and without one of the two spaces around it: "a big dog" -> "a dog"."""
    start, end = word.start, word.end
    if start and text[start - 1].isspace():
        start -= 1
    elif text[end : end + 1].isspace():
        end += 1
    return text[:start] + text[end:]
