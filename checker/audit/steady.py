"""What the model says of a document must not depend on which documents came before it, or an audit that was killed and
resumed would differ from one that was not in the last digit of a number.

Figures of one pair differ in the seventh digit when it is judged in another batch. So the model is asked about one
group of documents at a time and nothing is remembered from one group to the next, but for the facts, whose vectors are
made once, before anything else. The vectors of a group's sentences are made together as well: document by document they
took a sixth longer.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Sequence
from contextlib import suppress

import numpy as np
from numpy.typing import NDArray

from checker.nli import Pair, Prediction, Predictor
from checker.nli.wrapped import WrappedPredictor

_Vectors = dict[str, NDArray[np.float32]]


class SteadyPredictor(WrappedPredictor[Predictor]):
    """A Predictor that asks `model` the same in the same batches whatever it was asked before.

    `lasting` are texts that are embedded at once and kept.
    """

    def __init__(self, model: Predictor, lasting: Sequence[str] = ()) -> None:
        super().__init__(model)
        self._known: ChainMap[str, NDArray[np.float32]] = ChainMap({})
        self._lasting = self._make(lasting)
        self._known = ChainMap({}, self._lasting)

    def hold(self, texts: Sequence[str]) -> None:
        """Embeds the texts of a group at once, and forgets those of the group before.

        Where the model fails, nothing is held: whoever asks for a text is then told so, and the others are not.
        """
        self._known = ChainMap({}, self._lasting)
        with suppress(Exception):
            self._known.update(self._make(texts))

    def predict(self, pairs: Sequence[Pair]) -> list[Prediction]:
        """One prediction a pair, in the same order; a pair that comes twice is judged once."""
        distinct = list(dict.fromkeys(pairs))
        said = dict(zip(distinct, self._model.predict(distinct) if distinct else (), strict=True))
        return [said[pair] for pair in pairs]

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit-length sentence vectors, shape (len(texts), width)."""
        if not texts:
            return self._model.embed([])
        known = self._known.new_child(self._make(texts))
        return np.stack([known[text] for text in texts])

    def _make(self, texts: Sequence[str]) -> _Vectors:
        """Vectors of the texts that are not known, asked for at once."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        return dict(zip(new, self._model.embed(new), strict=True)) if new else {}
