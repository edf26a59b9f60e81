"""Passages: the paragraphs, headlines and captions that a reader found, put together into one article.

A reader only says what a passage is and where its characters stand; the order of the parts, the blank lines between
them and what is left out as a repetition are the same for every format.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from checker.document import Part, PartKind, Span
from checker.readers.article import Article, Piece, Place, join_pieces
from checker.readers.blocks import trimmed

_BREAK = Piece("\n\n", 0, 0)
_NOT_KEY = re.compile(r"[\W_]+")
# What wires put under an article: "ends", "-30-", "(©NTB)", "==Kyodo", "(SDA/sj)".
_END_MARK = re.compile(
    r"(?:ends?|-+\s*30\s*-+|m[ft]l|\(?©.{0,60}|==\s?\w{2,20}|\([A-Z]{2,5}\\?/[a-z/\\]{1,12}\)|[A-Z]{2,5}\s?/\s?[a-z]{2,5})"
    r"[.)\s]*",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]")
# "+++ Hessen;Deutschland; +++", "*** THIS IS AN AUTOMATED TRANSLATION ***": words to the desk.
_KEYWORDS = re.compile(r"\+{3} [^+\n]* \+{3}|\*{3} [^*\n]* \*{3}")
_STARRED_END = re.compile(r"\s*\*{3} [^*\n]{2,60} \*{3}\Z")
# An agency that signs behind the last sentence, as it did before the first: "… (EFE).- … ejemplares. EFE".
_SIGNED_START = re.compile(r"[^()\n]{2,60}\(([A-Z]{2,8})\)")
_SIGNED_END = re.compile(r"(?<=[.!?”\"»])\s+([A-Z]{2,8})\Z")
# "GROSSETO, Italy (AP) -- …", "Nueva Delhi, 21 ene (EFE).- …", "SAITAMA, Japan, Dec. 9 Kyodo - …".
_DATELINE = re.compile(
    r"(?P<place>[^\W\d_][^.()\n]{1,59}?)(?:,?\s(?P<day>\d{1,2}\.?\s[^\W\d]{3,9}\.?|[^\W\d]{3,9}\.?\s\d{1,2}),?)?"
    r"\s{0,2}(?:\([\w/\s.-]{2,20}\)|(?(day)[A-Z]\w{1,11}|(?!)))\s{0,3}[-–—.\w]"
)
_LONGEST_DATELINE = 120
_SPARE = 10  # characters by which punctuation may make a repetition longer
_SAID_ONCE = frozenset({PartKind.HEADLINE, PartKind.SUMMARY, PartKind.CAPTION})
_ORDER = (PartKind.HEADLINE, PartKind.SUMMARY, PartKind.BODY, PartKind.UNIT, PartKind.CAPTION, PartKind.NOTE)


@dataclass(slots=True)
class Passage:
    """One paragraph, headline, caption, unit or note; `locator` names its place in the file.

    `stretches` are named parts of it, with the offsets in the file at which they begin: the runs of a Word document.
    """

    kind: PartKind
    pieces: list[Piece] = field(default_factory=list)
    locator: str = ""
    stretches: list[tuple[int, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        pieces = self.pieces
        return pieces[0][0] if len(pieces) == 1 else "".join([piece[0] for piece in pieces])

    def add(self, pieces: Iterable[Piece]) -> None:
        """Appends text; white space at the beginning and after white space is left out."""
        kept = self.pieces
        for piece in pieces:
            text = piece[0]
            if text[0] == " " and (not kept or kept[-1][0][-1] in " \n"):
                if len(text) == 1:
                    continue
                piece = piece.cut(1, 0)
            kept.append(piece)

    def trim(self) -> None:
        """Takes white space off both ends, no-break spaces too."""
        pieces = self.pieces
        if len(pieces) > 1 or (pieces and pieces[0].text.isspace()):
            pieces = trimmed(pieces)
        if pieces and pieces[0].text[:1].isspace():
            pieces[0] = pieces[0].cut(len(pieces[0].text) - len(pieces[0].text.lstrip()), 0)
        if pieces and pieces[-1].text[-1:].isspace():
            pieces[-1] = pieces[-1].cut(0, len(pieces[-1].text) - len(pieces[-1].text.rstrip()))
        self.pieces = pieces

    def cut_end(self, length: int) -> None:
        """Takes the last `length` characters off."""
        while length and self.pieces:
            last = self.pieces.pop()
            if len(last.text) > length:
                self.pieces.append(last.cut(0, length))
            length -= min(length, len(last.text))


def key(text: str) -> str:
    """Letters and digits alone, to tell whether two passages say the same."""
    return _NOT_KEY.sub("", text.casefold())


def assemble(
    passages: Sequence[Passage],
    *,
    title: str | None = None,
    byline: str | None = None,
    dateline: str | None = None,
    published: datetime | None = None,
    language: str | None = None,
    notes: Sequence[str] = (),
    omitted: Sequence[str] = (),
) -> Article:
    """The article of all passages: headline, summary, body, captions, each a part, with blank lines between.

    Left out are repetitions of the headline, summaries that are only the beginning of the body, and marks of the end.
    The title is that of the headline where there is one.
    """
    kept = sorted(_without_repetition(_without_marks(passages)), key=lambda passage: _ORDER.index(passage.kind))
    text, runs = join_pieces(_joined(kept))
    parts, places = _parts_and_places(kept)
    headline = next((passage.text for passage in kept if passage.kind is PartKind.HEADLINE), None)
    return Article(
        text=text,
        title=headline or title,
        runs=runs,
        parts=parts,
        places=places,
        byline=byline,
        dateline=_place(dateline) or _dateline(kept),
        published=published,
        language=language,
        notes=tuple(notes),
        omitted=tuple(omitted),
    )


def _joined(passages: Sequence[Passage]) -> Iterator[Piece]:
    for number, passage in enumerate(passages):
        if number:
            yield _BREAK
        yield from passage.pieces


def _parts_and_places(passages: Sequence[Passage]) -> tuple[tuple[Part, ...], tuple[Place, ...]]:
    """Neighbouring passages of the body are one part; every other passage is a part of its own."""
    parts: list[Part] = []
    places: list[Place] = []
    position = body_start = 0
    for number, passage in enumerate(passages):
        end = position + sum([len(piece[0]) for piece in passage.pieces])
        span = Span(position, end)
        if passage.stretches:
            places += _stretches(passage, position)
        else:
            places.append(Place(span, passage.locator))
        if passage.kind is not PartKind.BODY:
            parts.append(Part(passage.kind, span))
        else:
            if not number or passages[number - 1].kind is not PartKind.BODY:
                body_start = position
            if number + 1 == len(passages) or passages[number + 1].kind is not PartKind.BODY:
                parts.append(Part(PartKind.BODY, Span(body_start, end)))
        position = end + len(_BREAK.text)
    return tuple(parts), tuple(places)


def _stretches(passage: Passage, start: int) -> Iterator[Place]:
    """The places of a passage's stretches that hold text, which begin at `start` of the article."""
    begins = [offset for offset, _ in passage.stretches]
    name, position = "", start
    for piece in passage.pieces:
        found = passage.stretches[max(bisect_right(begins, piece.file_start) - 1, 0)][1]
        if found != name and name:
            yield Place(Span(start, position), f"{passage.locator}, {name}")
            start = position
        name, position = found, position + len(piece.text)
    yield Place(Span(start, position), f"{passage.locator}, {name}")


