"""What exact rules say beside the model, which does not count: amounts that are equal, and what surely differs.

Where the suspect words are an amount, and the words that are said to contradict them are the same amount ("1.3bn" and
"1,300 million", "62 miles" and "100 km") or allowed by it ("almost three million", 2.8 million), the suspicion is
withdrawn. And where a fact says the sentence, a figure,
date or country that it has otherwise is suspect whatever the model makes of the words; whether it does say the
sentence, or merely speaks of the same matters, is for the model to tell.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from checker.document import Document, Sentence, Span
from checker.evidence.translation import Bead
from checker.rules import countries, dates, measures, numbers, relative_dates
from checker.rules.counterparts import aligned_counterparts
from checker.rules.quantities import Quantity, comparable, converted, read_quantities, same_quantity
from checker.rules.quantities.bounded import allows
from checker.rules.types import Material

_WORD = re.compile(r"[^\W_]+")
# Beside an amount these change nothing; "more than" and "at least" do, and may be what is contradicted.
_BESIDE_AMOUNTS = frozenset("a an the of about around nearly almost some roughly approximately just".split())

# Those that compare two texts word by word; what a text lacks or has besides is no difference here. Not `names`: two
# spellings of one foreign name are no error beside a fact, and are most of what it would find.
_RULES = (numbers.RULE, measures.RULE, dates.RULE, relative_dates.RULE, countries.RULE)
_ENGLISH = "en"


class Difference(NamedTuple):
    """Words of a sentence that evidence has otherwise, with the place there; see `exact_differences`."""

    span: Span
    conflict: Span | None


@lru_cache(maxsize=4096)
def exact_differences(text: str, premise: str) -> tuple[Difference, ...]:
    """Figures, dates and countries of the sentence `text` that `premise` has otherwise, as rules read them.

    In text order, without overlaps. English on both sides, taken for two tellings of one thing.
    """
    document, source = _alone(text), _alone(premise)
    pair = aligned_counterparts(document, source, [Bead(0, 0, 0, 0, 1.0)])
    material = Material(document, tuple(pair), origin=_ENGLISH)
    found: list[Difference] = []
    for rule in _RULES:
        for candidate in rule.find(material):
            if not any(candidate.span.overlaps(known.span) for known in found):
                found.append(Difference(candidate.span, candidate.conflict))
    return tuple(sorted(found, key=lambda difference: difference.span))


def _alone(text: str) -> Document:
    """A text of one sentence."""
    return Document("sentence", text, (Sentence(0, Span(0, len(text)), text),), language=_ENGLISH)


def is_same_amount(text: str, span: Span, premise: str, conflict: Span | None) -> bool:
    """True where `span` of `text` holds nothing but amounts, and each equals or allows one in `conflict` of `premise`.

    Without a conflict the premise must have one amount only, for which of several is meant nobody knows. English on
    both sides.
    """
    ours = [quantity for quantity in read_quantities(text, "en") if quantity.core.overlaps(span)]
    if not ours or _other_words(text, span, ours):
        return False
    where = conflict or Span(0, len(premise))
    theirs = [quantity for quantity in read_quantities(premise, "en") if quantity.core.overlaps(where)]
    if conflict is None and sum(not quantity.weak for quantity in theirs) != 1:
        return False
    return all(
        any(
            _units_agree(mine, other)
            and (same_quantity(mine, other) or allows(premise, other, mine) or allows(text, mine, other))
            for other in theirs
        )
        for mine in ours
    )


def _other_words(text: str, span: Span, quantities: list[Quantity]) -> bool:
    """True where a word of the span belongs to no amount and means something."""
    inside = (Span(*match.span()) for match in _WORD.finditer(text, span.start, span.end))
    return any(
        not any(word.overlaps(quantity.span) for quantity in quantities)
        and word.of(text).casefold() not in _BESIDE_AMOUNTS
        for word in inside
    )


def _units_agree(one: Quantity, other: Quantity) -> bool:
    if one.unit is None or other.unit is None or one.unit == other.unit:
        return True
    return comparable(one.unit, other.unit) and converted(one, other)
