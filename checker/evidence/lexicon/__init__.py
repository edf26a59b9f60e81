"""Which English words a word of another language is mostly translated by: a table a language, learnt from translations.

It tells the aligner (`checker.evidence.translation`) that `huelga` and "strike" are one thing, where two texts share no
name and no figure. A word is known by its first letters, for endings change: `huelgas`, "striking".

The tables are made by `python -m checker.training.lexicon` from texts that anybody may use (Tatoeba, CC BY 2.0 FR;
TICO-19, CC0; Europarl), and hold what those texts have: of Spanish 7,000 words, of the others 1,900 to 3,500. Question,
exclamation and quotation marks count as words, and so do the shortest ones: `ella`, "she", and "n't". Rows, parted by
tabs, of a word of the language and of an English one:

    es  huelga  0.61  strike
    en  strike  0.48

The figure is the share of sentences with the word whose translation has one of its words.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

LANGUAGES = ("es", "fr", "de", "pt", "it", "ru")
ENGLISH = "en"
_LETTERS, _RUSSIAN_LETTERS = 6, 5  # that are left of a word
_WORD = re.compile(r"[^\W\d_]+|[?!\"]")
_NOT = re.compile(r"n[’']t\b")
_QUOTE = re.compile("[“”„«»‹›]")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`translations` of a word of the language; `kept` and `english_kept` are how often each kind of word has one."""

    translations: Mapping[str, tuple[str, ...]]
    kept: Mapping[str, float]
    english_kept: Mapping[str, float]


@cache
def lexicon_of(language: str) -> Lexicon:
    """The table of an ISO 639-1 language; an empty one where there is none."""
    translations: dict[str, tuple[str, ...]] = {}
    kept: dict[str, dict[str, float]] = defaultdict(dict)
    if language in LANGUAGES:
        text = files("checker.evidence.lexicon").joinpath(f"{language}.tsv").read_text(encoding="utf-8")
        for row in text.splitlines():
            side, word, share, *words = row.split("\t")
            kept[side][word] = float(share)
            if side != ENGLISH:
                translations[word] = tuple(words)
    return Lexicon(translations, kept[language], kept[ENGLISH])


@lru_cache(maxsize=4096)
def stems(text: str, language: str) -> frozenset[str]:
    """The beginnings of the words, in small letters without accents, and the marks that a translation keeps.

    >>> sorted(stems("¿Las huelgas, «today»?", "es")), sorted(stems("I don't.", "en"))
    (['"', '?', 'huelga', 'las', 'today'], ['do', 'i', 'not'])
    """
    if language == ENGLISH:
        text = _NOT.sub(" not", text)
    if not text.isascii():
        text = _QUOTE.sub('"', text)
    return frozenset([stem(word, language) for word in _WORD.findall(text)])


@lru_cache(maxsize=65536)
def stem(word: str, language: str) -> str:
    """The beginning of one word; of a short English plural the singular.

    >>> stem("Überraschung", "de"), stem("banks", "en")
    ('uberra', 'bank')
    """
    letters = word.lower()
    if not word.isascii():
        plain = unicodedata.normalize("NFD", word.casefold())
        letters = "".join(char for char in plain if not unicodedata.combining(char))
    if language == ENGLISH and 3 < len(letters) <= _LETTERS:
        letters = letters.removesuffix("s")
    return letters[: _RUSSIAN_LETTERS if language == "ru" else _LETTERS]
