"""How frequent a word is in a language: pyspellchecker's dictionaries, each loaded when it is first asked for.

Loading takes a quarter of a second, so rules ask only about words that are already suspect.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from spellchecker import WordFrequency


def dictionary(language: str) -> Mapping[str, int]:
    """The words of a language in small letters with their counts, 160,000 of English; of the rules' languages only."""
    return cast("Mapping[str, int]", _counts(language).dictionary)


def frequency(word: str, language: str) -> float:
    """The word's share of the words of the language's texts, 0.0 for one that the dictionary lacks."""
    return dictionary(language).get(word, 0) / _counts(language).total_words


@cache
def _counts(language: str) -> WordFrequency:
    from spellchecker import SpellChecker

    return SpellChecker(language=language).word_frequency
