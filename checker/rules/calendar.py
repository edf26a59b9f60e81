"""Months and weekdays of a text in several languages: CLDR's names (babel), with the inflections that news copy has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from checker.document import Span
from checker.rules.words import fold, folded_words, words_of_all

ENGLISH_MONTHS = "January February March April May June July August September October November December".split()
ENGLISH_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_RUSSIAN_MONTHS = "январ феврал март апрел ма июн июл август сентябр октябр ноябр декабр".split()
_RUSSIAN_DAYS = "понедельник вторник сред четверг пятниц суббот воскресень".split()
_RUSSIAN_ENDINGS = ("", "ь", "я", "е", "ю", "ем", "а", "у", "ом", "и", "ы", "ам", "ами", "ах", "о", "ои", "ям")
_RUSSIAN_DAILY = {"понедельничн": 0, "вторничн": 1, "четвергов": 3, "пятничн": 4, "субботн": 5, "воскресн": 6}
_RUSSIAN_ADJECTIVE = "ыи ии ая яя ое ее ые ие ого его ому ему ым им ом ем ую юю ои еи ых их ыми ими".split()
_ENDINGS = {
    "en": ("", "s"),
    "es": ("", "s"),
    "fr": ("", "s"),
    "de": ("", "s", "abend", "morgen", "nachmittag", "vormittag", "nacht", "mittag", "en", "e", "fruh"),
    "pt": ("", "s"),
    "it": ("", "e"),
}
_SHORT_PORTUGUESE = dict(zip(("segunda", "terca", "quarta", "quinta", "sexta"), range(5), strict=True))
# Everyday words too; they count as dates only beside a figure or after "in", "since", …
_AMBIGUOUS = {"en": frozenset({"may", "march", "august", "mar", "sat", "sun", "mon", "wed", "dec", "jan"})}
_BEFORE_MONTH = re.compile(
    r"(?:\d(?:st|nd|rd|th)?|\b(?:in|since|until|till|by|from|of|for|last|this|next|early|late|mid|through|to|and|between|before|after))[\s,-]*$",
    re.IGNORECASE,
)
_AFTER_MONTH = re.compile(r"[\s,.]*(?:\d|of \d)")
# Not "Mai" and "August", with which other words begin too.
_COMPOUND = re.compile(
    r"(?:januar|februar|juni(?!or)|juli(?!a|e|u)|september|oktober|november|dezember"
    r"|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch)(?=[a-z]{4})"
)
# Of other languages: "30 de Agosto", "1º Maggio 2010", where a capital alone makes a name of it.
# Portugal long wrote months with a capital: "desde Abril".
_DAY_BEFORE = re.compile(r"(?:\d(?:er|[º°])?\.?\s(?:d[eio]\s)?|\b(?:em|desde|até|(?:fim|início|meados) de)\s)$")
_YEAR_AFTER = re.compile(r"\s(?:d[eio]l?\s)?\d{4}\b")
# Their copy has English names in it: "Saturday Night Live", "the Sunday Times".
_SHORTEST_ENGLISH = 4
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?")
_PART = re.compile(r"[^\W\d_]+")
# Day, month and year in figures: the second one is the month but in American copy.
_NUMERIC = re.compile(r"(?<![\d./-])(\d{1,2})[./-](\d{1,2})[./-](?:\d{4}|\d{2})(?!\d)|\d{4}-(\d{2})-(\d{2})(?!\d)")
_TWO_FIGURES = re.compile(r"\d[./-]\d")  # what each has, and most texts have not


class CalendarKind(StrEnum):
    """What a calendar word names."""

    MONTH = "month"
    WEEKDAY = "weekday"


@dataclass(frozen=True, slots=True)
class CalendarWord:
    """`value` is 1 to 12 for a month, 0 (Monday) to 6 for a weekday; a weak one may mean something else."""

    span: Span
    kind: CalendarKind
    value: int
    weak: bool = False


@lru_cache(maxsize=2048)
def calendar_words(text: str, language: str) -> tuple[CalendarWord, ...]:
    """Month and weekday names in order; of numeric dates the figures that may be the month."""
    found = list(_named(text, language)) if _has_name(text, language) else []
    for match in _NUMERIC.finditer(text) if _TWO_FIGURES.search(text) else ():
        span = Span(*match.span())
        months = {int(part) for part in match.groups() if part and 1 <= int(part) <= 12}
        found += [CalendarWord(span, CalendarKind.MONTH, month, True) for month in sorted(months)]
    return tuple(found)


def _has_name(text: str, language: str) -> bool:
    """False for most texts: no word of theirs is one of a name."""
    words = folded_words(text)
    return not _words_of_names(language).isdisjoint(words) or (language == "de" and any(map(_COMPOUND.match, words)))


def _named(text: str, language: str) -> Iterator[CalendarWord]:
    names, compounds = _all_names(language), language == "de"
    for match in _WORD.finditer(text):
        word = match.group()
        named = names.get(fold(word))
        if named is None and compounds:
            named = _in_compound(fold(word))
        if named is None and "-" in word:  # "mid-May", "mi-octobre"
            parts = [(part, names.get(fold(part.group()))) for part in _PART.finditer(text, *match.span())]
            match, named = next(((part, one) for part, one in parts if one), (match, None))
        if named is not None and _may_be_name(match.group(), language):
            kind, value = named
            span = Span(*match.span())
            yield CalendarWord(span, kind, value, _is_weak(text, match, kind, language))


def _may_be_name(word: str, language: str) -> bool:
    """False for what would be an English name but for its small letters."""
    return word[0].isupper() or language == "de" or fold(word) in _names(language)


@cache
def _all_names(language: str) -> dict[str, tuple[CalendarKind, int]]:
    """The language's names, and the English ones, which copy in any language has."""
    own = _names(language)
    if not own:
        return own
    return {word: named for word, named in _names("en").items() if len(word) >= _SHORTEST_ENGLISH} | own


