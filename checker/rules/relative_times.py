"""Words for a time that is counted from the day of publication: `ayer`, `next week`, `am vergangenen Dienstag`.

Patterns by language, because the word before or after decides: `mañana` is tomorrow, `la mañana` the morning.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from checker.document import Span
from checker.rules.words import folded_words

_WEEKDAYS = {
    "en": "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday",
    "es": "lunes|martes|miércoles|jueves|viernes|sábado|domingo",
    "fr": "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche",
    "de": "Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag",
    "pt": "segunda|terça|quarta|quinta|sexta|sábado|domingo",
    "it": "lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica",
    "ru": "понедельник|вторник|среду|четверг|пятницу|субботу|воскресенье",
}
# Days from the day of publication. "Today" also means "nowadays" in all of them, so it is not read.
_DAYS = {
    "en": {
        -2: "the day before yesterday",
        2: "the day after tomorrow",
        -1: "yesterday|the (?:day before|previous day)",
        1: "tomorrow",
    },
    "es": {
        -2: "anteayer|antes de ayer",
        2: "pasado mañana",
        -1: "ayer|día anterior",
        1: "(?<!la )(?<!el )(?<!esta )(?<!una )(?<!cada )(?<!misma )(?<!pasado )(?<!de )mañana",
    },
    "fr": {-2: "avant-hier", 2: "après-demain", -1: "hier|veille", 1: "demain"},
    "de": {
        -2: "vorgestern",
        2: "übermorgen",
        -1: "gestern",
        # "Morgen" is the morning, but for the start of a sentence: "Morgen geht es los."
        1: "(?<!heute )(?<!gestern )(?<!tag )(?<!woch )(?-i:morgen)|(?<![^.!?] )(?-i:Morgen(?= (?!für)[a-zäöü]))",
    },
    "pt": {-2: "anteontem", 2: "depois de amanhã", -1: "ontem|dia anterior", 1: "(?<!de )amanhã"},
    "it": {
        -2: "(?:l['’])?altro ieri|avantieri",
        2: "dopodomani",
        -1: "ieri|giorno (?:precedente|prima)",
        1: "(?<!il )domani",
    },
    "ru": {-2: "позавчера", 2: "послезавтра", -1: "вчера", 1: "завтра"},
}
# What lies before and behind, with {} for the noun; "the day before" is counted like "yesterday".
_FRAMES = {
    "en": {
        -1: r"(?:(?:last|this past|the previous) {}|(?:a|one) {} (?:ago|earlier|before))",
        1: r"(?:next|the coming|this coming|the following) {}",
    },
    "es": {
        -1: r"(?:pasad[oa] {}|{} (?:pasad[oa]|anterior|antes|atrás)|hace una? {})",
        1: r"(?:(?:próxim[oa]|siguiente) {}|{} (?:que viene|próxim[oa]|siguiente))",
    },
    "fr": {
        -1: r"(?:{} (?:derni[eè]re?|passée?|précédente?|plus tôt|auparavant|avant|d['’]avant)|il y a une? {})",
        1: r"(?:prochaine? {}|{} (?:prochaine?|suivante?))",
    },
    "de": {
        -1: r"(?:(?:letzte|vergangene|vorige|vorangegangene)[nsmr]? {}|vor (?:eine[mr]|1) {}"
        r"|eine? {} (?:zuvor|früher)|vor{})",
        1: r"(?:nächste|kommende|folgende|darauffolgende)[nsmr]? {}",
    },
    "pt": {
        -1: r"(?:passad[oa] {}(?:-feira)?|{}(?:-feira)? (?:passad[oa]|anterior|antes|atrás)|há uma? {})",
        1: r"(?:próxim[oa] {}(?:-feira)?|{}(?:-feira)? (?:que vem|próxim[oa]|seguinte))",
    },
    "it": {
        -1: r"(?:scors[oa] {}|{} (?:scors[oa]|precedente|prima|fa))",
        1: r"(?:prossim[oa] {}|{} (?:prossim[oa]|successiv[oa]|seguente))",
    },
    "ru": {
        -1: r"(?:(?:прошл|минувш|предыдущ)\w+ (?:\d{4} )?{}|(?<!\w )(?<!\d )(?:один )?{} (?:назад|тому назад))",
        1: r"(?:следующ|будущ)\w+ (?:\d{4} )?{}",
    },
}
_NOUNS = {
    "en": {"week": "week", "month": "month", "year": "year"},
    "es": {"week": "semana", "month": "mes", "year": "año"},
    "fr": {"week": "semaine", "month": "mois", "year": "(?:an|année)"},
    "de": {"week": "Woche", "month": "Monat(?:s|es)?", "year": "Jahr(?:es)?"},
    "pt": {"week": "semana", "month": "mês", "year": "ano"},
    "it": {"week": "settimana", "month": "mese", "year": "anno"},
    "ru": {"week": r"недел\w+", "month": r"месяц\w*", "year": r"год\w*"},
}
# Folded words of which each time has one, so that most texts need no pattern; German and Russian inflect or join them.
_TELLING = {
    "en": "yesterday tomorrow day week month year monday tuesday wednesday thursday friday saturday sunday",
    "es": "anteayer ayer dia manana semana mes ano lunes martes miercoles jueves viernes sabado domingo",
    "fr": "hier demain veille semaine mois an annee lundi mardi mercredi jeudi vendredi samedi dimanche",
    "pt": "anteontem ontem amanha dia semana mes ano segunda terca quarta quinta sexta sabado domingo",
    "it": "ieri avantieri domani dopodomani giorno settimana mese anno lunedi martedi mercoledi giovedi venerdi sabato "
    "domenica",
}


@dataclass(frozen=True, slots=True)
class RelativeTime:
    """`kind` is "day", "weekday", "week", "month" or "year"; `value` days from publication, else -1 or 1."""

    span: Span
    kind: str
    value: int


@lru_cache(maxsize=2048)
def relative_times(text: str, language: str) -> tuple[RelativeTime, ...]:
    """The relative times of a text in order, without overlaps; none in a language that the rules do not read."""
    pattern, telling = _pattern(language), _telling(language)
    if pattern is None or (telling is not None and telling.isdisjoint(folded_words(text))):
        return ()
    found = []
    for match in pattern.finditer(text):
        kind, _, value = (match.lastgroup or "").partition("_")
        found.append(RelativeTime(Span(*match.span()), kind, int(value.replace("m", "-"))))
    return tuple(found)


@cache
def _telling(language: str) -> frozenset[str] | None:
    return frozenset(_TELLING[language].split()) if language in _TELLING else None


@cache
def _pattern(language: str) -> re.Pattern[str] | None:
    if language not in _DAYS:
        return None
    nouns = _NOUNS[language] | {"weekday": f"(?:{_WEEKDAYS[language]})"}
    parts = [f"(?P<day_{_number(value)}>{words})" for value, words in _DAYS[language].items()]
    for value, frame in _FRAMES[language].items():
        parts += [f"(?P<{kind}_{_number(value)}>{frame.replace('{}', noun)})" for kind, noun in nouns.items()]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE)


def _number(value: int) -> str:
    """A number as a name of a group may hold it: -1 -> "m1"."""
    return str(value).replace("-", "m")
