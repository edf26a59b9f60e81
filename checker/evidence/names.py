"""Names that are the same but for one word: the surest sign that a translation mangled one of them.

Word overlap alone ranks such a sentence low, since a long sentence shares one rare word with many others. Here each
multi-word name of the candidates is kept once for every word that could be wrong in it, so that finding the almost
equal names of a sentence is a few look-ups and never a comparison with every candidate.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, Protocol

from checker.evidence.lexical import STOP_WORDS, WORD, fold_word, stem_word

MAX_NAME_WORDS = 6
# A text of at least so many words, all of them capitalised, is a headline and no name.
HEADLINE_WORDS = 5
# Strength of a match. Weak: in a two-word name one shared word may be mere chance (another first name), and a word in
# front of a whole name is often a title. Faint: a common noun beside a name mostly is no part of it.
FAINT_MATCH = 0.15
WEAK_MATCH = 0.4
STRONG_MATCH = 1.0
# A pattern that more texts than this fill ("President …") tells nothing, and costs time.
COMMON_NAMES = 500

# Small words inside names: Summit of the Americas, Ministry for Health and Sports, Rio de Janeiro, Banco do Brasil.
_JOINING_WORDS = """
    of the and for on in to at de del der den des di da do dos das du la le les los las el al e y et und von
    van
"""
_JOINING = frozenset(_JOINING_WORDS.split())
_MAX_JOINING = 3
_GAP = re.compile(r"[\s\-‐‑]+")


class Pattern(NamedTuple):
    """A name with one word open: its place, and the words around it."""

    place: int
    around: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Token:
    """A word of a text; `joined` where nothing but white space or a hyphen stands between it and the word before."""

    stem: str
    marked: bool
    joining: bool
    stop: bool
    joined: bool


Name = tuple[str, ...]  # the stems of a name's words, small words left out


def names_of(text: str) -> frozenset[Name]:
    """The names in `text`, each as long as it is written: {("norwick", "group"), ("oslo",)}.

    A single capitalised word at the start of a sentence is taken for a name too, for a name mostly is what it begins
    with; a headline that capitalises every word has none.
    """
    tokens = _tokens(text)
    names: set[Name] = set()
    run: list[_Token] = []
    for token in [*tokens, None]:
        if token is not None and run and token.joined and (token.marked or token.joining):
            run.append(token)
            continue
        stems = tuple(each.stem for each in run if not each.joining)
        if stems and not all(stem[:1].isdigit() for stem in stems):
            names.add(stems)
        run = [token] if token is not None and token.marked and not token.joining else []
    words = [token for token in tokens if not token.joining and not token.stop]
    return frozenset() if len(words) >= HEADLINE_WORDS and all(token.marked for token in words) else frozenset(names)


def is_same_name(one: Name, other: Name) -> bool:
    """True where one is the other or its end: `Alda Brunner` and `Brunner`, but not `North Korea` and `South Korea`."""
    shorter, longer = sorted((one, other), key=len)
    return longer[-len(shorter) :] == shorter


class Patterns(Protocol):
    """Which words stand at the open place of a name; in memory here, in a file in `checker.evidence.store`."""

    def words(self, pattern: Pattern) -> Mapping[str, Collection[int]]:
        """Word at the open place -> numbers of the texts that have the name with it."""


class MemoryPatterns:
    """The patterns of a fixed sequence of texts."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._words: dict[Pattern, dict[str, list[int]]] = {}
        for index, text in enumerate(texts):
            for pattern, word in name_patterns(text):
                self._words.setdefault(pattern, {}).setdefault(word, []).append(index)

    def words(self, pattern: Pattern) -> Mapping[str, Collection[int]]:
        """Word at the open place -> numbers of the texts that have the name with it."""
        return self._words.get(pattern, {})


def name_patterns(text: str) -> Iterator[tuple[Pattern, str]]:
    """Each multi-word name of `text` once for every word that could be wrong in it, with that word."""
    for name in sorted(_names(text)):
        for place, word in enumerate(name):
            if word not in _JOINING:
                yield Pattern(place, (*name[:place], *name[place + 1 :])), word


