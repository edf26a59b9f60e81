"""What every Predictor in front of another one shares: it is called what its model is called."""

from __future__ import annotations

from pathlib import Path

from checker.nli.types import Predictor


class WrappedPredictor:
    """Names, hash and folder of `model`; what comes of a question is the business of those that derive from this."""

    def __init__(self, model: Predictor) -> None:
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
