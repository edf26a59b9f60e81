"""Which English words the words of other languages are mostly translated by: learnt counts beside a model of originals.

The network's vectors tell that two words lie near each other, and so they do for wheat and rice. A table of what was
really translated by what tells these apart. It is learnt from the translations that the model is trained on (see
`checker.training.dictionary`), is one of the files of its folder, and reaches the network as one of the word features.
Rows, parted by tabs, of a word of a language with its translations, and of an English one beside that language:

    es     huelga  0.83  strike
    en-es  strik   0.48

The figure is the share of sentences with the word whose translation has one of its words.
"""

from __future__ import annotations

import gzip
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from pathlib import Path

from checker.document.language import DEFAULT_LANGUAGE as ENGLISH
from checker.errors import ModelError
from checker.nli.wording import stem_of

FILE = "dictionary.tsv.gz"
LETTERS, OTHER_LETTERS = 8, {"LATIN": 7, "CYRILLIC": 6, "ARABIC": 5}  # that are left of a word
USUAL_LETTERS = 6
SHORT = 4
UNSPACED = re.compile(r"[぀-ヿ㐀-䶿一-鿿豈-﫿]")  # its pieces are its words
APOSTROPHE = re.compile("['’]")
ARTICLES = ("وال", "بال", "كال", "فال", "ال", "لل")  # written together with their word


class Link(IntEnum):
    """What the dictionary says of a word beside the other side."""

    UNKNOWN = 0  # it has no translation, or such as are seldom used
    TRANSLATED = 1  # a translation of it stands there
    LOST_SURELY = 2  # none does, where there is one nearly always
    LOST_LIKELY = 3
    LOST_PERHAPS = 4


LOST = ((0.85, Link.LOST_SURELY), (0.7, Link.LOST_LIKELY), (0.5, Link.LOST_PERHAPS))  # from so large a share on


@dataclass(frozen=True, slots=True)
class Dictionary:
    """`translations` of the key of a word, the likeliest first, in small letters and in the form that is most frequent.

    `kept` and `english_kept` are the shares of the sentences with a word whose other side has one of its translations.
    """

    translations: dict[str, tuple[str, ...]]
    kept: dict[str, float]
    english_kept: dict[str, float]

    def links(self, words: Sequence[str], english: Sequence[str]) -> tuple[list[Link], list[Link]]:
        """For each of the keys of both sides what its other side has for it."""
        there = set(english)
        offered: set[str] = set()
        found = []
        for word in words:
            known = self.keys(word)
            offered.update(known)
            found.append(_link(not there.isdisjoint(known), self.kept.get(word, 0.0)))
        return found, [_link(word in offered, self.english_kept.get(word, 0.0)) for word in english]

    def keys(self, word: str) -> tuple[str, ...]:
        """The English keys of the translations of a key."""
        return tuple(english_key(stem_of(each)) for each in self.translations.get(word, ()))


def _link(found: bool, kept: float) -> Link:
    return Link.TRANSLATED if found else next((link for least, link in LOST if kept >= least), Link.UNKNOWN)


@lru_cache(maxsize=65536)
def key_of(word: str) -> str:
    """The beginning of a word of another language, in small letters without accents or what is elided before it.

    >>> key_of("Huelgas"), key_of("Überraschung"), key_of("l’attaque"), key_of("правительства"), key_of("总统")
    ('huelga', 'uberras', 'attaque', 'правит', '总统')
    """
    plain = unicodedata.normalize("NFD", word.casefold())
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    letters = max(APOSTROPHE.split(letters), key=len)
    if not letters or UNSPACED.search(letters):
        return letters
    script = unicodedata.name(letters[0], "").partition(" ")[0]
    if script == "ARABIC":
        letters = next((letters[len(each) :] for each in ARTICLES if letters.startswith(each)), letters) or letters
    elif script == "LATIN" and len(letters) > SHORT:
        letters = letters.removesuffix("s")
    return letters[: OTHER_LETTERS.get(script, USUAL_LETTERS)]


def english_key(stem: str) -> str:
    """The key of an English word, from its stem as `checker.nli.wording` has it."""
    return stem[:LETTERS]


def load_dictionaries(folder: Path) -> dict[str, Dictionary]:
    """Those of a model folder by language, none where it has none. Raises ModelError for a file that cannot be read."""
    path = folder / FILE
    return _read(path, path.stat().st_mtime_ns) if path.is_file() else {}


@lru_cache(maxsize=2)
def _read(path: Path, _changed: int) -> dict[str, Dictionary]:
    """The file's dictionaries, kept for all that read the same file."""
    found: dict[str, Dictionary] = {}
    try:
        with gzip.open(path, "rt", encoding="utf-8") as rows:
            for row in rows:
                side, word, share, *words = row.rstrip("\n").split("\t")
                of = found.setdefault(side.removeprefix(f"{ENGLISH}-"), Dictionary({}, {}, {}))
                if words:
                    of.translations[word], of.kept[word] = tuple(words), float(share)
                else:
                    of.english_kept[word] = float(share)
    except (OSError, EOFError, UnicodeDecodeError, ValueError) as error:
        raise ModelError(f"{path}: not a dictionary of this program ({error}); copy the model folder again") from error
    return found


def save_dictionary(rows: Iterable[str], folder: Path) -> Path:
    """Write the rows into a model folder, the same rows always as the same bytes."""
    path = folder / FILE
    content = "".join(f"{row}\n" for row in rows).encode()
    path.write_bytes(gzip.compress(content, mtime=0))
    return path
