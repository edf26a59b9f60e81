"""Ray gives the same data set as this machine alone, and shares out what processors there are."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

from checker.audit import grouping
from checker.audit.checking import Means
from checker.audit.engines.cluster import ray_engine, shared_out
from checker.audit.engines.types import DIED
from checker.audit.schema import Status
from checker.errors import CheckerError, UsageError
from checker.settings import Settings

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
DEADLY = """
import os
import sys
from pathlib import Path
from audit_runs import Audit, ShakyPredictor
from checker.audit.engines.cluster import OnRay
from checker.audit.run import run_audit

class DeadlyPredictor(ShakyPredictor):
    def embed(self, texts):
        if any("deadly" in text for text in texts):
            os._exit(9)
        return super().embed(texts)

request = Audit(Path(sys.argv[1])).request(output="ray")
engine = OnRay(request.means, 1, DeadlyPredictor())
try:
    run_audit(request, engine)
finally:
    engine.close()
"""
CLUSTER = """
import os
import sys
from pathlib import Path
from audit_runs import Audit, ShakyPredictor
from checker.audit import grouping
from checker.audit.engines.cluster import OnRay
from checker.audit.run import run_audit
from ray.cluster_utils import Cluster

grouping.DOCUMENTS_IN_GROUP = 5
size = {"object_store_memory": 80_000_000, "include_dashboard": False}
cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 0, **size})
machines = [cluster.add_node(num_cpus=1, **size) for _ in range(2)]
os.environ["RAY_ADDRESS"] = cluster.address
request = Audit(Path(sys.argv[1])).request(output="ray")
engine = OnRay(request.means, 2, ShakyPredictor())

def watch(progress, total):
    if progress.done and machines:
        cluster.remove_node(machines.pop(), allow_graceful=False)
        machines.clear()

try:
    run_audit(request, engine, watch)
finally:
    engine.close()
    cluster.shutdown()
"""
needs_ray = pytest.mark.skipif(
    importlib.util.find_spec("ray") is None, reason="Ray is not installed: pip install 'checker[ray]'"
)


def run_program(program, audit):
    """In a program of its own, since what Ray leaves open when it ends is no matter of this one; HOME has no token."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", program, str(audit.folder)],
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(map(str, (ROOT, Path(__file__).parent))),
            "RAY_ADDRESS": "",
            "HOME": str(audit.folder),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    if "timed out" in done.stderr:
        pytest.skip("Ray waits 30 seconds for itself, and this machine is too busy")
    assert done.returncode == 0, done.stderr
    return done


@needs_ray
def test_a_machine_that_is_lost_costs_nothing_but_time(audit, monkeypatch):
    monkeypatch.setattr(grouping, "DOCUMENTS_IN_GROUP", 5)
    for number in range(60):
        audit.write(f"{number:02}.txt", WRONG.format(number=number))
    audit.run(output="local")
    run_program(CLUSTER, audit)
    assert audit.content("ray") == audit.content("local")
    assert {row.status for row in audit.documents("ray")} == {Status.CHECKED}


@needs_ray
def test_a_document_that_no_actor_survives_is_skipped(audit):
    for number in range(4):
        audit.write(f"{number}.txt", WRONG.format(number=number))
    audit.write("2.txt", "The council met on a deadly day. It was the the end of May.")
    run_program(DEADLY, audit)
    rows = audit.documents("ray")
    assert [row.reason for row in rows] == [None, None, DIED, None]
    assert [row.findings for row in rows] == [1, 1, 0, 1]


def test_a_cluster_that_does_not_answer_is_one_line(monkeypatch):
    monkeypatch.setenv("RAY_ADDRESS", "127.0.0.1:9")
    with pytest.raises(CheckerError, match=r"no Ray cluster answers at 127\.0\.0\.1:9 .*RAY_ADDRESS"):
        ray_engine(Means(Settings()), 1)


@needs_ray
def test_ray_says_the_same_to_the_byte(audit):
    for number in range(70):  # two groups
        audit.write(f"{number:02}.txt", WRONG.format(number=number % 60))
    audit.write("bad.txt", "")
    audit.run(output="local")
    done = run_program(PROGRAM, audit)
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
