"""countries: a country or continent that the original does not have, where the original has another one.

Names are CLDR's (babel) in both languages. A demonym, an adjective or a common other name of the country counts as the
country: `the German government` is explained by `Alemania`, `British` by `Reino Unido`, and `China` for `indische
Behörden` is wrong.

Fails:  `Austria` for `Australia`; `Iran` for `Irak`.
Passes: `the Netherlands` for `Holanda`; `American` for `EE. UU.`; `Michael Jordan`; `New Mexico`.
"""

# ruff: noqa: E501 - word lists read better in full lines
from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from checker.document import Span
from checker.rules.demonyms import country_of_adjective, stems_of_names
from checker.rules.matching import left_over, pair_up
from checker.rules.reporting import against_source
from checker.rules.types import Counterpart, Material, Rule, RuleCandidate
from checker.rules.words import fold, folded_words, words_of

ENTITY = "accuracy/mistranslation/entity"
STEM = 5  # letters that a country's name and its adjectives share
# Other names and adjectives, folded, of any of the languages; what begins with one of them means the country.
_OTHER_NAMES = {
    "US": "america|u.s|us|usa|eeuu|ee.uu|ee|estadounid|norteameri|estados|etats|vereinigt|us-|eua|e.u|stati|statunit|сша|америк|united|washing|вашингт",
    "GB": "brit|u.k|uk|england|english|inglat|ingles|angl|grande|gran|grossbrit|royaume|reino|regno|engl|ingh|londr|london|лондон|великобр|англи|scot|escoc|ecoss|schott|scoz|wales|welsh|united|gales|united",
    "NL": "dutch|nether|holand|holland|neerland|niederl|pays|paesi|paises|oland|hollan|голланд|нидерл|pays-bas",
    "DE": "german|alem|allem|deutsch|tedesc|немец|неме|герман|berlin|берлин|bund",
    "FR": "french|fran|франц|paris|париж",
    "ES": "spain|spani|espan|espag|spagn|испан|madrid",
    "CH": "swiss|switz|suiz|suiss|schweiz|svizz|швеицар|helvet",
    "DK": "danish|dane|denm|dinam|danem|dan|danim|датск|дани",
    "GR": "greek|greec|grec|grieg|griech|греч|греци|athen|aten|hellen|heleni",
    "CN": "chin|sino|kita|кита|beijing|pekin|peking|пекин",
    "RU": "russ|rus|росс|русск|mosc|moscow|moscu|moskau|москв|kreml|kremlin|urss|sovi|ussr",
    "PL": "pol|polish|pole|пол",
    "TR": "turk|turq|turc|turch|turq|тур|ankar",
    "IE": "irish|irel|irland|irland|ирланд|dublin",
    "TH": "thai|tail|thail|таи",
    "PH": "filip|philip|филип",
    "FI": "finn|finl|финл|финск",
    "SE": "swed|swede|suec|sued|schwed|svez|швед|svede",
    "NO": "norw|norue|norv|norweg|норв|norveg",
    "IS": "icel|island|islan|исланд",
    "IN": "indi|инди|inde|delhi|delh",
    "IL": "isra|изра",
    "JP": "japan|japo|giap|япон|nipp|toki|tokyo",
    "KR": "kore|core|core|koreo|sud|кор|юж|seoul|seul|south",
    "KP": "kore|core|nord|norc|кор|сев|pyon|north",
    "SA": "saud|sauд|arab|сауд|riad",
    "AE": "emir|uae|eau|эмират|united|emira",
    "CD": "congo|kongo|конго|drc|rdc",
    "CG": "congo|kongo|конго",
    "CZ": "czech|chec|tchec|tschech|cec|чех|чешск|prag",
    "SK": "slovak|eslova|slowak|slovac|словак|словац",
    "SI": "sloven|eslove|slowen|словен",
    "NG": "nigeri|нигери",
    "NE": "nigerien|нигер",
    "HU": "hung|ungr|ungar|hongr|unghe|венг|magyar",
    "RO": "roman|rumän|ruma|rumani|румын|roum|rumen",
    "UA": "ukr|ucr|укр",
    "BY": "belar|bielor|weiss|biel|белар|белор",
    "EG": "egyp|egip|agypt|egiz|егип|египет",
    "LB": "leban|liban|libano|ливан",
    "MA": "moroc|marr|maroc|marok|марок",
    "MX": "mex|messic|мекс|mejic",
    "BR": "bra|бразил",
    "BA": "bosn|босн",
    "MK": "maced|mazed|макед",
    "NZ": "new zeal|zealand|zeland|zelan|neusee|новозел|kiwi|neoze|zel|нов",
    "ZA": "south af|afric|sudaf|sud|sudafr|юар|южноаф|афр|afrique",
    "VA": "vatic|vatik|ватик|holy",
    "CI": "ivor|marf|elfen|avor|cot|кот",
    "CV": "cape|cabo|cap|kap",
    "SY": "syri|siri|сири",
    "TL": "timor",
    "MM": "burm|myan|birm|мьян|бирм",
    "PS": "palest|palas|палест",
    "TW": "taiw|таив|taipe",
    "HK": "hong|гонк",
    "VN": "viet|вьет",
    "KH": "cambo|camb|kambo|камбод",
    "AT": "austri|ostr|osterr|autri|австри|vien",
    "AU": "austral|австрал|sydn|canber",
    "002": "afri|afro|афр",
    "142": "asi|ази",
    "150": "euro|евр|ue|eu|ес",
}
# Also given or family names, states of the US, animals, everyday words.
_AMBIGUOUS = frozenset(
    "georgia jordan chad guinea jersey world reunion man island norte mundo welt monde mondo мир grenada granada dominica macao cocos".split()
)
_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*\.?")
_PART = re.compile(_WORD.pattern.replace(".-]", ".]"))
# What newspapers write and CLDR does not, or no longer.
_ALIASES = {
    "en": {"turkey": "TR", "czech republic": "CZ", "britain": "GB", "great britain": "GB", "burma": "MM", "ivory coast": "CI", "holland": "NL", "macedonia": "MK"},
    "es": {"gran bretana": "GB", "holanda": "NL", "republica checa": "CZ", "birmania": "MM", "turquia": "TR"},
    "fr": {"grande-bretagne": "GB", "republique tcheque": "CZ", "birmanie": "MM", "turquie": "TR"},
    "de": {"grossbritannien": "GB", "usa": "US", "holland": "NL", "birma": "MM", "turkei": "TR"},
    "pt": {"gra-bretanha": "GB", "republica checa": "CZ", "republica tcheca": "CZ", "holanda": "NL", "turquia": "TR"},
    "it": {"gran bretagna": "GB", "olanda": "NL", "repubblica ceca": "CZ", "birmania": "MM", "turchia": "TR"},
    "ru": {"великобритания": "GB", "сша": "US", "чешская республика": "CZ", "турция": "TR"},
}  # fmt: skip
_SPELLINGS = {"pt": ("pt_PT",)}  # CLDR's "pt" is Brazil's: "Irã" for "Irão"
_ENDING = re.compile(r"(?:['’]s?|\.)?$")  # a possessive, or the stop of the sentence
# Capitals and governments in `_OTHER_NAMES`, which stand for a country without naming it.
_CAPITALS = (
    "washing", "вашингт", "londr", "london", "лондон", "berlin", "берлин", "paris", "париж", "madrid", "athen", "aten",
    "beijing", "pekin", "peking", "пекин", "mosc", "moskau", "москв", "kreml", "ankar", "dublin", "delhi", "delh", "toki",
    "tokyo", "seoul", "seul", "pyon", "riad", "prag", "vien", "sydn", "canber", "taipe",
)  # fmt: skip
_ALIKE = frozenset({"AT", "AU", "SK", "SI", "NG", "NE"})  # begin like another country
# "l'Inde", "dell'India": the article is no part of the name.
_ELIDED = re.compile(r"^(?:[dlnscjDLNSCJ]|qu|un|[ndscND]ell|[asAS]ll|[sdSD][ua]ll|Un|Qu)['’](?=[^\W\d_]{2})")
_PARTS_OF_THE_SKY = re.compile("^(?:nord|sud|ost|west|nordost|nordwest|sudost|sudwest|zentral|mittel)(?=[a-z]{4})")
_ELIDING = frozenset({"fr", "it"})
_RUSSIAN_CASE = re.compile(r"(?:а|у|ом|е|ы|и|ю|я|ем|ею|еи|ью|ои|ам|ами|ах|ям|ями|ях)$")
_CONTINENTS = frozenset({"002", "142", "150"})
_GROUPINGS = frozenset({"EU", "EZ", "UN", "QO"})
FIRST_LETTERS = 3
MOST_WORDS = 4


