"""Settings: defaults < file < environment < flags, and no key or value is ignored in silence."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.errors import UsageError
from checker.findings import Severity
from checker.nli.backends import Backend
from checker.settings import NAMES, Settings, load_settings


def load(tmp_path, content=None, environment=None, **flags):
    if content is not None:
        (tmp_path / "checker.toml").write_text(content, encoding="utf-8")
    return load_settings(flags, environment=environment or {}, directory=tmp_path)


def test_defaults(tmp_path):
    assert load(tmp_path) == Settings()


def test_each_level_wins_over_the_one_before(tmp_path):
    content = 'max_alerts = 2\nmin-confidence = 0.2\nmodel = "in-file"\nfail_on = "minor"'
    environment = {"CHECKER_MIN_CONFIDENCE": "0.3", "CHECKER_MODEL": "in-environment", "PATH": "/bin"}
    loaded = load(tmp_path, content, environment, model="in-flags", language=None)
    assert loaded == Settings(max_alerts=2, min_confidence=0.3, model="in-flags", fail_on=Severity.MINOR)


def test_a_named_file_wins_over_the_one_in_the_folder(tmp_path):
    (tmp_path / "checker.toml").write_text("max_alerts = 2")
    (tmp_path / "other.toml").write_text("max_alerts = 3")
    assert load_settings(config=tmp_path / "other.toml", environment={}, directory=tmp_path).max_alerts == 3


@pytest.mark.parametrize(
    ("content", "environment", "flags", "told"),
    [
        ("max_alert = 2", {}, {}, "max_alerts"),
        ("", {"CHECKER_MAX_ALERT": "2"}, {}, "CHECKER_MAX_ALERTS"),
        ("", {}, {"modell": "x"}, "'model'"),
        ('max_alerts = "many"', {}, {}, "a whole number"),
        ("max_alerts = 2.5", {}, {}, "a whole number"),
        ("max_alerts = true", {}, {}, "a whole number"),
        ("max_alerts = 0", {}, {}, "from 1 up"),
        ("threads = [1]", {}, {}, "a whole number"),
        ("model = 7", {}, {}, "text"),
        ('model = " "', {}, {}, "checker models"),
        ('fail_on = "grave"', {}, {}, "minor, major or critical"),
        ('fail_on = "neutral"', {}, {}, "minor, major or critical"),
        ("", {"CHECKER_MIN_CONFIDENCE": "1.5"}, {}, "from 0 to 1"),
        ("", {"CHECKER_MIN_CONFIDENCE": "nan"}, {}, "from 0 to 1"),
        ("max_alerts = ", {}, {}, "checker.toml"),
        ("", {}, {"language": "klingon"}, "language is 'klingon'; give an ISO 639 code"),
        ("", {}, {"language": "xx"}, "ISO 639"),
        ("", {}, {"language": "en klingon"}, "ISO 639"),
        ("", {"CHECKER_LANGUAGE": "english"}, {}, "ISO 639"),
    ],
)
def test_what_is_wrong_is_said(tmp_path, content, environment, flags, told):
    with pytest.raises(UsageError, match=told):
        load(tmp_path, content, environment, **flags)


@pytest.mark.parametrize(
    ("given", "code"), [("en", "en"), ("PT-br", "pt"), ("zh_Hant_TW", "zh"), ("tlh", "tlh"), ("es-419", "es")]
)
def test_a_language_may_come_with_a_region(tmp_path, given, code):
    assert load(tmp_path, language=given).language == code


def test_a_named_file_that_is_missing_is_an_error(tmp_path):
    with pytest.raises(UsageError, match=r"none\.toml"):
        load_settings(config=tmp_path / "none.toml", environment={})


def test_variables_for_other_purposes_are_no_settings(tmp_path):
    assert load(tmp_path, environment={"CHECKER_MODELS": "/models"}) == Settings()


def test_the_hash_tells_settings_apart_that_change_findings():
    assert Settings().hash() == Settings(batch_size=1, threads=3, fail_on=Severity.MINOR).hash()
    others = [Settings(model="m"), Settings(min_confidence=0.1), Settings(max_alerts=3), Settings(language="en")]
    assert len({one.hash() for one in (Settings(), Settings(evidence_per_sentence=2), *others)}) == 6


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"backend": "zzz"}, "^backend is 'zzz'; give auto, numpy, torch, bfloat16, cuda$"),
        ({"fail_on": "grave"}, "^fail_on is 'grave'; give minor, major or critical$"),
        ({"min_confidence": "x"}, "^min_confidence is 'x'; give a number$"),
        ({"min_confidence": None}, "^min_confidence is None; give a number$"),
        ({"min_confidence": True}, "a number"),
        ({"max_alerts": 2.0}, "^max_alerts is 2.0; give a whole number$"),
        ({"max_alerts": None}, "a whole number"),
        ({"max_alerts": np.int64(0)}, "from 1 up"),
        ({"model": {"name": "x"}}, "give text"),
        ({"language": 5}, "^language is 5; give text$"),
        ({"disable_rules": "names"}, r"^disable_rules is 'names'; give a list of names, \['names'\]$"),
        ({"enable_rules": None}, "give a list of names"),
        ({"enable_rules": [5]}, "give a list of names"),
    ],
)
def test_what_is_wrong_from_python_is_said(given, told):
    with pytest.raises(UsageError, match=told):
        Settings(**given)


def test_what_python_has_becomes_plain(tmp_path):
    made = Settings(max_alerts=np.int64(3), min_confidence=1, backend="torch", glossary=tmp_path / "terms.csv")
    assert made == Settings(
        max_alerts=3, min_confidence=1.0, backend=Backend.TORCH, glossary=str(tmp_path / "terms.csv")
    )
    assert type(made.max_alerts) is int
    assert made.backend is Backend.TORCH
    assert made.hash() == Settings(max_alerts=3, min_confidence=1.0, glossary=str(tmp_path / "terms.csv")).hash()
    assert Settings(min_confidence=np.float32(0.5)).hash() == Settings().hash()
    assert Settings(model=Path("a-folder")).model == "a-folder"


def test_what_differs_from_the_defaults():
    assert Settings().changes() == {}
    assert Settings(max_alerts=3, threads=2).changes() == {"max_alerts": 3, "threads": 2}


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz_", min_size=1, max_size=12).filter(lambda name: name not in NAMES))
def test_no_unknown_key_passes(name):
    with pytest.raises(UsageError, match="did you mean"):
        load_settings({name: "1"}, environment={})
