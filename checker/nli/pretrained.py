"""Opens a transformers checkpoint safely: finds it, looks at it before it is loaded, loads it without a sound.

Both foreign kinds of model (sequence and token classification) come in through here, so that the rules stand in one
place: safetensors only, no code from the checkpoint, no network unless a hub id is named, and every failure becomes
one line that says what to do.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from checker.errors import ModelError

_Labels = TypeVar("_Labels")

_log = logging.getLogger(__name__)

_HUB_ID = re.compile(r"[A-Za-z0-9][\w.\-]*/[A-Za-z0-9][\w.\-]*")
# Only what is read: a repository also holds onnx, TensorFlow and pickled weights, often several times the size.
_HUB_FILES = ("*.json", "*.txt", "*.model", "model.safetensors", "model-*.safetensors")
_SENTENCEPIECE_FILES = ("spm.model", "sentencepiece.bpe.model", "spiece.model", "tokenizer.model")
_TOKENIZER_FILES = ("tokenizer.json", "vocab.txt", "vocab.json", *_SENTENCEPIECE_FILES)
_PICKLED = (".bin", ".pt", ".pth", ".ckpt", ".h5", ".msgpack")


class Task(StrEnum):
    """What the head of a checkpoint does; the value is the name of the transformers class that loads it."""

    SEQUENCE = "AutoModelForSequenceClassification"
    TOKEN = "AutoModelForTokenClassification"  # noqa: S105 - a class name, not a password


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A folder that was looked at and found complete. `config` is its config.json; nothing is loaded yet."""

    name: str
    folder: Path
    config: dict[str, Any]
    weights: tuple[Path, ...]


def is_hub_id(name: str) -> bool:
    """True for `org/name`, unless `org` is a folder here: then it is a path with a slip of the pen, not a hub id."""
    return _HUB_ID.fullmatch(name) is not None and not Path(name).parent.is_dir()


def open_checkpoint(name_or_folder: str | Path) -> Checkpoint:
    """Finds a checkpoint and checks that everything needed is there. Downloads only where a hub id is named.

    Raises ModelError, one line, for a missing folder, a hub id that cannot be fetched, and a folder without config,
    safetensors or tokenizer.
    """
    name = str(name_or_folder)
    folder = Path(name)
    if name and folder.is_dir():
        return _inspect(folder.resolve().name, folder)
    if name and is_hub_id(name):
        return _inspect(name, _fetch(name))
    raise ModelError(
        f"model '{name}': there is no such folder; give a folder with a transformers checkpoint, or a hub id (org/name)"
    )


def load(checkpoint: Checkpoint, task: Task) -> tuple[Any, Any]:
    """Tokenizer and model in float32 on the CPU, ready for inference.

    Raises ModelError, one line, for anything that keeps the checkpoint from being used: damaged files, unknown
    architecture, a missing head, code of its own, a tokenizer without offsets.
    """
    with _quiet():
        tokenizer = _load_tokenizer(checkpoint)
        model = _load_model(checkpoint, task)
    known, rows = max(tokenizer.get_vocab().values(), default=0) + 1, model.get_input_embeddings().num_embeddings
    if known > rows:
        raise ModelError(
            f"model '{checkpoint.name}': its tokenizer has {known} tokens, its model {rows}: they do not belong "
            "together; copy the tokenizer files of the model it was made from into the folder"
        )
    return tokenizer, model


def labels_of(checkpoint: Checkpoint, read: Callable[[Mapping[Any, Any], Mapping[Any, Any]], _Labels]) -> _Labels:
    """What `read` makes of id2label and label2id in config.json, empty where they are missing.

    Asked before the weights are loaded: a model of another kind is refused at once. Raises ModelError with the model's
    name in front of what `read` says.
    """
    mappings = [checkpoint.config.get(key) or {} for key in ("id2label", "label2id")]
    if not all(isinstance(mapping, dict) for mapping in mappings):
        raise ModelError(f"model '{checkpoint.name}': id2label or label2id in config.json is not an object; correct it")
    try:
        return read(mappings[0], mappings[1])
    except ModelError as error:
        raise ModelError(f"model '{checkpoint.name}': {error}") from error


def read_config(folder: Path) -> dict[str, Any]:
    """The folder's config.json. Raises ModelError where it is missing or is not a JSON object."""
    path = folder / "config.json"
    try:
        config = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ModelError(
            f"model '{folder}': no config.json in it; give the folder of a transformers checkpoint"
        ) from None
    except (OSError, ValueError) as error:
        raise ModelError(
            f"model '{folder}': config.json cannot be read ({_line(error)}); fetch the model again"
        ) from error
    if not isinstance(config, dict):
        raise ModelError(f"model '{folder}': config.json is not a JSON object; fetch the model again")
    return config


def weight_files(folder: Path) -> tuple[Path, ...]:
    """The safetensors files that transformers would read, by name; empty where there are none.

    One model.safetensors, or the shards that model.safetensors.index.json names; raises ModelError where a named shard
    is missing or the index cannot be read.
    """
    single, index = folder / "model.safetensors", folder / "model.safetensors.index.json"
    if single.is_file():
        return (single,)
    if not index.is_file():
        return ()
    try:
        shards = sorted(set(json.loads(index.read_text(encoding="utf-8"))["weight_map"].values()))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(f"model '{folder}': {index.name} cannot be read ({_line(error)}); fetch it again") from error
    # A shard is a plain name beside the index: a path would let a checkpoint read elsewhere on the disk.
    lost = [shard for shard in shards if Path(shard).name != shard or not (folder / shard).is_file()]
    if lost or not shards:
        raise ModelError(f"model '{folder}': {index.name} names {lost or 'no file'}, not there; fetch the model again")
    return tuple(folder / shard for shard in shards)


