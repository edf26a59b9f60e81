"""How frequent a word is in a language: pyspellchecker's dictionaries, each loaded when it is first asked for.

Loading takes up to .1 s, so rules ask only about words that are already suspect. They ask about few, so the file is
searched as it is, a line a word: to make a mapping of 400,000 words takes four times as long and half as much memory
again, and the package's own class works out besides what only the correction of words needs.
"""

from __future__ import annotations

import gzip
import json
from bisect import bisect_left
from functools import cache
from importlib.resources import files


class Dictionary:
    """Words of a language in small letters with their counts, and the `total` of these."""

    def __init__(self, data: bytes) -> None:
        """`data` is a JSON object of words and counts, quickest read with a word a line in the order of the bytes."""
        lines = data.split(b"\n")[1:-1]
        if data.count(b'": ') != len(lines):
            entries: dict[str, int] = json.loads(data)
            lines = [_beginning(word) + b"%d" % count for word, count in entries.items()]
            data = b"\n".join((*lines, b""))
        lines.sort()
        self._lines = lines
        self.total = _sum_of_ends(data)

    def count(self, word: str) -> int:
        """How often the word stands in the texts of the dictionary, 0 for one that it lacks."""
        beginning = _beginning(word)
        place = bisect_left(self._lines, beginning)
        line = self._lines[place] if place < len(self._lines) else b""
        return int(line[len(beginning) :].rstrip(b",")) if line.startswith(beginning) else 0


def occurrences(word: str, language: str) -> int:
    """The word's count in the dictionary of the language, 0 for one that it lacks; of the rules' languages only."""
    return _dictionary(language).count(word)


def frequency(word: str, language: str) -> float:
    """The word's share of the words of the language's texts, 0.0 for one that the dictionary lacks."""
    dictionary = _dictionary(language)
    return dictionary.count(word) / dictionary.total


def _sum_of_ends(lines: bytes) -> int:
    """The sum of the numbers that end the lines, with a comma or without, digit by digit from the right."""
    import numpy as np

    letters = np.frombuffer(lines, np.uint8)
    places = np.flatnonzero(letters == ord("\n")) - 1
    places -= letters[places] == ord(",")
    total, worth = 0, 1
    while places.size:
        digits = letters[places] - ord("0")  # (lines,); unsigned, so what is no digit is more than 9
        total += worth * int(digits[digits <= 9].sum())
        places, worth = places[digits <= 9] - 1, 10 * worth
    return total


def _beginning(word: str) -> bytes:
    return f'"{word}": '.encode()


@cache
def _dictionary(language: str) -> Dictionary:
    packed = files("spellchecker").joinpath("resources", f"{language}.json.gz").read_bytes()
    return Dictionary(gzip.decompress(packed))
