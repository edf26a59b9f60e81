"""What belongs together in a sentence: a whole name, a whole number or date, a negator with what it denies.

A suspect word is compared, replaced and quoted as part of these, never out of the middle of one.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.document import Span
from checker.findings.lexicon import AUXILIARIES, MODALS
from checker.findings.polarity import is_negator, negator_before
from checker.findings.words import Kind, Word, cover, indices_in, words_of

Words = tuple[Word, ...]

QUANTITY_KINDS = frozenset({Kind.NUMBER, Kind.YEAR, Kind.MONTH, Kind.WEEKDAY, Kind.UNIT})
# Small words that stand inside names: "Summit of the Americas", "Banco de la Nación".
_NAME_GLUE = frozenset({"of", "the", "and", "for", "de", "del", "la", "las", "los", "le", "des", "du", "di", "da", "do",
                        "dos", "von", "van"})  # fmt: skip


def denied(words: Words, place: range) -> bool:
    """True where the words at `place` are denied, by a negator among them or shortly before."""
    inside = sum(is_negator(words[index]) for index in place)
    before = negator_before(words, place[0])
    return (inside + (before is not None)) % 2 == 1


def name_at(words: Words, index: int) -> range:
    """The whole name around the word at `index`: `Summit` → `Summit of the Americas`; the word alone if no name."""
    if words[index].kind is not Kind.NAME:
        return range(index, index + 1)
    first = last = index
    while (before := _next_in_name(words, first, -1)) is not None:
        first = before
    while (after := _next_in_name(words, last, +1)) is not None:
        last = after
    return range(first, last + 1)


def number_at(words: Words, index: int) -> range:
    """The number words in a row around the word at `index`: `3 million`; the word alone where it is no number."""
    if words[index].kind is not Kind.NUMBER:
        return range(index, index + 1)
    first = last = index
    while first > 0 and words[first - 1].kind is Kind.NUMBER:
        first -= 1
    while last + 1 < len(words) and words[last + 1].kind is Kind.NUMBER:
        last += 1
    return range(first, last + 1)


def quantity_run(words: Words, place: range) -> range:
    """The whole date or amount around `place`: `May 23, 2022`."""
    first, last = place[0], place[-1]
    while first > 0 and words[first - 1].kind in QUANTITY_KINDS:
        first -= 1
    while last + 1 < len(words) and words[last + 1].kind in QUANTITY_KINDS:
        last += 1
    return range(first, last + 1)


def names_in(words: Words) -> Iterator[range]:
    """All names, in text order."""
    index = 0
    while index < len(words):
        if words[index].kind is Kind.NAME:
            name = name_at(words, index)
            yield name
            index = name[-1] + 1
        else:
            index += 1


def quoted(premise: str, conflict: Span) -> Span:
    """The conflict as it should be quoted: a name in full, a denial with its verb (`is not justified`)."""
    words = words_of(premise)
    place = indices_in(words, conflict)
    if not place:
        return conflict
    first, last = place[0], place[-1]
    if any(is_negator(words[index]) for index in place):
        while first > 0 and words[first - 1].norm in AUXILIARIES | MODALS:
            first -= 1
    if words[first].kind is Kind.NAME:
        first = name_at(words, first)[0]
    if words[last].kind is Kind.NAME:
        last = name_at(words, last)[-1]
    return cover(words, range(first, last + 1))


def _next_in_name(words: Words, index: int, step: int) -> int | None:
    """The next word of the name in direction `step`, at most two small words away."""
    for distance in (1, 2, 3):
        place = index + step * distance
        if not 0 <= place < len(words):
            return None
        if words[place].kind is Kind.NAME or (words[place].kind is Kind.NUMBER and words[place].text[0].isupper()):
            return place if _touch(words, min(index, place), max(index, place)) else None
        if words[place].norm not in _NAME_GLUE or (words[place].norm == "and" and distance > 1):
            return None
    return None


def _touch(words: Words, first: int, last: int) -> bool:
    """True where at most one code point stands between neighbours: `Brazil, Italy` is two names.

    A possessive ends a name too: `Russia's Putin`.
    """
    for one, two in zip(words[first:last], words[first + 1 : last + 1], strict=True):
        if two.span.start - one.span.end > 1 or len(one.norm) < len(one.text) - one.text.count("."):
            return False
    return True
