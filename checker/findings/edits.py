"""Two texts in nearly the same words: what stands in the one where suspect words stand in the other.

`checker.findings.alignment` looks for words that deny each other anywhere in two texts. Where one text is nearly a copy
of the other their order says more: what was exchanged for what, what was left out, what came in addition.
"""

from __future__ import annotations

from difflib import SequenceMatcher

from checker.document import Span
from checker.findings.alignment import SURE_CONFLICTS, find_conflict
from checker.findings.lexicon import MEANINGFUL_FUNCTION_WORDS
from checker.findings.phrases import QUANTITY_KINDS
from checker.findings.polarity import is_negator
from checker.findings.words import Kind, Word, cover, indices_in, place_of, words_of

Words = tuple[Word, ...]

_AMOUNTS = QUANTITY_KINDS | {Kind.QUANTIFIER}


def counterpart(text: str, span: Span, premise: str) -> Span | None:
    """The words of `premise` in the place of those at `span` of `text`, None where it has nothing else there.

    Words that `premise` has between or right beside the same words belong to them: `two million` stands for
    `two million euros`. Words that only changed places conflict with those that have theirs.

    >>> premise = "Nordlast was fined two million euros on Tuesday."
    >>> counterpart("Nordlast was fined two million on Tuesday.", Span(19, 30), premise).of(premise)
    'two million euros'
    """
    ours, theirs = words_of(text), words_of(premise)
    mine = indices_in(ours, span)
    if not mine:
        return None
    if other_side := _other_side(ours, mine, theirs):
        return cover(theirs, other_side)
    place: list[int] = []
    differs = any(is_negator(ours[index]) for index in mine)
    matcher = SequenceMatcher(None, [word.norm for word in ours], [word.norm for word in theirs], autojunk=False)
    for tag, start, end, first, last in matcher.get_opcodes():
        inside = range(max(start, mine[0]), min(end, mine[-1] + 1))
        if tag == "equal":
            place += range(first + inside.start - start, first + inside.stop - start) if inside else ()
        elif inside or (tag == "insert" and mine[0] <= start <= mine[-1] + 1):
            place += range(first, last)
            differs = differs or last > first
    if place and differs:
        return cover(theirs, range(min(place), max(place) + 1))
    found = find_conflict(text, span, premise)
    return found.span if found is not None and found.kind in SURE_CONFLICTS else None


def _other_side(ours: Words, mine: range, theirs: Words) -> range | None:
    """Words of the evidence that stand beside the same word as the suspect ones, where each text has both elsewhere.

    Of "the union sued the company" and "the company sued the union": beside "sued" the two have changed places.
    """
    own = _stems(ours, mine)
    if not own or place_of(own, theirs) is None:
        return None
    for after in (True, False):
        rest = range(mine[-1] + 1, len(ours)) if after else range(mine[0] - 1, -1, -1)
        beside = next((ours[index].stem for index in rest if ours[index].counts), None)
        for place in (index for index, word in enumerate(theirs) if beside and word.stem == beside):
            there = _side(theirs, place, after)
            other = _stems(theirs, there)
            moved = bool(other) and not set(other) & set(own)
            if moved and any(place_of(other, part) for part in (ours[: mine[0]], ours[mine[-1] + 1 :])):
                return there
    return None


def _side(words: Words, place: int, after: bool) -> range:
    """The words that count right before (`after`: the suspect words come before it) or behind the one at `place`."""
    step = -1 if after else 1
    index = place + step
    while 0 <= index < len(words) and not words[index].counts:
        index += step
    first = index
    while 0 <= index < len(words) and words[index].counts:
        index += step
    return range(index + 1, first + 1) if after else range(first, index)


def _stems(words: Words, place: range) -> list[str]:
    return [words[index].stem for index in place if words[index].counts]


def shared_ends(text: str, span: Span, premise: str, conflict: Span) -> tuple[int, int]:
    """How many small words stand alike at the beginning, and at the end, of both places; one word is left in each.

    Names and words of content too, where both places have as many words and no amounts: then one stands for another.
    None where more is alike: then something is left out or moved, and what stands beside it shows where.

    >>> shared_ends("the Cover of the Americas", Span(4, 12), "the Summit of the Americas", Span(4, 13))
    (0, 1)
    >>> shared_ends("the Cover of the Americas", Span(4, 25), "the Summit of the Americas", Span(4, 26))
    (0, 3)
    """
    ours, theirs = (
        [word for word in words_of(whole) if word.span.overlaps(part)]
        for whole, part in ((text, span), (premise, conflict))
    )
    exchanged = len(ours) == len(theirs) and not any(word.kind in _AMOUNTS for word in (*ours, *theirs))
    first = last = 0
    most = min(len(ours), len(theirs)) - 1
    while first < most and _is_same(ours[first], theirs[first], any_word=exchanged):
        first += 1
    while last < most - first and _is_same(ours[-1 - last], theirs[-1 - last], any_word=exchanged):
        last += 1
    rest = ({word.norm for word in words[first : len(words) - last]} for words in (ours, theirs))
    return (0, 0) if set.intersection(*rest) else (first, last)


def without_ends(text: str, span: Span, first: int, last: int) -> Span:
    """`span` of `text` without so many words at its beginning and end; raises IndexError where it has no more."""
    words = [word for word in words_of(text) if word.span.overlaps(span)]
    start = words[first].span.start if first else span.start
    return Span(start, words[-1 - last].span.end if last else span.end)


def _is_same(one: Word, other: Word, *, any_word: bool) -> bool:
    """The same small word, or the same name or word of some content."""
    glue = not one.counts and one.norm not in MEANINGFUL_FUNCTION_WORDS
    return one.norm == other.norm and (glue or (any_word and one.kind in (Kind.NAME, Kind.CONTENT)))
