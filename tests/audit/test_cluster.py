"""Ray gives the same data set as this machine alone, and shares out what processors there are."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

from checker.audit.engines.cluster import ray_engine, shared_out
from checker.errors import UsageError

WRONG = "The council met in the the harbour town on day {number}. It opened new berths there. The end came soon."
ROOT = Path(__file__).parents[2]
PROGRAM = """
import sys
from pathlib import Path
from audit_runs import Audit, ShakyPredictor
from checker.audit.engines.cluster import OnRay
from checker.audit.run import run_audit

request = Audit(Path(sys.argv[1])).request(output="ray")
engine = OnRay(request.means, 2, ShakyPredictor())
try:
    run_audit(request, engine)
finally:
    engine.close()
"""


@pytest.mark.skipif(importlib.util.find_spec("ray") is None, reason="Ray is not installed: pip install 'checker[ray]'")
def test_ray_says_the_same_to_the_byte(audit):
    for number in range(70):  # two groups
        audit.write(f"{number:02}.txt", WRONG.format(number=number % 60))
    audit.write("bad.txt", "")
    audit.run(output="local")
    # In a program of its own: what Ray leaves open when it ends is no matter of this one.
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", PROGRAM, str(audit.folder)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (ROOT, Path(__file__).parent))), "RAY_ADDRESS": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    if "timed out" in done.stderr:
        pytest.skip("Ray waits 30 seconds for itself, and this machine is too busy")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert audit.content("ray") == audit.content("local")
    assert sum(row.findings for row in audit.documents("ray")) == 60


@pytest.mark.parametrize(
    ("processors", "workers", "threads"),
    [([2], 2, 1), ([16, 16], 4, 8), ([4, 4, 4], 2, 4), ([4, 4, 4], 4, 2), ([64, 2], 5, 12), ([3], 3, 1)],
)
def test_actors_get_as_many_processors_as_all_have_room_with(processors, workers, threads):
    assert shared_out(processors, workers) == threads


@pytest.mark.parametrize(("processors", "workers", "threads"), [([2], 3, None), ([], 1, None), ([4, 4], 3, 4)])
def test_more_actors_than_there_is_room_for_are_refused(processors, workers, threads):
    with pytest.raises(UsageError, match="give less"):
        shared_out(processors, workers, threads)


def test_at_least_one_actor():
    with pytest.raises(UsageError, match="--workers"):
        ray_engine(None, 0)
