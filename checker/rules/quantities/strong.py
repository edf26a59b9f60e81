"""The quantities that may accuse, without reading the many texts that surely have none."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from checker.rules.quantities.compounds import is_compounding
from checker.rules.quantities.number_words import words_for
from checker.rules.quantities.quantity import Quantity
from checker.rules.quantities.reader import read_quantities
from checker.rules.words import folded_words, words_of_all

_DIGIT = re.compile(r"\d")
_WEAK_ORDINAL = 2  # "first" and "second", and what is below, are never more than weak


@lru_cache(maxsize=2048)
def strong_quantities(text: str, language: str) -> tuple[Quantity, ...]:
    """The quantities of `text` that are not weak, in order; all times of day are among them."""
    if not _may_have_one(text, language):
        return ()
    return tuple(quantity for quantity in read_quantities(text, language) if not quantity.weak)


def _may_have_one(text: str, language: str) -> bool:
    if is_compounding(language) or _DIGIT.search(text):
        return True
    return not _strong_words(language).isdisjoint(folded_words(text))


@cache
def _strong_words(language: str) -> frozenset[str]:
    """Folded words of which each strong quantity in words has one."""
    words = words_for(language)
    ordinals = (word for word, values in words.ordinals.items() if values[0] > _WEAK_ORDINAL)
    return words_of_all((*words.values, *ordinals, *words.scales, *words.hundred))
