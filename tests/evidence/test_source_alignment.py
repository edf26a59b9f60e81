"""The counterpart of a sentence in the source: by likeness and place, and none rather than a wrong one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from checker.document import Document
from checker.evidence.alignment import Alignment, align_source

Embedder = Callable[[Sequence[str]], NDArray[np.float32]]
Make = Callable[..., Document]

SOURCE = [
    "Ferry owners in Velmar protested against the doubled toll.",
    "Bakers in Orsa raised bread prices by a tenth.",
    "The harbour office promised a careful review before autumn.",
    "Heavy rain flooded two cellars near the old lighthouse.",
]


def aligned(sentences: list[str], source: list[str], embed: Embedder, make: Make) -> list[tuple[int, int] | None]:
    document, origin = make(sentences), make(source)
    found: list[Alignment | None] = align_source(document.sentences, embed(sentences), origin.sentences, embed)
    return [(each.first, each.last) if each else None for each in found]


def test_likeness_finds_reordered_sentences(embed: Embedder, make_document: Make) -> None:
    sentences = [SOURCE[1], SOURCE[0], SOURCE[2], SOURCE[3]]
    assert aligned(sentences, SOURCE, embed, make_document) == [(1, 1), (0, 0), (2, 2), (3, 3)]


def test_place_decides_between_twins(embed: Embedder, make_document: Make) -> None:
    source = ["Ferry tolls doubled.", *SOURCE[1:], "Ferry tolls doubled!!"]
    sentences = ["Tolls for the ferry doubled.", *SOURCE[1:], "Tolls for the ferry doubled."]
    found = aligned(sentences, source, embed, make_document)
    assert found[0] == (0, 0)
    assert found[1:4] == [(1, 1), (2, 2), (3, 3)]


def test_what_the_source_does_not_say_has_no_counterpart(embed: Embedder, make_document: Make) -> None:
    sentences = [SOURCE[0], "Schools in Velmar reopened after a long summer.", SOURCE[2]]
    assert aligned(sentences, [SOURCE[0], SOURCE[2]], embed, make_document)[1] is None


def test_a_joined_sentence_has_both(embed: Embedder, make_document: Make) -> None:
    joined = (
        "Bakers in Orsa raised bread prices by a tenth; the harbour office promised a careful review before autumn."
    )
    assert aligned([SOURCE[0], joined, SOURCE[3]], SOURCE, embed, make_document) == [(0, 0), (1, 2), (3, 3)]


def test_the_halves_of_a_split_sentence_share_one(embed: Embedder, make_document: Make) -> None:
    source = ["Ferry owners in Velmar protested loudly while bakers in Orsa raised bread prices sharply.", SOURCE[3]]
    sentences = ["Ferry owners in Velmar protested loudly.", "Bakers in Orsa raised bread prices sharply.", SOURCE[3]]
    assert aligned(sentences, source, embed, make_document) == [(0, 0), (0, 0), (1, 1)]
