"""Insertions into decoded text, applied at once, and the way back to the file's own encoding."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from checker.readers import Reading


@dataclass(frozen=True, slots=True)
class Insertion:
    """`text` to be put in front of the character at `position`; of equal positions the one given first comes first."""

    position: int
    text: str


def insert_all(text: str, insertions: Iterable[Insertion]) -> str:
    """`text` with all insertions, whose positions are those of `text` as it is."""
    parts: list[str] = []
    position = 0
    for insertion in sorted(insertions, key=lambda each: each.position):
        parts += (text[position : insertion.position], insertion.text)
        position = insertion.position
    return "".join((*parts, text[position:]))


def encode_like(original: bytes, text: str, reading: Reading, *, markup: bool) -> bytes:
    """`text` in the encoding of the file `original`, with its byte order mark.

    A character that the encoding lacks becomes a character reference in `markup` and is written out elsewhere.
    """
    errors = "xmlcharrefreplace" if markup else "namereplace"
    return original[: reading.mark_length] + text.encode(reading.encoding, errors)
