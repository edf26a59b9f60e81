"""The wheel carries the model: installed elsewhere, with the network cut off, it checks an article."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
NO_NETWORK = """
import socket


def _refuse(*args: object, **kwargs: object) -> None:
    raise OSError("no network in this test")


socket.socket.connect = _refuse
socket.getaddrinfo = _refuse
"""


def test_wheel_runs_without_network(tmp_path: Path) -> None:
    """Build, unpack apart from the source tree, run the command on the sample article."""
    _run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)], cwd=ROOT)
    wheel = next(tmp_path.glob("checker-*.whl"))
    site = tmp_path / "site"
    _run(
        [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-deps",
            "--no-index",
            "--target",
            str(site),
            str(wheel),
        ]
    )
    (site / "sitecustomize.py").write_text(NO_NETWORK, encoding="utf-8")
    article = tmp_path / "article.txt"
    article.write_text((ROOT / "examples" / "harbour.txt").read_text(encoding="utf-8"), encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(site), "PYTHONSAFEPATH": "1"}
    environment.pop("CHECKER_MODELS", None)
    code = "import checker, sys; from checker.cli import main; print(checker.__file__, file=sys.stderr); main()"
    done = subprocess.run(  # noqa: S603 our own command
        [sys.executable, "-c", code, "check", str(article), "--format", "json"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert str(site) in done.stderr.splitlines()[0], done.stderr
    assert done.returncode in (0, 1), done.stderr
    report = json.loads(done.stdout)
    assert report["signature"]["model"] == "checker-mini-en"
    assert report["document"]["sentences"] > 5


def _run(command: list[str], cwd: Path | None = None) -> None:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)  # noqa: S603 our own command
    assert done.returncode == 0, done.stdout + done.stderr
