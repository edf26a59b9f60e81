"""Predictor over any token classifier of transformers that marks words of a text against a context.

Such a model (a hallucination detector, a quality-estimation tagger) reads (context, text) and says of each word whether
it is in error, and nothing of the pair as a whole. The labels are derived from the marks, by a rule and not by a guess:

    error          the highest P(error) of any word: a sentence is as suspect as its most suspect word
    entailment     1 - error
    contradiction  error x (1 - marked), where `marked` is the share of the text's characters that is in error
    neutral        error x marked

One marked word amid words that the premise bears out conflicts with it ("ten" where the premise has "nine"); a sentence
that is marked from end to end is merely not in the premise.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from checker.evidence import Relation
from checker.nli.foreign import LANGUAGE_VIEW, ForeignModel, Hypothesis, distinct_pieces, has_premise
from checker.nli.labels import error_labels
from checker.nli.pretrained import Checkpoint, Task, labels_of
from checker.nli.types import Pair, Prediction, TokenProbability
from checker.nli.wrapped import WrappedPredictor


class TokenClassifierPredictor(WrappedPredictor[ForeignModel]):
    """Predictor over a span checkpoint of transformers, float32 on the CPU.

    An empty premise cannot be put to such a model: the language view is neutral, without tokens.
    """

    def __init__(self, model: ForeignModel, errors: Sequence[int]) -> None:
        super().__init__(model)
        self._errors = list(errors)

    @classmethod
    def load(
        cls, checkpoint: Checkpoint, *, batch_size: int = 32, threads: int | None = None
    ) -> TokenClassifierPredictor:
        """Load a checkpoint opened with `open_checkpoint`; `batch_size` is the most rows run at once.

        Raises ModelError where its labels do not tell errors from the rest, before the weights are read, and where it
        is damaged.
        """
        errors = labels_of(checkpoint, error_labels)
        return cls(ForeignModel.load(checkpoint, Task.TOKEN, batch_size=batch_size, threads=threads), errors)

    def predict(self, pairs: Sequence[Pair]) -> list[Prediction]:
        """One prediction a pair; a long premise is read window by window and none of it is left out.

        A word is as suspect as in the window that bears it out best: the other windows do not speak of it.
        """
        asked = [index for index, pair in enumerate(pairs) if has_premise(pair)]
        hypotheses = [self._model.read_hypothesis(pairs[index].hypothesis) for index in asked]
        windows = [
            self._model.read_premise(pairs[index].premise, hypothesis)
            for index, hypothesis in zip(asked, hypotheses, strict=True)
        ]
        rows = [
            self._model.row(window, hypothesis)
            for hypothesis, group in zip(hypotheses, windows, strict=True)
            for window in group
        ]
        said = iter(zip(rows, self._model.probabilities(rows), strict=True))
        predictions = [LANGUAGE_VIEW] * len(pairs)
        for index, hypothesis, group in zip(asked, hypotheses, windows, strict=True):
            columns = np.zeros((len(group), len(hypothesis.ids)))  # (windows, tokens)
            for place, (row, values) in enumerate(next(said) for _ in group):
                inside = slice(row.first_hypothesis, row.first_hypothesis + len(hypothesis.ids))
                columns[place] = values[inside, self._errors].sum(-1)
            predictions[index] = _derive(hypothesis, columns.min(0), pairs[index].relation)
        return predictions


def _derive(hypothesis: Hypothesis, errors: NDArray[np.float64], relation: Relation) -> Prediction:
    """Labels from the marks; see the module's docstring."""
    pieces = distinct_pieces(hypothesis.spans, np.clip(errors, 0.0, 1.0).tolist())
    highest = max((value for _, value in pieces), default=0.0)
    letters = sum(len(span) for span, _ in pieces)
    marked = sum(len(span) * value for span, value in pieces) / letters if letters else 0.0
    contradiction = highest * (1.0 - marked)
    return Prediction(
        entailment=1.0 - highest,
        neutral=highest * marked,
        contradiction=contradiction,
        error=highest if relation is Relation.REFERENCE else contradiction,
        tokens=tuple(TokenProbability(span, value) for span, value in pieces),
        truncated=hypothesis.truncated,
    )
