"""Offsets of other programs: Java, JavaScript and most editors count UTF-16 code units, Python counts code points.

They differ behind every character beyond U+FFFF, such as an emoji, which is two units and one code point.
"""

from __future__ import annotations

import re
from bisect import bisect_left

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


class CodeUnits:
    """The UTF-16 code units of `text`."""

    def __init__(self, text: str) -> None:
        self._astral = [match.start() for match in _ASTRAL.finditer(text)]

    def unit(self, code_point: int) -> int:
        """The unit at which the code point begins; the length of the text gives that in units."""
        return code_point + bisect_left(self._astral, code_point)
