"""From the model's raw figures to probabilities that can be trusted: of findings at 0.9, nine in ten are right.

A calibration travels with the model as calibration.json. Its maps are monotone, so they never change which of two
findings of a kind is the surer one; they only say how sure.

    {"schema": "checker.calibration/1",
     "finding": {"article": [[raw, confidence], …], "fact": …},   knots of piecewise linear maps, by role of evidence
     "error": [[raw, probability], …],
     "temperature": 1.0,                            what the log-odds of the labels are divided by
     "weights": {"finding/article": {figure: weight, …}, "error/reference": …},   what the raw figures are weighed with
     "thresholds": {"token": 0.5, "contradiction": 0.5, "entailment": 0.5, "language": 0.9}}
"""

from __future__ import annotations

import hashlib
import json
import math
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from checker.errors import ModelError
from checker.evidence import EvidenceKind
from checker.findings.weighing import Figures, Weights, weigh
from checker.nli.types import Prediction

Knots = tuple[tuple[float, float], ...]

SCHEMA = "checker.calibration/1"
FILE_NAME = "calibration.json"
IDENTITY: Knots = ((0.0, 0.0), (1.0, 1.0))


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where a raw figure in [0, 1] starts to count: of a word, of a label, of a span in the language view.

    `token` and `pair` are for `score`: from which figure a word counts, and from which error probability of the pair
    its words are named. `word` is for findings; `suspicion` for pairs whose figures are weighed: from which
    contradiction or error probability they are.
    """

    token: float = 0.5
    contradiction: float = 0.5
    entailment: float = 0.5
    language: float = 0.9
    suspicion: float = 0.5
    pair: float = 0.0
    word: float = 0.5


@dataclass(frozen=True, slots=True)
class Calibration:
    """Monotone maps for one model: `finding` by kind of evidence, `error` for the probability of any error.

    A kind without a map of its own gets the raw figure as it is. `weights` are those of `checker.findings.weighing`, by
    question: `finding/<role of evidence>` (`Evidence.role`) and `error/<relation>`. `recalibration` is the id of a
    newsroom's own that is applied (`checker.findings.recalibration`), None for the model's as it is. `temperature` is
    what the logits of the labels are divided by (Guo et al. 2017): above 1 the model was too sure of them.
    """

    finding: Mapping[str, Knots] = field(default_factory=lambda: MappingProxyType({}))
    error: Knots = IDENTITY
    thresholds: Thresholds = Thresholds()
    weights: Mapping[str, Weights] = field(default_factory=lambda: MappingProxyType({}))
    recalibration: str | None = None
    temperature: float = 1.0

    def __post_init__(self) -> None:
        for name, knots in {**self.finding, "error": self.error}.items():
            _check(name, knots)
        for question, weights in self.weights.items():
            if not all(math.isfinite(weight) for weight in weights.values()):
                raise ValueError(f"a weight of {question} is not a finite number")
        if not 0.0 < self.temperature < math.inf:
            raise ValueError(f"the temperature is {self.temperature}, not a positive number")
        for name, value in asdict(self.thresholds).items():
            if not 0.0 <= value <= 1.0:
                raise ValueError(f"threshold {name} is {value}, not between 0 and 1")

    @property
    def id(self) -> str:
        """16 hex digits; another calibration has others."""
        return id_of(to_json(self))

    def weigh(self, question: str, figures: Figures) -> float | None:
        """Probability in (0, 1) by the weights for `question`, None where the model brings none."""
        weights = self.weights.get(question)
        return None if weights is None else weigh(figures, weights)

    def weighs(self, role: str) -> bool:
        """True where findings on evidence of that role are weighed from several figures."""
        return question_of(role) in self.weights

    def weights_of(self, role: str) -> Weights | None:
        """The weights for findings on evidence of that role, None where the model brings none."""
        return self.weights.get(question_of(role))

    def with_role(self, role: str, other: Calibration) -> Calibration:
        """This calibration, with what `other` has for findings on evidence of one role."""
        weights = other.weights_of(role)
        return replace(
            self,
            finding=MappingProxyType({**self.finding, role: other.finding.get(role, IDENTITY)}),
            weights=self.weights if weights is None else MappingProxyType({**self.weights, question_of(role): weights}),
        )

    def confidence(self, raw: float, kind: EvidenceKind | str) -> float:
        """Calibrated confidence of a finding with the raw figure `raw` that rests on evidence of `kind`."""
        return interpolate(self.finding.get(str(kind), IDENTITY), raw)

    def labels(self, prediction: Prediction) -> tuple[float, float, float]:
        """Entailment, neutral, contradiction of a pair as probabilities that hold; they add up to 1."""
        said = (prediction.entailment, prediction.neutral, prediction.contradiction)
        softened = [value ** (1.0 / self.temperature) for value in said]
        entailment, neutral, contradiction = (value / sum(softened) for value in softened)
        return entailment, neutral, contradiction

    def error_probability(self, raw: float) -> float:
        """Calibrated probability that the sentence holds at least one error."""
        return interpolate(self.error, raw)


def question_of(role: str) -> str:
    """The key in `Calibration.weights` for findings on evidence of a role (`Evidence.role`)."""
    return f"finding/{role}"


def load_calibration(folder: Path) -> Calibration:
    """The calibration of a model folder; the identity where it has none. Raises ModelError where the file is broken."""
    path = folder / FILE_NAME
    if not path.is_file():
        return Calibration()
    try:
        return from_json(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise ModelError(f"{path}: not a calibration ({error}); calibrate again or copy it again") from error


def to_json(calibration: Calibration) -> dict[str, Any]:
    """The calibration as plain values; `from_json(to_json(c)) == c`."""
    return {
        "schema": SCHEMA,
        "finding": {kind: [list(knot) for knot in knots] for kind, knots in sorted(calibration.finding.items())},
        "error": [list(knot) for knot in calibration.error],
        "temperature": calibration.temperature,
        "weights": {question: dict(weights) for question, weights in sorted(calibration.weights.items())},
        "thresholds": asdict(calibration.thresholds),
    }


def id_of(plain: Mapping[str, Any]) -> str:
    """16 hex digits for plain values, whatever the order of their keys."""
    return hashlib.sha256(json.dumps(plain, sort_keys=True).encode("ascii")).hexdigest()[:16]


def from_json(plain: object) -> Calibration:
    """Read what `to_json` made. Raises ValueError that says what is wrong; missing parts are the defaults."""
    if not isinstance(plain, dict) or plain.get("schema", SCHEMA) != SCHEMA:
        raise ValueError(f"expected an object of schema {SCHEMA}")
    finding, limits = plain.get("finding", {}), plain.get("thresholds", {})
    weights = plain.get("weights", {})
    if not all(isinstance(part, dict) for part in (finding, limits, weights)):
        raise ValueError("finding, thresholds and weights are objects")
    if not all(isinstance(some, dict) for some in weights.values()):
        raise ValueError("the weights for a question are an object")
    if unknown := set(limits) - {entry.name for entry in fields(Thresholds)}:
        raise ValueError(f"unknown threshold {sorted(unknown)[0]!r}")
    try:
        maps = {str(kind): _knots(knots) for kind, knots in finding.items()}
        thresholds = Thresholds(**{name: float(value) for name, value in limits.items()})
        weighed = {question: {name: float(each) for name, each in some.items()} for question, some in weights.items()}
        error = _knots(plain.get("error", IDENTITY))
        temperature = float(plain.get("temperature", 1.0))
        return Calibration(
            MappingProxyType(maps), error, thresholds, MappingProxyType(weighed), temperature=temperature
        )
    except TypeError as error:
        raise ValueError(f"a value has the wrong type ({error})") from error


def interpolate(knots: Knots, raw: float) -> float:
    """The map's value at `raw`; flat beyond the outer knots; where two knots share a place, the later one's."""
    place = bisect_right(knots, raw, key=lambda knot: knot[0])
    if place == 0:
        return knots[0][1]
    if place == len(knots):
        return knots[-1][1]
    (left, low), (right, high) = knots[place - 1], knots[place]
    # Clamped: rounding must not put the value of a later point under that of an earlier one.
    return min(high, max(low, low + (high - low) * ((raw - left) / (right - left))))


def expected_calibration_error(confidence: ArrayLike, right: ArrayLike, bins: int = 10) -> float:
    """Mean gap between confidence and share of right ones over equal-width bins, weighted by size (Guo et al., 2017).

    0 for no cases. Raises ValueError for shapes that differ or fewer than one bin.
    """
    scores, hits = np.asarray(confidence, dtype=np.float64), np.asarray(right, dtype=np.float64)
    if scores.shape != hits.shape or scores.ndim != 1 or bins < 1:
        raise ValueError("confidence and right are sequences of one length, bins is at least 1")
    if not len(scores):
        return 0.0
    places = np.clip((scores * bins).astype(np.int64), 0, bins - 1)
    gaps = np.bincount(places, weights=hits - scores, minlength=bins)
    return float(np.abs(gaps).sum() / len(scores))


def _knots(plain: object) -> Knots:
    if not isinstance(plain, Sequence):
        raise ValueError("a map is a list of [raw, probability] pairs")
    return tuple((float(place), float(value)) for place, value in plain)


def _check(name: str, knots: Knots) -> None:
    """Raises ValueError unless the map is monotone and stays in [0, 1]."""
    rising = all(one[0] <= two[0] and one[1] <= two[1] for one, two in pairwise(knots))
    if not knots or not rising or not all(0.0 <= value <= 1.0 for _, value in knots):
        raise ValueError(f"map {name!r} is empty, not rising, or leaves [0, 1]")
