"""Near duplicates by their words: what is near, what is not, and that nothing is missed for speed."""

from __future__ import annotations

from math import ceil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.evidence.lexical import terms_of
from checker.facts.likeness import FEWEST_WORDS, MOST_COMPARED, NEAR_SHARE, near_wordings

HARBOUR = "The old harbour of Velmar was opened in 1911."
CASES = [
    (HARBOUR, "The old harbour of Velmar was officially opened in 1911.", True),
    (HARBOUR, "Velmar's old harbour opened in 1911.", False),  # in another order: for the model
    (HARBOUR, "In Velmar the old harbour, opened in 1911, is busy.", False),
    (HARBOUR, "The old harbours of Velmar were opened in 1911", True),
    (HARBOUR, "The old harbour of Velmar was opened in 1912.", False),
    (HARBOUR, "The old harbour of Velmar was closed in 1911.", False),
    (HARBOUR, "The old harbour of Velmar was not opened in 1911.", False),
    (HARBOUR, "The old harbour of Velmar wasn’t opened in 1911.", False),
    (HARBOUR, "The old harbour of Velmar was opened before 1911.", False),
    (HARBOUR, "The old harbour of Orsa was opened in 1911.", False),
    ("Norwick bought Kestrel in 1911.", "Kestrel bought Norwick in 1911.", False),
    ("Velmar grew.", "Velmar grew fast.", False),  # too few words to tell
    ("Die Brücke von Velmar wurde 1911 gebaut.", "Die alte Brücke von Velmar wurde 1911 gebaut.", True),
]


@pytest.mark.parametrize(("one", "other", "near"), CASES)
def test_what_is_near(one: str, other: str, near: bool) -> None:
    assert list(near_wordings([one, other])) == ([(0, 1)] if near else [])
    assert list(near_wordings([other, one])) == ([(0, 1)] if near else [])


def test_each_text_comes_with_its_first_twin() -> None:
    texts = [HARBOUR, "Rain fell.", HARBOUR.replace("was", "was officially"), HARBOUR.replace("old", "old, old")]
    assert list(near_wordings(texts)) == [(0, 2), (0, 3)]


WORDS = st.sampled_from(["alda", "brunner", "ferry", "toll", "harbour", "tunnel", "not", "after"])
TEXTS = st.lists(st.lists(WORDS, min_size=1, max_size=12).map(" ".join), max_size=12)


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_comparing_few_finds_what_comparing_all_finds(texts: list[str]) -> None:
    found = {
        later: min(earlier for earlier in range(later) if is_near(texts[earlier], texts[later]))
        for later in range(len(texts))
        if any(is_near(texts[earlier], texts[later]) for earlier in range(later))
    }
    assert list(near_wordings(texts)) == [(earlier, later) for later, earlier in sorted(found.items())]


def is_near(one: str, other: str) -> bool:
    """The definition, without a shortcut."""
    shorter, longer = sorted((terms_of(one).words, terms_of(other).words), key=len)
    turns = [[word for word in text.split() if word in ("not", "after")] for text in (one, other)]
    rest = iter(longer)
    enough = len(shorter) >= max(FEWEST_WORDS, ceil(NEAR_SHARE * len(longer) - 1e-9))
    return enough and turns[0] == turns[1] and all(word in rest for word in shorter)


def test_texts_of_all_the_same_words_are_bounded() -> None:
    texts = ["the ferry toll of velmar harbour"] * (3 * MOST_COMPARED)
    assert len(list(near_wordings(texts))) == len(texts) - 1
