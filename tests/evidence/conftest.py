"""Small real stand-ins for what other parts provide: a sentence encoder and a document."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from uuid import uuid4

import numpy as np
import pytest
from numpy.typing import NDArray
from postgres import WHY_NOT, running_server

from checker.document import Document, Sentence, Span

WIDTH = 256


class HashedWords:
    """An encoder that knows words only: each is hashed to a direction, a text is their sum. Remembers what it saw."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.seen += texts
        vectors = np.zeros((len(texts), WIDTH), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in re.findall(r"\w+", text.lower()):
                if len(word) > 3:
                    vectors[row, zlib.crc32(word.encode()) % WIDTH] += 1
        return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)


def document_of(texts: Sequence[str], *, language: str = "en", path: str | None = None) -> Document:
    """A document whose sentences are `texts`, one a line."""
    sentences: list[Sentence] = []
    start = 0
    for index, text in enumerate(texts):
        sentences.append(Sentence(index, Span(start, start + len(text)), text))
        start += len(text) + 1
    return Document("test", "\n".join(texts), tuple(sentences), language=language, path=path)


@pytest.fixture
def embed() -> HashedWords:
    return HashedWords()


@pytest.fixture(scope="session")
def make_document() -> Callable[..., Document]:
    return document_of


@pytest.fixture(scope="session")
def embedder() -> type[HashedWords]:
    return HashedWords


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The folder of a server's socket; skips where none can be started."""
    pytest.importorskip("pg8000", reason="needs the server extra")
    with running_server() as socket:
        if socket is None:
            pytest.skip(WHY_NOT)
        yield socket


@pytest.fixture
def address(postgres: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a store that is not there yet; its copy lies in a folder of this test."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return f"postgresql://postgres@localhost/postgres?host={postgres}&schema=s{uuid4().hex[:12]}"
