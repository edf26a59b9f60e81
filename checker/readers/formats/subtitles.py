"""SRT and WebVTT subtitles: cues are joined to running text, because sentences go on from cue to cue."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.document import PartKind
from checker.errors import UnreadableFileError
from checker.readers.article import Article, Piece, Place, join_pieces
from checker.readers.formats.passages import Passage

_TIME = r"(?:\d{1,3}:)?\d{1,2}:\d\d[.,]\d{1,3}"
_TIMING = re.compile(rf"[ \t]*({_TIME})[ \t]*-->[ \t]*{_TIME}[^\r\n]*")
_SRT_START = re.compile(rf"\s*\d+[ \t]*(?>\r\n?|\n){_TIMING.pattern}")
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n|\Z)")
# Styles ("<i>", "{\an8}") and voices ("<v Anna>") are no text.
_CUE_PART = re.compile(
    r"(?P<style></?[A-Za-z][^<>\r\n]{0,100}>|\{\\[^{}\r\n]{0,60}\}|<\d[\d:.]+>)|(?P<space>\s+)|[^\s<{]+|."
)
_SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’»)\]]*$")
_NEW_SPEAKER = re.compile(r"\s*[-–—]\s?\S")


def recognise(text: str, path: str) -> bool:
    """True where the file begins as SRT or WebVTT do."""
    return text.startswith("WEBVTT") or bool(_SRT_START.match(text[:2_000]))


def read(text: str, language: str | None = None) -> Article:
    """The text of all cues. Raises UnreadableFileError where no cue has text.

    A cue that ends in the middle of a sentence goes on in the next one; after a full stop, and where another person
    speaks, a line begins.
    """
    cues = list(_cues(text))
    if not cues:
        raise UnreadableFileError("no cue of this subtitle file has text; there is nothing to check")
    pieces: list[Piece] = []
    places: list[Place] = []
    position = 0
    for number, cue in enumerate(cues):
        if number:
            line = _SENTENCE_END.search(cues[number - 1].text) or _NEW_SPEAKER.match(cue.text)
            pieces.append(Piece("\n" if line else " ", 0, 0))
            position += 1
        pieces += cue.pieces
        end = position + len(cue.text)
        places.append(Place(position, end, cue.locator))
        position = end
    joined, runs = join_pieces(pieces)
    return Article(joined, None, runs, places=tuple(places))


def _cues(text: str) -> Iterator[Passage]:
    """Each cue with text; its locator has its number and when it begins."""
    passage: Passage | None = None
    number = 0
    for match in _LINE.finditer(text):
        line = match.group().rstrip("\r\n")
        timing = _TIMING.match(line)
        if timing or not line.strip():
            if passage is not None and passage.pieces:
                passage.trim()
                yield passage
            passage = None
        if timing:
            number += 1
            passage = Passage(PartKind.BODY, locator=f"cue {number} at {timing[1]}")
        elif passage is not None and line.strip():
            passage.add(_pieces(text, match.start(), match.end()))
    if passage is not None and passage.pieces:
        passage.trim()
        yield passage


def _pieces(text: str, start: int, end: int) -> Iterator[Piece]:
    for match in _CUE_PART.finditer(text, start, end):
        if not match["style"]:
            yield Piece(" " if match["space"] else match.group(), match.start(), match.end())