def hash_weights(files: Iterable[Path]) -> str:
    """First 16 hex digits of the SHA-256 over the files' bytes, one after the other.

    A file that has not changed since is not read again.
    """
    return _hash_of(tuple((path, (about := path.stat()).st_size, about.st_mtime_ns) for path in files))


@lru_cache(maxsize=64)
def _hash_of(files: tuple[tuple[Path, int, int], ...]) -> str:
    """Of files with their size and time of change, read in pieces of 1 MiB."""
    digest = hashlib.sha256()
    for path, _size, _changed in files:
        with path.open("rb") as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()[:16]


def _inspect(name: str, folder: Path) -> Checkpoint:
    config = read_config(folder)
    weights = weight_files(folder)
    if not weights:
        pickled = sorted(path.name for path in folder.iterdir() if path.suffix in _PICKLED)
        found = f"only {', '.join(pickled)}" if pickled else "no weights"
        raise ModelError(
            f"model '{folder}': {found} in it, and only model.safetensors is read; fetch the safetensors version, or "
            "load the model in transformers (if you trust its origin) and save it with save_pretrained"
        )
    if not any((folder / file).is_file() for file in _TOKENIZER_FILES):
        raise ModelError(
            f"model '{folder}': no tokenizer in it (one of {', '.join(_TOKENIZER_FILES)}); copy the tokenizer files of "
            "the model it was made from into the folder"
        )
    return Checkpoint(name, folder, config, weights)


def _fetch(hub_id: str) -> Path:
    """Folder of the hub repository's files in the local cache, fetched where they are not there yet."""
    _log.info("fetching model %s from the hub", hub_id)
    try:
        with _quiet():
            import huggingface_hub

            wanted = list(_HUB_FILES)
            # "*/*" keeps out sub-folders: variants for other programs.
            return Path(huggingface_hub.snapshot_download(hub_id, allow_patterns=wanted, ignore_patterns="*/*"))
    except Exception as error:  # the hub client lets through errors of three HTTP libraries
        raise ModelError(
            f"model '{hub_id}': no such folder, and it could not be fetched from the hub ({_line(error)}); check the "
            "name and the network, or give the folder of a model that is on this machine"
        ) from error


def _load_tokenizer(checkpoint: Checkpoint) -> Any:  # noqa: ANN401 - transformers is untyped
    from transformers import AutoTokenizer

    try:
        tokenizer = AutoTokenizer.from_pretrained(checkpoint.folder, local_files_only=True, trust_remote_code=False)
    except Exception as error:  # anything can be in the files of a stranger
        if not (checkpoint.folder / "tokenizer.json").is_file() and not _has_protobuf():
            raise ModelError(
                f"model '{checkpoint.name}': its sentencepiece tokenizer needs protobuf; run `pip install protobuf`"
            ) from error
        raise ModelError(
            f"model '{checkpoint.name}': its tokenizer cannot be read ({_line(error)}); fetch the model again"
        ) from error
    if not tokenizer.is_fast:
        raise ModelError(
            f"model '{checkpoint.name}': its tokenizer ({type(tokenizer).__name__}) does not tell where in the text a "
            "token stands; use a model that has a tokenizer.json"
        )
    return tokenizer


def _load_model(checkpoint: Checkpoint, task: Task) -> Any:  # noqa: ANN401 - transformers is untyped
    import torch
    import transformers

    try:
        # float32 whatever the file holds: half precision differs between machines, and is slow on many CPUs.
        model, report = getattr(transformers, task.value).from_pretrained(
            checkpoint.folder,
            dtype=torch.float32,
            use_safetensors=True,
            local_files_only=True,
            trust_remote_code=False,
            output_loading_info=True,
        )
    except Exception as error:  # anything can be in the files of a stranger
        raise ModelError(
            f"model '{checkpoint.name}': it cannot be loaded ({_line(error)}); fetch it again, or use a model whose "
            "architecture the installed transformers knows"
        ) from error
    if missing := sorted(report["missing_keys"]):
        # transformers fills the gap with random numbers: every answer would be noise
        raise ModelError(
            f"model '{checkpoint.name}': it has no trained {task.name.lower()} classification head (not in the file: "
            f"{', '.join(missing[:3])}); use a model that was trained for the task"
        )
    return model.eval().requires_grad_(False)


def _has_protobuf() -> bool:
    from importlib.util import find_spec

    try:
        return find_spec("google.protobuf") is not None
    except ModuleNotFoundError:  # no package named google at all
        return False


@contextmanager
def _quiet() -> Iterator[None]:
    """No load report, no progress bar, no warning; what the user had set is put back afterwards."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from transformers.utils import logging as chatter_module

        chatter: Any = chatter_module  # its functions are untyped

        verbosity, bars = chatter.get_verbosity(), chatter.is_progress_bar_enabled()
        chatter.set_verbosity(logging.CRITICAL)
        chatter.disable_progress_bar()
        try:
            yield
        finally:
            chatter.set_verbosity(verbosity)
            if bars:
                chatter.enable_progress_bar()


def _line(error: BaseException) -> str:
    """The error as one short line: libraries write paragraphs."""
    text = " ".join(str(error).split()) or type(error).__name__
    return text if len(text) <= 160 else text[:159] + "…"
