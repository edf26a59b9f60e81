"""Reads what `check` is given: articles, fact files, a source; names what cannot be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from checker.cli.terminal import say
from checker.document import Document
from checker.errors import CheckerError, FactStoreError
from checker.evidence import Fact, FactStore
from checker.report import Skipped


@dataclass(frozen=True, slots=True)
class Material:
    """What articles are checked against, and what of it could not be used."""

    facts: tuple[Fact | FactStore, ...] = ()
    source: Document | None = None
    skipped: tuple[Skipped, ...] = ()


def read_material(fact_files: Sequence[Path], source: Path | None) -> Material:
    """Facts, fact stores and the source; a file or line that cannot be used becomes a Skipped.

    Which facts are valid depends on the article, and is not decided here.
    """
    from checker.readers import read_original

    facts: list[Fact | FactStore] = []
    skipped: list[Skipped] = []
    for path in fact_files:
        usable, problems = _open_store(path) if FactStore.is_store(path) else _read_facts(path)
        facts += usable
        skipped += problems
    original = None
    if source is not None:
        try:
            original = read_original(source)
        except CheckerError as error:
            skipped.append(Skipped(f"source {source}", _reason(error, source)))
    return Material(tuple(facts), original, tuple(skipped))


def _open_store(path: Path) -> tuple[Sequence[FactStore], Sequence[Skipped]]:
    try:
        return [FactStore.open(path, create=False)], []
    except FactStoreError as error:  # an address that is none must not get into a report: it may hold a password
        return [], [Skipped(f"facts {path}", _reason(error, path))]


def _read_facts(path: Path) -> tuple[Sequence[Fact], Sequence[Skipped]]:
    from checker.evidence.facts import load_facts

    try:
        loaded = load_facts(path)
    except CheckerError as error:
        return [], [Skipped(f"facts {path}", _reason(error, path))]
    for problem in loaded.problems:
        if not problem.lost:
            say(f"{problem.where}: {problem.reason}")
    return loaded.facts, [Skipped(problem.where, problem.reason) for problem in loaded.problems if problem.lost]


def _reason(error: CheckerError, path: Path) -> str:
    """The message without the path in front of it, which is named already."""
    return str(error).removeprefix(f"{path}: ")
