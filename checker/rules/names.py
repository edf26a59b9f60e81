"""names: a person whose first name is the original's and whose family name is not.

Fails:  `Alejandro Mayorcas` for `Alejandro Mayorkas`; `Angela Merkur` for `Angela Merkel`; `Merkel Angela` for
        `Angela Merkel`.
Passes: another romanisation of one name (`Navalni`, `Navalny`); a translated name (`Universidad Harvard`,
        `Harvard University`); a name that the other text has elsewhere; `Lord Protector` for `Lord Protecteur`;
        `In Munich` for `In München`.

Latin script on both sides; of a Russian source the names that it has in Latin letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise

from checker.document import Span
from checker.rules.countries import country_words
from checker.rules.reporting import against_source
from checker.rules.types import Counterpart, Material, Rule, RuleCandidate
from checker.rules.vocabulary import frequency
from checker.rules.words import fold

ENTITY = "accuracy/mistranslation/entity"
SHORTEST = 4
# Letters in common from which two family names are spellings of one, or one misread.
LIKENESS = 0.75
COMMON = 5e-7  # share of a language's words
EVERYDAY = 1e-5
# At the head of a sentence these look like a first name: "In Munich", "In München".
_NO_NAMES = frozenset("a am an de el en im in la le los no na o the".split())
# What stands before is looked at behind the first letter, for a pattern that begins with a capital is found faster.
_NAME = re.compile(r"[A-ZÀ-Þ](?<![\w-].)(?:(?<!['’].)|(?<=\b[dlDL]['’].))[^\W\d_]+(?:['’-][A-ZÀ-Þ][^\W\d_]+)*(?![\w-])")
_ANY_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_POSSESSIVES = ("'s", "’s")
_DOUBLED = re.compile(r"(.)\1+")
# One sound, several spellings, by the language through which a name came.
_ROMANISATIONS = (
    ("tsch", "c"), ("tch", "c"), ("sch", "s"), ("sh", "s"), ("ch", "c"), ("kh", "h"), ("ou", "u"), ("oe", "o"),
    ("ae", "a"), ("ue", "u"), ("ph", "f"), ("ck", "k"), ("qu", "k"), ("ts", "z"), ("tz", "z"), ("dj", "j"),
    ("dzh", "j"), ("gh", "g"), ("x", "ks"), ("w", "v"), ("y", "i"), ("j", "i"), ("c", "k"), ("q", "k"), ("h", ""),
    ("ei", "i"), ("ie", "i"), ("e", "i"), ("o", "u"), ("z", "s"),
)  # fmt: skip


def find(material: Material) -> Iterator[RuleCandidate]:
    """Family names that differ beside the same first name."""
    for counterpart in material.counterparts:
        yield from _differences(counterpart)


def _differences(counterpart: Counterpart) -> Iterator[RuleCandidate]:
    here, there = counterpart.here.text, counterpart.there.text
    ours = full_names(here)
    theirs = full_names(there) if ours else ()
    if not theirs:
        return
    pairs, others = _folded(here, ours), _folded(there, theirs)
    if not pairs.isdisjoint((two, one) for one, two in others):
        yield from _swapped(counterpart, ours, theirs)
    if {first for first, _ in pairs - others}.isdisjoint(first for first, _ in others):
        return
    known_there, written_here = name_sounds(counterpart.around), _sounding_pairs(counterpart.here_around)
    for first, family in ours:
        mine = written(here, family)
        if len(mine) < SHORTEST or sound_of(mine) in known_there:
            continue
        for other_first, other_family in theirs:
            other = written(there, other_family)
            if fold(mine) in country_words(counterpart.here.language):
                continue
            same_first = fold(written(here, first)) == fold(written(there, other_first)) not in _NO_NAMES
            known = (fold(written(there, other_first)), sound_of(other)) in written_here
            if same_first and not known and _misread(mine, other) and not _is_word(mine, other, counterpart):
                yield against_source(
                    "names", counterpart, _own(here, family), other_family, category=ENTITY, suggestions=(other,)
                )
                break


def _swapped(
    counterpart: Counterpart, ours: Sequence[tuple[Span, Span]], theirs: Sequence[tuple[Span, Span]]
) -> Iterator[RuleCandidate]:
    """Names whose two parts the source has only the other way round."""
    here, there = counterpart.here.text, counterpart.there.text
    turned = {(fold(written(there, two)), fold(written(there, one))): Span(one.start, two.end) for one, two in theirs}
    straight = {(two, one) for one, two in turned}
    for first, family in ours:
        pair = (fold(written(here, first)), fold(written(here, family)))
        if pair in turned and pair not in straight and not _has_everyday_word(pair, counterpart):
            whole = Span(first.start, _own(here, family).end)
            yield against_source(
                "names", counterpart, whole, turned[pair], category=ENTITY, suggestions=(turned[pair].of(there),)
            )


def _has_everyday_word(pair: tuple[str, str], counterpart: Counterpart) -> bool:
    """True for a name like `Plaza Mayor` or `Front National`, which English turns round as it does adjectives."""
    languages = (counterpart.here.language, counterpart.there.language)
    return any(len(word) < SHORTEST or frequency(word, language) > EVERYDAY for word in pair for language in languages)


@lru_cache(maxsize=1024)
def full_names(text: str) -> tuple[tuple[Span, Span], ...]:
    """Two capitalised words with a space between: (first, family), each such pair."""
    found = list(_NAME.finditer(text))
    return tuple(
        (Span(*one.span()), Span(*two.span()))
        for one, two in pairwise(found)
        if text[one.end() : two.start()] in (" ", "\u00a0")
    )


def _folded(text: str, names: Sequence[tuple[Span, Span]]) -> set[tuple[str, str]]:
    return {(fold(written(text, first)), fold(written(text, family))) for first, family in names}


def _own(text: str, span: Span) -> Span:
    return Span(span.start, span.start + len(written(text, span)))


def written(text: str, span: Span) -> str:
    """The name without a possessive."""
    return _without_possessive(span.of(text))


def _without_possessive(word: str) -> str:
    return word[:-2] if word.endswith(_POSSESSIVES) else word


def _is_word(mine: str, other: str, counterpart: Counterpart) -> bool:
    """True for a word of English for one that is none, or for one of the source's language.

    The slip is the source's ("Lord Halifx"), or the name was translated ("Lord Protecteur").
    """
    ours, theirs = counterpart.here.language, counterpart.there.language
    if frequency(mine.casefold(), ours) < COMMON:
        return False
    return frequency(other.casefold(), ours) == 0.0 or (theirs != ours and frequency(other.casefold(), theirs) > COMMON)


def _misread(one: str, other: str) -> bool:
    bare = [fold(name).replace("ø", "o").replace("ł", "l").rstrip("s") for name in (one, other)]
    if bare[0] == bare[1] or bare[1] == f"{bare[0]}er":  # a genitive, a plural; "New Yorker"
        return False
    if len(other) < SHORTEST or _same_name(sound_of(one), sound_of(other)):
        return False
    return SequenceMatcher(None, fold(one), fold(other), autojunk=False).ratio() >= LIKENESS


def _same_name(one: str, other: str) -> bool:
    """Equal sounds, an ending of either language (Belgrade, Belgrado; Bransons), or a word that is written together."""
    if one == other or one.removesuffix("s") == other.removesuffix("s") or other.startswith(f"{one}-"):
        return True
    return one.rstrip("aeiou") == other.rstrip("aeiou")


@lru_cache(maxsize=1024)
def _sounding_pairs(text: str) -> frozenset[tuple[str, str]]:
    """(first name, sound of the family name) of the full names of a text."""
    return frozenset((fold(written(text, one)), sound_of(written(text, two))) for one, two in full_names(text))


@lru_cache(maxsize=1024)
def name_sounds(text: str) -> frozenset[str]:
    """What the words of a text sound like, without possessives."""
    return frozenset(sound_of(_without_possessive(word)) for word in _ANY_WORD.findall(text))


@lru_cache(maxsize=65536)
def sound_of(name: str) -> str:
    """A key that romanisations of one name share: `Navalni` and `Navalny`, `Poutine` and `Putin`."""
    key = fold(name).removesuffix("e") if len(name) > 4 else fold(name)
    for spelling, sound in _ROMANISATIONS:
        key = key.replace(spelling, sound)
    return _DOUBLED.sub(r"\1", key)


RULE = Rule("names", "family names that differ from the original", __doc__ or "", find, needs_source=True)
