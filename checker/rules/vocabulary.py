"""How frequent a word is in a language: pyspellchecker's dictionaries, each loaded when it is first asked for.

Loading takes up to .4 s, so rules ask only about words that are already suspect. Its own class would take twice as
long, for it also works out what only the correction of words needs.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class _Counts(NamedTuple):
    words: Mapping[str, int]
    total: int


def dictionary(language: str) -> Mapping[str, int]:
    """The words of a language in small letters with their counts, 160,000 of English; of the rules' languages only."""
    return _counts(language).words


def frequency(word: str, language: str) -> float:
    """The word's share of the words of the language's texts, 0.0 for one that the dictionary lacks."""
    counts = _counts(language)
    return counts.words.get(word, 0) / counts.total


@cache
def _counts(language: str) -> _Counts:
    packed = files("spellchecker").joinpath("resources", f"{language}.json.gz").read_bytes()
    words: dict[str, int] = json.loads(gzip.decompress(packed))
    return _Counts(words, sum(words.values()))
