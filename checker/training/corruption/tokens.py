"""Words of a sentence with their places: what every rule of this package looks at."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(
    r"(?:[A-Za-z]\.){2,}"
    r"|(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|St|Jr|Sr|Lt|Col|Sgt|Prof|Rev|No)\.(?=\s)"
    r"|\d+(?:[.,:]\d+)*(?:st|nd|rd|th|s|bn|m|k)?(?![^\W\d_])"
    r"|n['’]t\b"
    r"|[^\W\d_]+(?=n['’]t\b)(?<!n)|[^\W\d_]+?(?=n['’]t\b)"
    r"|['’](?:s|re|ll|ve|d|m)\b"
    r"|[^\W\d_]+(?:-\w+)*(?:['’](?!s\b|re\b|ll\b|ve\b|d\b|m\b|t\b)[^\W\d_]+)?"
    r"|\w+(?:-\w+)*"
    r"|\S"
)


@dataclass(frozen=True, slots=True)
class Word:
    """One token: `text == sentence[start:end]`; `tag` is a Penn-style part of speech, a guess."""

    text: str
    lower: str
    start: int
    end: int
    tag: str = ""

    @property
    def is_alpha(self) -> bool:
        """True where the token begins with a letter."""
        return self.text[0].isalpha()

    @property
    def is_capital(self) -> bool:
        """True where the token begins with a capital letter."""
        return self.text[0].isupper()


@dataclass(frozen=True, slots=True)
class Tagged:
    """A sentence and its tagged words, in text order."""

    text: str
    words: tuple[Word, ...]

    def tag(self, index: int) -> str:
        """Tag of a word; the empty string outside the sentence."""
        return self.words[index].tag if 0 <= index < len(self.words) else ""

    def lower(self, index: int) -> str:
        """Lower-case form of a word; the empty string outside the sentence."""
        return self.words[index].lower if 0 <= index < len(self.words) else ""

    def slice(self, first: int, last: int) -> str:
        """Text from word `first` up to and including word `last`."""
        return self.text[self.words[first].start : self.words[last].end]


def word_set(words: str) -> frozenset[str]:
    """The words of a space-separated list."""
    return frozenset(words.split())


def word_list(words: str) -> tuple[str, ...]:
    """The words of a space-separated list, in order."""
    return tuple(words.split())


def tokenize(text: str) -> list[Word]:
    """Words, numbers, clitics (`n't`, `'s`) and single signs, in order, untagged."""
    return [Word(m.group(), m.group().lower().replace("’", "'"), m.start(), m.end()) for m in _TOKEN.finditer(text)]
