"""Half characters: the lone surrogates that a broken Unicode escape leaves behind, and that no encoding can write."""

from __future__ import annotations

import re

from checker.document.spans import AlignedSource, Document

_HALF = re.compile("[\ud800-\udfff]")


def has_half_character(text: str) -> bool:
    """True for a text with half a surrogate pair, as a broken escape leaves it: what JSON writes as "\\ud83d"."""
    return _HALF.search(text) is not None


def holds_half_character(given: Document | AlignedSource) -> bool:
    """True for a document, or an original unit by unit, with such a text."""
    texts = [given.text] if isinstance(given, Document) else [unit.text for unit in given.units]
    return any(map(has_half_character, texts))


def without_halves(text: str) -> str:
    """`text` with U+FFFD in the place of each half character, so that offsets stay what they are."""
    return _HALF.sub("\ufffd", text)
