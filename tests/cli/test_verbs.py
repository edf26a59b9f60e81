"""The other verbs and the way in: help, versions, models, training, measuring."""

import json
import logging
import subprocess
import sys
import warnings
from pathlib import Path
from types import SimpleNamespace
from typing import get_args, get_type_hints
from xml.etree import ElementTree

import pytest

from checker.cli import main
from checker.cli.audit import run as audit_run
from checker.cli.check import check
from checker.cli.lsp import lsp
from checker.cli.serve import serve
from checker.errors import ModelError
from checker.evaluation.benchmarks import BENCHMARKS, PairBenchmark
from checker.evaluation.measures import calibration_error, share
from checker.nli import registry
from checker.training.exit_fitting import ExitQuality
from checker.training.machine import Machine

VERBS = ("check", "score", "models", "train", "calibrate", "fit-exit", "evaluate", "bench", "rules")
RECIPE = 'name = "tiny"\n[schedule]\nsteps = 2\n'


def model(folder, kind=registry.ModelKind.OWN, **more):
    folder.mkdir()
    (folder / "config.json").write_text('{"id2label": {"10": "neutral", "2": "entailment"}}')
    fields = {
        "name": folder.name,
        "size_bytes": 45_300_000,
        "weights_hash": "0123456789abcdef",
        "description": "A model.",
    }
    return registry.ModelInfo(**fields | more, folder=folder, kind=kind)


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help(run, verb):
    result = run(verb, "--help")
    assert result.code == 0
    assert f"checker {verb}" in result.out.decode()


SHARED = ("facts", "as_of", "glossary", "language", "min_confidence", "max_alerts", "fail_on", "model", "cache")


@pytest.mark.parametrize("name", SHARED)
def test_verbs_that_check_say_the_same_of_the_same_option(name):
    """One definition each, so that no verb takes or tells something else."""
    verbs = (check, audit_run, serve, lsp)
    hints = [hints for verb in verbs if name in (hints := get_type_hints(verb, include_extras=True))]
    told = [(hint, option.metavar, option.help) for each in hints for hint, option in [get_args(each[name])]]
    assert told
    assert all(each == told[0] for each in told)


def test_the_way_in(run):
    assert run("--version").out.decode().startswith("checker ")
    shown = run("--help")
    assert shown.code == 0
    assert all(f"  {verb}" in shown.out.decode() for verb in VERBS)
    assert b"\x1b" not in shown.out


@pytest.mark.parametrize("arguments", [(), ("chekc",), ("--nonsense",), ("score",), ("train", "recipe.toml")])
def test_wrong_usage(run, arguments):
    assert run(*arguments).code == 2


def test_a_file_may_be_called_like_an_option(run, tmp_path):
    (tmp_path / "--debug").write_text("All is well here.")
    result = run("check", "--", "--debug")
    assert result.code == 0
    assert b"--debug" in result.out


def test_models_in_text(run, monkeypatch, tmp_path):
    found = [model(tmp_path / "checker-mini-en"), model(tmp_path / "other", registry.ModelKind.SEQUENCE)]
    monkeypatch.setattr(registry, "list_models", lambda: found)
    shown = run("models").out.decode()
    assert shown.startswith("checker-mini-en (default)\n    A model.\n    45.3 MB, weights 0123456789abcdef\n")
    assert "labels: entailment, neutral, contradiction" in shown
    assert "\nother\n" in shown
    assert "labels: entailment, neutral\n" in shown
    assert str(tmp_path / "other") in shown


def test_models_in_json(run, monkeypatch, tmp_path):
    monkeypatch.setattr(registry, "list_models", lambda: [model(tmp_path / "m", description="")])
    (only,) = json.loads(run("models", "--format", "json").out)
    assert list(only) == ["name", "description", "kind", "size_bytes", "weights_hash", "labels", "folder"]
    assert only["labels"] == ["entailment", "neutral", "contradiction"]