@dataclass(frozen=True, slots=True)
class CountryName:
    """A country's name at a place, with CLDR's code."""

    span: Span
    code: str


def find(material: Material) -> Iterator[RuleCandidate]:
    """Countries that differ from the source."""
    for counterpart in material.counterparts:
        here, there = counterpart.here, counterpart.there
        ours = country_names(here.text, here.language)
        strange = _unexplained(ours, counterpart.around, there.language)
        if not strange:
            continue
        for mine, other in pair_up(strange, _missing(counterpart, ours), _any):
            yield against_source(
                "countries",
                counterpart,
                mine.span,
                other.span,
                category=ENTITY,
                suggestions=_suggestions(counterpart, other),
            )


def _missing(counterpart: Counterpart, ours: tuple[CountryName, ...]) -> list[CountryName]:
    """Countries of the source that the text lacks, the plainest cases first; empty where each may be explained."""
    here, there = counterpart.here, counterpart.there
    around, language = counterpart.here_around, here.language
    theirs = country_names(there.text, there.language)
    peoples = adjectives(there.text, there.language)
    return (
        _unexplained(theirs, around, language)
        # An adjective may stand for the country elsewhere in the sentence, so names are counted too.
        or left_over(theirs, ours, _same)
        or _unexplained(peoples, around, language)
        # "Beijing" stands for China, but not where "Pekín" and "China" are both there.
        or _unexplained((*theirs, *peoples), around, language, by_capital=False)
        or _too_few((*theirs, *peoples), around, language)
    )


