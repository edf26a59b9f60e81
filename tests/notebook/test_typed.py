"""The public interface in a user's project: mypy --strict knows its types, and finds a wrong use."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import checker

pytest.importorskip("mypy", reason="mypy is not installed")

ROOT = Path(checker.__file__).parents[1]
# Typed libraries behind the interface that a user's types never meet; reading them takes minutes.
CONFIG = "[mypy]\nstrict = True\n" + "".join(
    f"[mypy-{name}.*]\nfollow_imports = skip\n"
    for name in ("torch", "transformers", "tokenizers", "safetensors", "altair", "polars", "pandas", "jinja2", "rich")
)
USE = """
from pathlib import Path
from typing import assert_type

from checker import Checker, Document, Finding, Report, Severity, load_facts, read_file
from checker.report import Explanation

checker = Checker()
document = read_file("article.txt")
assert_type(document, Document)
report = checker.check(document, facts=load_facts(Path("facts.txt")).facts)
assert_type(report, Report)
for finding in report.findings:
    assert_type(finding, Finding)
    assert_type(finding.confidence, float)
    assert_type(finding.severity, Severity)
    assert_type(checker.explain(finding), Explanation)
    assert_type([trace.reason for trace in checker.explain(finding, report).evidence], list[str])
report.to_frame("sentences")
"""
WRONG = 'checker.check(document, facts=3)\nreport.to_frame("words")\nreport.findings = ()\n'


def test_a_user_s_project_is_checked(tmp_path):
    assert (ROOT / "checker" / "py.typed").is_file()
    (tmp_path / "mypy.ini").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "good.py").write_text(USE, encoding="utf-8")
    (tmp_path / "bad.py").write_text(USE + WRONG, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "good.py", "bad.py"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "MYPYPATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    complaints = [line for line in done.stdout.splitlines() if ": error:" in line]
    assert not [line for line in complaints if not line.startswith("bad.py")], done.stdout + done.stderr
    for code in ("arg-type", "misc"):
        assert any(f"[{code}]" in line for line in complaints), done.stdout + done.stderr
    assert len(complaints) == 3, done.stdout
