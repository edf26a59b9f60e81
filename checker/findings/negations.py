"""A negation that one of two texts has and the other lacks, in words that both have: lost in translation, or made up.

"The vaccine is not effective in children" and "the firm's vaccine, cleared on Friday, is effective in children" share
their words in a row but for the one that counts most. A model that reads whole sentences may not hear it.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from functools import lru_cache

from checker.document import Span
from checker.findings.exactness import Difference
from checker.findings.lexicon import AUXILIARIES, MODALS
from checker.findings.words import Kind, Word, cover, words_of

FEWEST = 4  # words that both texts have in a row, auxiliaries aside
COUNTING = 3  # of them that carry meaning
_BEFORE_VERBS = AUXILIARIES | MODALS
_OF_VERBS = frozenset({"not", "never", "cannot"})

Words = tuple[Word, ...]


@lru_cache(maxsize=4096)
def negation_differences(text: str, premise: str) -> tuple[Difference, ...]:
    """Words of `text` that `premise` denies where `text` does not, or the other way round; in text order.

    The words come with their auxiliaries and with the negation, where they have one, on both sides.

    >>> text, premise = "It is said to be effective in small children.", "It is not effective in small children."
    >>> negation_differences("It is effective in small children.", premise)[0].conflict.of(premise)
    'is not effective'
    """
    ours, theirs = words_of(text), words_of(premise)
    if not any(word.kind is Kind.NEGATOR for word in (*ours, *theirs)):
        return ()
    mine, other = (
        [place for place, word in enumerate(words) if not _is_beside_verbs(word)] for words in (ours, theirs)
    )
    matcher = SequenceMatcher(None, [ours[i].stem for i in mine], [theirs[i].stem for i in other], autojunk=False)
    found = []
    for block in matcher.get_matching_blocks():
        run = [ours[place] for place in mine[block.a : block.a + block.size]]
        if len(run) < FEWEST or sum(word.counts for word in run) < COUNTING:
            continue
        for step in range(block.size):
            one, two = _led(mine, block.a + step), _led(other, block.b + step)
            whole = step > 0  # what stands before the run belongs to words that the two may not share
            if _denied(ours, one, whole) != _denied(theirs, two, whole):
                found.append(Difference(cover(ours, one), cover(theirs, two)))
    return tuple(found)


def _is_beside_verbs(word: Word) -> bool:
    return word.kind is Kind.NEGATOR or word.norm in _BEFORE_VERBS


def _led(kept: list[int], place: int) -> range:
    """Indices of a word that is compared, and of the auxiliaries and negations right before it."""
    before = kept[place - 1] if place else -1
    return range(before + 1, kept[place] + 1)


def _denied(words: Words, led: range, whole: bool) -> bool:
    """True for an odd number of negations, of verbs alone unless `whole`; "not only" denies nothing."""
    negations = sum(words[index].kind is Kind.NEGATOR and (whole or _is_of_verbs(words[index].norm)) for index in led)
    return negations % 2 == 1 and words[led[-1]].norm != "only"


def _is_of_verbs(norm: str) -> bool:
    return norm in _OF_VERBS or norm.endswith("n't")


def differing_negation(text: str, span: Span, premise: str) -> Difference | None:
    """The difference that the words at `span` of `text` are part of, None where there is none."""
    return next((each for each in negation_differences(text, premise) if each.span.overlaps(span)), None)
