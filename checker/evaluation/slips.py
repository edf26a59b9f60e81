"""Slips for the rules to find: one wrong figure, date, unit, country, name or repeated word in clean copy.

Made without the rules' own readers, so that what a reader does not see counts as missed.
"""

# ruff: noqa: E501 - word lists read better in full lines
from __future__ import annotations

import re
from collections.abc import Callable
from random import Random
from typing import NamedTuple

from checker.document import Span
from checker.training.corruption.scene import MONTHS, WEEKDAYS


class Slip(NamedTuple):
    """The text with a slip, and the words that are wrong in it."""

    text: str
    span: Span


Maker = Callable[[str, str, Random], Slip | None]

_FIGURE = re.compile(
    r"(?<![\w.,:/-])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\w:/-])|(?<![\w.,:/-])\d+(?:\.\d+)?(?![\w:/,.-]\d|[\w:/-])"
)
_SCALE = re.compile(r"(?<=\d )(?:thousand|million|billion|trillion)\b")
_NUMBER_WORD = re.compile(
    r"(?<=[a-z] )(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|fifty)(?= [a-z]{3})"
)
_WORDS = "two three four five six seven eight nine ten eleven twelve twenty thirty fifty".split()
_MONTH = re.compile(rf"\b(?:{'|'.join(month for month in MONTHS if month not in ('May', 'March'))})\b")
_DAY = re.compile(rf"\b(?:{'|'.join(WEEKDAYS)})\b")
_RELATIVE = re.compile(rf"\b(?:yesterday|tomorrow|(?:last|next) (?:week|month|year|{'|'.join(WEEKDAYS)}))\b")
# Beginnings of the words that say so in the six languages, more than any rule reads; a weekday alone says neither.
_COUNTED = re.compile(
    r"(?<!\w)(?:pasad|próxim|siguient|anterior|ayer|mañana|antes|atrás|hace|que viene|entrante|últim|recient|víspera"
    r"|derni|prochain|suivant|précéd|hier|demain|veille|avant|il y a|passé|lendemain|plus tôt|auparavant|vient|futur"
    r"|letzt|vergang|vorig|vorang|vorher|vorjahr|vormonat|vorwoche|vortag|vor\b|nächst|komm|folgend|gestern|morgen|zuvor|früher|bevorst"
    r"|passad|seguinte|ontem|amanhã|há|que vem|véspera|recente|scors|prossim|success|ieri|domani|fa\b|prima|seguent|dopo|precedent"
    r"|прошл|минувш|предыдущ|следующ|будущ|вчера|завтра|назад|накануне|последн|ближайш|грядущ)",
    re.IGNORECASE,
)
_OVER = ("more than", "over", "at least")
_BOUND = re.compile(rf"\b(?:{'|'.join(_OVER)}|less than|fewer than|under|up to|at most)(?= [$€£]?\d)")
_BOUND_OF_SOURCE = re.compile(
    r"(?<!\w)(?:más|menos|mínimo|máximo|hasta|super|infer|plus|moins|jusqu|mehr|weniger|über|unter|bis zu|mindest|höchst|mais|até"
    r"|più|meno|oltre|almeno|fino|massimo|более|менее|больше|меньше|свыше|выше|ниже|до)",
    re.IGNORECASE,
)
_UNITS = {
    "miles": "kilometers", "kilometers": "miles", "km": "miles", "kilometres": "miles", "meters": "feet", "metres": "feet",
    "feet": "meters", "dollars": "euros", "euros": "dollars", "pounds": "dollars", "kg": "tons", "hectares": "square kilometers",
    "hours": "days", "days": "weeks", "weeks": "months", "months": "years", "years": "months", "minutes": "hours",
}  # fmt: skip
_UNIT = re.compile(rf"(?<=\d )(?:{'|'.join(_UNITS)})\b|(?<=\s)(?:[$€£])(?=\d)")
_SIGNS = {"$": "€", "€": "$", "£": "$"}
_COUNTRIES = "Germany France Spain Italy Austria Australia Russia China Japan India Brazil Argentina Colombia Venezuela Canada Mexico Poland Sweden Norway Denmark Greece Turkey Iran Iraq Israel Syria Egypt Libya Algeria Kenya Nigeria Pakistan Afghanistan Ukraine Hungary Romania Portugal Ireland Switzerland Belgium Finland".split()
_COUNTRY = re.compile(rf"(?<![A-Z][a-z] )\b(?:{'|'.join(_COUNTRIES)})\b(?! [A-Z])")
_FULL_NAME = re.compile(r"(?<=[a-z,] )([A-Z][a-z]{2,}) ([A-Z][a-z]{4,})\b(?! [A-Z])")
_PLAIN_WORD = re.compile(r"(?<= )[a-z]{5,}(?= )")
_ATTRIBUTED = re.compile(r"(?P<quote>[\"“][^\"“”]{20,}),(?P<mark>[\"”]) [^\"“”]{4,80}\.?$")
_TITLED = re.compile(
    r"(?P<title>\b(?:minister|president|director|spokesman|coach|spokeswoman|chairman|author|player|actor|actress|singer|president|professor|Minister|President|Prof|Mr|Mrs|Dr|researcher|officer|judge|[Ss]enator|leader|star|captain|manager),?) (?P<name>[A-Z][a-z]+ [A-Z][a-z]+)(?![\w-]| [A-Z])"
)
_FULL_DATE = re.compile(rf"\b(?:{'|'.join(MONTHS)}) (?:[1-9]|[12]\d|3[01]), (?:19|20)\d\d\b")