def test_no_models(run, monkeypatch):
    monkeypatch.setattr(registry, "list_models", list)
    result = run("models")
    assert (result.code, result.out) == (0, b"")
    assert "no model is on this machine" in result.err


@pytest.fixture
def training(monkeypatch, tmp_path):
    """Records what training was asked for, and prepares examples without any data."""
    asked = []

    def prepare(recipe, data, output, *, workers):
        output.write_bytes(b"groups")
        asked.append(("prepare", recipe.name, data, workers))
        return {"a": 2000}

    def train(recipe, groups, output, *, resume, start_from, teachers, machine, progress):
        progress(1, 2, "step 1")
        asked.append(("train", groups, resume, start_from, teachers, machine))
        return output

    monkeypatch.setattr("checker.training.sources.prepare", prepare)
    # The whole module is replaced, because the real one needs torch, which takes seconds to load.
    monkeypatch.setitem(sys.modules, "checker.training.run", SimpleNamespace(train=train))
    (tmp_path / "recipe.toml").write_text(RECIPE)
    return asked


def test_training_prepares_once(run, training):
    result = run("train", "recipe.toml", "--output", "m", "--data", "data")
    assert (result.code, result.out) == (0, b"")
    assert "checker: 2,000 examples: a" in result.err
    assert "checker: step 1" in result.err
    assert run("train", "recipe.toml", "--output", "m").code == 0
    assert run("train", "recipe.toml", "--output", "m", "--fresh", "--data", "data").code == 0
    groups = Path("m/run/groups.jsonl.gz")
    prepared, trained = ("prepare", "tiny", Path("data"), 1), ("train", groups, True, (), (), Machine("auto"))
    assert training == [prepared, trained, trained, prepared, ("train", groups, False, (), (), Machine("auto"))]


def test_training_on_prepared_examples(run, training):
    asked = ("train", "recipe.toml", "-o", "m", "--groups", "g.gz", "--start-from", "old", "--start-from", "new")
    assert run(*asked, "--teacher", "t", "--device", "cpu", "--workers", "3", "--minutes", "5").code == 0
    assert training == [("train", Path("g.gz"), True, [Path("old"), Path("new")], [Path("t")], Machine("cpu", 3, 5.0))]


def test_examples_are_made_by_as_many_processes(run, training):
    assert run("train", "recipe.toml", "-o", "m", "--data", "data", "--workers", "4").code == 0
    assert training[0] == ("prepare", "tiny", Path("data"), 4)


@pytest.mark.parametrize("recipe", ["recipe.toml", "none.toml"])
def test_training_without_data_or_recipe_is_wrong_usage(run, training, recipe):
    assert run("train", recipe, "-o", "m").code == 2
    assert not training


def test_evaluate_says_what_the_figures_were_made_with(run, monkeypatch, scripted):
    def measured(judge, data, limit):
        assert (data, limit) == (Path("data"), 5)
        hits = [True, False, True, True]
        return [share("accuracy", hits), calibration_error("label_ece", [0.9, 0.8, 0.7, 0.6], hits), share("none", [])]

    class Named:
        name, weights_hash, backend = "tiny", "0123", "torch"

    monkeypatch.setitem(BENCHMARKS, "nli", PairBenchmark("nli", "made up", "all", measured))
    monkeypatch.setattr(scripted, "predictor", Named, raising=False)
    asked = ("evaluate", "nli", "--data", "data", "--limit", "5", "--baseline", "labels", "--diagram", "d.svg")
    result = json.loads(run(*asked, "--format", "json").out)
    first, second = result["outcomes"]
    assert (first["benchmark"], first["subject"], second["subject"]) == ("nli", "tiny", "baseline:labels")
    assert first["figures"]["accuracy"]["value"] == 0.75
    assert first["figures"]["accuracy"]["units"] == 4
    low, high = first["figures"]["accuracy"]["interval"]
    assert 0 <= low < 0.75 < high <= 1
    assert first["figures"]["none"]["value"] is None
    assert (result["models"][0]["name"], result["models"][0]["hash"]) == ("tiny", "0123")
    table = run(*asked).out.decode()
    assert "accuracy" in table
    assert ".750" in table
    assert "| nli | accuracy | .750" in run(*asked, "--format", "markdown").out.decode()
    drawn = ElementTree.fromstring(Path("d.svg").read_text(encoding="utf-8"))  # noqa: S314 our own file
    assert "ECE" in "".join(drawn.itertext())


