"""What exact rules say of the model's suspicions: an amount that its evidence has too is no contradiction.

The model does not count. Where the suspect words are an amount, and the words that are said to contradict them are the
same amount ("1.3bn" and "1,300 million", "62 miles" and "100 km"), the suspicion is withdrawn.
"""

from __future__ import annotations

import re

from checker.document import Span
from checker.rules.quantities import Quantity, comparable, converted, read_quantities, same_quantity

_WORD = re.compile(r"[^\W_]+")
# Beside an amount these change nothing; "more than" and "at least" do, and may be what is contradicted.
_BESIDE_AMOUNTS = frozenset("a an the of about around nearly almost some roughly approximately just".split())


def is_same_amount(text: str, span: Span, premise: str, conflict: Span | None) -> bool:
    """True where `span` of `text` holds nothing but amounts, and each equals one in `conflict` of `premise`.

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
    return all(any(same_quantity(mine, other) and _units_agree(mine, other) for other in theirs) for mine in ours)


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
