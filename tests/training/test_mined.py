"""Negatives mined from a model's own false alarms, with a scripted model."""

import gzip
import json
import random
import re

import numpy as np
import pytest

from checker.evidence import Relation
from checker.nli import Prediction
from checker.training.recipe import Source
from checker.training.sources import mined
from checker.training.sources.mined import own_false_alarms
from checker.training.sources.reading import is_held_out
from checker.training.written import Marked

TEXT = (
    "The harbour of Skarvik was closed on Monday after the storm. "
    "The mayor of Skarvik said the harbour would open again. "
    "Fishermen in the harbour of Skarvik lost nine boats in the storm."
)


class Alarmist:
    """Takes every sentence about boats for contradicted, and no other."""

    asked = 0
    weights_hash = "0" * 64

    def predict(self, pairs):
        Alarmist.asked += len(pairs)
        loud = ["boats" in pair.hypothesis for pair in pairs]
        return [Prediction(0.1, 0.1, 0.8, 0.9) if alarm else Prediction(0.1, 0.88, 0.02, 0.01) for alarm in loud]

    def embed(self, texts):
        return np.full((len(texts), 4), 0.5, dtype=np.float32)


@pytest.fixture
def mine(tmp_path, monkeypatch):
    """Groups mined with the options given, of sixty articles."""
    monkeypatch.setattr("checker.nli.registry.load_staying", lambda name: Alarmist())
    keys = [f"paper-{number}" for number in range(60)]
    with gzip.open(tmp_path / "news.jsonl.gz", "wt", encoding="utf-8") as stream:
        for key in keys:
            held = "Held out. " if is_held_out(key) else ""
            barred = "Barred. " if key.endswith("7") else ""
            stream.write(
                json.dumps({"id": key, "text": f"{held}{barred}{TEXT.replace('Skarvik', key.title())}"}) + "\n"
            )
    barred = [key for key in keys if key.endswith("7")]

    def run(**options):
        source = Source(
            "own_false_alarms", 1000, "news.jsonl.gz", options={"model": "m", "leave_out": barred, **options}
        )
        return list(own_false_alarms(tmp_path, source, random.Random(3)))

    return run


@pytest.fixture
def groups(mine):
    return mine()


def test_false_alarms_become_clean_examples(groups) -> None:
    assert groups
    for (one,) in groups:
        assert (one.label, one.error, one.spans, one.relation) == ("not_contradiction", 0.0, (), Relation.CONTEXT)
        assert one.premise != one.hypothesis


def test_a_few_pairs_without_alarm_come_along(groups) -> None:
    loud = [group for group in groups if "boats" in group[0].hypothesis]
    assert 0 < len(groups) - len(loud) < 0.3 * len(groups)
    assert Alarmist.asked > len(groups)


def test_documents_that_are_held_out_or_left_out_stay_out(groups) -> None:
    texts = {text for (one,) in groups for text in (one.premise, one.hypothesis)}
    assert not any(("Held out" in text or "Barred" in text) for text in texts)
    assert not any(f"Paper-{number}7 " in text for text in texts for number in range(6))


def _papers(texts) -> set[str]:
    return {found[0] for text in texts if (found := re.findall(r"Paper-\d+", text))}


def test_a_crowd_of_facts_is_written_and_of_other_articles(mine, monkeypatch) -> None:
    told = [f"Paper-{number} has a mayor who never left Paper-{number}." for number in range(60)]
    monkeypatch.setattr(mined, "read_written", lambda form, part: [{"fact": Marked(fact)} for fact in told])
    groups = mine(crowd=60)
    premises = {one.premise for (one,) in groups}
    assert premises.intersection(told)
    judged, others = _papers({one.hypothesis for (one,) in groups}), _papers(premises.difference(told))
    assert others - judged, "nothing stands beside a sentence of another article"
    for (one,) in groups:
        assert (one.label, one.error, one.relation) == ("not_contradiction", 0.0, Relation.CONTEXT)


def test_a_crowd_larger_than_the_articles_leaves_nothing_to_judge(mine) -> None:
    assert mine(crowd=10_000_000) == []
