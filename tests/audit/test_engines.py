"""Several processes give the same data set as one; one that dies costs the document it died on."""

import os
import signal

import pytest

from checker.audit import grouping
from checker.audit.engines import local
from checker.audit.engines.local import DIED, OneProcess, SeveralProcesses, local_engine
from checker.audit.run import run_audit
from checker.errors import ModelError, UsageError
from checker.settings import Settings

WRONG = "The council met in the the harbour town on day {number}. It opened new berths there. The end came soon."


def check_or_die(jobs):
    """Stands for the check of a group in a process: one document has it killed, as a lack of memory would."""
    if any("deadly" in job.document.text for job in jobs):
        os.kill(os.getpid(), signal.SIGKILL)
    return local._own_checker().check(jobs)


def run_in(audit, engine, output, **more):
    request = audit.request(output=output, **more)
    made = engine(request.means)
    try:
        return run_audit(request, made)
    finally:
        made.close()


def test_several_processes_say_the_same_as_one(audit, tiny_model, monkeypatch):
    for number in range(9):
        audit.write(f"{number:02}.txt", WRONG.format(number=number))
    audit.write("05.txt", "This one is deadly.")
    monkeypatch.setattr(grouping, "SENTENCES_IN_GROUP", 9)
    settings = Settings(model=str(tiny_model), threads=1)
    run_in(audit, OneProcess, "one", settings=settings)
    monkeypatch.setattr(local, "_check", check_or_die)
    run_in(audit, lambda means: SeveralProcesses(means, 2), "two", settings=settings)
    one, two = audit.documents("one"), audit.documents("two")
    assert (two[5].status, two[5].reason) == ("skipped", DIED)
    assert [row for row in one if row.position != 5] == [row for row in two if row.position != 5]
    found = [[each for each in audit.read(name).findings() if each.position != 5] for name in ("one", "two")]
    assert found[0] == found[1]


def test_a_missing_model_is_one_error(audit):
    audit.write("a.txt", WRONG)
    with pytest.raises(ModelError, match="no model named"):
        run_in(audit, lambda means: SeveralProcesses(means, 2), "out", settings=Settings(model="missing"))


def test_at_least_one_process():
    with pytest.raises(UsageError, match="--workers"):
        local_engine(None, 0)
