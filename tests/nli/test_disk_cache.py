"""What was said once is on disk, survives the process, stays within its bound, and never costs a check."""

from __future__ import annotations

import logging
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.document import Span
from checker.errors import AnswerFileError, ModelError
from checker.evidence import Relation
from checker.nli import Pair, Prediction, TokenProbability
from checker.nli.answers import FILE_NAME, AnswerFile
from checker.nli.backends import Backend
from checker.nli.checkpoint import CheckpointPredictor
from checker.nli.disk_cache import KeepingPredictor, keep_on_disk, pack_prediction, unpack_prediction
from checker.nli.registry import load_deferred, load_predictor
from checker.nli.types import CATEGORIES

DAY = 86_400.0
PAIRS = [
    Pair("a", "b"),
    Pair("a", "b", language="es"),
    Pair("a", "b", Relation.CONTEXT),
    Pair("ab", ""),
    Pair("", "ab"),
    Pair("\ud800", "🚢 ̈"),
]
UNIT = st.floats(0, 1)
SPANS = st.tuples(st.integers(0, 2**31), st.integers(1, 100)).map(lambda at: Span(at[0], at[0] + at[1]))


class Counting:
    """A model that says something different for each question, and counts what it is asked."""

    def __init__(self, weights_hash: str = "0" * 16, backend: str = "none") -> None:
        self.name, self.weights_hash, self.backend = "counting", weights_hash, backend
        self.asked: list[Pair | str] = []

    def predict(self, pairs: Sequence[Pair]) -> list[Prediction]:
        self.asked += pairs
        return [
            Prediction(0.5, 0.25, 0.25, len(pair.premise) / 9, (TokenProbability(Span(0, 1), 1 / 3),)) for pair in pairs
        ]

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        self.asked += texts
        return np.array([[len(text), 1 / 3] for text in texts], dtype=np.float32).reshape(-1, 2)


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Callable[..., AnswerFile]]:
    """Opens the same file, as often as it is called."""
    files: list[AnswerFile] = []

    def open_file(**options: object) -> AnswerFile:
        files.append(AnswerFile(tmp_path / "kept", **{"megabytes": 10, **options}))
        return files[-1]

    yield open_file
    for file in files:
        file.close()


@given(
    st.lists(UNIT, min_size=4, max_size=4),
    st.lists(st.tuples(SPANS, UNIT, st.sampled_from((*CATEGORIES, None)))),
    st.booleans(),
)
def test_a_prediction_comes_back_to_the_last_bit(
    figures: list[float], tokens: list[tuple[Span, float, str | None]], cut: bool
) -> None:
    said = Prediction(*figures, tuple(TokenProbability(*token) for token in tokens), cut)
    assert unpack_prediction(pack_prediction(said)) == said


def test_the_next_run_asks_nothing_that_was_asked_before(opened: Callable[..., AnswerFile]) -> None:
    first, second = Counting(), Counting()
    model = KeepingPredictor(first, opened())
    assert model.predict([*PAIRS[:3], PAIRS[0]]) == Counting().predict([*PAIRS[:3], PAIRS[0]])
    assert np.array_equal(model.embed(["a", "bb", "a"]), Counting().embed(["a", "bb", "a"]))
    again = KeepingPredictor(second, opened())
    assert again.predict(PAIRS[::-1]) == Counting().predict(PAIRS[::-1])
    assert np.array_equal(again.embed(["bb", "ccc"]), Counting().embed(["bb", "ccc"]))
    assert first.asked == [*PAIRS[:3], "a", "bb"]
    assert second.asked == [*PAIRS[:2:-1], "ccc"]
    assert again.predict([]) == []
    assert again.embed([]).shape == (0, 2)


@pytest.mark.parametrize(
    "other", [Counting(weights_hash="1" * 16), Counting(backend="other")], ids=["weights", "torch"]
)
def test_another_model_is_asked_itself(opened: Callable[..., AnswerFile], other: Counting) -> None:
    KeepingPredictor(Counting(), opened()).predict(PAIRS)
    KeepingPredictor(other, opened()).predict(PAIRS)
    assert other.asked == PAIRS


def test_the_file_holds_no_text(opened: Callable[..., AnswerFile]) -> None:
    file = opened()
    KeepingPredictor(Counting(), file).predict([Pair("confidential premise", "confidential sentence")])
    file.close()
    assert b"confidential" not in file.path.read_bytes()