def wrong_figure(text: str, source: str, rng: Random) -> Slip | None:
    """A digit changed, dropped or added in a figure that the source has; another scale; another number word."""
    makers = [_other_scale, _other_digits, _other_digits, _other_word]
    rng.shuffle(makers)
    return next((slip for maker in makers if (slip := maker(text, source, rng))), None)


def wrong_date(text: str, source: str, rng: Random) -> Slip | None:
    """Another month or weekday."""
    del source
    kinds = [(_MONTH, MONTHS), (_DAY, WEEKDAYS)]
    rng.shuffle(kinds)
    for pattern, names in kinds:
        slip = _replace(text, pattern, rng, lambda word, names=names: rng.choice([one for one in names if one != word]))  # type: ignore[misc]
        if slip:
            return slip
    return None


def wrong_relative_time(text: str, source: str, rng: Random) -> Slip | None:
    """A day or a week on the other side of the present; only where the source says that it is before or after."""
    if not _COUNTED.search(source):
        return None
    return _replace(text, _RELATIVE, rng, _turned)


def _turned(words: str) -> str:
    for one, other in (("yesterday", "tomorrow"), ("last ", "next ")):
        if one in words or other in words:
            return words.replace(one, other) if one in words else words.replace(other, one)
    return words


def wrong_bound(text: str, source: str, rng: Random) -> Slip | None:
    """ "Less than" for "more than" before a figure, or the reverse; only where the source has some bound."""
    if not _BOUND_OF_SOURCE.search(source):
        return None
    return _replace(text, _BOUND, rng, lambda words: "less than" if words in _OVER else "more than")


def wrong_unit(text: str, source: str, rng: Random) -> Slip | None:
    """The same figure in another unit or currency."""
    del source
    return _replace(text, _UNIT, rng, lambda word: _UNITS.get(word) or _SIGNS[word])


def wrong_country(text: str, source: str, rng: Random) -> Slip | None:
    """Another country."""
    del source
    return _replace(text, _COUNTRY, rng, lambda _: rng.choice([one for one in _COUNTRIES if one not in text]))


def wrong_name(text: str, source: str, rng: Random) -> Slip | None:
    """A family name with one letter replaced; only where the source has the name as it was."""
    names = [match for match in _FULL_NAME.finditer(text) if match.group() in source]
    if not names:
        return None
    match = rng.choice(names)
    name = match.group(2)
    place = rng.randrange(1, len(name) - 1)
    letter = rng.choice([one for one in "bdfglmnprstv" if one != name[place]])
    return _put(text, Span(*match.span(2)), name[:place] + letter + name[place + 1 :])


def left_untranslated(text: str, source: str, rng: Random) -> Slip | None:
    """A word of the source in the place of an English one."""
    words = [word for word in re.findall(r"(?<= )[^\W\d_]{5,}(?= )", source) if word.islower() and word not in text]
    places = list(_PLAIN_WORD.finditer(text))
    if not words or not places:
        return None
    return _put(text, Span(*rng.choice(places).span()), rng.choice(words))


