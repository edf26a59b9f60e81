"""What was asked once is not asked again, and nothing else changes."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.nli import Pair, Prediction
from checker.nli.cache import RememberingPredictor


class Counting:
    """A model that says something different for each pair, and counts what it is asked."""

    name, weights_hash, backend = "counting", "0" * 16, "none"

    def __init__(self):
        self.asked = []

    def predict(self, pairs):
        self.asked += pairs
        return [Prediction(0.5, 0.25, 0.25, len(pair.premise + pair.hypothesis) / 100) for pair in pairs]

    def embed(self, texts):
        self.asked += texts
        return np.array([[len(text), 1.0] for text in texts], dtype=np.float32).reshape(-1, 2)


PAIRS = st.lists(st.builds(Pair, st.sampled_from("abc"), st.sampled_from("de")), max_size=12)


@settings(max_examples=60, deadline=None)
@given(st.lists(PAIRS, max_size=4), st.integers(1, 5))
def test_answers_are_the_model_s_however_little_is_remembered(calls, most):
    model = RememberingPredictor(Counting(), predictions=most, vectors=most)
    for pairs in calls:
        assert model.predict(pairs) == Counting().predict(pairs)
        texts = [pair.premise for pair in pairs]
        assert np.array_equal(model.embed(texts), Counting().embed(texts))


def test_the_same_question_is_asked_once():
    plain = Counting()
    model = RememberingPredictor(plain)
    for _ in range(3):
        model.predict([Pair("a", "b"), Pair("a", "b"), Pair("b", "a")])
        model.embed(["a", "a", "c"])
    assert plain.asked == [Pair("a", "b"), Pair("b", "a"), "a", "c"]


def test_a_vector_is_made_once_and_given_in_order():
    plain = Counting()
    model = RememberingPredictor(plain)
    assert model.embed(["banana", "kiwi", "banana"]).tolist() == [[6, 1], [4, 1], [6, 1]]
    assert model.embed(["fig", "kiwi"]).tolist() == [[3, 1], [4, 1]]
    assert model.embed([]).shape == (0, 2)
    assert plain.asked == ["banana", "kiwi", "fig"]


def test_what_was_used_last_is_kept():
    plain = Counting()
    model = RememberingPredictor(plain, predictions=2)
    one, two, three = (Pair(sign, "x") for sign in "abc")
    for pair in (one, two, one, three, one):
        model.predict([pair])
    assert plain.asked == [one, two, three]
    model.predict([two])
    assert plain.asked == [one, two, three, two]


def test_a_vector_that_a_caller_changes_does_not_change_what_is_remembered():
    model = RememberingPredictor(Counting())
    model.embed(["abc"])[0] = 0
    assert model.embed(["abc"])[0].tolist() == [3.0, 1.0]


def test_it_passes_for_the_model():
    model = RememberingPredictor(Counting())
    assert (model.name, model.weights_hash, model.backend, model.folder) == ("counting", "0" * 16, "none", None)
