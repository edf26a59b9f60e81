"""A newsroom's own correction of confidences, fitted on what its editors decided; the model stays as it is.

    {"schema": "checker.recalibration/1", "model": "0123456789abcdef",
     "shifts": {"fact": {"scale": 0.9, "shift": -0.4, "decided": 214, "right": 151}}}

A confidence c becomes σ(scale · ln(c / (1 - c)) + shift), for findings that rest on evidence of that kind: Platt's map
(1999) on top of the model's own. It rises, so which finding is surer than which stays.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from checker.errors import UsageError
from checker.evidence import RESTATED, RETOLD, EvidenceKind
from checker.findings.calibration import IDENTITY, Calibration, Knots, id_of
from checker.findings.weighing import log_odds, logistic

SCHEMA = "checker.recalibration/1"
_PLACES = tuple(step / 100 for step in range(101))  # knots between which a composed map is straight


@dataclass(frozen=True, slots=True)
class Shift:
    """The map for one kind of evidence, and on how many decided findings it rests. `scale` is above 0."""

    scale: float
    shift: float
    decided: int
    right: int

    def __post_init__(self) -> None:
        if not (math.isfinite(self.scale) and math.isfinite(self.shift) and self.scale > 0):
            raise ValueError("a scale is a number above 0, a shift a number")

    def of(self, confidence: float) -> float:
        """The corrected confidence, in (0, 1)."""
        return logistic(self.scale * log_odds(confidence) + self.shift)

    def back(self, confidence: float) -> float:
        """The confidence that `of` made this of."""
        return logistic((log_odds(confidence) - self.shift) / self.scale)


@dataclass(frozen=True, slots=True)
class Recalibration:
    """Shifts by kind of evidence, for the model with the hash `model`."""

    model: str
    shifts: Mapping[str, Shift]

    @property
    def id(self) -> str:
        """16 hex digits; another map has others."""
        return id_of(to_json(self))

    def applied_to(self, calibration: Calibration) -> Calibration:
        """The model's calibration with the shifts on top."""
        maps = dict(calibration.finding)
        for kind, shift in self.shifts.items():
            maps[kind] = _composed(maps.get(kind, IDENTITY), shift)
            if kind == EvidenceKind.FACT:  # one kind for editors, whose decisions do not tell them
                maps |= {role: _composed(maps[role], shift) for role in (RESTATED, RETOLD) if role in maps}
        return replace(calibration, finding=MappingProxyType(maps), recalibration=self.id)


def to_json(recalibration: Recalibration) -> dict[str, Any]:
    """Plain values; `from_json(to_json(r)) == r`."""
    shifts = {kind: asdict(shift) for kind, shift in sorted(recalibration.shifts.items())}
    return {"schema": SCHEMA, "model": recalibration.model, "shifts": shifts}


def from_json(plain: object) -> Recalibration:
    """Read what `to_json` made. Raises ValueError that says what is wrong."""
    if not isinstance(plain, dict) or plain.get("schema") != SCHEMA or not isinstance(plain.get("shifts"), dict):
        raise ValueError(f"expected an object of schema {SCHEMA}")
    try:
        shifts = {str(kind): _shift(**values) for kind, values in plain["shifts"].items()}
        return Recalibration(str(plain["model"]), MappingProxyType(shifts))
    except (KeyError, TypeError) as error:
        raise ValueError(f"a part is missing or has the wrong type ({error})") from error


def load_recalibration(path: Path) -> Recalibration:
    """The recalibration in a file. Raises UsageError where it is missing or none."""
    try:
        return from_json(json.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise UsageError(f"{path}: the calibration cannot be read ({error.strerror}); check the path") from error
    except (ValueError, RecursionError) as error:
        raise UsageError(
            f"{path}: no newsroom calibration ({error}); make one with `checker calibrate --decisions STORE`"
        ) from error


def _shift(scale: object, shift: object, decided: object, right: object) -> Shift:
    return Shift(float(scale), float(shift), int(decided), int(right))  # type: ignore[arg-type, call-overload]


def _composed(knots: Knots, shift: Shift) -> Knots:
    """The map `knots` followed by the shift: exact at its knots, and at a hundred places more."""
    own = Calibration(finding={"any": knots})
    places = sorted({place for place, _ in knots} | set(_PLACES))
    return tuple((place, shift.of(own.confidence(place, "any"))) for place in places)
