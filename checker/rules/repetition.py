"""repetition: words that stand twice in a row by mistake.

Fails:  `the the minister`; `the United States. United States and our partners`; `in the city in the city`.
Passes: `had had`, `at at least a million`, `very very late`, `again and again and again`, `New York, New York`,
        `… the White House. White House officials said`.

English copy only.
"""

# ruff: noqa: E501 - word lists read better in full lines
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import eq

from checker.document import Span
from checker.rules.reporting import of_language
from checker.rules.types import Material, Rule, RuleCandidate
from checker.rules.words import words_of

DUPLICATION = "fluency/duplication"
# Words that never follow themselves in correct copy; "that that", "had had", "is is", "in in" and "on on" do.
_NEVER_TWICE = frozenset(
    "the a an of to with from and or at for by into as but their its our your his my which who when where while because if than these those this was were be been being are have has will would could should might must not they we he she you i it".split()
)
# Doubled on purpose: intensifiers, sounds, and names of one word said twice are capitalised.
_OFTEN_TWICE = frozenset(
    "that very really many much long far never always really no yes so too well there now again ever knock hey hear ha haha bye please same really pretty tsk blah hush girls boys oh ah la na whoa wow rah chop night win tut quack beep hip hubba yeah okay go come big old good bad old little different different back cha pom aye half fifty lose by through".split()
)
# Twice in correct copy ("said that that man"), but never before such a word ("said that that the man").
_NEVER_BEFORE = {
    "that": re.compile(
        r"\s(?:the|an?|it|his|her|its|our|their|my|your|these|those|this|there|if|when|while|as|in|at|on|for)\b"
    ),
    "there": re.compile(r"\s(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should)\b"),
}
# "… puts the damage at at least a million": a preposition and a bound.
_BOUND = re.compile(r"\s(?:least|most|best|worst|first|last)\b")
_TWICE = re.compile(
    r"(?<![\w'’-])(?P<first>[^\W\d_]+)(?P<gap>[ \u00a0]+)(?P<second>(?P=first))(?![\w'’-])", re.IGNORECASE
)
LONGEST_PHRASE = 6  # words
_PHRASE = re.compile(
    rf"(?<![\w'’-])(?P<first>[^\W\d_]+(?:[ ][^\W\d_]+){{1,{LONGEST_PHRASE - 1}}})(?P<gap>[ ])(?P<second>(?P=first))(?![\w'’-])",
    re.IGNORECASE,
)
_ONE = re.compile(r"[^\W\d_]+")
# "Day after day after day", "again and again": said on purpose.
_JOINING = frozenset("and or by after to upon but then against until more".split())
# "… the United States. United States and our partners …": a name with its article, then at once without it.
_ACROSS = re.compile(
    r"[Tt](?<!\w.)he (?P<first>[A-Z][\w'’-]*(?: (?:of |the |and )*[A-Z][\w'’-]*)+)(?P<gap>[.!?] )(?P<second>(?P=first))"
    r"(?= (?:and|or|is|was|are|were|has|have|had|will|would|to|in|with|that|which|who)\b|,)"
)
# "of the of the", "graduated from graduated from"; but "billions of billions of dollars", "the best of the best of them".
_PREPOSITIONS = frozenset("of in on at by to from with for into since as about over under between before after".split())
_GOVERNING = _PREPOSITIONS - {"to", "after", "over"}
_DETERMINERS = frozenset("the an his her its their our your this these those be".split())
_GOVERNED = re.compile(r"[a-z]{4,}(?<!s)")
_MESSAGE = "{words} seems to be repeated by mistake."


def find(material: Material) -> Iterator[RuleCandidate]:
    """Doubled words and phrases; each is shown with its second occurrence as the suspect one."""
    if material.language != "en":
        return
    text = material.document.text
    words = [word.casefold() for word in words_of(text)]
    if not _repeats(words):
        return
    places = _repeated(text, words)
    taken: list[Span] = []
    for pattern, wrong in ((_ACROSS, _always), (_PHRASE, _is_wrong_phrase), (_TWICE, _is_wrong_word)):
        for match in pattern.finditer(text) if pattern is _ACROSS else _from(places, pattern, text):
            span = Span(*match.span("second"))
            if wrong(match) and not any(span.overlaps(other) for other in taken):
                taken.append(span)
                yield of_language(
                    "repetition",
                    material.document,
                    span,
                    category=DUPLICATION,
                    message=_MESSAGE,
                    other=Span(*match.span("first")),
                )


def _repeats(words: Sequence[str]) -> bool:
    """False for most sentences: no word stands twice in a row and no two words do anywhere, as in all that is wrong."""
    if len(set(words)) == len(words):
        return False
    return len(set(pairwise(words))) < len(words) - 1 or any(map(eq, words, words[1:]))


def _repeated(text: str, words: Sequence[str]) -> list[int]:
    """Where words stand that come again at once, alone or as the first two words of a phrase, in any case.

    The patterns are tried there alone, for looking for a phrase from each word of a text on takes long.
    """
    pairs = list(pairwise(words))
    found = {place for place, (one, two) in enumerate(pairs) if one == two}
    for step in range(2, LONGEST_PHRASE + 1):
        found.update(place for place, (one, two) in enumerate(zip(pairs, pairs[step:], strict=False)) if one == two)
    starts = [match.start() for match in _ONE.finditer(text)]
    return [starts[place] for place in sorted(found)]


def _from(places: Sequence[int], pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """What the pattern finds from any of the places on, without overlaps."""
    end = 0
    for place in places:
        match = pattern.match(text, place) if place >= end else None
        if match:
            yield match
            end = match.end()


def _always(match: re.Match[str]) -> bool:
    return bool(match)


def _is_wrong_word(match: re.Match[str]) -> bool:
    first, second = match["first"], match["second"]
    if second[0].isupper():  # Duran Duran, Walla Walla, "The The"
        return False
    word = first.casefold()
    if word == "at" and _BOUND.match(match.string, match.end()):
        return False
    if word in _NEVER_BEFORE and _NEVER_BEFORE[word].match(match.string, match.end()):
        return True
    return word in _NEVER_TWICE or (len(word) >= 4 and word not in _OFTEN_TWICE)


def _is_wrong_phrase(match: re.Match[str]) -> bool:
    words = match["first"].casefold().split()
    if len(words) == 2 and (words[1] in _DETERMINERS if words[0] in _PREPOSITIONS else _is_governed(*words)):
        return True
    if len(words) < 3 and not (words[0] in _NEVER_TWICE and words[-1] not in _NEVER_TWICE | {"a"}):
        return False
    joining = _JOINING if len(words) < 3 else _JOINING - {"to"}
    rhetorical = words[0] in joining or words[-1] in joining or match["first"][0].isupper()
    return not rhetorical and len(set(words)) > 1


def _is_governed(word: str, preposition: str) -> bool:
    return preposition in _GOVERNING and bool(_GOVERNED.fullmatch(word))


RULE = Rule("repetition", "words that stand twice in a row by mistake", __doc__ or "", find)
