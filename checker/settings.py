"""Settings: everything a user can choose, merged from defaults, checker.toml, the environment and flags.

A misspelt key that is silently ignored would leave an editor with alerts at a level nobody chose, so unknown keys are
errors that name the nearest known one.
"""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from numbers import Integral, Real
from pathlib import Path

from checker.document import language_code
from checker.errors import UsageError
from checker.findings import Severity
from checker.findings.calibration import id_of
from checker.nli.backends import Backend
from checker.rules import find_rule

CONFIG_NAME = "checker.toml"
PREFIX = "CHECKER_"

# Environment variables with the prefix that are read elsewhere and are not settings.
OTHER_VARIABLES = frozenset({"CHECKER_MODELS", "CHECKER_TOKEN"})

# What changes speed or the exit code, but no finding; and the calibration, which the signature names by its content.
NOT_HASHED = frozenset({"fail_on", "batch_size", "threads", "backend", "calibration", "cache", "cache_megabytes"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a user can choose; an impossible value, or one of another kind, raises UsageError.

    `min_confidence` is in [0, 1]; `max_alerts` bounds the findings of one document; `evidence_per_sentence` bounds the
    pieces of evidence that one sentence is judged against; `originals` is the model that reads originals in other
    languages, None (or no text) to leave these to exact rules; `language` is an ISO 639 code, also given with a region
    ("pt-BR" becomes "pt"), None to identify it; `threads` is None to leave the choice to the library; `backend`
    computes the model. `disable_rules` and `enable_rules` are ids of `checker rules`; `glossary` is a file of terms,
    `calibration` one that `checker calibrate --decisions` made. `cache` is a folder in which answers of the model are
    kept between runs, at most about `cache_megabytes` of them.
    """

    model: str = "checker-mini-en"
    originals: str | None = "checker-mini-xx-en"
    min_confidence: float = 0.5
    max_alerts: int = 8
    fail_on: Severity = Severity.MAJOR
    evidence_per_sentence: int = 6
    language: str | None = None
    batch_size: int = 32
    threads: int | None = None
    backend: Backend = Backend.AUTO
    disable_rules: tuple[str, ...] = ()
    enable_rules: tuple[str, ...] = ()
    glossary: str | None = None
    calibration: str | None = None
    cache: str | None = None
    cache_megabytes: int = 256

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if value is not None or field.default is not None:
                object.__setattr__(self, field.name, _checked(field.name, value))  # the one way within a frozen class
        if not 0.0 <= self.min_confidence <= 1.0:
            raise UsageError(f"min_confidence is {self.min_confidence}; give a number from 0 to 1")
        for name in ("max_alerts", "evidence_per_sentence", "batch_size", "threads", "cache_megabytes"):
            value = getattr(self, name)
            if value is not None and value < 1:
                raise UsageError(f"{name} is {value}; give a whole number from 1 up")
        if self.fail_on is Severity.NEUTRAL:
            raise UsageError("fail_on is 'neutral'; choose minor, major or critical")
        if not self.model.strip():
            raise UsageError("model is empty; give a name from `checker models`, a folder or a hub id")
        if self.originals is not None and not self.originals.strip():
            object.__setattr__(self, "originals", None)
        if self.language is not None:
            code = language_code(self.language)
            if code is None:
                raise UsageError(f"language is {self.language!r}; give an ISO 639 code, such as en, es or pt-BR")
            object.__setattr__(self, "language", code)
        for rule in (*self.disable_rules, *self.enable_rules):
            find_rule(rule)

    def hash(self) -> str:
        """16 hex digits over the settings that change findings; those of NOT_HASHED do not."""
        chosen = {name: value for name, value in asdict(self).items() if name not in NOT_HASHED}
        return id_of(chosen)

    def changes(self) -> dict[str, object]:
        """Name -> value of the settings that differ from the defaults."""
        return {field.name: value for field in fields(self) if (value := getattr(self, field.name)) != field.default}


# Settings that hold several names.
LISTS = frozenset({"disable_rules", "enable_rules"})
NAMES = tuple(field.name for field in fields(Settings))
# What the others are where they are not text, and how each kind is asked for.
_KINDS: dict[str, type] = {
    "min_confidence": float,
    **dict.fromkeys(("max_alerts", "evidence_per_sentence", "batch_size", "threads", "cache_megabytes"), int),
    "fail_on": Severity,
    "backend": Backend,
}
_WANTED: dict[type, str] = {
    float: "a number",
    int: "a whole number",
    str: "text",
    Severity: "minor, major or critical",
    Backend: ", ".join(Backend),
}


def load_settings(
    flags: Mapping[str, object] | None = None,
    *,
    config: Path | None = None,
    environment: Mapping[str, str] | None = None,
    directory: Path | None = None,
) -> Settings:
    """Settings with precedence defaults < file < environment < flags; a flag that is None was not given.

    The file is `config`, else checker.toml in `directory` (default: the working directory) where there is one.
    Raises UsageError for a missing or broken file, an unknown key, or a value of the wrong kind.
    """
    chosen: dict[str, object] = {}
    chosen |= _from_file(config, directory or Path.cwd())
    chosen |= _from_environment(os.environ if environment is None else environment)
    given = {name: value for name, value in (flags or {}).items() if value is not None}
    chosen |= {_known(name, "flags"): _value(name, value, "flags") for name, value in given.items()}
    return Settings(**chosen)  # type: ignore[arg-type]  # _value() has checked every type


def _from_file(config: Path | None, directory: Path) -> dict[str, object]:
    path = config or directory / CONFIG_NAME
    if config is None and not path.is_file():
        return {}
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise UsageError(f"{path}: settings cannot be read ({problem}); correct the file or leave it out") from problem
    # Flags are written with hyphens, so people write them in the file too.
    return {
        (name := _known(key.replace("-", "_"), str(path))): _value(name, value, str(path))
        for key, value in content.items()
    }


def _from_environment(environment: Mapping[str, str]) -> dict[str, object]:
    chosen: dict[str, object] = {}
    for variable, value in sorted(environment.items()):
        if not variable.startswith(PREFIX) or variable in OTHER_VARIABLES:
            continue
        name = _known(variable.removeprefix(PREFIX).lower(), "environment", shown=variable)
        chosen[name] = _value(name, value, variable)
    return chosen


def _known(name: str, where: str, shown: str | None = None) -> str:
    """`name` itself where it is a setting; UsageError with the nearest one otherwise."""
    if name in NAMES:
        return name
    nearest = difflib.get_close_matches(name, NAMES, n=1, cutoff=0.0)[0]
    if shown is not None:
        nearest = PREFIX + nearest.upper()
    raise UsageError(f"{where}: unknown key {shown or name!r}; did you mean {nearest!r}?")


def _names(name: str, value: object, where: str) -> tuple[str, ...]:
    """A list of names, or text with commas between them, as environment variables give it."""
    parts = value.split(",") if isinstance(value, str) else value
    if not isinstance(parts, list | tuple) or not all(isinstance(part, str) for part in parts):
        raise UsageError(f"{where}: {name} is {value!r}; give a list of names")
    return tuple(part.strip() for part in parts if part.strip())


def _value(name: str, value: object, where: str) -> object:
    """`value` as the setting's type; text, as environment variables give it, is parsed."""
    if name in LISTS:
        return _names(name, value, where)
    kind = _KINDS.get(name, str)
    try:
        return _typed(kind, kind(value) if kind in (int, float) and isinstance(value, str) else value)
    except ValueError:
        raise UsageError(f"{where}: {name} is {value!r}; give {_WANTED[kind]}") from None


def _checked(name: str, value: object) -> object:
    """`value`, given from Python, as the setting's type; numbers of NumPy and paths become plain. Raises UsageError."""
    if name in LISTS:
        if not isinstance(value, list | tuple | set | frozenset) or not all(isinstance(each, str) for each in value):
            wanted = f"[{value!r}]" if isinstance(value, str) else "[] for none"
            raise UsageError(f"{name} is {value!r}; give a list of names, {wanted}")
        return tuple(sorted(value) if isinstance(value, set | frozenset) else value)
    kind = _KINDS.get(name, str)
    try:
        return _typed(kind, value)
    except ValueError:
        raise UsageError(f"{name} is {value!r}; give {_WANTED[kind]}") from None


def _typed(kind: type, value: object) -> object:
    """`value` as it is meant, without parsing; raises ValueError where it is of another kind."""
    if isinstance(value, os.PathLike):
        value = os.fspath(value)
    fits = {int: Integral, float: Real}.get(kind, str)
    if isinstance(value, bool) or not isinstance(value, fits):
        raise ValueError
    return kind(value)
