"""Finds models by name and opens them, whatever their kind. The only way in which the rest of the program gets a model.

A name is looked for in this order: a folder; the folder in the environment variable CHECKER_MODELS; `models/` of the
source tree; `checker_models/` beside the installed package (the wheel carries the models there); and, only where it has
the form `org/name`, the hub. Nothing else is ever downloaded.
"""

from __future__ import annotations

import difflib
import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any, TypeGuard

import checker
from checker.errors import ModelError, UsageError
from checker.nli.backends import Backend, backend_name, multiplies_bfloat16
from checker.nli.checkpoint import ARCHITECTURE, CheckpointPredictor
from checker.nli.deferred import DeferredPredictor
from checker.nli.early_exit import weights_hash
from checker.nli.pretrained import Checkpoint, hash_weights, is_hub_id, open_checkpoint, read_config, weight_files
from checker.nli.types import Predictor

MODELS_VARIABLE = "CHECKER_MODELS"
_log = logging.getLogger(__name__)


class ModelKind(StrEnum):
    """What a checkpoint is, read from its config."""

    OWN = "checker"
    SEQUENCE = "nli"
    TOKEN = "spans"  # noqa: S105 - not a password


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """A model that is on this machine. `size_bytes` is that of its weights, `weights_hash` as in reports."""

    name: str
    folder: Path
    size_bytes: int
    weights_hash: str
    description: str
    kind: ModelKind


def resolve_model(name: str) -> Path | str:
    """The folder of a model, or the hub id where that is what the name is; see the module's docstring for the order.

    Nothing is read but whether there is a config.json. Raises ModelError, with the models that there are and the
    nearest of their names, for a name that is none of these.
    """
    given = Path(name).expanduser()
    is_bare_name = bool(name) and given.name == name and name not in (".", "..")
    places = [folder / name for folder in _places()] if is_bare_name else []
    candidates = ([given] if name else []) + places
    for folder in candidates:
        if (folder / "config.json").is_file():
            return folder
    if name and given.is_dir():
        read_config(given)  # says what is wrong with it
    if is_hub_id(name):
        return name
    raise ModelError(_unknown(name))


def is_here(name: str) -> bool:
    """True for a model that is on this machine under that name."""
    try:
        return isinstance(resolve_model(name), Path)
    except ModelError:
        return False


def load_predictor(
    name: str, *, batch_size: int = 32, threads: int | None = None, backend: Backend = Backend.AUTO
) -> Predictor:
    """The model of that name, ready to predict.

    `batch_size` is the most rows that a foreign model runs at once (our own batches by tokens); `threads` None leaves
    the library's setting alone; `backend` is for the project's own models. None of them changes what is found. Raises
    ModelError, one line, where the model is missing, damaged or no NLI model, or the backend is not there; UsageError
    for a number below 1 and for a foreign model on another backend than torch.
    """
    for option, number in (("batch size", batch_size), ("number of threads", threads)):
        if number is not None and number < 1:
            raise UsageError(f"the {option} is {number}; it has to be 1 or more")
    target = resolve_model(name)
    if _is_own(target):
        return _load_own(target, batch_size, threads, backend)
    checkpoint = open_checkpoint(target)
    kind = _kind(checkpoint.config, checkpoint.name)
    if kind is ModelKind.OWN:
        return _load_own(checkpoint.folder, batch_size, threads, backend)
    if backend not in (Backend.AUTO, Backend.TORCH):
        raise UsageError(f"{name} runs on torch; the backend {backend} is for the models that `checker train` makes")
    return _load_foreign(checkpoint, kind, batch_size, threads)


def languages_of(name: str) -> tuple[str, ...]:
    """The languages of the premises that a model of originals reads, as its config says (ISO 639-1).

    Raises ModelError for a model that is not there, and for one that reads English premises alone.
    """
    target = resolve_model(name)
    if not isinstance(target, Path) or not reads_originals(target):
        raise ModelError(f"model '{name}' reads no original in another language; name one whose config has languages")
    return tuple(map(str, read_config(target)["languages"]))


def identity_of(name: str) -> str:
    """Name and hash of one of the project's own models, as reports have them. Raises ModelError as `languages_of`."""
    languages_of(name)
    target = Path(resolve_model(name))
    return f"{target.name} {weights_hash(target)}"


def reads_originals(folder: Path) -> bool:
    """True for the folder of a model of originals. Raises ModelError where there is no model."""
    found = read_config(folder).get("languages")
    return isinstance(found, list) and bool(found)


def refuse_originals(name: str) -> None:
    """Raises ModelError for a model of originals, which cannot stand in for the model itself."""
    if is_here(name) and reads_originals(Path(resolve_model(name))):
        raise ModelError(f"model '{name}' reads originals alone; name it as `originals` in checker.toml")


def staying_backend(name: str, backend: Backend) -> Backend:
    """What AUTO is for that model in a program that stays: BFLOAT16 where the processor has instructions for it.

    There a check is two to three times as fast as with NumPy, once torch has been imported. Raises ModelError as
    `load_predictor` for a model that is not there.
    """
    target = resolve_model(name)
    return Backend.BFLOAT16 if backend is Backend.AUTO and _is_own(target) and multiplies_bfloat16() else backend


