"""The recipe of a model: a TOML file with everything that decides what comes out.

Unknown keys are errors, so that a misspelt setting cannot be ignored in silence.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar

from checker.errors import UsageError

_Table = TypeVar("_Table", "Source", "Schedule", "LossWeights", "Recipe")


@dataclass(frozen=True, slots=True)
class Source:
    """One source of examples: `loader` names a function of `checker.training.sources`, `count` its groups at most."""

    loader: str
    count: int
    file: str = ""
    weight: float = 1.0
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Schedule:
    """Optimiser and length of a run.

    The rate rises over `warmup` steps, stays, and falls to zero over the last `decay` part of `steps`, so that a run
    may be shortened or lengthened on resume before the fall begins. `rate` is for the encoder, `head_rate` for the
    rest. The finished weights are mixed with those that the run started from, `start_share` of them (WiSE-FT, Wortsman
    et al. 2022): what is learnt anew, and little of what was known is lost. `dropout` is for long runs that see their
    examples many times; it is never part of the finished model. `frozen_layers`: the embeddings and so many of the
    first layers stay as they are, which makes a step quicker and keeps what they know of words that no example has.
    """

    steps: int
    tokens_per_batch: int = 3072
    rate: float = 1.2e-4
    head_rate: float = 6e-4
    warmup: int = 100
    decay: float = 0.5
    weight_decay: float = 0.01
    checkpoint_every: int = 200
    distil_every: int = 10
    start_share: float = 0.0
    dropout: float = 0.0
    frozen_layers: int = 0


@dataclass(frozen=True, slots=True)
class LossWeights:
    """How much each term of the loss counts; opinions are those of `checker.training.opinions` and `.mirror`.

    `unasked` names sources of examples, as these call themselves, on which no opinions are heard: what is new to those
    who would be asked is learnt from its labels alone, beside what is known already and shall stay so.
    """

    label: float = 1.0
    token: float = 2.0
    error: float = 0.7
    ranking: float = 0.5
    category: float = 0.2
    vector: float = 2.0
    label_opinion: float = 0.0
    token_opinion: float = 0.0
    error_opinion: float = 0.0
    hidden_opinion: float = 0.0
    unasked: tuple[str, ...] = ()

    @property
    def ask_panel(self) -> bool:
        """Whether anything is learnt from the models that a run starts from."""
        return self.label_opinion + self.token_opinion + self.error_opinion + self.hidden_opinion > 0


@dataclass(frozen=True, slots=True)
class Recipe:
    """A model's recipe.

    `languages` are those of the premises, for a model of originals; empty for one that reads English beside English.
    """

    name: str
    description: str
    seed: int
    schedule: Schedule
    loss: LossWeights
    sources: tuple[Source, ...]
    languages: tuple[str, ...] = ()


def load_recipe(path: Path) -> Recipe:
    """Read a recipe; raises UsageError that names the key where something is wrong."""
    try:
        plain = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}); give the path of a recipe (TOML)") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: not valid TOML: {error}") from error
    schedule = _build(Schedule, plain.pop("schedule", {}), path, "schedule")
    loss = _build(LossWeights, plain.pop("loss", {}), path, "loss")
    sources = tuple(_build(Source, row, path, "source") for row in plain.pop("source", []))
    plain.setdefault("seed", 0)
    plain.setdefault("description", "")
    return _build(Recipe, plain | {"schedule": schedule, "loss": loss, "sources": sources}, path, "recipe")


def _build(kind: type[_Table], plain: dict[str, Any], path: Path, table: str) -> _Table:
    known = {entry.name for entry in fields(kind)}
    if unknown := set(plain) - known:
        raise UsageError(f"{path}: [{table}] has no key {sorted(unknown)[0]!r}; known keys: {', '.join(sorted(known))}")
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in plain.items()}
    try:
        return kind(**values)
    except TypeError as error:
        raise UsageError(f"{path}: [{table}] is incomplete: {error}") from error
