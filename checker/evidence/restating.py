"""Facts that say a sentence: in nearly its own words (a later edition of the wire), or, it may be, in others.

A fact in nearly the same words is no mere context. It says the same, so what differs is an error on one of the two
sides, also where nothing contradicts anything: a word lost, doubled or in the wrong form. The model is asked as it is
about a source.

The most relevant of the other facts may say the sentence in other words, or merely speak of the same matters: nobody
knows. So the model is asked both questions about it. Asked as a reference it names the wrong word far more surely
("cut" for "raised"), asked as context it tells whether the two say the same thing at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from functools import lru_cache

from checker.evidence.ranking import normalised
from checker.evidence.types import RESTATED, Evidence, EvidenceKind, Relation

NEARLY = 0.75  # share of the words of both that stand in the same order on both sides
FEWEST_WORDS = 6
# Relevance from which a fact may say the sentence. Of those that deny one in freely chosen words two in five have less.
RETOLD_FROM = 0.5
# More places than this with another name or figure, and it is one more line of the same form: another country's rate.
MOST_PARTICULARS = 1


def with_restated(sentence: str, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """`evidence` with the fact that says `sentence` in nearly the same words, if there is one, as its reference.

    Of several it is the likest, the first of equals. None is where any piece has all the words in a row: then the
    sentence is supported, and what differs elsewhere is another matter.
    """
    facts = _facts(evidence)
    if not facts or _has_all_words(sentence, evidence):
        return tuple(evidence)
    alike = [likeness(sentence, fact.text) for fact in facts]
    likest = facts[alike.index(max(alike))]
    if max(alike) < NEARLY or _particulars(sentence, likest.text) > MOST_PARTICULARS:
        return tuple(evidence)
    return tuple(replace(piece, relation=Relation.REFERENCE) if piece is likest else piece for piece in evidence)


def with_retold(sentence: str, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """`evidence` with the most relevant fact marked as one that may say `sentence` in other words.

    None is where a piece surely says it, in the same words or in nearly the same, or where all are less relevant than
    RETOLD_FROM.
    """
    likest = max(_facts(evidence), key=lambda piece: piece.relevance, default=None)
    if likest is None or likest.relevance < RETOLD_FROM:
        return tuple(evidence)
    if any(piece.role == RESTATED for piece in evidence) or _has_all_words(sentence, evidence):
        return tuple(evidence)
    return tuple(replace(piece, retells=True) if piece is likest else piece for piece in evidence)


def _facts(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Those that were given, none that was joined of several."""
    return [piece for piece in evidence if piece.kind is EvidenceKind.FACT and not piece.joined]


def _has_all_words(sentence: str, evidence: Sequence[Evidence]) -> bool:
    """True where any piece has all words of the sentence in a row."""
    own = normalised(sentence)
    return any(f" {own} " in f" {normalised(piece.text)} " for piece in evidence)


def likeness(one: str, other: str) -> float:
    """Share, in [0, 1], of the words of both texts that both have in one order; 0 for fewer than FEWEST_WORDS."""
    words, others = _words(one), _words(other)
    if min(len(words), len(others)) < FEWEST_WORDS:
        return 0.0
    matcher = SequenceMatcher(None, words, others, autojunk=False)
    # Two bounds that cost less and settle most pairs.
    if min(matcher.real_quick_ratio(), matcher.quick_ratio()) < NEARLY:
        return 0.0
    return matcher.ratio()


def _particulars(one: str, other: str) -> int:
    """Places where the two differ and both have a name or a figure there that the other text does not have at all."""
    words, others = one.split(), other.split()
    known, known_there = set(_words(one)), set(_words(other))
    count = 0
    for tag, start, end, first, last in SequenceMatcher(None, words, others, autojunk=False).get_opcodes():
        if tag == "replace":
            count += _has_particular(words[start:end], known_there) and _has_particular(others[first:last], known)
    return count


def _has_particular(words: Sequence[str], known: set[str]) -> bool:
    new = [word for word in words if not set(_words(word)) <= known]
    return any(any(char.isdigit() or char.isupper() for char in word) for word in new)


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    return tuple(normalised(text).split())
