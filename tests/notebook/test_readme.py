"""The README's section for notebooks runs as it stands."""

import re
from pathlib import Path

import pytest
from scripted_model import ARTICLE, ScriptedModel

import checker

README = Path(checker.__file__).parents[1] / "README.md"
pandas = pytest.importorskip("pandas", reason="needs the notebook extra")
pytest.importorskip("altair", reason="needs the notebook extra")
pytest.importorskip("polars", reason="needs the dev extra")

pytestmark = pytest.mark.skipif(not README.is_file(), reason="the README is not beside the package")


def test_its_code_runs(monkeypatch, capsys):
    section = README.read_text(encoding="utf-8").split("### In Jupyter")[1].split("\n### ")[0]
    (code,) = re.findall("```python\n(.*?)```", section, re.DOTALL)
    monkeypatch.setattr("checker.nli.registry.load_predictor", lambda name, **_: ScriptedModel())
    names = {"text": ARTICLE, "frame": pandas.DataFrame({"text": [ARTICLE, "Rain fell."]})}
    exec(code, names)  # noqa: S102 - our own page
    assert "Alert: “lawful”" in capsys.readouterr().out
    assert [len(report.findings) for report in names["frame"].report] == [1, 0]
