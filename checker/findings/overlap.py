"""chrF (Popović 2015): how many stretches of letters a text has in common with its reference.

It sees nothing of meaning, but of two translations that the model finds equally good the one nearer to the reference is
the likelier right one: a word lost or made more general shows there when it shows nowhere else.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

LONGEST = 6  # characters of a stretch
BETA = 2.0  # how many times recall counts more than precision


def chrf(text: str, reference: str) -> float:
    """F-score in [0, 1] over stretches of 1 to LONGEST characters without white space; 0 where either has none.

    The same figure as sacrebleu's `CHRF` with its defaults, over 100.
    """
    precision = recall = 0.0
    orders = 0
    for ours, theirs in zip(_stretches(text), _stretches(reference), strict=True):
        if ours and theirs:
            common = (ours & theirs).total()
            precision += common / ours.total()
            recall += common / theirs.total()
            orders += 1
    if not precision or not recall:
        return 0.0
    precision, recall = precision / orders, recall / orders
    return (1 + BETA**2) * precision * recall / (BETA**2 * precision + recall)


@lru_cache(maxsize=512)  # one reference is held against several texts
def _stretches(text: str) -> tuple[Counter[str], ...]:
    letters = "".join(text.split())
    return tuple(
        Counter(letters[start : start + order] for start in range(len(letters) - order + 1))
        for order in range(1, LONGEST + 1)
    )