def load_staying(name: str) -> Predictor:
    """The model of that name for work that lasts, see `staying_backend`. Raises as `load_predictor`."""
    return load_predictor(name, backend=staying_backend(name, Backend.AUTO))


def load_deferred(
    name: str, *, batch_size: int = 32, threads: int | None = None, backend: Backend = Backend.AUTO
) -> Predictor:
    """As `load_predictor`, but a model of the project's own on this machine is loaded when it is first asked.

    Then a damaged one is an error at that moment. Torch is not imported before.
    """
    target = resolve_model(name)
    load = partial(load_predictor, name, batch_size=batch_size, threads=threads, backend=backend)
    if not _is_own(target):
        return load()
    return DeferredPredictor(
        load,
        name=target.name,
        weights_hash=weights_hash(target),
        backend=backend_name(backend),
        folder=target,
    )


def list_models() -> list[ModelInfo]:
    """The models that can be given by their bare name, in the order of search; a hidden namesake is left out.

    A folder that is no model is passed over, a damaged one with a warning in the log.
    """
    models: dict[str, ModelInfo] = {}
    for folder in _model_folders():
        if folder.name in models:
            continue
        try:
            info = _describe(folder)
        except (ModelError, OSError) as error:
            _log.warning("passed over: %s", error)
            continue
        models[folder.name] = info
    return list(models.values())


def _is_own(target: str | Path) -> TypeGuard[Path]:
    """True for a folder with one of the project's own models, as `resolve_model` finds it."""
    return isinstance(target, Path) and _kind(read_config(target), target.name) is ModelKind.OWN


def _load_own(folder: Path, batch_size: int, threads: int | None, backend: Backend) -> Predictor:
    try:
        return CheckpointPredictor.load(folder, batch_size=batch_size, threads=threads, backend=backend)
    except ValueError as error:  # a tokenizer.json of another model
        raise ModelError(f"model '{folder.name}': {error}; copy the model again") from error


def _load_foreign(checkpoint: Checkpoint, kind: ModelKind, batch_size: int, threads: int | None) -> Predictor:
    from checker.nli.sequence_classifier import SequenceClassifierPredictor
    from checker.nli.token_classifier import TokenClassifierPredictor

    if kind is ModelKind.TOKEN:
        return TokenClassifierPredictor.load(checkpoint, batch_size=batch_size, threads=threads)
    return SequenceClassifierPredictor.load(checkpoint, batch_size=batch_size, threads=threads)


def _kind(config: dict[str, Any], name: str) -> ModelKind:
    """Kind of a checkpoint. Raises ModelError for one that judges no pairs."""
    if config.get("architecture") == ARCHITECTURE:
        return ModelKind.OWN
    architectures = config.get("architectures")
    names = [str(entry) for entry in architectures] if isinstance(architectures, list) else []
    if any("ForSequenceClassification" in entry for entry in names):
        return ModelKind.SEQUENCE
    if any("ForTokenClassification" in entry for entry in names):
        return ModelKind.TOKEN
    raise ModelError(
        f"model '{name}': its config.json says {', '.join(names) or 'no architecture'}, and neither sequence nor token "
        "classification; use a model that was trained for NLI or for error spans"
    )


def _describe(folder: Path) -> ModelInfo:
    config = read_config(folder)
    kind = _kind(config, folder.name)
    weights = weight_files(folder)
    if not weights:
        raise ModelError(f"model '{folder}': no model.safetensors in it")
    said = config.get("description")
    description = said if isinstance(said, str) else ", ".join(map(str, config.get("architectures") or []))
    size = sum(path.stat().st_size for path in weights)
    digest = weights_hash(folder) if kind is ModelKind.OWN else hash_weights(weights)
    return ModelInfo(folder.name, folder, size, digest, description, kind)


def _places() -> Iterator[Path]:
    """Folders that hold models, in the order of search; they need not exist."""
    if configured := os.environ.get(MODELS_VARIABLE):
        yield Path(configured).expanduser()
    above = Path(checker.__file__).resolve().parent.parent
    if (above / "pyproject.toml").is_file():  # in site-packages, `models/` belongs to somebody else
        yield above / "models"
    yield above / "checker_models"


def _model_folders() -> Iterator[Path]:
    for place in _places():
        if place.is_dir():
            yield from sorted(folder for folder in place.iterdir() if (folder / "config.json").is_file())


def _unknown(name: str) -> str:
    known = list(dict.fromkeys(folder.name for folder in _model_folders()))
    nearest = difflib.get_close_matches(name, known, n=1)
    there = f"there are: {', '.join(known)}" if known else "there is none on this machine"
    hint = f"; did you mean '{nearest[0]}'?" if nearest else "; give the folder of a model, or a hub id (org/name)"
    return f"no model named '{name}'; {there}{hint}"