def test_what_was_not_used_for_longest_goes_first(opened: Callable[..., AnswerFile]) -> None:
    now = [0.0]
    file = opened(megabytes=1, clock=lambda: now[0])
    keys = [bytes([number]) * 16 for number in range(10)]
    for number, key in enumerate(keys[:9]):
        now[0] = number * DAY
        file.keep({key: bytes(100_000)})
    now[0] = 20 * DAY
    assert set(file.find(keys[:1])) == {keys[0]}
    for key in (b"more", b"still more"):
        file.keep({key: bytes(100_000)})
    left = file.find([*keys, b"more", b"still more"])
    assert {keys[0], b"more", b"still more"} <= set(left)
    assert keys[1] not in left
    assert sum(map(len, left.values())) <= 1_000_000


def test_the_file_stays_within_its_bound(opened: Callable[..., AnswerFile]) -> None:
    file = opened(megabytes=1)
    for start in range(0, 4_000, 200):
        file.keep({number.to_bytes(16, "big"): bytes(1_000) for number in range(start, start + 200)})
    file.close()
    assert file.path.stat().st_size < 1_500_000
    assert file.path.stat().st_size > 500_000


def test_many_keys_are_found_at_once(opened: Callable[..., AnswerFile]) -> None:
    file = opened()
    answers = {number.to_bytes(16, "big"): str(number).encode() for number in range(1_700)}
    file.keep(answers)
    assert file.find([*answers, b"another"]) == answers
    file.keep({next(iter(answers)): b"later"})  # what is there stays
    assert file.find(list(answers)) == answers


def test_a_file_that_fails_is_done_without(opened: Callable[..., AnswerFile], caplog: pytest.LogCaptureFixture) -> None:
    plain = Counting()
    model = KeepingPredictor(plain, opened())
    other = sqlite3.connect(opened().path)
    other.execute("DROP TABLE answers")
    other.close()
    for _ in range(2):
        assert model.predict(PAIRS[:1]) == Counting().predict(PAIRS[:1])
    assert plain.asked == [PAIRS[0]] * 2
    assert len(caplog.records) == 1
    assert "remove it" in caplog.text


@pytest.mark.parametrize("content", [b"", b"a text file that was there before", b"SQLite format 3\x00" + bytes(84)])
def test_another_file_is_left_as_it_is(tmp_path: Path, content: bytes, caplog: pytest.LogCaptureFixture) -> None:
    file = tmp_path / FILE_NAME
    file.write_bytes(content)
    model = Counting()
    assert keep_on_disk(model, tmp_path, megabytes=1) is model
    assert file.read_bytes() == content
    assert [record.levelno for record in caplog.records] == [logging.WARNING]


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(AnswerFileError, match="another folder"):
        AnswerFile(tmp_path / "file" / "kept", megabytes=1)


def test_a_deferred_model_is_known_before_it_is_loaded(checkpoints: Path) -> None:
    folder = str(checkpoints / "own")
    on_torch = (load(folder, backend=Backend.TORCH) for load in (load_deferred, load_predictor))
    assert len({predictor.backend for predictor in on_torch}) == 1
    deferred, loaded = load_deferred(folder), load_predictor(folder)
    for what in ("name", "weights_hash", "backend", "folder"):
        assert getattr(deferred, what) == getattr(loaded, what)
    assert deferred.predict(PAIRS[:2]) == loaded.predict(PAIRS[:2])
    assert np.array_equal(deferred.embed(["a"]), loaded.embed(["a"]))
    assert isinstance(loaded, CheckpointPredictor)
    assert load_deferred(str(checkpoints / "bert")).name == "bert"
    with pytest.raises(ModelError, match="no model named"):
        load_deferred("nowhere")


def test_what_is_kept_needs_no_model_and_nothing_needs_torch(checkpoints: Path, tmp_path: Path) -> None:
    program = (
        "import sys; from checker import Checker; from checker.settings import Settings; "
        f"chosen = Settings(model={str(checkpoints / 'own')!r}, cache={str(tmp_path / 'kept')!r}); "
        "report = Checker(chosen).check('The ferry left at noon. The ferry left at ten.'); "
        "from checker.report import json; "
        "print('checker.nli.numpy_engine' in sys.modules, 'torch' in sys.modules, json.render([report]))"
    )
    first, second = (
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout  # noqa: S603
        for _ in range(2)
    )
    assert first.startswith("True False")
    assert second == first.replace("True", "False", 1)
