"""The words of a text, found once for all the rules that first ask whether it has one of theirs.

Most sentences have nothing for a rule, and to see that none of its words is there takes a tenth of the time of looking
for its patterns.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import filterfalse

_WORD = re.compile(r"[^\W\d_]+")
_REMEMBERED = 512  # texts: the sentences of an article, alone and with their neighbours, on both sides


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Lower case without accents: `Dieciséis` -> `dieciseis`, `ё` -> `е`, `й` -> `и`."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFD", word.casefold())
    return "".join(filterfalse(unicodedata.combining, plain))


@lru_cache(maxsize=_REMEMBERED)
def words_of(text: str) -> tuple[str, ...]:
    """The runs of letters in order, as they are written.

    >>> words_of("Mid-May isn't 2024.")
    ('Mid', 'May', 'isn', 't')
    """
    return tuple(_WORD.findall(text))


@lru_cache(maxsize=_REMEMBERED)
def different_words(text: str) -> frozenset[str]:
    """The runs of letters as they are written, each once."""
    return frozenset(words_of(text))


@lru_cache(maxsize=_REMEMBERED)
def folded_words(text: str) -> frozenset[str]:
    """The runs of letters as `fold` makes them, each once."""
    words = different_words(text)
    together = " ".join(words)
    return frozenset(together.lower().split() if together.isascii() else map(fold, words))


def words_of_all(names: Iterable[str]) -> frozenset[str]:
    """The runs of letters of all the names: a text that has one of the names has one of them."""
    return frozenset(word for name in names for word in _WORD.findall(name))
