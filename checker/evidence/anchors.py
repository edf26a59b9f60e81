"""What a sentence and its translation have in common whatever the language: figures, names, words of one origin.

Each is a key that is the same on both sides: the digits of a figure, the first letters of a name, and of a long word,
as it sounds. Cyrillic is read as Latin letters: `Алеман` is Aleman, `министр` begins like `minister`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

NAME_LETTERS = 4  # letters of a name that have to be alike
WORD_LETTERS = 5  # the same of any other word
SHORTEST_WORD = 6

_ANCHOR = re.compile(r"(?P<time>(?<![\d.,:])(?:1[3-9]|2[0-3])[:h][0-5]\d(?![\d:]))|\d[\d.,:]*\d|\d|[^\W\d_]{2,}")
_SENTENCE_BEFORE = re.compile(r"(?:^|[.:!?…])[\s\"'“”„«»‘’(\[—–-]*$")
_CYRILLIC = str.maketrans("абвгдеёзийклмнопрстуфыэіїєґ", "abvgdeeziiklmnoprstufyeiieg") | {
    ord(char): latin
    for char, latin in {
        "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ь": "", "ю": "yu", "я": "ya",
    }.items()
}  # fmt: skip
# One sound, several spellings: "fotografía" and "photograph", "Kuba" and "Cuba".
_SOUNDS = (
    ("ph", "f"), ("th", "t"), ("sch", "sh"), ("tch", "ch"), ("ck", "k"), ("qu", "k"), ("x", "ks"), ("c", "k"),
    ("q", "k"), ("y", "i"), ("j", "i"), ("w", "v"), ("z", "s"), ("h", ""),
)  # fmt: skip
_DOUBLED = re.compile(r"(.)\1+")
_CAPITAL_NOUNS = frozenset({"de"})


class Anchors(NamedTuple):
    """Keys of a sentence. `figures` and `names` belong together; `words` are of other long words.

    `strict` are the figures and names that a translation keeps, so that one without a match speaks against a pair: not
    the first word, nor the capitalised nouns of German.
    """

    figures: frozenset[str]
    names: frozenset[str]
    words: frozenset[str]
    strict: frozenset[str]

    @property
    def all(self) -> frozenset[str]:
        """Every key."""
        return self.figures | self.names | self.words


@lru_cache(maxsize=4096)
def find_anchors(text: str, language: str) -> Anchors:
    """The keys of one sentence; `language` is an ISO 639-1 code."""
    figures: set[str] = set()
    names: set[str] = set()
    words: set[str] = set()
    strict: set[str] = set()
    for match in _ANCHOR.finditer(text):
        word = match.group()
        if word[0].isdigit():
            figures |= _figure(word, is_time=match.lastgroup == "time")
            strict |= _figure(word, is_time=False) if match.lastgroup != "time" else frozenset()
            continue
        sound = _sound(word)
        if word[0].isupper():
            names.add(sound[:NAME_LETTERS])
            if language not in _CAPITAL_NOUNS and not _SENTENCE_BEFORE.search(text, 0, match.start()):
                strict.add(sound[:NAME_LETTERS])
        if len(word) >= SHORTEST_WORD:
            words.add("~" + sound[:WORD_LETTERS])
    return Anchors(frozenset(figures), frozenset(names), frozenset(words), frozenset(strict))


def _figure(word: str, *, is_time: bool) -> frozenset[str]:
    """The digits without marks and zeros at the end; a time after noon also has the hour that English copy says.

    >>> sorted(_figure("1.300", is_time=False)), sorted(_figure("17:00", is_time=True))
    (['13'], ['17', '5'])
    """
    digits = re.sub(r"\D", "", word)
    keys = {digits.rstrip("0") or "0"}
    if is_time:
        keys.add(str(int(digits[:2]) - 12) + digits[2:].rstrip("0"))
    return frozenset(keys)


@lru_cache(maxsize=65536)
def _sound(word: str) -> str:
    key = in_latin(word)
    for spelling, sound in _SOUNDS:
        key = key.replace(spelling, sound)
    return _DOUBLED.sub(r"\1", key)


def in_latin(word: str) -> str:
    """The word in small Latin letters without accents.

    >>> in_latin("Ёлкин"), in_latin("Müller")
    ('elkin', 'muller')
    """
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFD", word.casefold().translate(_CYRILLIC))
    return "".join(char for char in plain if not unicodedata.combining(char))
