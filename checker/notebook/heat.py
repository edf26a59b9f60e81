"""A sentence as a heat map: the redder a word piece, the likelier it is in error."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from checker.nli import Pair, Prediction
from checker.pipeline import Checker
from checker.report.pieces import heat_of, render_heat
from checker.report.visible import show_invisible


@dataclass(frozen=True, slots=True)
class HeatMap:
    """A pair and what the model said of it; shows itself, also without HTML: `the [0.91 justified] blockade`."""

    pair: Pair
    prediction: Prediction

    @classmethod
    def of(cls, checker: Checker, pair: Pair) -> HeatMap:
        """The heat map of `pair` by the checker's model. Raises ModelError."""
        return cls(pair, checker.predictor.predict([pair])[0])

    def __str__(self) -> str:
        pieces = heat_of(self.pair.hypothesis, self.prediction.tokens)
        return "".join(
            f"[{piece.probability:.2f} {show_invisible(piece.text)}]"
            if piece.probability is not None and piece.probability >= 0.5
            else show_invisible(piece.text)
            for piece in pieces
        )

    def _repr_html_(self) -> str:
        return render_heat(self.pair.hypothesis, self.prediction.tokens)

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:  # noqa: ANN401, ARG002 - IPython's protocol
        printer.text(str(self))
