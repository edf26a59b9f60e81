"""The project's own checkpoints: a folder with weights, tokenizer and config, written by `checker train`.

config.json          {"architecture": "checker", "encoder": {…}, "description": …, "languages": […]}
model.safetensors    float16 weights, those of a large model in 8 bits a number (see `checker.nli.rounding`)
dictionary.tsv.gz    what words of other languages are translated by (a model of originals, see `dictionary`)
tokenizer.json       WordPiece, or Unigram for a model of originals
exit.safetensors     where pairs may leave early (optional, see `early_exit`)
calibration.json     raw score → confidence, per kind of evidence (read by `checker.findings.calibration`)
recipe.toml, CARD.md how it was made and what it can do
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from checker.errors import ModelError, first_line
from checker.evidence import Relation
from checker.nli.backends import Backend
from checker.nli.dictionary import Dictionary, load_dictionaries
from checker.nli.early_exit import weights_hash
from checker.nli.encoding import PairEncoder, Row
from checker.nli.engine import BATCH_TOKENS, Engine, Said
from checker.nli.pretrained import hash_weights
from checker.nli.types import NAME_AT, Pair, Prediction, TokenProbability

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from checker.nli.network import Network

ARCHITECTURE = "checker"
SHARES = 8  # batches at least, where there are enough tokens
OVERLAP = 24  # word pieces shared by neighbouring windows of a long premise


class CheckpointPredictor:
    """Predictor over one of the project's checkpoints, computed by any engine."""

    def __init__(
        self,
        engine: Engine,
        tokenizer: Tokenizer,
        *,
        name: str,
        weights_hash: str,
        folder: Path | None = None,
        dictionaries: Mapping[str, Dictionary] | None = None,
    ) -> None:
        self._engine = engine
        self._encoder = PairEncoder(tokenizer, dictionaries)
        self.name = name
        self.weights_hash = weights_hash
        self.folder = folder  # where its calibration lies

    @classmethod
    def load(
        cls, folder: Path, *, threads: int | None = None, backend: Backend = Backend.AUTO, batch_size: int = 32
    ) -> CheckpointPredictor:
        """Read a checkpoint folder.

        `batch_size` bounds nothing here: rows are batched by tokens, which never changes what is predicted.
        Raises ModelError where a file is missing or damaged.
        """
        del batch_size
        from safetensors import SafetensorError
        from tokenizers import Tokenizer

        weights, config, vocabulary = folder / "model.safetensors", folder / "config.json", folder / "tokenizer.json"
        for file in (weights, config, vocabulary):
            if not file.is_file():
                raise ModelError(f"{folder}: {file.name} is missing; train the model again or name another folder")
        try:
            engine = _load_engine(folder, threads, backend)
            tokenizer = Tokenizer.from_file(str(vocabulary))
        except (SafetensorError, RuntimeError, ValueError, KeyError, TypeError, OSError) as error:
            raise ModelError(f"{folder}: damaged checkpoint ({first_line(error)}); copy it again") from error
        except ModelError:
            raise
        except Exception as error:  # tokenizers raises bare Exception on a broken file
            raise ModelError(f"{vocabulary}: not a tokenizer file ({error}); copy it again") from error
        return cls(
            engine,
            tokenizer,
            name=folder.name,
            weights_hash=weights_hash(folder),
            folder=folder,
            dictionaries=load_dictionaries(folder),
        )

    @property
    def backend(self) -> str:
        """Library, version, number type and device."""
        return self._engine.backend

    def predict(self, pairs: Sequence[Pair]) -> list[Prediction]:
        """One prediction a pair; a long premise is judged window by window and none of it is left out."""
        windows = self._windows(pairs)
        flat = [window for group in windows for window in group]
        judged = self._judge(flat)
        predictions: list[Prediction] = []
        start = 0
        for pair, group in zip(pairs, windows, strict=True):
            predictions.append(combine_windows(judged[start : start + len(group)], pair.relation))
            start += len(group)
        return predictions

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit-length sentence vectors, shape (len(texts), width)."""
        rows = self._encoder.encode_single(texts)
        vectors = np.zeros((len(rows), self._engine.width), dtype=np.float32)
        batches = _batches(rows, self._engine)
        found = self._engine.share(lambda indices: self._engine.vectors([rows[index] for index in indices]), batches)
        for indices, some in zip(batches, found, strict=True):
            vectors[indices] = some
        return vectors

    def lengths(self, pairs: Sequence[Pair]) -> list[int]:
        """Number of tokens of each pair as the network reads it, without padding, over all windows of its premise."""
        return [sum(map(len, self._encoder.encode(windows))) for windows in self._windows(pairs)]

    def _windows(self, pairs: Sequence[Pair]) -> list[list[Pair]]:
        """For each pair itself, or one pair for each window of a premise that does not fit beside the hypothesis."""
        offsets = self._encoder.token_offsets([text for pair in pairs for text in (pair.premise, pair.hypothesis)])
        return [
            _cut(pair, offsets[pair.premise], self._encoder.premise_budget(len(offsets[pair.hypothesis])))
            for pair in pairs
        ]

    def _judge(self, pairs: Sequence[Pair]) -> list[Prediction]:
        rows = self._encoder.encode(pairs)

        def look(indices: list[int]) -> list[Prediction]:
            chosen = [rows[index] for index in indices]
            return read_said(chosen, self._engine.judge(chosen))

        batches = _batches(rows, self._engine)
        said = zip(batches, self._engine.share(look, batches), strict=True)
        predictions = {index: each for indices, found in said for index, each in zip(indices, found, strict=True)}
        return [predictions[index] for index in range(len(rows))]


def _load_engine(folder: Path, threads: int | None, backend: Backend) -> Engine:
    """The network of the folder on what `backend` names; AUTO is NumPy, which is as fast and starts sooner.

    A model of originals always computes on torch.
    """
    sizes = json.loads((folder / "config.json").read_text(encoding="utf-8"))["encoder"]
    if sizes.get("relative_buckets"):
        raise ModelError(
            f"{folder}: a teacher, with which models are trained and nothing is checked; name another model"
        )
    if backend in (Backend.AUTO, Backend.NUMPY) and not sizes.get("joined_layers"):
        from checker.nli.numpy_engine import NumpyEngine

        return NumpyEngine.load(folder, sizes, threads=threads)
    from checker.nli.torch_engine import TorchEngine

    computes = Backend.TORCH if backend in (Backend.AUTO, Backend.NUMPY) else backend
    return TorchEngine.load(folder, sizes, threads=threads, backend=computes)


def _batches(rows: Sequence[Row], engine: Engine) -> list[list[int]]:
    """Batches that several threads can share out, whatever their number: figures depend on the rows alone."""
    lengths = [len(row) for row in rows]
    budget = max(engine.least_tokens, sum(lengths) // SHARES)
    return list(batches_by_length(lengths, min(engine.batch_tokens, budget)))


def _cut(pair: Pair, offsets: Sequence[tuple[int, int]], budget: int) -> list[Pair]:
    """Windows of the premise, whose word pieces stand at `offsets`, of at most `budget` word pieces."""
    if len(offsets) <= budget:
        return [pair]
    windows: list[Pair] = []
    for first in range(0, len(offsets) - OVERLAP, budget - OVERLAP):
        last = min(first + budget, len(offsets)) - 1
        text = pair.premise[offsets[first][0] : offsets[last][1]]
        windows.append(replace(pair, premise=text))
    return windows


def load_network(folder: Path) -> Network:
    """The network of a checkpoint folder for torch, in float32."""
    from checker.nli.torch_engine import read_network

    return read_network(folder, json.loads((folder / "config.json").read_text(encoding="utf-8"))["encoder"])


def save_network(network: Network, folder: Path, *, description: str, languages: Sequence[str] = ()) -> None:
    """Write weights (float16) and config into `folder`, whole files only: an interrupted write leaves the old ones.

    `languages` are those of the premises, where they are in other languages than the hypotheses.
    """
    import torch
    from safetensors.torch import save_file

    from checker.nli.rounding import rounded

    folder.mkdir(parents=True, exist_ok=True)
    weights = {name: tensor.detach().to(torch.float16).contiguous() for name, tensor in network.state_dict().items()}
    weights = rounded(weights)
    partial = folder / "model.safetensors.partial"
    save_file(weights, partial)
    partial.chmod(0o644)  # safetensors writes for the owner alone; a package is read by others
    partial.replace(folder / "model.safetensors")
    config = {"architecture": ARCHITECTURE, "description": description, "encoder": network.config.to_dict()}
    if languages:
        config["languages"] = list(languages)
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")


def hash_file(path: Path) -> str:
    """First 16 hex digits of the SHA-256 of a file."""
    return hash_weights([path])


def batches_by_length(lengths: Sequence[int], budget: int = BATCH_TOKENS) -> Iterable[list[int]]:
    """Indices by length, in batches of at most `budget` tokens, were each row as long as the longest of its batch."""
    order = sorted(range(len(lengths)), key=lambda index: (lengths[index], index))
    batch: list[int] = []
    for index in order:
        if batch and lengths[index] * (len(batch) + 1) > budget:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch


def read_said(rows: Sequence[Row], said: Said) -> list[Prediction]:
    """Arrays to predictions."""
    labels, errors, tokens = said.labels.tolist(), said.error.tolist(), said.tokens.tolist()
    kinds = np.full((*said.tokens.shape, 2), -1) if said.kinds is None else said.kinds
    predictions = []
    for index, row in enumerate(rows):
        told = kinds[index, : len(row.spans), int(row.is_context)].tolist()
        inside = zip(row.spans, tokens[index][: len(row.spans)], told, strict=True)
        pieces = tuple(TokenProbability(span, value, NAME_AT[kind]) for span, value, kind in inside)
        entailment, neutral, contradiction = labels[index]
        predictions.append(Prediction(entailment, neutral, contradiction, errors[index], pieces, row.truncated))
    return predictions


def combine_windows(windows: Sequence[Prediction], relation: Relation) -> Prediction:
    """One prediction out of those for the windows of a long premise.

    Context: the window that contradicts most speaks, for a contradiction anywhere counts. Reference: the window that
    supports the sentence best speaks (SummaC, MiniCheck: chunk and take the best), and each word is as suspect as in
    the window that explains it best.
    """
    if len(windows) == 1:
        return windows[0]
    if relation is Relation.CONTEXT:
        return max(windows, key=lambda window: window.contradiction)
    best = max(windows, key=lambda window: window.entailment)
    tokens = tuple(
        min(column, key=lambda piece: piece.probability)
        for column in zip(*(window.tokens for window in windows), strict=True)
    )
    error = min(window.error for window in windows)
    return Prediction(best.entailment, best.neutral, best.contradiction, error, tokens, best.truncated)
