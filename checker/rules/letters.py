"""The words of a text, read once for all rules that only ask whether it has any of theirs."""

from __future__ import annotations

import re
from functools import lru_cache

_LETTERS = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=2048)
def letters_of(text: str) -> frozenset[str]:
    """Every run of letters as it stands; hyphens, apostrophes and figures part them.

    >>> sorted(letters_of("L'Inde, G20 and the-the"))
    ['G', 'Inde', 'L', 'and', 'the']
    """
    return frozenset(_LETTERS.findall(text))
