"""The notebooks: run from top to bottom, outputs kept, small and free of anything of the machine they ran on."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import checker

ROOT = Path(checker.__file__).parents[1]
FOLDER = ROOT / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
MOST_BYTES = 300_000  # all notebooks together

pytestmark = pytest.mark.skipif(not NOTEBOOKS, reason="the notebooks are not beside the package")


def code_cells(path):
    return [cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_runs(path):
    for library in ("nbclient", "ipykernel", "pandas", "altair"):
        pytest.importorskip(library, reason="needs the notebook and dev extras")
    done = subprocess.run(  # noqa: S603
        [sys.executable, str(FOLDER / "execute.py"), path.name], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_outputs_are_kept_and_say_nothing_of_the_machine(path):
    cells = code_cells(path)
    assert [cell["execution_count"] for cell in cells] == list(range(1, len(cells) + 1))
    outputs = [output for cell in cells for output in cell["outputs"]]
    assert outputs
    assert not [output for output in outputs if output["output_type"] == "error"]
    shown = json.dumps(outputs)
    assert not [place for place in ("/home/", "/root/", "/tmp/", "/work/", str(Path.home())) if place in shown]  # noqa: S108


def test_they_are_small():
    assert sum(path.stat().st_size for path in NOTEBOOKS) < MOST_BYTES
