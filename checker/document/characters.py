"""Characters that are none: JSON can hold half of one, which neither files nor models can be given."""

from __future__ import annotations

import re

_HALF = re.compile("[\ud800-\udfff]")


def has_half_character(text: str) -> bool:
    """True for a text with half a surrogate pair, as a broken escape leaves it: what JSON writes as "\\ud83d"."""
    return _HALF.search(text) is not None
