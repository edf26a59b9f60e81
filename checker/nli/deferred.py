"""A model of the project's own that is loaded when it is first asked: what is kept on disk needs no torch at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from checker.nli.types import Pair, Prediction, Predictor


class DeferredPredictor:
    """What `load` returns, called at the first question. The rest is known before: it is in `name` … `folder`."""

    def __init__(
        self, load: Callable[[], Predictor], *, name: str, weights_hash: str, backend: str, folder: Path
    ) -> None:
        self._load = load
        self.name = name
        self.weights_hash = weights_hash
        self.backend = backend
        self.folder = folder

    @cached_property
    def _model(self) -> Predictor:
        return self._load()

    def predict(self, pairs: Sequence[Pair]) -> list[Prediction]:
        """What the model says."""
        return self._model.predict(pairs)

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """What the model makes of the texts."""
        return self._model.embed(texts)
