"""A fact store for the time of one piece of work."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from checker.evidence.ranking import Embedder
from checker.evidence.store.store import FactStore


@contextmanager
def temporary_store(facts: Sequence[str], embedder: Embedder) -> Iterator[FactStore]:
    """A store of `facts` with their vectors; gone afterwards. Raises whatever the model raises."""
    with tempfile.TemporaryDirectory() as folder, FactStore.open(Path(folder) / "temporary.facts") as store:
        store.add(facts)
        for _ in store.embed(embedder):
            pass
        yield store
