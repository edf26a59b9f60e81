"""A newsroom's calibration in a check: confidences move, the signature says so, and another model's is refused."""

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "notebook"))
from scripted_model import ARTICLE, FACT, ScriptedModel

from checker import Checker, CheckerError, Settings
from checker.findings import Recalibration
from checker.findings.recalibration import Shift, to_json


def checked(tmp_path, made=None):
    """The report, with a newsroom's calibration where one is given."""
    path = tmp_path / "n.json"
    if made is not None:
        path.write_text(json.dumps(to_json(made)))
    settings = Settings(calibration=str(path) if made else None, min_confidence=0.1)
    return Checker(settings, ScriptedModel()).check(ARTICLE, facts=[FACT])


def test_confidences_are_corrected_and_the_report_names_the_calibration(tmp_path):
    shift = Shift(0.5, -1.0, 200, 90)
    made = Recalibration(ScriptedModel.weights_hash, {"fact": shift, "article": shift})
    plain, corrected = checked(tmp_path), checked(tmp_path, made)
    assert plain.signature.calibration is None
    assert corrected.signature.calibration == made.id
    assert corrected.signature.settings_hash == plain.signature.settings_hash
    assert corrected.findings[0].fingerprint == plain.findings[0].fingerprint
    assert corrected.findings[0].confidence < plain.findings[0].confidence - 0.1


def test_a_calibration_of_another_model_is_refused(tmp_path):
    with pytest.raises(CheckerError, match="another model"):
        checked(tmp_path, Recalibration("f" * 16, {"fact": Shift(1.0, 0.0, 200, 100)}))
