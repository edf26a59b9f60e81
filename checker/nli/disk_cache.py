"""Keeps on disk what a model said, so that a text that was checked before is not judged again: `--cache DIR`.

A prediction depends on its pair, the model and what runs it, so a hash of these is its key. A file that fails never
costs a check: it is named once in the log, and the model is asked.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Hashable, Mapping, Sequence
from pathlib import Path
from struct import Struct
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from checker.document import Span
from checker.document.language import DEFAULT_LANGUAGE
from checker.errors import AnswerFileError
from checker.nli.answers import AnswerFile
from checker.nli.types import NAME_AT, Pair, Prediction, Predictor, TokenProbability
from checker.nli.wrapped import WrappedPredictor
from checker.version import __version__

EDITION = 2  # to be raised when the same model is shown the same pair in another way
_HEAD = Struct("<4d?")  # entailment, neutral, contradiction, error; truncated
_TOKEN = Struct("<IIdb")  # start, end, probability, place of the category in CATEGORIES or -1
_log = logging.getLogger(__name__)

_Question = TypeVar("_Question", bound=Hashable)
_Answer = TypeVar("_Answer")


class KeepingPredictor(WrappedPredictor[Predictor]):
    """A Predictor that asks `model` only what no run before asked it, as far as `file` still knows."""

    def __init__(self, model: Predictor, file: AnswerFile) -> None:
        super().__init__(model)
        self._file: AnswerFile | None = file

    def predict(self, pairs: Sequence[Pair]) -> list[Prediction]:
        """One prediction a pair, in the same order."""
        keys = {pair: self._key("pair", pair.relation, pair.premise, pair.hypothesis, *_of(pair)) for pair in pairs}
        said = self._answers(keys, self._model.predict, pack_prediction, unpack_prediction)
        return [said[pair] for pair in pairs]

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit-length sentence vectors, shape (len(texts), width)."""
        if not texts:
            return self._model.embed(texts)
        keys = {text: self._key("vector", text) for text in texts}
        said = self._answers(keys, lambda new: list(self._model.embed(new)), _pack_vector, _unpack_vector)
        return np.stack([said[text] for text in texts])

    def _answers(
        self,
        keys: Mapping[_Question, bytes],
        ask: Callable[[list[_Question]], Sequence[_Answer]],
        pack: Callable[[_Answer], bytes],
        unpack: Callable[[bytes], _Answer],
    ) -> dict[_Question, _Answer]:
        kept = self._find(list(keys.values()))
        said = {question: unpack(kept[key]) for question, key in keys.items() if key in kept}
        new = [question for question in keys if question not in said]
        if new:
            answers = dict(zip(new, ask(new), strict=True))
            self._keep({keys[question]: pack(answer) for question, answer in answers.items()})
            said |= answers
        return said

    def _key(self, *question: str) -> bytes:
        """Hash of all that the answer depends on; lengths in front, so that no two questions read alike."""
        parts = (__version__, str(EDITION), self.weights_hash, self.backend, *question)
        digest = hashlib.blake2b(digest_size=16)
        for part in parts:
            coded = part.encode("utf-8", "surrogatepass")
            digest.update(len(coded).to_bytes(8, "little") + coded)
        return digest.digest()

    def _find(self, keys: list[bytes]) -> dict[bytes, bytes]:
        try:
            return self._file.find(keys) if self._file else {}
        except AnswerFileError as error:
            self._do_without(error)
            return {}

    def _keep(self, answers: dict[bytes, bytes]) -> None:
        try:
            if self._file:
                self._file.keep(answers)
        except AnswerFileError as error:
            self._do_without(error)

    def _do_without(self, error: AnswerFileError) -> None:
        _log.warning("nothing is kept from here on: %s", error)
        if self._file:
            self._file.close()
        self._file = None


def keep_on_disk(model: Predictor, folder: Path, *, megabytes: int) -> Predictor:
    """`model`, with what it says kept in `folder`; `model` itself, and a warning, where that cannot be used."""
    try:
        return KeepingPredictor(model, AnswerFile(folder, megabytes=megabytes))
    except AnswerFileError as error:
        _log.warning("nothing is kept: %s", error)
        return model


def _of(pair: Pair) -> tuple[str, ...]:
    """The language of the premise, which decides the dictionary; nothing for English."""
    return () if pair.language == DEFAULT_LANGUAGE else (pair.language,)


def pack_prediction(answer: Prediction) -> bytes:
    """A prediction as bytes; nothing of it is rounded."""
    labels = (answer.entailment, answer.neutral, answer.contradiction, answer.error)
    tokens = (
        _TOKEN.pack(each.span.start, each.span.end, each.probability, _place_of(each.category))
        for each in answer.tokens
    )
    return _HEAD.pack(*labels, answer.truncated) + b"".join(tokens)


def unpack_prediction(said: bytes) -> Prediction:
    """What `pack_prediction` packed."""
    entailment, neutral, contradiction, error, truncated = _HEAD.unpack_from(said)
    pieces = _TOKEN.iter_unpack(said[_HEAD.size :])
    tokens = tuple(TokenProbability(Span(start, end), value, NAME_AT[place]) for start, end, value, place in pieces)
    return Prediction(entailment, neutral, contradiction, error, tokens, truncated)


def _place_of(category: str | None) -> int:
    return -1 if category is None else NAME_AT.index(category)


def _pack_vector(answer: NDArray[np.float32]) -> bytes:
    return answer.astype("<f4").tobytes()


def _unpack_vector(said: bytes) -> NDArray[np.float32]:
    return np.frombuffer(said, dtype="<f4").astype(np.float32)
