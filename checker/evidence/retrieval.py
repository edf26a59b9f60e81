"""Which few candidates are worth judging against a sentence: word overlap and similarity of meaning, fused.

Word overlap finds names, figures and rare words that small encoders blur; vectors find the paraphrase that shares no
word. Both are needed: the evidence against "justified invasion" may read "brutal and unprovoked war".
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from checker.evidence.lexical import LexicalIndex, Terms, is_number, known_names, terms_of, weighted_terms

# Share of the lexical score in the relevance, the rest is the cosine.
LEXICAL_SHARE = 0.5
# Below this cosine, two texts that share no content word have nothing in common.
COSINE_FLOOR = 0.30
# Candidates below this relevance share one common word by chance.
RELEVANCE_FLOOR = 0.05
# Fewer content words than this make a fragment ("He agreed."), for which one shared verb proves nothing.
FRAGMENT_WORDS = 3
FRAGMENT_COSINE = 0.5


class Match(NamedTuple):
    """A candidate's place in the sequence given to Retriever, and its relevance in [0, 1]."""

    index: int
    relevance: float


def normalised(text: str) -> str:
    """`text` with letters and digits alone, lower-cased: equal for texts that differ in punctuation and case."""
    return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())
