"""Pair in, Prediction out, and the protocol between them. A Prediction holds what the model said, and no policy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from checker.document import Span
from checker.document.language import DEFAULT_LANGUAGE as ENGLISH
from checker.evidence import Relation

if TYPE_CHECKING:
    import pandas

LABELS = ("entailment", "neutral", "contradiction")  # the order of every head and figure, and attributes of Prediction
# Paths of the MQM typology, in the order of the category head; the first is for an error of no kind in particular.
CATEGORIES = (
    "accuracy/mistranslation",
    "accuracy/mistranslation/polarity",
    "accuracy/mistranslation/entity",
    "accuracy/mistranslation/number",
    "accuracy/mistranslation/date",
    "accuracy/mistranslation/unit",
    "accuracy/mistranslation/word-sense",
    "accuracy/mistranslation/role",
    "accuracy/mistranslation/modality",
    "accuracy/mistranslation/quantifier",
    "accuracy/omission",
    "accuracy/addition",
    "accuracy/untranslated",
    "fluency/grammar",
    "fluency/duplication",
    "fluency/typography",
)
NAME_AT = (*CATEGORIES, None)  # a category by its place; -1 is none


@dataclass(frozen=True, slots=True)
class Pair:
    """One question to the model. An empty premise asks for the language view alone.

    `language` is that of the premise, ISO 639-1: one in another language than English is for the model of originals.
    """

    premise: str
    hypothesis: str
    relation: Relation = Relation.REFERENCE
    language: str = ENGLISH


@dataclass(frozen=True, slots=True)
class TokenProbability:
    """Probability in [0, 1] that a word piece of the hypothesis is in error; `span` points into the hypothesis.

    `category` is the kind of error that the model would take it for, one of CATEGORIES; None where it does not say.
    """

    span: Span
    probability: float
    category: str | None = None


@dataclass(frozen=True, slots=True)
class Prediction:
    """What the model said of one Pair.

    The three label probabilities add to 1. `error` is the probability that the hypothesis holds at least one error.
    `tokens` are in text order and may leave out white space. `truncated`: part of the hypothesis was not read.
    """

    entailment: float
    neutral: float
    contradiction: float
    error: float
    tokens: tuple[TokenProbability, ...] = ()
    truncated: bool = False

    def to_frame(self) -> pandas.DataFrame:
        """Its word pieces as a pandas frame: start, end, probability. Raises CheckerError without pandas."""
        from checker.frames import as_pandas

        rows: list[tuple[object, ...]] = [(one.span.start, one.span.end, one.probability) for one in self.tokens]
        return as_pandas(rows, {"start": int, "end": int, "probability": float})


class Predictor(Protocol):
    """A model. Two implementations: the project's own checkpoints, and any NLI checkpoint of transformers."""

    @property
    def name(self) -> str:
        """Name shown in reports."""

    @property
    def weights_hash(self) -> str:
        """First 16 hex digits of the SHA-256 of the weights file."""

    @property
    def backend(self) -> str:
        """Library, version and number type, for example `torch-2.13.0-float32-cpu`."""

    def predict(self, pairs: Sequence[Pair]) -> list[Prediction]:
        """One prediction a pair, in the same order; the result does not depend on how pairs are batched."""

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit-length sentence vectors, shape (len(texts), width), for retrieval."""