def _too_few(theirs: tuple[CountryName, ...], text: str, language: str) -> list[CountryName]:
    """Countries that the source speaks of more often than the text: of `australiens … australienne` one is lost."""
    told = Counter(name.code for name in theirs)
    few = [name for name in theirs if told[name.code] > _mentions(text, name.code, language)]
    return list({name.code: name for name in few}.values())


def _any(one: CountryName, other: CountryName) -> float:
    """Any two may stand for each other; which do is a matter of order."""
    return float(one.code != other.code)


def _same(one: CountryName, other: CountryName) -> bool:
    return one.code == other.code


def _suggestions(counterpart: Counterpart, other: CountryName) -> tuple[str, ...]:
    name = _territories(counterpart.here.language).get(other.code)
    return (name,) if name else ()


def _unexplained(
    names: tuple[CountryName, ...], text: str, language: str, *, by_capital: bool = True
) -> list[CountryName]:
    return [name for name in names if not _mentions(text, name.code, language, by_capital=by_capital)]


def _mentions(text: str, code: str, language: str, *, by_capital: bool = True) -> int:
    """How many words of the text begin like the country's name, one of its adjectives or its capital."""
    stems = _stems(code, language)
    found = [word for word in _folded_words(text) if word.startswith(stems)]
    return len(found) if by_capital else sum(not word.startswith(_CAPITALS) for word in found)


@lru_cache(maxsize=1024)
def _folded_words(text: str) -> tuple[str, ...]:
    words = [fold(_ELIDED.sub("", match.group())) for match in _WORD.finditer(text)]
    parts = [part for word in words if "-" in word for part in word.split("-")[1:]]
    return (*words, *parts, *(short for word in words if (short := _PARTS_OF_THE_SKY.sub("", word)) != word))


@cache
def _stems(code: str, language: str) -> tuple[str, ...]:
    name = _territories(language).get(code, "")
    if code in _ALIKE:
        return (*_OTHER_NAMES[code].split("|"), fold(name))
    spellings = " ".join([name, *(_territories(tongue).get(code, "") for tongue in _SPELLINGS.get(language, ()))])
    words = [fold(word) for word in _WORD.findall(spellings)]
    own = [word[:STEM] for word in words if len(word) >= 4]
    # In Russian and German adjectives change more of the word.
    own += [word[: STEM - 1] for word in words if len(word) >= 5]
    return (*own, *filter(None, _OTHER_NAMES.get(code, "").split("|")), *([fold(name)] if name else []))


@lru_cache(maxsize=1024)
def country_names(text: str, language: str) -> tuple[CountryName, ...]:
    """Countries and continents that are named in full, longest names first at each place; no part of another name."""
    if language != "ru" and _first_words(language).isdisjoint(folded_words(text)):  # Russian names are declined
        return ()
    known, begun = _by_name(language), _beginnings(language)
    words = _words(text, language)
    found: list[CountryName] = []
    place = 0
    while place < len(words):
        taken = 0
        first = words[place].group()
        if first[0].isupper() and fold(first[:FIRST_LETTERS]) in begun:
            for count in range(min(MOST_WORDS, len(words) - place), 0, -1):
                start, end = words[place].start(), words[place + count - 1].end()
                end -= len(_ENDING.search(text[start:end]).group())  # type: ignore[union-attr]  # may be empty
                code = _named(fold(text[start:end]), known, language)
                # German nouns have capitals too: "Chinas Staatsrat".
                if code and (language == "de" or not _goes_on(text, end)):
                    found.append(CountryName(Span(start, end), code))
                    taken = count
                    break
        place += taken or 1
    return tuple(found)


