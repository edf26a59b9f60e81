"""Whatever scores pairs, so that a model and its baselines stand in one table.

A baseline answers the same question as the model (how likely is an error) with less: characters in common (chrF), the
embedding's cosine, or the NLI labels alone. Its figures are not calibrated; only ranks and areas are comparable.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from checker.errors import CheckerError
from checker.findings import Scored
from checker.nli import Pair
from checker.pipeline import Checker


class Judge(Protocol):
    """Scores pairs; `Checker` is one."""

    def score(self, pairs: Sequence[Pair]) -> list[Scored]:
        """One view a pair, in order."""


class CharacterOverlap:
    """One minus chrF (Popović 2015) of the hypothesis against the premise."""

    def score(self, pairs: Sequence[Pair]) -> list[Scored]:
        """The error probability is 1 - chrF/100. Raises CheckerError where sacrebleu is not installed."""
        try:
            from sacrebleu.metrics.chrf import CHRF
        except ImportError as error:
            raise CheckerError(
                "the chrF baseline needs sacrebleu; install it with: pip install 'checker[evaluate]'"
            ) from error
        chrf = CHRF()
        return [_only(1 - chrf.sentence_score(pair.hypothesis, [pair.premise]).score / 100) for pair in pairs]


class EmbeddingDistance:
    """One minus the cosine of the two sentences, by the model's own embedding."""

    def __init__(self, checker: Checker) -> None:
        self._checker = checker

    def score(self, pairs: Sequence[Pair]) -> list[Scored]:
        """The error probability is (1 - cosine) / 2."""
        embed = self._checker.predictor.embed
        premises, hypotheses = embed([pair.premise for pair in pairs]), embed([pair.hypothesis for pair in pairs])
        return [_only((1 - float(cosine)) / 2) for cosine in (premises * hypotheses).sum(1)]


class LabelsAlone:
    """The model's NLI head without its other heads, as a plain NLI model would be used."""

    def __init__(self, checker: Checker) -> None:
        self._checker = checker

    def score(self, pairs: Sequence[Pair]) -> list[Scored]:
        """The error probability is that of contradiction plus half of neutral; no spans."""
        return [
            replace(
                _only(said.contradiction + said.neutral / 2),
                entailment=said.entailment,
                neutral=said.neutral,
                contradiction=said.contradiction,
            )
            for said in self._checker.predictor.predict(pairs)
        ]


BASELINES = ("chrf", "cosine", "labels")


def baseline(name: str, checker: Checker) -> Judge:
    """The baseline of that name (one of BASELINES), on the checker's model where it needs one."""
    if name == "chrf":
        return CharacterOverlap()
    return EmbeddingDistance(checker) if name == "cosine" else LabelsAlone(checker)


def _only(error: float) -> Scored:
    return Scored(1 / 3, 1 / 3, 1 / 3, min(1.0, max(0.0, error)), (), False)
