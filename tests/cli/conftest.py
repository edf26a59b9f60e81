"""Runs the command in this process, with a scripted stand-in for the pipeline."""

import io
import sys
from dataclasses import dataclass

import pytest
from scripted_checker import ScriptedChecker

from checker.cli import main


@dataclass
class Result:
    code: int
    out: bytes
    err: str


@pytest.fixture
def scripted(monkeypatch):
    """The pipeline's stand-in; `made` lists those that a command made."""
    monkeypatch.setattr("checker.pipeline.Checker", ScriptedChecker)
    monkeypatch.setattr(ScriptedChecker, "made", [])
    return ScriptedChecker


@pytest.fixture
def run(tmp_path, monkeypatch, capsysbinary, scripted):
    """Runs `checker ARGUMENTS…` in an empty folder with a clean environment; `stdin` are the bytes it can read."""
    monkeypatch.chdir(tmp_path)
    for name in ("MODEL", "MIN_CONFIDENCE", "MAX_ALERTS", "FAIL_ON", "LANGUAGE", "BATCH_SIZE", "THREADS", "CACHE"):
        monkeypatch.delenv(f"CHECKER_{name}", raising=False)

    def run_command(*arguments, stdin=b""):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(stdin)), encoding="utf-8"))
        code = main([str(argument) for argument in arguments])
        captured = capsysbinary.readouterr()
        return Result(code, captured.out, captured.err.decode("utf-8"))

    return run_command


@pytest.fixture
def article(tmp_path):
    """Writes a text to a file and gives its name."""

    def write(text, name="article.txt"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return name

    return write