class NameIndex:
    """The multi-word names of many texts, found again with one word changed."""

    def __init__(self, patterns: Patterns) -> None:
        self._patterns = patterns

    def almost_named(self, text: str, exclude: Collection[int] = ()) -> dict[int, dict[int, float]]:
        """Numbers of the texts that hold a name of `text` with exactly one other word.

        Each comes with the words of `text` that are other there: number of the word -> strength in (0, 1]. Only the
        shared words must be capitalised in `text`: the wrong one may be written like a common noun. A form that other
        texts have too is a weak match; `exclude` names those that do not count, such as `text` itself.
        """
        found: dict[int, dict[int, float]] = {}
        tokens = _tokens(text)
        for first, last in _windows(tokens):
            window = tokens[first:last]
            common = [place for place, token in enumerate(window) if not (token.marked or token.joining)]
            if len(common) > 1:
                continue
            for place in common or range(len(window)):
                if not window[place].stop and not window[place].joining:
                    for index, strength in self._with_other_word(window, place, exclude).items():
                        words = found.setdefault(index, {})
                        words[first + place] = max(words.get(first + place, 0.0), strength)
        return found

    def _with_other_word(self, window: Sequence[_Token], place: int, exclude: Collection[int]) -> dict[int, float]:
        stems = tuple(token.stem for token in window)
        variants = self._patterns.words(Pattern(place, (*stems[:place], *stems[place + 1 :])))
        if not variants:
            return {}
        if sum(map(len, variants.values())) > COMMON_NAMES:
            return {}
        usual = any(index not in exclude for index in variants.get(stems[place], ()))
        strength = min(_strength(window, place), WEAK_MATCH if usual else STRONG_MATCH)
        others = [
            [index for index in texts if index not in exclude]
            for word, texts in variants.items()
            if word != stems[place]
        ]
        # Where many words stand at the place ("Anne …"), one more of them is no sign of a wrong one.
        several = sum(map(bool, others))
        return {index: strength / several for texts in others for index in texts}


def _strength(window: Sequence[_Token], place: int) -> float:
    last = len(window) - 1
    beside = window[1] if place == 0 else window[last - 1]
    at_edge = place in (0, last) and not beside.joining
    if at_edge and not window[place].marked:
        return FAINT_MATCH
    return WEAK_MATCH if len(window) == 2 or (at_edge and place == 0) else STRONG_MATCH


@lru_cache(maxsize=4_096)  # a sentence is read for each question about it, and again in the next check
def _tokens(text: str) -> tuple[_Token, ...]:
    tokens: list[_Token] = []
    end = 0
    for match in WORD.finditer(text):
        folded = fold_word(match[0])
        first = match[0][0]
        tokens.append(
            _Token(
                stem=folded if folded in _JOINING else stem_word(folded),
                # A capitalised "The" or "He" begins a sentence; it is not what a name is made of.
                marked=(first.isupper() or first.isdigit()) and folded not in STOP_WORDS,
                joining=folded in _JOINING,
                stop=folded in STOP_WORDS,
                joined=_GAP.fullmatch(text, end, match.start()) is not None,
            )
        )
        end = match.end()
    return tuple(tokens)


def _windows(tokens: Sequence[_Token]) -> Iterator[tuple[int, int]]:
    """Ranges of 2 to MAX_NAME_WORDS tokens, without punctuation between, whose ends are no small words."""
    for first, token in enumerate(tokens):
        if token.joining:
            continue
        for last in range(first + 1, min(first + MAX_NAME_WORDS, len(tokens))):
            if not tokens[last].joined:
                break
            if not tokens[last].joining:
                yield first, last + 1


def _names(text: str) -> set[tuple[str, ...]]:
    """Each stretch of `text` that is written as a name of several words, with the shorter names inside it."""
    tokens = _tokens(text)
    words = [token for token in tokens if not token.joining and token.stem not in STOP_WORDS]
    if len(words) >= HEADLINE_WORDS and all(token.marked for token in words):
        return set()
    return {
        tuple(token.stem for token in tokens[first:last])
        for first, last in _windows(tokens)
        if _is_name(tokens[first:last])
    }


def _is_name(window: Sequence[_Token]) -> bool:
    in_a_row = 0
    for token in window:
        in_a_row = in_a_row + 1 if token.joining else 0
        if not (token.marked or token.joining) or in_a_row > _MAX_JOINING:
            return False
    # "42 10" or "May 23" are dates and figures; a name has a word, and rules of their own read numbers.
    return any(not token.joining and not token.stem[:1].isdigit() for token in window)
