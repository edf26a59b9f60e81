"""NLI: a premise is judged against a hypothesis. Imports torch only when a predictor is loaded."""

from checker.nli.types import Pair, Prediction, Predictor, TokenProbability

__all__ = ["Pair", "Prediction", "Predictor", "TokenProbability"]
