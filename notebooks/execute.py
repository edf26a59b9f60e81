"""Executes the notebooks as a reader would, and with --write keeps what they show.

    python notebooks/execute.py                      # runs all of them, changes nothing; exit code 1 where one fails
    python notebooks/execute.py --write              # after a change of the model or of a notebook: keeps the outputs
    python notebooks/execute.py --write 04_inside_the_model.ipynb

Outputs are made small and the same on every machine: no times, no kernel versions, no progress lines.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
LONGEST = 1200  # seconds for one cell; seconds would do, but machines can be busy


def main() -> int:
    """Runs the notebooks named on the command line, all where none is; returns the exit code."""
    parser = argparse.ArgumentParser(description="Execute the notebooks.")
    parser.add_argument("names", nargs="*", help="notebooks of this folder; all where none is named")
    parser.add_argument("--write", action="store_true", help="keep the outputs in the notebooks")
    chosen = parser.parse_args()
    failed = False
    for path in [FOLDER / name for name in chosen.names] or sorted(FOLDER.glob("*.ipynb")):
        problem = execute(path, write=chosen.write)
        failed = failed or problem is not None
        print(f"{path.name}: {problem or 'ran through'}", file=sys.stderr)
    return int(failed)


def execute(path: Path, *, write: bool) -> str | None:
    """Run one notebook in its folder; what went wrong, None where nothing did."""
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError

    try:
        notebook = nbformat.read(path, as_version=4)
    except OSError as error:
        return f"cannot be read ({error.strerror}); name a notebook of {FOLDER.name}/"
    client = NotebookClient(
        notebook, timeout=LONGEST, kernel_name="python3", resources={"metadata": {"path": FOLDER}}, record_timing=False
    )
    try:
        client.execute()
    except (CellExecutionError, CellTimeoutError) as error:
        return f"a cell failed\n{error}"
    if write:
        notebook.metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
        for cell in notebook.cells:
            cell.metadata = {}
        nbformat.write(notebook, path)
    return None


if __name__ == "__main__":
    sys.exit(main())
