"""`checker bench`: what was measured, as a table and as JSON."""

import json

from checker.evaluation.bench import Bench, Figure


def test_the_verb_writes_what_was_measured(run, monkeypatch):
    made = Bench("tiny", "0" * 16, "torch", 2, (Figure("main path", "pairs/s", (12.0, 14.0), ">= 4"),))
    monkeypatch.setattr("checker.evaluation.bench.bench", lambda *_, **__: made)
    shown = run("bench")
    assert shown.code == 0
    assert "main path" in shown.out.decode()
    found = json.loads(run("bench", "--format", "json").out)
    assert found["figures"] == [
        {"name": "main path", "unit": "pairs/s", "median": 13.0, "values": [12.0, 14.0], "aim": ">= 4"}
    ]


def test_nothing_measured_no_times_is_wrong_usage(run):
    assert run("bench", "--repeats", "0").code == 2
