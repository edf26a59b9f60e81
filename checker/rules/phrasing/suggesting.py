"""What a row of a table says to write, fitted to the words that it replaces: form, number, capital, article."""

from __future__ import annotations

import re

from checker.document import Span
from checker.rules.phrasing.entries import Entry
from checker.rules.phrasing.inflection import plural, verb_forms, verb_like
from checker.rules.phrasing.patterns import Token

_ARTICLE = re.compile(r"\b(an?)\s+$", re.IGNORECASE)
_FIELD = re.compile(r"\{(\d)(?::(\w+))?\}")
_VOWEL_SOUND = re.compile(r"(?!(?:uni|use|usu|one|eur)\w)[aeiou]|hour|honest|honou?r|heir", re.IGNORECASE)
_NUMERALS = {"I": 1, "V": 5, "X": 10}
_ORDINALS = (
    "First Second Third Fourth Fifth Sixth Seventh Eighth Ninth Tenth Eleventh Twelfth Thirteenth Fourteenth "
    "Fifteenth Sixteenth Seventeenth Eighteenth Nineteenth Twentieth"
).split()


def fit(entry: Entry, match: re.Match[str]) -> tuple[Span, tuple[str, ...]]:
    """The suspect words in the text that was searched, and what to write for them.

    An article before them belongs to them where it has to change: `an actual president` → `a current president`.
    """
    start, end = match.span("hit")
    text = match.string
    written = tuple(_capitalised(_filled(entry, match, say), match) for say in entry.says)
    article = _ARTICLE.search(text, max(0, start - 4), start)
    if article and any(bool(_VOWEL_SOUND.match(each)) != (len(article.group(1)) == 2) for each in written):
        start = article.start(1)
        written = tuple(_with_article(article.group(1), each) for each in written)
    return Span(start, end), written


def _filled(entry: Entry, match: re.Match[str], say: str) -> str:
    """`say` with its fields and inflected words filled in."""
    words = [_inflected(entry, match, word.replace("_", " ")) for word in say.split()]
    return " ".join(_FIELD.sub(lambda field: _field(match, field), " ".join(words)).split())


def _field(match: re.Match[str], field: re.Match[str]) -> str:
    words = match.group(f"t{field.group(1)}") or ""
    if field.group(2) == "billion":
        return words.replace(",", ".").rstrip("0").rstrip(".")
    if field.group(2) == "nth":
        return _ordinal(words)
    return words


def _ordinal(roman: str) -> str:
    """`IX` → `Ninth`; `XXII` → `22nd`."""
    values = [_NUMERALS[letter] for letter in roman]
    number = sum(-one if one < following else one for one, following in zip(values, [*values[1:], 0], strict=True))
    if number <= len(_ORDINALS):
        return _ORDINALS[number - 1]
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def _inflected(entry: Entry, match: re.Match[str], word: str) -> str:
    base, _, form = word.partition(":")
    if form not in ("v", "n"):
        return word
    number, token = _token(entry, form)
    found = " ".join((match.group(f"t{number}") or "").split()).replace("’", "'")
    if form == "n":
        singular = {plural(each).lower() for each in token.words}
        return plural(base) if found.lower() in singular else base
    verb = next((each for each in token.words if found.lower() in verb_forms(each)), token.words[0])
    return verb_like(base, verb, found, match.string[: match.start(f"t{number}")])


def _token(entry: Entry, form: str) -> tuple[int, Token]:
    """The first token that is inflected in that way, with its number among those that are not negative."""
    positive = [token for token in entry.pattern.tokens if not token.negative]
    return next((number, token) for number, token in enumerate(positive, start=1) if token.inflected == form)


def _capitalised(written: str, match: re.Match[str]) -> str:
    """With a capital where the words begin a sentence with one."""
    hit = match.group("hit")
    begins = not re.search(r"[\w,;:]\W*$", match.string[: match.start("hit")])
    return written[0].upper() + written[1:] if begins and hit[0].isupper() else written


def _with_article(article: str, written: str) -> str:
    right = "an" if _VOWEL_SOUND.match(written) else "a"
    return f"{right.capitalize() if article[0].isupper() else right} {written}"
