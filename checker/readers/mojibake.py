"""Finds text that was decoded wrongly before it reached us: "Ã©" for "é", "â€™" for "’", or U+FFFD.

The text is left as it is (its offsets must match the file); the reader adds a note, so that nobody takes the damage for
a fault of the translation.
"""

from __future__ import annotations

import re

# A lead byte of UTF-8 read as windows-1252 or latin-1, then one to three bytes beyond ASCII read likewise.
_TRAIL = "\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_SUSPECT = re.compile(rf"[Â-ß][{_TRAIL}]|[à-ï][{_TRAIL}]{{2}}|[ð-ô][{_TRAIL}]{{3}}")

# What such a sequence stands for in news copy; "É»" would give "ɻ", which nobody meant.
_MEANT = re.compile(
    r"[\u00a0-\u017f\u0218-\u021b\u0386-\u03ce\u0401-\u0458\u2010-\u203a\u20ac\u2116\u2122]"
    r"|[\U0001f300-\U0001faff]"
)


def damage_notes(text: str) -> tuple[str, ...]:
    """One line for each kind of damage that an earlier conversion left in `text`; none for sound text."""
    if text.isascii():
        return ()
    notes = []
    broken = [match.group() for match in _SUSPECT.finditer(text) if _repaired(match.group()) is not None]
    if broken:
        places = "1 place" if len(broken) == 1 else f"{len(broken)} places"
        notes.append(
            f"warning: wrongly decoded before it was saved, in {places} "
            f"(“{broken[0]}” should be “{_repaired(broken[0])}”); get a clean copy"
        )
    lost = text.count("\ufffd")
    if lost:
        places = "1 character" if lost == 1 else f"{lost} characters"
        notes.append(f"warning: {places} lost in an earlier conversion (shown as \ufffd); get a clean copy")
    return tuple(notes)


def _repaired(characters: str) -> str | None:
    """The character that the sequence stands for, None where it is none that copy has."""
    try:
        meant = b"".join(_byte(character) for character in characters).decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return None
    return meant if _MEANT.fullmatch(meant) else None


def _byte(character: str) -> bytes:
    return character.encode("latin-1") if character <= "\xff" else character.encode("cp1252")
