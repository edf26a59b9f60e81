"""What the model is asked of sentences and their evidence, and whose the answers are."""

from __future__ import annotations

import pytest

from checker.document import make_document
from checker.evidence import Evidence, EvidenceKind, Relation
from checker.judging import judge_sentences
from checker.nli import Pair, Prediction

TEXT = "The harbour of Skarvik is open. The mayor of Skarvik resigned. Boats left at noon."
OPEN, MAYOR, BOATS = make_document(TEXT, language="en").sentences
CLOSED = "The harbour of Skarvik was closed on Monday."
STAYS = "The mayor of Skarvik will stay."


def fact(text: str, **more) -> Evidence:
    return Evidence(EvidenceKind.FACT, text, text, 0.9, **more)


class Scripted:
    """Says how far each pair is contradicted, by its two texts; records what it was asked."""

    def __init__(self, contradicted: dict[tuple[str, str], float], error: float = 0.0) -> None:
        self._contradicted, self._error = contradicted, error
        self.calls: list[list[Pair]] = []

    def predict(self, pairs):
        self.calls.append(list(pairs))
        return [self._say(pair) for pair in pairs]

    def _say(self, pair: Pair) -> Prediction:
        share = self._contradicted.get((pair.premise, pair.hypothesis), 0.01)
        return Prediction(0.0, 1 - share, share, self._error)


@pytest.fixture
def results():
    predictor = Scripted({(CLOSED, OPEN.text): 0.9, (OPEN.text, CLOSED): 0.8, (STAYS, MAYOR.text): 0.6})
    evidence = [[fact(STAYS), fact(CLOSED)], [fact(STAYS)], []]
    return predictor, judge_sentences(predictor, [OPEN, MAYOR, BOATS], evidence)


def test_what_denies_is_asked_whether_it_is_denied(results) -> None:
    predictor, _ = results
    first, second = predictor.calls
    assert len(first) == 6
    assert second == [Pair(OPEN.text, CLOSED, Relation.CONTEXT), Pair(MAYOR.text, STAYS, Relation.CONTEXT)]


def test_each_answer_goes_to_its_evidence(results) -> None:
    _, (harbour, mayor, boats) = results
    silent, denies = harbour.judged
    assert silent.turned is None
    assert (denies.prediction.contradiction, denies.turned.contradiction) == (0.9, 0.8)
    (stays,) = mayor.judged
    assert (stays.prediction.contradiction, stays.turned.contradiction) == (0.6, 0.01)
    assert boats.judged == ()
    assert boats.reason


def test_nothing_is_asked_back_where_nothing_denies() -> None:
    predictor = Scripted({})
    judge_sentences(predictor, [OPEN], [[fact(CLOSED)]])
    assert len(predictor.calls) == 1


def test_an_error_is_asked_back_too() -> None:
    predictor = Scripted({}, error=0.7)
    judge_sentences(predictor, [OPEN], [[fact(CLOSED)]])
    assert predictor.calls[1] == [Pair(OPEN.text, CLOSED, Relation.CONTEXT)]


def test_a_reference_is_not_asked_back() -> None:
    predictor = Scripted({(CLOSED, OPEN.text): 0.9})
    judge_sentences(predictor, [OPEN], [[fact(CLOSED, relation=Relation.REFERENCE)]])
    assert len(predictor.calls) == 1


@pytest.mark.parametrize(("retells", "asked"), [(True, 2), (False, 1)])
def test_what_may_retell_the_sentence_is_asked_back_sooner(retells: bool, asked: int) -> None:
    predictor = Scripted({(CLOSED, OPEN.text): 0.15})
    judge_sentences(predictor, [OPEN], [[fact(CLOSED, retells=retells)]])
    assert len(predictor.calls) == asked