def repeated_word(text: str, source: str, rng: Random) -> Slip | None:
    """A word or a phrase that stands twice; none of those that are doubled for emphasis: "many many years"."""
    del source
    places = list(
        re.finditer(
            r"(?<= )(?:the [a-z]{4,}|(?!(?:very|really|many|much|always|never|ever) )[a-z]{4,}|the|of|and|to|with|for|was|from)(?= )",
            text,
        )
    )
    if not places:
        return None
    match = rng.choice(places)
    made = f"{text[: match.end()]} {match.group()}{text[match.end() :]}"
    return Slip(made, Span(match.start(), match.end() + 1 + len(match.group())))


def lost_attribution(text: str, source: str, rng: Random) -> Slip | None:
    """A quotation at the start of the sentence without the words that say whose it is."""
    del source, rng
    match = _ATTRIBUTED.match(text)
    return Slip(f"{match['quote']}.{match['mark']}", Span(0, len(match["quote"]))) if match else None


def lost_name(text: str, source: str, rng: Random) -> Slip | None:
    """A title without the name that follows it, where no part of the name is left in the sentence: with one the copy
    still says who it is, "President Trump"."""
    places = [
        match
        for match in _TITLED.finditer(text)
        if match["name"] in source
        and not any(part in text[: match.start()] + text[match.end() :] for part in match["name"].split())
    ]
    if not places:
        return None
    match = rng.choice(places)
    return Slip(text[: match.end("title")] + text[match.end() :], Span(0, match.end("title")))


def wrong_weekday(text: str, source: str, rng: Random) -> Slip | None:
    """A full date with a weekday that is not its own."""
    from datetime import datetime

    del source
    match = _FULL_DATE.search(text)
    if match is None:
        return None
    try:
        right = datetime.strptime(match.group(), "%B %d, %Y").weekday()
    except ValueError:
        return None
    wrong = rng.choice([name for number, name in enumerate(WEEKDAYS) if number != right])
    made = f"{text[: match.start()]}{wrong}, {text[match.start() :]}"
    return Slip(made, Span(match.start(), match.start() + len(wrong)))


MAKERS: dict[str, Maker] = {
    "numbers": wrong_figure,
    "dates": wrong_date,
    "relative-dates": wrong_relative_time,
    "bounds": wrong_bound,
    "units": wrong_unit,
    "countries": wrong_country,
    "names": wrong_name,
    "untranslated": left_untranslated,
    "attribution": lost_attribution,
    "lost-names": lost_name,
    "repetition": repeated_word,
    "weekday": wrong_weekday,
}


def _other_digits(text: str, source: str, rng: Random) -> Slip | None:
    known = {_digits(figure) for figure in re.findall(r"\d[\d.,\u00a0\u202f ]*", source)}
    places = [match for match in _FIGURE.finditer(text) if not source or _digits(match.group()) in known]
    if not places:
        return None
    match = rng.choice(places)
    return _put(text, Span(*match.span()), _changed(match.group(), rng))


def _digits(figure: str) -> str:
    return re.sub(r"\D", "", figure)


def _changed(figure: str, rng: Random) -> str:
    """Another figure: a digit changed, or the last one dropped or doubled."""
    digits = [place for place, char in enumerate(figure) if char.isdigit()]
    if "," not in figure and "." not in figure and len(digits) > 1 and rng.random() < 0.3:
        return figure[:-1] if rng.random() < 0.5 else figure + figure[-1]
    place = digits[0] if rng.random() < 0.5 else rng.choice(digits)
    return figure[:place] + rng.choice([one for one in "123456789" if one != figure[place]]) + figure[place + 1 :]


def _other_scale(text: str, source: str, rng: Random) -> Slip | None:
    del source
    scales = ["thousand", "million", "billion", "trillion"]
    return _replace(text, _SCALE, rng, lambda word: rng.choice([one for one in scales if one != word]))


def _other_word(text: str, source: str, rng: Random) -> Slip | None:
    del source
    return _replace(text, _NUMBER_WORD, rng, lambda word: rng.choice([one for one in _WORDS if one != word]))


def _replace(text: str, pattern: re.Pattern[str], rng: Random, other: Callable[[str], str | None]) -> Slip | None:
    places = list(pattern.finditer(text))
    if not places:
        return None
    match = rng.choice(places)
    word = other(match.group())
    return _put(text, Span(*match.span()), word) if word else None


def _put(text: str, span: Span, word: str) -> Slip:
    return Slip(text[: span.start] + word + text[span.end :], Span(span.start, span.start + len(word)))
