"""lost-names: a person whom the original names in full, and the translation not at all.

Fails:  `The spokesman said so.` for `Lo dijo el portavoz, Íñigo Errazuriz.`; `The minister said so.` for
        `Das sagte Außenministerin Erika Musterfrau.` or `Это сказал министр Иван Кузнецов.`
Passes: the family name alone; another romanisation; a name that a neighbouring sentence has; a name made of words that
        the original's language has (`Casa Blanca`); a passage in which some other name is new (rule `names`).

A name beside a title (`ministro`, `Trainer`, `президент`) is a person's in any language. Without one none is looked for
in Cyrillic letters, in German only behind a noun that may be a person's (`Regisseur`), for every noun has a capital
there, and a family name that is a word of either language is left alone, so of lost names one in fifteen is not found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from checker.document import Span
from checker.evidence.anchors import in_latin
from checker.evidence.lexicon import lexicon_of, stem
from checker.rules.countries import country_words
from checker.rules.names import full_names, name_sounds, sound_of, written
from checker.rules.quantities import fold
from checker.rules.reporting import against_source
from checker.rules.titles import has_title_near, titled_names
from checker.rules.types import Counterpart, Material, Rule, RuleCandidate
from checker.rules.vocabulary import frequency

OMISSION = "accuracy/omission"
SHORTEST = 4  # letters
KNOWN = 5e-7  # share of a language's words from which a family name is one of them
EVERYDAY = 2e-5  # the same for a first name, for dictionaries have many of those
OFFICE = 5e-6  # and for the last word of what has capitals and is no name: "Prime Minister", "European Union"
GRAMMAR = 5e-4  # and for what has a capital as the first word of a sentence: "On Friday"
_READ = frozenset({"es", "fr", "it", "pt", "en", "de"})  # in German every noun has a capital
_BEGINNING = re.compile(r"(?:^|[.!?:…])[\s\"'“”‘’(\[—–-]*$")
_PERSON = re.compile(r"[A-ZÄÖÜ][\w-]*(?:ers?|in|eurs?|ors?|ist(?:en)?|[ae]nt(?:en)?|ende[nr]?|coach|profis?)[ \u00a0]$")
_INITIALS = re.compile(r"(?<![^\W_])[A-Z]{2,6}(?![^\W_])")
_CYRILLIC = re.compile("[А-ЯЁ]")
_MESSAGE = "The original names {other} here, and the translation does not."


def find(material: Material) -> Iterator[RuleCandidate]:
    """Full names of the source without any part of them in the copy, the first of a sentence."""
    for counterpart in material.counterparts:
        yield from _lost(counterpart)


def _lost(counterpart: Counterpart) -> Iterator[RuleCandidate]:
    text, language = counterpart.there.text, counterpart.there.language
    titled = [pair for pair in titled_names(text, language) if not _is_country(counterpart, pair)]
    theirs = list(titled)
    if language in _READ:
        theirs += [pair for pair in full_names(text) if pair not in titled and _is_person(counterpart, pair)]
    if not theirs:
        return
    known = _capital_sounds(counterpart.here_around)
    initials = {word for word in _INITIALS.findall(counterpart.here_around) if word not in counterpart.around}
    following = dict(full_names(text))
    lost = [
        Span(first.start, family.end)
        for first, family in theirs
        if not any(_has(known, written(text, span)) for span in _chain(first, family, following))
        and not any(text[first.start] + text[family.start] in word for word in initials)
    ]
    apart = [span for number, span in enumerate(lost) if not any(span.overlaps(other) for other in lost[:number])]
    if len(apart) > _new_names(counterpart):
        yield against_source(
            "lost-names", counterpart, _lead(counterpart.here.text), lost[0], category=OMISSION, message=_MESSAGE,
        )  # fmt: skip


def _chain(first: Span, family: Span, following: Mapping[Span, Span]) -> list[Span]:
    """The two and all that follow them with a capital: of `Ana María López` the translation may have the last alone."""
    chain = [first, family]
    while chain[-1] in following:
        chain.append(following[chain[-1]])
    return chain


@lru_cache(maxsize=1024)
def _capital_sounds(text: str) -> frozenset[str]:
    """How the words with a capital sound, "Merkel" and "anti-Merkel"."""
    return name_sounds(" ".join(word for word in text.split() if word != word.casefold()))


def _has(known: frozenset[str], name: str) -> bool:
    """True where a word of the copy sounds like the name, or begins or ends like it ("Merkel-Vertraute")."""
    if not name.isascii() and _CYRILLIC.match(name):
        sound = sound_of(in_latin(name))  # its end may be a case's
        bones = _consonants(sound)[:3]
        return any(one.startswith(sound[:3]) or (len(bones) > 2 and _consonants(one)[:3] == bones) for one in known)
    sound = sound_of(name)
    if len(sound) < SHORTEST - 1:
        return sound in known
    return any(one.startswith(sound[:4]) or one.endswith(sound[-6:]) for one in known if len(one) >= SHORTEST - 1)


def _consonants(sound: str) -> str:
    """What transliterations leave of a name: `Хантер` and `Hunter`."""
    return re.sub("[aeiouy]", "", sound)


def _is_person(counterpart: Counterpart, pair: tuple[Span, Span]) -> bool:
    """True for two names that are no words of either language, and no country's; a title near by lends them credit."""
    text, language = counterpart.there.text, counterpart.there.language
    first, family = (written(text, span).casefold() for span in pair)
    titled = has_title_near(text, language, pair[0].start)
    if _has_country(counterpart, pair) or min(len(first), len(family)) < (SHORTEST - 1 if titled else SHORTEST):
        return False
    if frequency(first, language) > EVERYDAY or frequency(family, "en") >= (OFFICE if titled else KNOWN):
        return False
    if language == "de" and not (frequency(first, "en") and (titled or _PERSON.search(text, 0, pair[0].start))):
        return False
    credited = titled and language != "de"
    stems = {family, family.removesuffix("s"), family.removesuffix("es"), family if credited else first}
    return all(_is_foreign(one, language) for one in stems)


