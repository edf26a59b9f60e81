"""Number words that are written as one with others or with what they count: `zweihundertfünfzig`, `пятидневный`."""

# ruff: noqa: E501 - word lists read better in full lines
from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from checker.rules.quantities.number_words import words_for
from checker.rules.words import fold

_YOUNGEST = 10  # "enne" ends other words too
_COUNTED_IN = {
    "de": re.compile(r"(?:jahrig|monatig|wochig|tagig|stundig|minutig|sekundig|kopfig|fach|stockig|spurig|teilig)(?:e[nmrs]?)?$"),
    "ru": re.compile(r"(?:летн|месячн|недельн|дневн|часов|минутн|секундн|кратн|этажн|местн)(?:ыи|ии|ои|ая|яя|ое|ее|ого|его|ому|ему|ым|им|ом|ем|ую|юю|ые|ие|еи|ых|их|ыми|ими)$"),
    "it": re.compile(r"enn[ei]$"),
}  # fmt: skip


@lru_cache(maxsize=16)
def number_test(language: str) -> Callable[[str], bool]:
    """Tells whether a word, as it stands in a text, may be part of a number; it remembers what it said of each.

    >>> is_number = number_test("de")
    >>> is_number("zweihundert"), is_number("Hund")
    (True, False)
    """
    words, compounding = words_for(language), is_compounding(language)
    vocabulary = frozenset((*words.values, *words.ordinals, *words.scales, *words.weak, *words.hundred))

    @lru_cache(maxsize=32768)
    def may_be_number(word: str) -> bool:
        if "-" in word or word.isupper():
            return True
        folded = fold(word)
        return folded in vocabulary or (compounding and compound_value(folded, language) is not None)

    return may_be_number


def is_compounding(language: str) -> bool:
    """True for a language that writes numbers as one with others or with what they count."""
    return language in _COUNTED_IN


@lru_cache(maxsize=65536)
def compound_value(word: str, language: str) -> float | None:
    """The value of a number word that is written as one: `zweihundertfünfzigtausend`, `trecentocinquanta`; else None.

    `word` is folded. Only German and Italian write so, and they and Russian what is counted too: `dreijährige`,
    `пятидневную`, `quarantacinquenne`.
    """
    counted = _COUNTED_IN[language].search(word) if language in _COUNTED_IN else None
    if counted:
        word = word[: counted.start()]
    if language == "ru":
        return _genitives(word) if counted else None
    if language == "de":
        return _compound(word, words_for("de").values, "hundert", "tausend", "tausend", "und")
    if language == "it" and counted:
        ages = (compound_value(word + vowel, "it") for vowel in "aeiou")
        return next((age for age in ages if age is not None and age >= _YOUNGEST), None)
    if language == "it":
        return _compound(word, words_for("it").values, "cento", "mila", "mille", "")
    return None


def _compound(
    word: str, small: dict[str, float], hundred: str, thousand: str, one_thousand: str, joint: str
) -> float | None:
    if word in small:
        return small[word]
    for mark, factor in ((thousand, 1e3), (one_thousand, 1e3), (hundred, 1e2)):
        before, found, after = word.partition(mark)
        if not found:
            continue
        times = 1.0 if not before else _compound(before, small, hundred, thousand, one_thousand, joint)
        rest = 0.0 if not after else _compound(after.removeprefix(joint), small, hundred, thousand, one_thousand, joint)
        if times is not None and rest is not None and rest < factor:
            return times * factor + rest
    return None


def _genitives(word: str) -> float | None:
    """`пяти` and `сорокапяти`, as they begin an adjective."""
    values = words_for("ru").values
    if word in values:
        return values[word]
    pairs = ((values.get(word[:cut]), values.get(word[cut:])) for cut in range(4, len(word) - 2))
    sums = (tens + units for tens, units in pairs if tens and units and tens % 10 == 0 and units < 10)
    return next(sums, None)