@cache
def _words_of_names(language: str) -> frozenset[str]:
    return words_of_all(_all_names(language))


def _is_weak(text: str, match: re.Match[str], kind: CalendarKind, language: str) -> bool:
    word = match.group()
    folded = fold(word)
    if language == "en":
        ambiguous = folded in _AMBIGUOUS["en"] or len(folded) < 4
        dated = _BEFORE_MONTH.search(text[max(0, match.start() - 12) : match.start()]) or _AFTER_MONTH.match(
            text, match.end()
        )
        return not word[0].isupper() or (ambiguous and not (kind is CalendarKind.MONTH and dated))
    if language == "pt" and folded in _SHORT_PORTUGUESE:
        return True
    if language == "de" or not word[0].isupper() or not text[: match.start()].strip():
        return False
    if folded not in _names(language):
        return folded in _AMBIGUOUS["en"]
    # Outside German a capital makes a name of it: Plácido Domingo, Mars.
    day = _DAY_BEFORE.search(text[max(0, match.start() - 12) : match.start()])
    return kind is not CalendarKind.MONTH or not (day or _YEAR_AFTER.match(text, match.end()))


def _in_compound(word: str) -> tuple[CalendarKind, int] | None:
    """The month or weekday that a German compound begins with: `Oktobertagung`, `Montagskonzert`."""
    match = _COMPOUND.match(word)
    return _names("de").get(match.group()) if match else None


def _russian_adjectives() -> dict[str, tuple[CalendarKind, int]]:
    """ "июньский", "субботнего"."""
    months = {
        f"{stem}{joint}ск{ending}": (CalendarKind.MONTH, number)
        for number, stem in enumerate(_RUSSIAN_MONTHS, start=1)
        for joint in ("", "ь", "и", "ов")
        for ending in _RUSSIAN_ADJECTIVE
    }
    days = {
        f"{stem}{ending}": (CalendarKind.WEEKDAY, number)
        for stem, number in _RUSSIAN_DAILY.items()
        for ending in _RUSSIAN_ADJECTIVE
    }
    return months | days


@cache
def _names(language: str) -> dict[str, tuple[CalendarKind, int]]:
    """Folded name -> what it names, for a language of the rules; empty for others."""
    if language == "ru":
        months = {
            stem + ending: (CalendarKind.MONTH, number)
            for number, stem in enumerate(_RUSSIAN_MONTHS, start=1)
            for ending in _RUSSIAN_ENDINGS
            if stem != "ма" or ending in ("и", "я", "е", "ю", "ем")
        }
        days = {
            stem + ending: (CalendarKind.WEEKDAY, number)
            for number, stem in enumerate(_RUSSIAN_DAYS)
            for ending in _RUSSIAN_ENDINGS
        }
        return months | days | _russian_adjectives()
    if language not in _ENDINGS:
        return {}
    from babel import Locale

    locale = Locale.parse(language)
    found: dict[str, tuple[CalendarKind, int]] = {}
    for ending in _ENDINGS[language]:
        for number, name in locale.days["format"]["wide"].items():
            found[fold(name) + ending] = (CalendarKind.WEEKDAY, number)
        for number, name in locale.months["format"]["wide"].items():
            if not ending or (language == "de" and ending == "s"):  # French "mais" is no month
                found[fold(name) + ending] = (CalendarKind.MONTH, number)
    for number, name in locale.months["format"]["abbreviated"].items():
        short = fold(name).rstrip(".")
        if len(short) >= 3 and language != "es":
            found.setdefault(short, (CalendarKind.MONTH, number))
    if language == "pt":
        found |= {word: (CalendarKind.WEEKDAY, number) for word, number in _SHORT_PORTUGUESE.items()}
    if language == "de":
        found["sonnabend"] = (CalendarKind.WEEKDAY, 5)
    if language == "en":
        found["sept"] = (CalendarKind.MONTH, 9)
    return found
