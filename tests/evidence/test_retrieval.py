"""Retrieval: what is found, what is not worth asking about, and how often the encoder is asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from checker.evidence import Retriever
from checker.evidence import ranking as policy
from checker.evidence.retrieval import MemoryCorpus

Embedder = Callable[[Sequence[str]], NDArray[np.float32]]
TEXTS = [
    "The council closed the Velmar bridge after cracks appeared.",
    "Bakers in Orsa raised bread prices by a tenth.",
    "Engineers found cracks in the bridge in Velmar last spring.",
    "He agreed.",
]


def test_the_related_text_is_found_and_the_unrelated_is_not(embed: Embedder) -> None:
    matches = Retriever(TEXTS, embed=embed).search("The Velmar bridge shows no cracks.", 4)
    assert [match.index for match in matches] == [0, 2]
    assert all(0 < match.relevance <= 1 for match in matches)


def test_a_paraphrase_without_a_common_word_is_found_by_its_vector() -> None:
    vectors = np.array([[1, 0], [0, 1]], dtype=np.float32)
    near = np.array([[0.8, 0.6]], dtype=np.float32)
    retriever = Retriever(["Crowds cheered loudly downtown.", "Rain fell all morning long."], vectors)
    (matches,) = retriever.search_many(["Applause filled every street."], 1, vectors=near)
    assert [match.index for match in matches] == [0]


def test_of_the_nearest_less_is_asked_where_the_caller_wants_them() -> None:
    texts = ["Crowds cheered loudly downtown.", "Rain fell all morning long.", "Bakers raised their prices again."]
    cosine = np.array([0.40, 0.44, 0.48])
    vectors = np.stack([cosine, np.sqrt(1 - cosine**2)], axis=1).astype(np.float32)
    retriever, near = Retriever(texts, vectors), np.array([[1, 0]], dtype=np.float32)

    def found(faint: int) -> list[int]:
        (matches,) = retriever.search_many(["Applause filled every street."], 4, vectors=near, faint=faint)
        return [match.index for match in matches]

    assert [found(faint) for faint in range(4)] == [[], [2], [2, 1], [2, 1, 0]]
    far = np.array([[0.5, -0.87]], dtype=np.float32)  # nothing in common, neither words nor meaning
    assert retriever.search_many(["Applause filled every street."], 4, vectors=far, faint=3) == [[]]


def test_a_fragment_matches_by_a_name_and_not_by_a_verb(embed: Embedder) -> None:
    report = "The minister agreed with Brunner to publish the long report about ferries."
    retriever = Retriever([report, *TEXTS], embed=embed)
    assert [match.index for match in retriever.search("He agreed.", 4)] == [4]
    assert 0 in [match.index for match in retriever.search("Brunner agreed.", 4)]


def test_repetitions_take_one_place(embed: Embedder) -> None:
    texts = ["Cracks in the Velmar bridge.", "Cracks in the Velmar bridge!", "The Velmar bridge, cracks and all."]
    assert [match.index for match in Retriever(texts, embed=embed).search("Velmar bridge cracks", 3)] == [0, 2]


def test_an_almost_equal_name_comes_first(embed: Embedder) -> None:
    texts = [
        "Delegates from nine ports talked about ferries, tolls and tides on Monday.",
        "A dinner closed the Forum of the Islands.",
    ]
    query = "Delegates from nine ports talked about ferries at the Cover of the Islands on Monday."
    found = {match.index: match.relevance for match in Retriever(texts, embed=embed).search(query, 2)}
    plain = {match.index: match.relevance for match in Retriever(texts, embed=embed).search(query.lower(), 2)}
    assert found[1] >= plain.get(1, 0.0) + policy.NAME_BOOST / 2


def test_excluded_texts_do_not_match(embed: Embedder) -> None:
    retriever = Retriever(TEXTS, embed=embed)
    (matches,) = retriever.search_many([TEXTS[0]], 4, exclude=[{0}])
    assert [match.index for match in matches] == [2]


def test_each_text_is_embedded_once(embed: Embedder) -> None:
    retriever = Retriever([*TEXTS, TEXTS[0]], embed=embed)
    for _ in range(2):
        retriever.search("cracks in a bridge", 2)
    seen = [text for text in embed.seen if text in TEXTS]  # type: ignore[attr-defined]
    assert sorted(seen) == sorted(TEXTS)


def test_of_a_big_store_only_a_shortlist_is_embedded(embed: Embedder) -> None:
    texts = [f"Ferry number{number} left the harbour{number % 7} at dawn." for number in range(policy.COMPARE_ALL + 1)]
    retriever = Retriever(texts, embed=embed)
    assert retriever.search("Ferry number1500 sank at dawn.", 1)[0].index == 1500
    assert len(embed.seen) <= policy.SHORTLIST + 1  # type: ignore[attr-defined]


def test_wrong_use_is_refused() -> None:
    with pytest.raises(ValueError, match="needs the vectors"):
        Retriever(TEXTS)
    with pytest.raises(ValueError, match="2 vectors for 4 texts"):
        Retriever(TEXTS, np.zeros((2, 3), dtype=np.float32))
    with pytest.raises(ValueError, match="vectors of its queries"):
        Retriever(["Rain fell."], np.zeros((1, 3), dtype=np.float32)).search("rain", 1)


def test_nothing_to_search(embed: Embedder) -> None:
    assert Retriever([], embed=embed).search("rain", 3) == []
    assert Retriever(TEXTS, embed=embed).search("bridge", 0) == []
    assert Retriever(TEXTS, embed=embed).search_many([], 3) == []


WORDS = st.sampled_from(["Velmar", "bridge", "crack", "ferry", "Orsa", "bread", "price", "the", "Council", "not", "12"])
SENTENCES = st.lists(st.lists(WORDS, max_size=8).map(" ".join), max_size=8)


@settings(max_examples=50, deadline=None)
@given(texts=SENTENCES, queries=SENTENCES, k=st.integers(1, 4))
def test_results_are_bounded_and_do_not_depend_on_company(
    embedder: type[Embedder], texts: list[str], queries: list[str], k: int
) -> None:
    together = Retriever(texts, embed=embedder()).search_many(queries, k)
    alone = [Retriever(texts, embed=embedder()).search(query, k) for query in queries]
    assert together == alone
    for matches in together:
        assert len(matches) <= k
        assert len({match.index for match in matches}) == len(matches)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(-3, 3), min_size=1, max_size=12), st.integers(1, 14))
def test_the_nearest_are_those_of_sorting_all(likeness, count):
    vectors = np.array([[each / 3, 1.0] for each in likeness], dtype=np.float32)
    corpus = MemoryCorpus(["x"] * len(likeness), vectors, None)
    found = corpus.nearest(np.array([1.0, 0.0], dtype=np.float32), count)
    by_likeness = sorted(range(len(likeness)), key=lambda number: (-likeness[number], number))
    assert sorted(found) == sorted(by_likeness[:count])