def _is_foreign(word: str, language: str) -> bool:
    """True for a word that the language hardly has, or not more than English, where a translation keeps it."""
    return frequency(word, language) < max(KNOWN, frequency(word, "en"))


def _is_country(counterpart: Counterpart, pair: tuple[Span, Span]) -> bool:
    """True where both words are of countries' names: `Estados Unidos`, but not `Pedro Solbes`."""
    language = counterpart.there.language
    words = [fold(written(counterpart.there.text, span)) for span in pair]
    known = country_words(language) | country_words("en")
    return known.issuperset(words) or any(union.issuperset(words) for union in _unions(language))


def _has_country(counterpart: Counterpart, pair: tuple[Span, Span]) -> bool:
    """True where a word is of a country's name in either language, `Estados Unidos`, or both of `Naciones Unidas`."""
    words = [fold(written(counterpart.there.text, span)) for span in pair]
    if any(word in country_words(language) for word in words for language in (counterpart.there.language, "en")):
        return True
    return any(union.issuperset(words) for union in _unions(counterpart.there.language))


@cache
def _unions(language: str) -> tuple[frozenset[str], ...]:
    """Folded words of the names of the United Nations and of the European Union."""
    from babel import Locale

    names = Locale.parse(language).territories
    return tuple(frozenset(fold(word) for word in names.get(code, "").split()) for code in ("UN", "EU"))


def _new_names(counterpart: Counterpart) -> int:
    """How many full names the copy has that the source lacks: each may be one that the source has otherwise.

    Words that are frequent or translated make no name: "Prime Minister", "German Chancellor".
    """
    text, known = counterpart.here.text, name_sounds(counterpart.around)
    translated = lexicon_of(counterpart.there.language).english_kept
    return sum(
        not _has(known, written(text, family))
        and frequency(written(text, family).casefold(), "en") < OFFICE
        and stem(written(text, family), "en") not in translated
        and not any(len(span) < SHORTEST and span.of(text).isupper() for span in (first, family))
        and not (_BEGINNING.search(text, 0, first.start) and frequency(first.of(text).casefold(), "en") >= GRAMMAR)
        for first, family in full_names(text)
    )


def _lead(text: str) -> Span:
    match = re.search(r"[^\W\d_]+", text)
    return Span(*match.span()) if match else Span(0, len(text))


RULE = Rule("lost-names", "persons whom the translation leaves out", __doc__ or "", find, needs_source=True)