def test_figures_and_their_diagram_are_two_files(run):
    result = run("evaluate", "nli", "--data", "data", "--diagram", "d.svg", "--output", "d.svg")
    assert result.code == 2
    assert "d.svg: the two options name the same file: --output, --diagram" in result.err


def test_an_unknown_benchmark_lists_the_known_ones(run):
    result = run("evaluate", "nothing", "--data", "data")
    assert result.code == 2
    assert "nothing" in result.err


def test_calibrate(run, monkeypatch, tmp_path):
    asked = []
    monkeypatch.setattr(
        "checker.evaluation.calibrate.calibrate", lambda folder, data, *, backend: asked.append((folder, data, backend))
    )
    monkeypatch.setenv("CHECKER_BACKEND", "torch")
    assert run("calibrate", "m", "--data", "data").code == 0
    assert asked == [(Path("m"), Path("data"), "torch")]


def test_fit_exit(run, monkeypatch):
    def fit(folder, data, *, after, tell):
        asked.append((folder, data, after))
        for done in (1, 2):
            tell("asking the network", done, 2)
        return ExitQuality(1_000, 0.61, 0.58, 100, 0.01, 50, 0.02)

    asked = []
    monkeypatch.setattr("checker.evaluation.fit_exit.fit_exit", fit)
    result = run("fit-exit", "m", "--data", "data", "--after", "4")
    assert result.code == 0
    assert asked == [(Path("m"), Path("data"), 4)]
    assert result.err.count("asking the network") == 1
    assert "of 1,000 pairs held back 61% leave after layer 4: 58% of the tokens" in result.err


@pytest.mark.parametrize(
    ("error", "code", "told"),
    [
        (ModelError("no weights;\nfetch them"), 3, "checker: no weights; fetch them\n"),
        (OSError(5, "Input/output error"), 3, "internal error: OSError: [Errno 5] Input/output error; run again with"),
        (MemoryError(), 3, "internal error: MemoryError"),
        (KeyboardInterrupt(), 130, ""),
    ],
)
def test_every_error_is_one_line(run, monkeypatch, error, code, told):
    def fail():
        raise error

    monkeypatch.setattr(registry, "list_models", fail)
    result = run("models")
    assert (result.code, result.out) == (code, b"")
    assert told in result.err
    assert result.err.count("\n") == (1 if told else 0)


def test_warnings_of_libraries_are_not_shown(run, monkeypatch):
    def warn():
        warnings.warn("an editor cannot act on this", stacklevel=1)
        return []

    monkeypatch.setattr(registry, "list_models", warn)
    monkeypatch.setattr(sys, "warnoptions", [])
    assert "cannot act" not in run("models").err


def test_the_level_of_the_log_is_set_back_for_the_next_run(run):
    run("--debug", "--version")
    run("--version")
    assert logging.getLogger("checker").level == logging.WARNING


def test_the_installed_command_is_this_one():
    declared = (Path(__file__).parent.parent.parent / "pyproject.toml").read_text(encoding="utf-8")
    assert 'checker = "checker.cli:main"' in declared
    assert callable(main)


@pytest.mark.parametrize("closing", ["2>&-", ">&-"])
def test_closed_streams_are_no_error(tmp_path, closing):
    root = Path(__file__).parent.parent.parent
    program = "import sys; from checker.cli import main; sys.exit(main(['check', 'none.txt']))"
    done = subprocess.run(  # noqa: S603
        ["/bin/bash", "-c", f'"$0" -c "$1" {closing}', sys.executable, program],
        cwd=tmp_path,
        env={"PYTHONPATH": str(root), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (3, b"")
