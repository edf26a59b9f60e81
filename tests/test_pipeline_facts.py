"""Which facts an article is checked against: those of its day, from a file or a store alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from checker import Checker, Fact, FactStore
from checker.document import Span, make_document
from checker.evidence import FactStatus, Relation
from checker.findings import Calibration
from checker.nli import Pair, Prediction, TokenProbability

MAYOR = Fact("m", "The mayor of Velmar is Ilse Brandt.", origin="register", valid_until=date(2015, 6, 30))
ARTICLE = make_document("The mayor of Velmar is Alda Brunner.", language="en", path="a.txt")


class Contradicting:
    """Contradicts whatever is judged against context; every word is suspect."""

    name = "scripted"
    weights_hash = "0" * 16
    backend = "none"

    def predict(self, pairs):
        self.asked = [pair.premise for pair in pairs]
        return [self._one(pair) for pair in pairs]

    def embed(self, texts):
        import numpy as np

        return np.ones((len(texts), 4), dtype=np.float32) / 2

    def _one(self, pair: Pair) -> Prediction:
        return Prediction(0.0, 0.1, 0.9, 0.9) if pair.premise else Prediction(0.0, 1.0, 0.0, 0.0)


@pytest.fixture(params=["file", "store"])
def facts(request, tmp_path: Path):
    given = [MAYOR, Fact("x", "The Orsa tunnel is long.", status=FactStatus.RETIRED)]
    if request.param == "file":
        yield given
        return
    with FactStore.open(tmp_path / "s.facts") as store:
        store.add(given)
        yield store


def checked(facts, document=ARTICLE, as_of=None):
    predictor = Contradicting()
    report = Checker(predictor=predictor).check(document, facts=facts, as_of=as_of)
    return report, MAYOR.text in predictor.asked


@pytest.mark.parametrize(("day", "used"), [(date(2015, 6, 30), True), (date(2015, 7, 1), False)])
def test_an_expired_fact_is_no_evidence(facts, day: date, used: bool) -> None:
    report, asked = checked(facts, as_of=day)
    assert asked is used
    assert report.signature.as_of == day.isoformat()


def test_facts_of_which_none_counts_on_the_day_are_told_as_not_used() -> None:
    report, asked = checked([MAYOR], as_of=date(2015, 7, 1))
    assert not asked
    assert [each.what for each in report.skipped] == ["facts"]
    assert "2015-07-01" in report.skipped[0].reason
    assert checked([MAYOR, "The harbour is open."], as_of=date(2015, 7, 1))[0].skipped == ()
    assert checked([MAYOR], as_of=date(2015, 6, 30))[0].skipped == ()


def test_the_day_of_the_article_counts_then_today(facts) -> None:
    old = replace(ARTICLE, published=datetime(2014, 5, 1, 23, 0, tzinfo=UTC))
    assert checked(facts, old)[1]
    assert checked(facts, old)[0].signature.as_of == "2014-05-01"
    report, asked = checked(facts)
    assert not asked
    assert report.signature.as_of == date.today().isoformat()


def test_a_file_and_a_store_of_the_same_facts_have_one_hash(tmp_path: Path) -> None:
    day = date(2014, 1, 1)
    with FactStore.open(tmp_path / "s.facts") as store:
        store.add([MAYOR])
        of_store = checked(store, as_of=day)[0].signature
    assert of_store == checked([MAYOR], as_of=day)[0].signature
    assert checked(["The harbour is open."])[0].signature.as_of is None


class Reasoning(Contradicting):
    """Contradicts a sentence only where one premise says both who is meant and where she was born."""

    def _one(self, pair: Pair) -> Prediction:
        both = all(word in pair.premise for word in ("mayor", "Tarnow"))
        start = pair.hypothesis.find("Kessin")
        if not both or start < 0:
            return Prediction(0.0, 1.0, 0.0, 0.0)
        return Prediction(0.0, 0.05, 0.95, 0.95, (TokenProbability(Span(start, start + 6), 0.9),))


def test_facts_that_contradict_only_together_are_each_named() -> None:
    known = [
        Fact("m", "The mayor of Velmar is Alda Brunner.", origin="register", valid_from=date(2019, 3, 1)),
        Fact("b", "Alda Brunner was born in Tarnow.", origin="https://town.example/brunner"),
        Fact("x", "The Orsa tunnel is long."),
    ]
    checker = Checker(predictor=Reasoning())
    report = checker.check("The mayor of Velmar was born in Kessin.", facts=known, as_of=date(2022, 5, 1))
    (finding,) = report.findings
    assert finding.text == "Kessin"
    assert [(item.evidence.id, item.evidence.origin) for item in finding.evidence] == [
        ("m", "register"),
        ("b", "https://town.example/brunner"),
    ]
    assert finding.evidence[0].evidence.valid_from == date(2019, 3, 1)
    assert finding.evidence[0].conflict is None
    conflict = finding.evidence[1].conflict
    assert conflict is not None
    assert conflict.of(finding.evidence[1].evidence.text) == "Tarnow"
    said = "The mayor of Velmar is Alda Brunner. Alda Brunner was born in Tarnow."
    assert finding.message == f"“Kessin” contradicts a pair of reference facts, which says “{said}”"
    assert finding.suggestions == ("Tarnow",)
    leading = checker.explain(finding).lead
    assert leading is not None
    assert [part.id for part in leading.evidence.joined] == ["m", "b"]
    assert "https://town.example/brunner" in str(checker.explain(finding))


def test_facts_are_not_joined_where_one_is_enough() -> None:
    checker = Checker(predictor=Reasoning())
    known = [
        "The mayor of Velmar, Alda Brunner, was born in Tarnow.",
        "Alda Brunner is the oldest person in Velmar to be born at home.",
    ]
    (finding,) = checker.check("The mayor of Velmar was born at home in Kessin.", facts=known).findings
    assert [item.evidence.id for item in finding.evidence] == ["fact-1"]


NEAR = "The mayor of Velmar in those years was Ilse Brandt of Orsa."


@pytest.mark.parametrize("weighed", [True, False])
def test_a_fact_in_nearly_the_same_words_is_a_reference_where_the_model_was_calibrated_for_it(weighed: bool) -> None:
    predictor = Contradicting()
    asked = []
    predictor.predict = lambda pairs: asked.extend(pairs) or [predictor._one(pair) for pair in pairs]
    checker = Checker(predictor=predictor)
    checker._calibration = Calibration(weights={"finding/restated": {"bias": 0.0}} if weighed else {})
    checker.check("The mayor of Velmar in those years was Alda Brandt of Orsa.", facts=[NEAR])
    assert {pair.relation for pair in asked if pair.premise == NEAR} == {
        Relation.REFERENCE if weighed else Relation.CONTEXT
    }


OTHERWISE = "Ilse Brandt of Orsa led the town of Velmar as its mayor then."


@pytest.mark.parametrize("weighed", [True, False])
def test_both_questions_are_asked_of_a_fact_that_may_retell_the_sentence(weighed: bool) -> None:
    predictor = Contradicting()
    asked = []
    predictor.predict = lambda pairs: asked.extend(pairs) or [predictor._one(pair) for pair in pairs]
    checker = Checker(predictor=predictor)
    checker._calibration = Calibration(weights={"finding/retold": {"bias": 0.0}} if weighed else {})
    checker.check("The mayor of Velmar in those years was Alda Brandt of Orsa.", facts=[OTHERWISE])
    relations = [pair.relation for pair in asked if pair.premise == OTHERWISE]
    assert {pair.hypothesis for pair in asked} == {"The mayor of Velmar in those years was Alda Brandt of Orsa."}
    assert relations == [Relation.CONTEXT, Relation.REFERENCE][: 1 + weighed]
