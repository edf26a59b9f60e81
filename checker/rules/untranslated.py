"""untranslated: a word of the original language that was left in the translation.

Fails:  `the ayuntamiento approved` for `el ayuntamiento aprobó`; a Cyrillic word in English copy; `también`.
Passes: names, words in quotation marks or brackets, loan words (`café`, `junta`), words that English has as well.

A word counts where the source's sentence has it in the same small letters and no English dictionary (pyspellchecker's)
does, or where it is a plain function word of the source's language (`para`, `nicht`, `avec`). Cyrillic needs no source.
"""

# ruff: noqa: E501 - word lists read better in full lines
from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import cast

from checker.document import Span
from checker.rules.quantities import fold
from checker.rules.reporting import against_source, of_language
from checker.rules.types import Counterpart, Material, Rule, RuleCandidate

UNTRANSLATED = "accuracy/untranslated"
SHORTEST = 5  # letters
COMMON = 60  # occurrences from which a dictionary word may be part of another
_WORD = re.compile(r"(?<![\w’'.@/-])[^\W\d_]{3,}(?![\w@/-]|\.\w)")
_CYRILLIC = re.compile(r"(?<!\w)[а-яё]{3,}(?!\w)")
_QUOTED = re.compile(r"“[^”\n]*”|\"[^\"\n]*\"|«[^»\n]*»|‘[^’\n]*’|'[^'\n]*'|\([^)\n]*\)|\[[^\]\n]*\]")
_FUNCTION = {
    "es": "que para una los las con por del más pero como sobre entre cuando este esta fue han según desde hasta donde también".split(),
    "pt": "que para uma dos das com por mais mas como sobre entre quando este esta foi segundo desde até onde também não pelo pela".split(),
    "it": "che per una con della delle degli nel nella più sono anche questo questa dal dalla gli dopo stato".split(),
    "fr": "que pour une les des dans avec sur par plus mais comme cette selon depuis leur leurs est sont aux pas".split(),
    "de": "und der die das nicht mit für auf ein eine einen dem den des auch nach bei von wurde sind sich zur zum über".split(),
}
# Function words of these languages that English has as words too.
_ENGLISH_TOO = frozenset(
    "des plus pour par comme sur con sans per non van more main con las los del dem die den gli dal".split()
)
# Words of science that all languages share, and dictionaries lack.
_SCIENCE = re.compile(r".*(?:emia|oma|itis|osis|genic|phyll|saurus|virus|vir|mab|nib|ase|ae)s?")
_FEWEST_PART_LETTERS = 4
_NEW_LOANWORDS = frozenset(
    "facto haute hashtag emoji manga cheque subprime dashcam vitro mellitus anime wifi blog vlog selfie bitcoin".split()
)
# A capital that begins the sentence makes no name of the word behind it.
_OPENERS = frozenset(
    "The A An This That These Those In On At By For From With And But Or As To Of If His Her Its".split()
)
_MESSAGE = "{words} seems not to have been translated; the original has the same word."


def find(material: Material) -> Iterator[RuleCandidate]:
    """Words of the source's language in English copy."""
    if material.language != "en":
        return
    yield from _other_script(material)
    for counterpart in material.counterparts:
        yield from _left_over(counterpart)


def _other_script(material: Material) -> Iterator[RuleCandidate]:
    text = material.document.text
    quoted = [Span(*match.span()) for match in _QUOTED.finditer(text)] if _CYRILLIC.search(text) else []
    for match in _CYRILLIC.finditer(text):
        span = Span(*match.span())
        if not any(span.overlaps(other) for other in quoted):
            yield of_language(
                "untranslated", material.document, span, category=UNTRANSLATED,
                message="{words} seems not to have been translated.",
            )  # fmt: skip


def _left_over(counterpart: Counterpart) -> Iterator[RuleCandidate]:
    language = counterpart.there.language
    if language not in _FUNCTION or counterpart.here.language == language:
        return
    theirs: dict[str, Span] = {}
    for match in _WORD.finditer(counterpart.there.text):
        if language == "de" or match.group().islower():
            theirs.setdefault(match.group(), Span(*match.span()))
    here = counterpart.here.text
    quoted = [Span(*match.span()) for match in _QUOTED.finditer(here)]
    for match in _WORD.finditer(here):
        word, span = match.group(), Span(*match.span())
        if word not in theirs or not word.islower() or any(span.overlaps(other) for other in quoted):
            continue
        if _is_foreign(word, language) and not _in_name(here, span):
            yield against_source(
                "untranslated", counterpart, span, theirs[word], category=UNTRANSLATED, message=_MESSAGE
            )


def _is_foreign(word: str, language: str) -> bool:
    if word in _FUNCTION[language]:
        return word not in _ENGLISH_TOO
    return len(word) >= SHORTEST and not _SCIENCE.fullmatch(word) and not _is_english(word)


@lru_cache(maxsize=4096)
def _is_english(word: str) -> bool:
    """True for a word of the English dictionary, its plural, or two such words written together ("lockdown")."""
    known = _dictionary()
    plain = _american(fold(word))
    if word in _NEW_LOANWORDS or word in known or plain in known or plain.removesuffix("s") in _NEW_LOANWORDS:
        return True
    stem = plain.removesuffix("s")
    if stem != plain and known.get(stem, 0) > COMMON:
        return True
    parts = ((plain[:cut], plain[cut:]) for cut in range(_FEWEST_PART_LETTERS, len(plain) - _FEWEST_PART_LETTERS + 1))
    return any(known.get(one, 0) > COMMON and known.get(two, 0) > COMMON for one, two in parts)


def _american(word: str) -> str:
    """British endings that the dictionary lacks: `programme`, `litres`, `civilisation`."""
    word = re.sub(r"is(ations?|ed|es?|ing)$", r"iz\1", word)
    return re.sub(r"mme(s?)$", r"m\1", re.sub(r"([bct])re(s?)$", r"\1er\2", word))


@cache
def _dictionary() -> Mapping[str, int]:
    """160,000 English words with their counts; loaded once, and only where a word stands in both texts."""
    from spellchecker import SpellChecker

    return cast(Mapping[str, int], SpellChecker(language="en").word_frequency.dictionary)


def _in_name(text: str, span: Span) -> bool:
    """True beside a capitalised word: `Rio de la Plata`, `Universidad para la Paz`."""
    before = re.search(r"([^\W\d_]+)[ ’'-]+(?:[a-zà-ÿ]{1,3}[ ’'-]+)?$", text[: span.start])
    after = re.match(r"[ ’'-]+(?:[a-zà-ÿ]{1,3}[ ’'-]+)?([^\W\d_]+)", text[span.end :])
    return any(match and match.group(1)[0].isupper() and match.group(1) not in _OPENERS for match in (before, after))


RULE = Rule("untranslated", "words of the original language left in", __doc__ or "", find)
