"""Facts found before are found again without looking, and nothing else changes."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.document import make_document
from checker.evidence import Fact, FactMemory, FactStore, select_evidence
from checker.evidence.remembered import Found, Sheet

SENTENCES = (
    "The mayor of Velmar, Alda Brunner, opened the bridge on Friday.",
    "Alda Brunner was born in Tarnow in 1961.",
    "The Bank of the Two Rivers raised its rate.",
    "Nobody was hurt.",
    "The bridge over the Oskava cost 40 million euros.",
)
FACTS = tuple(
    Fact(f"f{number}", text)
    for number, text in enumerate(
        (
            "The mayor of Velmar is Alda Brunner.",
            "Alda Brunner was born in Torun.",
            "The bridge over the Oskava cost 14 million euros.",
            "The Bench of the Two Rivers is a bank.",
        )
    )
)
SHEET = Sheet(FACTS, "m", 4)


def embed(texts: Sequence[str]) -> np.ndarray:
    rows = [np.random.default_rng(zlib.crc32(text.encode())).standard_normal(16) for text in texts]
    made = np.array(rows, dtype=np.float32).reshape(-1, 16)
    return made / np.linalg.norm(made, axis=1, keepdims=True)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=5),
            st.lists(st.sampled_from(FACTS), unique=True, max_size=4),
            st.integers(1, 6),
        ),
        max_size=4,
    ),
    st.integers(1, 4),
)
def test_the_evidence_is_that_of_a_check_without_memory(checks: list, most: int) -> None:
    memory = FactMemory(most)
    for sentences, facts, limit in checks:
        document = make_document(" ".join(sentences), language="en")
        expected = select_evidence(document, facts, None, embed, limit)
        assert select_evidence(document, facts, None, embed, limit, memory=memory) == expected


def test_only_new_sentences_are_looked_for() -> None:
    asked: list[list[str]] = []

    def look(texts: list[str]) -> list[Found]:
        asked.append(texts)
        return [Found((), None) for _ in texts]

    memory = FactMemory(3)
    memory.find(SHEET, ["a", "b", "a"], look)
    memory.find(SHEET, ["b", "c"], look)
    memory.find(SHEET, ["c", "b"], look)
    assert asked == [["a", "b"], ["c"]]
    memory.find(SHEET, ["d"], look)  # the sentence that was asked about longest ago goes
    memory.find(SHEET, ["a", "d"], look)
    assert asked[2:] == [["d"], ["a"]]


@pytest.mark.parametrize("other", [SHEET._replace(facts=FACTS[:2]), SHEET._replace(model="n"), SHEET._replace(limit=3)])
def test_another_sheet_is_searched_anew(other: Sheet) -> None:
    asked: list[str] = []

    def look(texts: list[str]) -> list[Found]:
        asked.extend(texts)
        return [Found((), None) for _ in texts]

    memory = FactMemory()
    for sheet in (SHEET, other, SHEET):
        memory.find(sheet, ["a"], look)
    assert asked == ["a"] * 3


def test_a_store_may_change_and_is_always_asked(tmp_path) -> None:
    memory = FactMemory()
    document = make_document(SENTENCES[4], language="en")
    with FactStore.open(tmp_path / "facts.db") as store:
        before = select_evidence(document, (), None, embed, stores=[store.view(None)], memory=memory)
        store.add([FACTS[2]])
        after = select_evidence(document, (), None, embed, stores=[store.view(None)], memory=memory)
    assert not before.evidence[0]
    assert after.evidence[0][0].id == "f2"
