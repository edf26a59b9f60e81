"""names: a person whose first name is the original's and whose family name is not.

Fails:  `Alejandro Mayorcas` for `Alejandro Mayorkas`; `Angela Merkur` for `Angela Merkel`.
Passes: another romanisation of one name (`Navalni`, `Navalny`); a translated name (`Universidad Harvard`,
        `Harvard University`); a name that the other text has elsewhere.

Latin script on both sides; a name in Cyrillic letters is left to the editor.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise

from checker.document import Span
from checker.rules.countries import country_words
from checker.rules.quantities import fold
from checker.rules.reporting import against_source
from checker.rules.types import Counterpart, Material, Rule, RuleCandidate

ENTITY = "accuracy/mistranslation/entity"
SHORTEST = 4
# Letters in common from which two family names are spellings of one, or one misread.
LIKENESS = 0.75
_NAME = re.compile(r"(?<![\w'’-])[A-ZÀ-Þ][^\W\d_]+(?:['’-][A-ZÀ-Þ][^\W\d_]+)*(?![\w-])")
_ANY_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"['’]s$")
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
        if counterpart.there.language != "ru":
            yield from _differences(counterpart)


def _differences(counterpart: Counterpart) -> Iterator[RuleCandidate]:
    here, there = counterpart.here.text, counterpart.there.text
    here_language, there_language = counterpart.here.language, counterpart.there.language
    ours = _full_names(here)
    if not ours:
        return
    theirs = _full_names(there)
    known_here, known_there = _sounds(counterpart.here_around), _sounds(counterpart.around)
    for first, family in ours:
        mine = _written(here, family)
        if len(mine) < SHORTEST or _sound(mine) in known_there:
            continue
        for other_first, other_family in theirs:
            other = _written(there, other_family)
            if fold(mine) in country_words(here_language) or fold(other) in country_words(there_language):
                continue
            same_first = fold(_written(here, first)) == fold(_written(there, other_first))
            if same_first and _sound(other) not in known_here and _misread(mine, other):
                yield against_source(
                    "names", counterpart, _own(here, family), other_family, category=ENTITY, suggestions=(other,)
                )
                break


def _full_names(text: str) -> list[tuple[Span, Span]]:
    """Two capitalised words with a space between: (first, family), each such pair."""
    found = list(_NAME.finditer(text))
    return [
        (Span(*one.span()), Span(*two.span()))
        for one, two in pairwise(found)
        if text[one.end() : two.start()] in (" ", "\u00a0")
    ]


def _own(text: str, span: Span) -> Span:
    return Span(span.start, span.start + len(_written(text, span)))


def _written(text: str, span: Span) -> str:
    """The name without a possessive."""
    return _POSSESSIVE.sub("", span.of(text))


def _misread(one: str, other: str) -> bool:
    bare = [fold(name).replace("ø", "o").replace("ł", "l").rstrip("s") for name in (one, other)]
    if bare[0] == bare[1] or bare[1] == f"{bare[0]}er":  # a genitive, a plural; "New Yorker"
        return False
    if len(other) < SHORTEST or _same_name(_sound(one), _sound(other)):
        return False
    return SequenceMatcher(None, fold(one), fold(other), autojunk=False).ratio() >= LIKENESS


def _same_name(one: str, other: str) -> bool:
    """Equal sounds, an ending of either language (Belgrade, Belgrado; Bransons), or a word that is written together."""
    if one == other or one.removesuffix("s") == other.removesuffix("s") or other.startswith(f"{one}-"):
        return True
    consonants = [re.sub("[aeiou]", "", key) for key in (one, other)]
    return consonants[0] == consonants[1] and (len(one) != len(other) or one[-1] != other[-1])


@lru_cache(maxsize=1024)
def _sounds(text: str) -> frozenset[str]:
    return frozenset(_sound(_POSSESSIVE.sub("", word)) for word in _ANY_WORD.findall(text))


@lru_cache(maxsize=65536)
def _sound(name: str) -> str:
    """A key that romanisations of one name share: `Navalni` and `Navalny`, `Poutine` and `Putin`."""
    key = fold(name).removesuffix("e") if len(name) > 4 else fold(name)
    for spelling, sound in _ROMANISATIONS:
        key = key.replace(spelling, sound)
    return re.sub(r"(.)\1+", r"\1", key)


RULE = Rule("names", "family names that differ from the original", __doc__ or "", find, needs_source=True)
