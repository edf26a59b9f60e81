"""lost-names: a person whom the original names in full, and the translation not at all.

Fails:  `The spokesman said so.` for `Lo dijo el portavoz, Íñigo Errazuriz.`; `The minister said so.` for
        `Das sagte Außenministerin Erika Musterfrau.` or `Это сказал министр Иван Кузнецов.`
Passes: the family name alone; another romanisation; a name that a neighbouring sentence has; a name made of words that
        the original's language has (`Casa Blanca`); a passage in which some other name is new (rule `names`).

A name beside a title (`ministro`, `Trainer`, `президент`) is a person's in any language. Without a title none is looked
for in German, where every noun has a capital, nor in Cyrillic letters, and a family name that is a word of either
language is left alone, so a tenth of lost names is not found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from checker.document import Span
from checker.evidence.anchors import in_latin
from checker.rules.countries import country_words
from checker.rules.names import full_names, name_sounds, sound_of, written
from checker.rules.quantities import fold
from checker.rules.reporting import against_source
from checker.rules.titles import titled_names
from checker.rules.types import Counterpart, Material, Rule, RuleCandidate
from checker.rules.vocabulary import frequency

OMISSION = "accuracy/omission"
SHORTEST = 4  # letters
KNOWN = 5e-7  # share of a language's words from which a family name is one of them
EVERYDAY = 2e-5  # the same for a first name, for dictionaries have many of those
OFFICE = 5e-6  # and for the last word of what has capitals and is no name: "Prime Minister", "European Union"
GRAMMAR = 5e-4  # and for what has a capital as the first word of a sentence: "On Friday"
_READ = frozenset({"es", "fr", "it", "pt", "en"})  # in German every noun has a capital
_BEGINNING = re.compile(r"(?:^|[.!?:…])[\s\"'“”‘’(\[—–-]*$")
_CYRILLIC = re.compile("[А-ЯЁ]")
_MESSAGE = "The original names {other} here, and the translation does not."


def find(material: Material) -> Iterator[RuleCandidate]:
    """Full names of the source without any part of them in the copy, the first of a sentence."""
    for counterpart in material.counterparts:
        yield from _lost(counterpart)


def _lost(counterpart: Counterpart) -> Iterator[RuleCandidate]:
    text, language = counterpart.there.text, counterpart.there.language
    titled = [pair for pair in titled_names(text, language) if not _has_country(counterpart, pair)]
    theirs = list(titled)
    if language in _READ:
        theirs += [pair for pair in full_names(text) if pair not in titled and _is_person(counterpart, pair)]
    if not theirs:
        return
    known = name_sounds(counterpart.here_around)
    for first, family in theirs:
        if _has(known, written(text, first)) or _has(known, written(text, family)):
            continue
        if _has_new_name(counterpart, OFFICE if (first, family) in titled else 1.0):
            return
        yield against_source(
            "lost-names", counterpart, _lead(counterpart.here.text), Span(first.start, family.end), category=OMISSION,
            message=_MESSAGE,
        )  # fmt: skip
        return


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
    """True for two names that are no words of either language, and no country's."""
    language = counterpart.there.language
    if _has_country(counterpart, pair) or any(len(span) < SHORTEST for span in pair):
        return False
    first, family = (written(counterpart.there.text, span).casefold() for span in pair)
    if frequency(first, language) > EVERYDAY:
        return False
    stems = {family, family.removesuffix("s"), family.removesuffix("es")}
    return all(frequency(one, language) < KNOWN for one in stems) and frequency(family, "en") < KNOWN


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


def _has_new_name(counterpart: Counterpart, everyday: float) -> bool:
    """True where the copy has a full name that the source lacks: they may be one.

    A last word that is more frequent than `everyday` makes no name of it; beside a title "Prime Minister" is none, but
    what is no person for sure may be the "United Nations".
    """
    text, known = counterpart.here.text, name_sounds(counterpart.around)
    return any(
        not _has(known, written(text, family))
        and frequency(written(text, family).casefold(), "en") < everyday
        and not (_BEGINNING.search(text, 0, first.start) and frequency(first.of(text).casefold(), "en") >= GRAMMAR)
        for first, family in full_names(text)
    )


def _lead(text: str) -> Span:
    match = re.search(r"[^\W\d_]+", text)
    return Span(*match.span()) if match else Span(0, len(text))


RULE = Rule("lost-names", "persons whom the translation leaves out", __doc__ or "", find, needs_source=True)
