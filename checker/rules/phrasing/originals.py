"""Finds the words of the original that a calque comes from, in whatever form they stand there."""

from __future__ import annotations

import re
from functools import lru_cache

from checker.document import Span

LANGUAGES = {
    "es": "Spanish", "pt": "Portuguese", "fr": "French", "it": "Italian", "de": "German", "ru": "Russian",
}  # fmt: skip
# Beginnings of irregular verbs that the phrases have.
_IRREGULAR = {
    "hacer": "ha[cgrz]|hi[cz]|hech", "poner": "pon|pus|puest", "tener": "ten|tien|tuv", "rendir": "rend|rind",
    "contar": "cont|cuent", "perder": "perd|pierd", "mantener": "mant", "sostener": "sost", "dar": "da|di|do|dé",
    "manter": "mant", "fazer": "fa|fe|fi", "faire": "fai|fas|fon", "fare": "fa|fe", "mettre": "met|mis",
    "mettere": "mett|mes|mis", "prendere": "prend|pres", "prendre": "prend|pris", "avoir": "av|ai|a|on|eu",
}  # fmt: skip
_ENDING = 3  # letters of a word that inflection may change
_SHORTEST = 3


def find_original(text: str, words: tuple[str, ...]) -> Span | None:
    """The first place of any of the words or phrases; a longer word in any inflection, a phrase with gaps of a word."""
    for phrase in words:
        match = _pattern(phrase).search(text)
        if match:
            return Span(*match.span())
    return None


@lru_cache(maxsize=1024)
def _pattern(phrase: str) -> re.Pattern[str]:
    parts = (_stem(word) for word in phrase.replace("…", " ").split())
    return re.compile(r"\W+(?:\w+\W+){0,2}?".join(parts), re.IGNORECASE)


def _stem(word: str) -> str:
    """`celebrar` finds `celebró`; words of up to four letters stand as they are, or with a plural."""
    if word in _IRREGULAR:
        return rf"(?<!\w)(?:{_IRREGULAR[word]})\w{{0,6}}"
    kept = max(_SHORTEST, len(word) - _ENDING) if len(word) > 4 else len(word)
    accents = re.escape(word[:kept])
    return rf"(?<!\w){accents}\w{{0,7}}" if len(word) > 4 else rf"(?<!\w){accents}(?:e?s)?(?!\w)"