def _without_marks(passages: Sequence[Passage]) -> list[Passage]:
    """Without passages that hold no letter or digit, lines of keywords, and the marks under the last paragraph."""
    kept = [passage for passage in passages if passage.kind is PartKind.UNIT or _says_something(passage.text)]
    for passage in kept:
        if passage.kind is PartKind.HEADLINE and (starred := _STARRED_END.search(passage.text)):
            passage.cut_end(len(starred.group()))
    _cut_signature([passage for passage in kept if passage.kind is PartKind.BODY])
    while len(kept) > 1:
        last = max((n for n, one in enumerate(kept) if one.kind is PartKind.BODY), default=0)
        if last == 0 or not _END_MARK.fullmatch(kept[last].text):
            break
        del kept[last]
    return kept


def _cut_signature(body: Sequence[Passage]) -> None:
    first = _SIGNED_START.match(body[0].text) if body else None
    last = _SIGNED_END.search(body[-1].text) if first else None
    if first and last and first[1] == last[1]:
        body[-1].cut_end(len(last.group()))


def _says_something(text: str) -> bool:
    return text[:1].isalpha() or (bool(_WORD.search(text)) and not _KEYWORDS.fullmatch(text))


def _without_repetition(passages: Sequence[Passage]) -> list[Passage]:
    """Each headline, summary and caption once, and no summary that the body begins with.

    A paragraph of the body that repeats the headline word for word is left out too.
    """
    body = _body_key(passages)
    seen: dict[PartKind, set[str]] = {PartKind.HEADLINE: set(), PartKind.CAPTION: set()}
    longest = 0  # characters of a headline, so that long paragraphs need not be compared
    kept = []
    for passage in passages:
        text = passage.text
        said = key(text) if passage.kind in _SAID_ONCE or len(text) <= longest + _SPARE else None
        repeated = seen[PartKind.CAPTION if passage.kind is PartKind.CAPTION else PartKind.HEADLINE]
        if said is not None and passage.kind is not PartKind.UNIT:
            if said in repeated or (passage.kind is PartKind.SUMMARY and body.startswith(said)):
                continue
            if passage.kind in _SAID_ONCE:
                repeated.add(said)
                longest = max(longest, len(text))
        kept.append(passage)
    return kept


def _body_key(passages: Sequence[Passage]) -> str:
    """The body without its headline, where there is a summary to compare it with."""
    if not any(passage.kind is PartKind.SUMMARY for passage in passages):
        return ""
    body = key(" ".join(passage.text for passage in passages if passage.kind is PartKind.BODY))
    headline = next((key(passage.text) for passage in passages if passage.kind is PartKind.HEADLINE), "")
    return body.removeprefix(headline)


def _place(dateline: str | None) -> str | None:
    """The place alone of "New York (dpa) - "."""
    return (dateline or "").partition("(")[0].strip(" ,-–—") or None


def _dateline(passages: Sequence[Passage]) -> str | None:
    """The place that the first paragraph names before the agency: "GROSSETO, Italy (AP) -- …"."""
    first = next((passage.text for passage in passages if passage.kind is PartKind.BODY), "")
    match = _DATELINE.match(first[:_LONGEST_DATELINE])
    return match["place"].strip(" ,") if match else None
