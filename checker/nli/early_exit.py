"""Which pairs leave the network early, and what is kept for it beside a model's weights.

Most pairs with mere context are plainly harmless, and a few layers are enough to see it. Small heads on the hidden
states after some layer (`exit_heads` on torch, `numpy_exit`) say what the whole network would say; a row that surely
raises no suspicion leaves there with their figures, the others go on. Whether a row leaves depends on that row alone.
A suspicion never rests on what the exit says: a row leaves only where it would raise none.

exit.safetensors     the heads, float16, made by `checker fit-exit`; in its metadata after which layer, the limits, and
                     the hash of the weights that it belongs to. Without this file, or with one of other weights, all
                     rows pass all layers.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from checker.errors import ModelError
from checker.nli.dictionary import FILE as DICTIONARY
from checker.nli.encoding import Row
from checker.nli.engine import Said
from checker.nli.pretrained import hash_weights

FILE_NAME = "exit.safetensors"
WIDTH = 96  # of the exit's own layer
HEADS = 4
INNER = 192
_WEIGHTS = "model.safetensors"
_log = logging.getLogger(__name__)

_Hidden = TypeVar("_Hidden")


@dataclass(frozen=True, slots=True)
class Limits:
    """Where the exit is and who may leave: a row whose every figure is below its limit, as the exit's heads say.

    `stays` is for the probability that the whole network finds something that matters, `entailment` for that of the
    label: a pair that may support the sentence stays in, so that the verdict is the whole network's.
    """

    after: int  # layers
    stays: float
    entailment: float
    suspicion: float = 0.25  # contradiction and error, of which less raises nothing
    word: float = 0.35  # the most suspect word, see `Thresholds.word`


class EarlySaid(NamedTuple):
    """What the exit's heads say of some rows: `said` as the whole network would, `stays` of shape (rows,)."""

    said: Said
    stays: NDArray[np.float32]


def judge_early(
    rows: Sequence[Row],
    limits: Limits,
    begin: Callable[[Sequence[Row]], tuple[_Hidden, EarlySaid]],
    finish: Callable[[_Hidden, Sequence[Row], NDArray[np.bool_]], Said],
) -> Said:
    """What is said of `rows` by the exit, and by the whole network of those that stay.

    `begin` gives the hidden states at the exit and what its heads say; `finish` takes these states, the rows, and which
    of them stay, and gives what the whole network says of those alone.
    """
    hidden, early = begin(rows)
    stays = ~leaving(rows, early, limits)
    if not stays.any():
        return early.said
    late = finish(hidden, rows, stays)
    return late if stays.all() else _joined(early.said, stays, late)


def leaving(rows: Sequence[Row], early: EarlySaid, limits: Limits) -> NDArray[np.bool_]:
    """True for each row that leaves, shape (rows,)."""
    said = early.said
    inside = np.arange(said.tokens.shape[1]) < np.array([len(row.spans) for row in rows])[:, None]
    hottest = np.where(inside, said.tokens, 0).max(1)
    is_context = np.array([row.is_context for row in rows])
    leaves: NDArray[np.bool_] = (
        is_context
        & (early.stays < limits.stays)
        & (said.labels[:, 0] < limits.entailment)
        & (np.maximum(said.labels[:, 2], said.error) < limits.suspicion)
        & (hottest < limits.word)
    )
    return leaves


def _joined(early: Said, stays: NDArray[np.bool_], late: Said) -> Said:
    """`early` with what is said `late` in the places of the rows that stay."""
    labels, tokens, error = early.labels.copy(), early.tokens.copy(), early.error.copy()
    labels[stays], error[stays] = late.labels, late.error
    tokens[np.flatnonzero(stays), : late.tokens.shape[1]] = late.tokens
    kinds = np.full((*tokens.shape, 2), -1, dtype=np.int8)
    if late.kinds is not None:
        kinds[np.flatnonzero(stays), : late.tokens.shape[1]] = late.kinds
    return Said(labels, tokens, error, kinds)


def find_exit(folder: Path) -> Path | None:
    """The file of the exit that belongs to the weights in `folder`; None, and a warning where it is of others.

    Raises ModelError for a damaged one.
    """
    file = folder / FILE_NAME
    if not file.is_file():
        return None
    if not _belongs(file, folder / _WEIGHTS):
        _log.warning("%s is of other weights and is not used; make it again with checker fit-exit", file)
        return None
    return file


def weights_hash(folder: Path) -> str:
    """First 16 hex digits of the SHA-256 of the weights in `folder`, with their exit and their dictionary if any."""
    weights, file = folder / _WEIGHTS, folder / FILE_NAME
    if not weights.is_file():  # who loads the model will say so
        return hash_weights([])
    files = [weights, file] if file.is_file() and _belongs(file, weights) else [weights]
    return hash_weights([*files, dictionary] if (dictionary := folder / DICTIONARY).is_file() else files)


def _belongs(file: Path, weights: Path) -> bool:
    return _metadata(file).get("weights") == hash_weights([weights])


def read_limits(file: Path, layers: int) -> Limits:
    """The limits in the exit's file of a network of so many layers.

    Raises KeyError or ValueError where they are missing, no numbers, or no layer of it.
    """
    found = _metadata(file)
    after = int(found["after"])
    if not 0 < after < layers:
        raise ValueError(f"{file.name} is after layer {after} of {layers}")
    return Limits(after, *(float(found[name]) for name in ("stays", "entailment", "suspicion", "word")))


def describe(limits: Limits, weights: str) -> dict[str, str]:
    """The metadata of an exit's file that belongs to the weights with that hash."""
    return {
        "weights": weights,
        "after": str(limits.after),
        "stays": repr(limits.stays),
        "entailment": repr(limits.entailment),
        "suspicion": repr(limits.suspicion),
        "word": repr(limits.word),
    }


def _metadata(file: Path) -> Mapping[str, str]:
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(file, framework="numpy") as opened:
            found: Mapping[str, str] | None = opened.metadata()
    except (SafetensorError, OSError) as error:
        raise ModelError(f"{file}: damaged ({error}); remove it or make it again with checker fit-exit") from error
    return found or {}
