"""spelling: a name that is spelt in two ways in one article.

Fails:  `Volodymyr Zelinsky` in an article that has `Volodymyr Zelensky` as well.
Passes: `Austria` and `Australia`; `Hassan` and `Hussein`; a plural, a possessive, an adjective of the name.

Both spellings have to follow the same first name or title, or the rarer one, which stands once, has two letters in the
wrong order or one letter doubled. Two people of one family name are told apart by their first names.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher

from checker.document import Span
from checker.rules.reporting import against_article
from checker.rules.types import Material, Rule, RuleCandidate
from checker.rules.words import fold, words_of

TERMINOLOGY = "terminology/inconsistent"
SHORTEST = 6  # letters; shorter names differ by a letter too often by chance
LIKENESS = 0.8
# What stands before is looked at behind the first letter, for a pattern that begins with a capital is found faster.
_NAME = re.compile(r"[A-ZÀ-ÞÁÉÍÓÚ](?<![\w'’-].)[^\W\d_]+(?![\w-])")
_SMALL = re.compile(r"(?<![\w'’-])[a-z]{4,}")
# Capitalised words before a name that say nothing of who bears it.
_NO_FIRST_NAMES = frozenset(
    "The A An In On At By For From With And But Or As To Of If When While Since After Before Mr Mrs Ms Dr Sir".split()
)
_MESSAGE = "{words} is spelt {other} elsewhere in this article."


def find(material: Material) -> Iterator[RuleCandidate]:
    """The rarer of two spellings, each place of it."""
    text = material.document.text
    capitalised = [word for word in words_of(text) if word[0].isupper()]
    if len(set(capitalised)) == len(capitalised):
        return  # no name stands twice, so no spelling is the commoner one
    found = list(_NAME.finditer(text))
    places: dict[str, list[Span]] = defaultdict(list)
    firsts: dict[str, Counter[str]] = defaultdict(Counter)
    before: re.Match[str] | None = None
    for match in found:
        places[match.group()].append(Span(*match.span()))
        if before is not None and text[before.end() : match.start()] == " ":
            firsts[match.group()][before.group()] += 1
        before = match
    lower = set(_SMALL.findall(text))
    names = [name for name in places if len(name) >= SHORTEST and name.casefold() not in lower]
    for rare in names:
        common = _other_spelling(rare, names, places, firsts)
        for span in places[rare] if common else ():
            yield against_article(
                "spelling",
                material.document,
                span,
                places[common][0],
                category=TERMINOLOGY,
                suggestions=(common,),
                message=_MESSAGE,
            )


def _other_spelling(rare: str, names: list[str], places: dict[str, list[Span]], firsts: dict[str, Counter[str]]) -> str:
    """The spelling that `rare` deviates from, empty where there is none."""
    for name in names:
        if len(places[name]) <= len(places[rare]) or not _alike(rare, name):
            continue
        shared = (set(firsts[rare]) & set(firsts[name])) - _NO_FIRST_NAMES
        if shared or (len(places[rare]) == 1 and len(places[name]) > 2 and _mistyped(fold(rare), fold(name))):
            return name
    return ""


def _mistyped(one: str, other: str) -> bool:
    """Two letters in the wrong order, or one letter doubled on one side only."""
    if sorted(one) == sorted(other):
        return sum(mine != theirs for mine, theirs in zip(one, other, strict=True)) == 2
    return re.sub(r"(.)\1", r"\1", one) == re.sub(r"(.)\1", r"\1", other)


def _alike(one: str, other: str) -> bool:
    """True for two spellings of one name: nearly the same letters, the same first one, and no mere ending apart."""
    mine, theirs = fold(one), fold(other)
    if mine == theirs or mine[0] != theirs[0] or mine.startswith(theirs[:-1]) or theirs.startswith(mine[:-1]):
        return False
    if abs(len(mine) - len(theirs)) > 2 or mine[-2:] != theirs[-2:]:
        return False
    return SequenceMatcher(None, mine, theirs, autojunk=False).ratio() >= LIKENESS


RULE = Rule("spelling", "one name spelt in two ways", __doc__ or "", find)
