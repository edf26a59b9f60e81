"""Fitting an early exit: heads learn what the network says, limits keep in what matters."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.document import Span
from checker.nli.early_exit import Limits
from checker.nli.encoding import Row
from checker.nli.exit_heads import ExitHeads
from checker.nli.network import EncoderConfig, Network
from checker.nli.packed import judge, pack
from checker.nli.torch_engine import said_of
from checker.training.exit_fitting import (
    LOST_SUPPORT,
    MISSED,
    Lesson,
    ask_network,
    choose_limits,
    fit_heads,
    measure_exit,
)

WIDTH = 16
SIZES = EncoderConfig(40, WIDTH, 3, 2, 32, 64)
SHOUT = 7  # the word piece that makes a lesson matter
ANYTHING = Limits(2, 1.0, 1.0)


def row_of(ids: list[int], premise: int) -> Row:
    """A row whose first `premise` tokens are no part of the hypothesis, nor is the last."""
    array = np.array(ids, dtype=np.int64)
    zeros = np.zeros_like(array)
    spans = tuple(Span(place, place + 1) for place in range(len(ids) - premise - 1))
    return Row(array, zeros, zeros, zeros, zeros, zeros, premise, spans, truncated=False, is_context=True)


def lessons(count: int, seed: int) -> list[Lesson]:
    """Random rows; one in three has the piece SHOUT in its hypothesis, and matters for it."""
    draw = np.random.default_rng(seed)
    table = np.random.default_rng(1).normal(size=(40, WIDTH)).astype(np.float16)
    made = []
    for number in range(count):
        ids = [int(each) for each in draw.integers(8, 40, size=draw.integers(6, 14))]
        loud = number % 3 == 0
        if loud:
            ids[-2] = SHOUT
        row = row_of(ids, 3)
        labels = np.array([0.1, 0.2, 0.7] if loud else [0.3, 0.65, 0.05], dtype=np.float32)
        tokens = np.array([0.9 if piece == SHOUT else 0.02 for piece in ids[3:-1]], dtype=np.float32)
        made.append(Lesson(row, table[ids], labels, tokens, 0.8 if loud else 0.1))
    return made


def test_lessons_hold_what_the_network_says() -> None:
    torch.manual_seed(2)
    network = Network(SIZES).eval()
    rows = [each.row for each in lessons(9, 3)]
    heard: list[tuple[int, int]] = []
    asked = ask_network(network, rows, 2, lambda done, of: heard.append((done, of)))
    with torch.inference_mode():
        said = said_of(judge(network, pack(rows)))
    for index, lesson in enumerate(asked):
        assert lesson.row is rows[index]
        assert lesson.hidden.shape == (len(rows[index]), WIDTH)
        np.testing.assert_allclose(lesson.labels, said.labels[index], atol=1e-5)
        np.testing.assert_allclose(lesson.tokens, said.tokens[index, : len(rows[index].spans)], atol=1e-5)
        assert lesson.error == pytest.approx(float(said.error[index]), abs=1e-5)
    assert heard[-1] == (9, 9)


def test_heads_learn_what_matters_and_let_the_rest_leave(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("checker.training.exit_fitting.TOKENS_PER_STEP", 200)  # so little data makes few steps else
    heads = fit_heads(WIDTH, lessons(240, 4), ANYTHING, epochs=10)
    held_back = lessons(150, 5)
    limits = choose_limits(heads, held_back, ANYTHING)
    found = measure_exit(heads, held_back, limits)
    assert found.matter == 50
    assert found.missed == 0
    assert found.leave > 0.6
    again = fit_heads(WIDTH, lessons(30, 4), ANYTHING, epochs=1)
    assert again.state_dict().keys() == ExitHeads(WIDTH).state_dict().keys()


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 1000), count=st.integers(1, 60))
def test_limits_keep_in_what_they_promise_whatever_the_heads_say(seed: int, count: int) -> None:
    torch.manual_seed(seed)
    heads, held_back = ExitHeads(WIDTH).eval(), lessons(count, seed)
    found = measure_exit(heads, held_back, choose_limits(heads, held_back, ANYTHING))
    assert found.pairs == count
    assert found.missed <= MISSED
    assert found.support_lost <= LOST_SUPPORT


def test_without_pairs_that_matter_nobody_leaves() -> None:
    """Then nothing tells where the limit is."""
    quiet = [each for each in lessons(30, 6) if each.error < 0.5]
    assert choose_limits(ExitHeads(WIDTH).eval(), quiet, ANYTHING) == Limits(2, 0.0, 0.5)
    assert measure_exit(ExitHeads(WIDTH).eval(), quiet, Limits(2, 0.0, 0.0)).leave == 0


@pytest.mark.parametrize(
    ("contradiction", "error", "word", "matters"),
    [
        (0.6, 0.0, 0.0, True),
        (0.4, 0.0, 0.5, True),
        (0.0, 0.27, 0.5, True),
        (0.4, 0.6, 0.1, False),
        (0.1, 0.1, 0.9, False),
    ],
)
def test_what_matters(contradiction: float, error: float, word: float, matters: bool) -> None:
    row = row_of([8, 9, 10, 11, 12], 3)
    labels = np.array([0.0, 1 - contradiction, contradiction], dtype=np.float32)
    lesson = Lesson(row, np.zeros((5, WIDTH), np.float16), labels, np.array([word], dtype=np.float32), error)
    assert lesson.matters(ANYTHING) is matters
