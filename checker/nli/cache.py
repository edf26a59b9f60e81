"""Remembers what a model said: an editor who changes one sentence waits for that sentence alone.

A prediction depends on its pair and the model, on nothing else (see `Predictor`), so what was once said holds. Memory
is bounded; what was used longest ago goes first.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Sequence
from threading import Lock
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from checker.nli.types import Pair, Prediction, Predictor
from checker.nli.wrapped import WrappedPredictor

MOST_PREDICTIONS = 8_192  # about 40 MB: twenty articles of fifty sentences
MOST_VECTORS = 8_192  # 12 MB of 384 numbers each

_Key = TypeVar("_Key", bound=Hashable)
_Value = TypeVar("_Value")


class _Memory(Generic[_Key, _Value]):
    """At most `most` values; the one that was asked for longest ago goes first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: OrderedDict[_Key, _Value] = OrderedDict()

    def get(self, key: _Key) -> _Value | None:
        found = self._values.get(key)
        if found is not None:
            self._values.move_to_end(key)
        return found

    def put(self, key: _Key, value: _Value) -> None:
        self._values[key] = value
        self._values.move_to_end(key)
        if len(self._values) > self._most:
            self._values.popitem(last=False)


class RememberingPredictor(WrappedPredictor[Predictor]):
    """A Predictor that asks `model` only what it was not asked before. Threads that share one take turns."""

    def __init__(self, model: Predictor, *, predictions: int = MOST_PREDICTIONS, vectors: int = MOST_VECTORS) -> None:
        super().__init__(model)
        self._turn = Lock()
        self._predictions: _Memory[Pair, Prediction] = _Memory(predictions)
        self._vectors: _Memory[str, NDArray[np.float32]] = _Memory(vectors)

    def predict(self, pairs: Sequence[Pair]) -> list[Prediction]:
        """One prediction a pair, in the same order."""
        with self._turn:
            return self._predict(pairs)

    def _predict(self, pairs: Sequence[Pair]) -> list[Prediction]:
        said = {pair: found for pair in pairs if (found := self._predictions.get(pair)) is not None}
        new = [pair for pair in dict.fromkeys(pairs) if pair not in said]
        said |= dict(zip(new, self._model.predict(new) if new else (), strict=True))
        for pair in new:
            self._predictions.put(pair, said[pair])
        return [said[pair] for pair in pairs]

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit-length sentence vectors, shape (len(texts), width)."""
        with self._turn:
            return self._embed(texts)

    def _embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        known = {text: found for text in texts if (found := self._vectors.get(text)) is not None}
        new = [text for text in dict.fromkeys(texts) if text not in known]
        if new or not texts:
            made = self._model.embed(new)
            known |= dict(zip(new, made, strict=True))
            for text in new:
                self._vectors.put(text, known[text].copy())
        return np.stack([known[text] for text in texts]) if texts else made
