"""What every Predictor over something else that is a model shares: it is called what its model is called."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Generic, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray


class Model(Protocol):
    """What a Predictor is, but for the judging of pairs."""

    @property
    def name(self) -> str: ...

    @property
    def weights_hash(self) -> str: ...

    @property
    def backend(self) -> str: ...

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]: ...


_Model = TypeVar("_Model", bound=Model)


class WrappedPredictor(Generic[_Model]):
    """Names, hash and folder of `model`, and its vectors; what comes of a pair is the business of who derives this."""

    def __init__(self, model: _Model) -> None:
        self._model = model

    @property
    def name(self) -> str:
        """That of the model."""
        return self._model.name

    @property
    def weights_hash(self) -> str:
        """That of the model."""
        return self._model.weights_hash

    @property
    def backend(self) -> str:
        """That of the model."""
        return self._model.backend

    @property
    def folder(self) -> Path | None:
        """Where the model's calibration lies; None for a model without a folder of its own."""
        return getattr(self._model, "folder", None)

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit-length sentence vectors, shape (len(texts), width)."""
        return self._model.embed(texts)