def _named(words: str, known: dict[str, str], language: str) -> str | None:
    """The country of that name, which may have an ending: "Германии", "Chinas"."""
    found = known.get(words)
    if found is None and language == "ru":
        return _declined(words)
    return found or (known.get(words.removesuffix("s")) if language == "de" else None)


@lru_cache(maxsize=1024)
def adjectives(text: str, language: str) -> tuple[CountryName, ...]:
    """Adjectives and demonyms of countries. Where they are written small, a capital makes a name of them."""
    found = []
    for match in _words(text, language):
        word = match.group().rstrip(".")
        small = word.islower() or language in ("fr", "ru") or not text[: match.start()].strip(" \"'«“„")
        code = _of_adjective(word, language) if small and len(word) > FIRST_LETTERS else None
        if code:
            found.append(CountryName(Span(match.start(), match.start() + len(word)), code))
    return tuple(found)


@lru_cache(maxsize=65536)
def _of_adjective(word: str, language: str) -> str | None:
    return country_of_adjective(word, language, _stems_of_adjectives(language))


@cache
def _stems_of_adjectives(language: str) -> dict[str, str]:
    return stems_of_names(language, _by_name(language))


def _words(text: str, language: str) -> list[re.Match[str]]:
    """The words, without an elided article before them; "US-China" is two, "Guinea-Bissau" one."""
    found: list[re.Match[str]] = []
    for match in _WORD.finditer(text):
        elided = _ELIDED.match(match.group()) if language in _ELIDING else None
        whole = (elided and _WORD.match(text, match.start() + elided.end())) or match
        if "-" in whole.group() and fold(whole.group().rstrip(".")) not in _by_name(language):
            found += _PART.finditer(text, *whole.span())
        else:
            found.append(whole)
    return found


def _goes_on(text: str, end: int) -> bool:
    """True where a capitalised word follows: "France Télécom", "Jordan Spieth"."""
    return bool(re.match(r"[ -][A-ZÀ-ÞА-Я][^\W\d_]", text[end:]))


@cache
def _beginnings(language: str) -> frozenset[str]:
    return frozenset(name[:FIRST_LETTERS] for name in _by_name(language))


@cache
def _first_words(language: str) -> frozenset[str]:
    """Folded words of which each name of a country begins with one, with the genitives that German has."""
    words = {words_of(name)[0] for name in _by_name(language)}
    return frozenset(words | {f"{word}s" for word in words} if language == "de" else words)


@cache
def _by_name(language: str) -> dict[str, str]:
    # Copy in any language has English names in it: "New Mexico", "Bank of China".
    return {
        fold(name): code
        for tongue in ("en", *_SPELLINGS.get(language, ()), language)
        for code, name in _territories(tongue).items()
        if fold(name) not in _AMBIGUOUS and len(name) >= 4
    } | _ALIASES.get(language, {})


@lru_cache(maxsize=4096)
def _declined(word: str) -> str | None:
    """The country of a Russian name in another case: "Германии"."""
    known = _russian_stems()
    ends = _RUSSIAN_CASE.search(word)
    return known.get(word) or (known.get(word[: ends.start()]) if ends else None) or known.get(word[:-1])


@cache
def _russian_stems() -> dict[str, str]:
    names = (name for name in _by_name("ru").items() if name[0].isalpha() and len(name[0]) >= 4)
    cut = ((re.sub("[аяиьое]$", "", name), code) for name, code in names)
    return {stem: code for stem, code in cut if len(stem) >= 4}


@cache
def country_words(language: str) -> frozenset[str]:
    """Folded words of the names of countries and continents, with the genitives that German has."""
    words = {fold(word) for name in _territories(language).values() for word in _WORD.findall(name)}
    return frozenset(words | {f"{word}s" for word in words})


@cache
def _territories(language: str) -> dict[str, str]:
    from babel import Locale

    # Of the groupings only continents: "Eastern Europe" is no other place than "Europe".
    return {
        code: name
        for code, name in Locale.parse(language).territories.items()
        if "(" not in name and (code.isalpha() or code in _CONTINENTS) and code not in _GROUPINGS
    }


RULE = Rule("countries", "countries that differ from the original", __doc__ or "", find, needs_source=True)
