"""The text between the tags of HTML: entities decoded, white space joined, each piece with its place."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from checker.readers.article import Piece, is_plain, pieces_between

_ENTITY = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,8}|[A-Za-z][A-Za-z0-9]{1,31});?")
_ENTITIES = re.compile(rf"({_ENTITY.pattern}|&)")
_TEXT_PART = re.compile(
    r"(?P<space>[ \t\n\r\f\v]+)"
    rf"|(?P<entity>{_ENTITY.pattern})"
    # Soft hyphens and zero-width spaces are no letters of the word; other control characters are debris.
    r"|(?P<dropped>[\u00ad\u200b\ufeff\x00-\x08\x0e-\x1f\x7f]+)"
    r"|(?P<plain>[^ \t\n\r\f\v&\u00ad\u200b\ufeff\x00-\x08\x0e-\x1f\x7f]+"
    r"(?: [^ \t\n\r\f\v&\u00ad\u200b\ufeff\x00-\x08\x0e-\x1f\x7f]+)*|&)"
)
_CONTROLS = "\x00\x01\x02\x03\x04\x05\x06\x07\x08\x7f" + "".join(map(chr, range(0x0E, 0x20)))
_DROPPED_CHARACTERS = frozenset("\u00ad\u200b\ufeff\ufffd\x00")


def is_printable(html: str) -> bool:
    """True where a whole page is without control characters other than white space."""
    return not any(control in html for control in _CONTROLS)


def text_pieces(
    html: str, start: int, end: int, *, keep_space: bool = False, printable: bool = False
) -> Iterable[Piece]:
    """Decoded pieces of `html[start:end]`, runs of white space as one space (line breaks kept in a `<pre>`).

    `printable` says that no control characters are to be looked for.
    """
    content = html[start:end]
    if not is_plain(content) or not (printable or content.isprintable()):
        return _all_pieces(html, start, end, keep_space=keep_space)
    if "&" not in content:
        return (Piece(content, start, end),) if content else ()
    return pieces_between(_ENTITIES.split(content), start, _decoded)


def _all_pieces(html: str, start: int, end: int, *, keep_space: bool) -> Iterator[Piece]:
    for match in _TEXT_PART.finditer(html, start, end):
        found = match.group()
        if match.lastgroup == "space":
            yield Piece(_kept_space(found) if keep_space else " ", match.start(), match.end())
        elif match.lastgroup == "entity":
            decoded = _decoded(found)
            if decoded:
                yield Piece(decoded, match.start(), match.end())
        elif match.lastgroup == "plain":
            yield Piece(found, match.start(), match.end())


@lru_cache(maxsize=1_024)
def _decoded(entity: str) -> str:
    return "".join(char for char in entities.unescape(entity) if char not in _DROPPED_CHARACTERS)


def _kept_space(space: str) -> str:
    return re.sub(r"\r\n?|\f|\v", "\n", space).expandtabs(4)


def trimmed(pieces: list[Piece]) -> list[Piece]:
    """Pieces without white space at both ends, and without spaces before line breaks."""
    if pieces and not (pieces[0][0][0].isspace() or pieces[-1][0][-1].isspace() or "\n" in [one[0] for one in pieces]):
        return pieces
    kept: list[Piece] = []
    for piece in pieces:
        if piece.text == "\n" and kept and kept[-1].text[-1:] == " ":
            last = kept.pop()
            if len(last.text) > 1:
                kept.append(last.cut(0, 1))
        kept.append(piece)
    while kept and kept[-1].text.isspace():
        kept.pop()
    while kept and kept[0].text.isspace():
        kept.pop(0)
    if kept and kept[-1].text[-1] == " ":
        kept[-1] = kept[-1].cut(0, 1)
    if kept and kept[0].text[0] == " ":
        kept[0] = kept[0].cut(1, 0)
    return kept
