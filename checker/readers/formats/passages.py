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
from itertools import groupby

from checker.document import Part, PartKind, Span
from checker.readers.article import Article, LateRuns, Piece, Place, Run, join_runs, outward
from checker.readers.html_text import trimmed

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
_MOST_FOLDED = 3  # letters that one letter may become in `casefold`
_SPARE = 10  # characters by which punctuation may make a repetition longer
_SAID_ONCE = (PartKind.HEADLINE, PartKind.SUMMARY, PartKind.CAPTION)  # a tuple: enum members hash slowly
_ORDER = (PartKind.HEADLINE, PartKind.SUMMARY, PartKind.BODY, PartKind.UNIT, PartKind.CAPTION, PartKind.NOTE)


@dataclass(slots=True)
class Passage:
    """One paragraph, headline, caption, unit or note; `locator` names its place in the file.

    `stretches` are named parts of it, with the offsets in the file at which they begin: the runs of a Word document.
    Where `within` is given, pieces stand in a text that was taken out of the file, and `within` leads out of that text.
    """

    kind: PartKind
    pieces: list[Piece] = field(default_factory=list)
    locator: str = ""
    stretches: Sequence[tuple[int, str]] = ()
    within: Sequence[Run] | None = None

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
        """Takes white space off both ends, no-break spaces too, and what stands before a line break."""
        pieces = self.pieces
        self.pieces = trimmed(pieces)
        if self.pieces is pieces:  # nothing to do, as nearly always
            return
        pieces = self.pieces
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


_Told = tuple[Passage, str]  # with its text, which takes a while to put together


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
    every = _without_repetition(_without_marks(passages))
    kept = [each for kind in _ORDER for each in every if each[0].kind is kind]
    parts, places = _parts_and_places(kept)
    headline = next((text for passage, text in kept if passage.kind is PartKind.HEADLINE), None)
    return Article(
        text=_BREAK.text.join([text for _, text in kept]),
        title=headline or title,
        runs=LateRuns(lambda: tuple(_runs(kept))),
        parts=parts,
        places=places,
        byline=byline,
        dateline=_place(dateline) or _dateline(kept),
        published=published,
        language=language,
        notes=tuple(notes),
        omitted=tuple(omitted),
    )


def _runs(kept: Iterable[_Told]) -> Iterator[Run]:
    """The way from all passages to the file; neighbours that were taken out of one text of it are led on together."""
    position = 0
    for _, group in groupby(kept, key=lambda told: id(told[0].within)):
        neighbours = list(group)
        within = neighbours[0][0].within
        runs = join_runs((piece for passage, _ in neighbours for piece in (*passage.pieces, _BREAK)), position)
        yield from runs if within is None else outward(runs, within)
        position += sum(len(text) + len(_BREAK.text) for _, text in neighbours)


def _parts_and_places(kept: Sequence[_Told]) -> tuple[tuple[Part, ...], tuple[Place, ...]]:
    """Neighbouring passages of the body are one part; every other passage is a part of its own."""
    parts: list[Part] = []
    places: list[Place] = []
    position = 0
    body: tuple[int, int] | None = None  # its passages follow one another
    before = 0  # parts before the body
    for passage, text in kept:
        end = position + len(text)
        if passage.stretches:
            places += _stretches(passage, position)
        else:
            places.append(Place(position, end, passage.locator))
        if passage.kind is PartKind.BODY:
            body = (body[0] if body else position, end)
            before = len(parts)
        else:
            parts.append(Part(passage.kind, Span(position, end)))
        position = end + len(_BREAK.text)
    if body:
        parts.insert(before, Part(PartKind.BODY, Span(*body)))
    return tuple(parts), tuple(places)


def _stretches(passage: Passage, start: int) -> Iterator[Place]:
    """The places of a passage's stretches that hold text, which begin at `start` of the article."""
    begins = [offset for offset, _ in passage.stretches]
    name, position = "", start
    for piece in passage.pieces:
        found = passage.stretches[max(bisect_right(begins, piece.file_start) - 1, 0)][1]
        if found != name and name:
            yield Place(start, position, f"{passage.locator}, {name}")
            start = position
        name, position = found, position + len(piece.text)
    yield Place(start, position, f"{passage.locator}, {name}")


def _without_marks(passages: Iterable[Passage]) -> list[_Told]:
    """Without passages that hold no letter or digit, lines of keywords, and the marks under the last paragraph."""
    every = ((passage, passage.text) for passage in passages)
    kept = [told for told in every if told[0].kind is PartKind.UNIT or _says_something(told[1])]
    for number, (passage, text) in enumerate(kept):
        if passage.kind is PartKind.HEADLINE and (starred := _STARRED_END.search(text)):
            kept[number] = _cut_end(passage, len(starred.group()))
    body = [number for number, (passage, _) in enumerate(kept) if passage.kind is PartKind.BODY]
    if body and (signature := _signature(kept[body[0]][1], kept[body[-1]][1])):
        kept[body[-1]] = _cut_end(kept[body[-1]][0], signature)
    while body and body[-1] and _END_MARK.fullmatch(kept[body[-1]][1]):
        del kept[body.pop()]
    return kept


def _cut_end(passage: Passage, length: int) -> _Told:
    passage.cut_end(length)
    return passage, passage.text


def _signature(first: str, last: str) -> int:
    """How many characters at the end of the last paragraph name the agency that the first one names too."""
    begin = _SIGNED_START.match(first)
    end = _SIGNED_END.search(last) if begin else None
    return len(end.group()) if begin and end and begin[1] == end[1] else 0


def _says_something(text: str) -> bool:
    return text[:1].isalpha() or (bool(_WORD.search(text)) and not _KEYWORDS.fullmatch(text))


def _without_repetition(passages: Sequence[_Told]) -> list[_Told]:
    """Each headline, summary and caption once, and no summary that the body begins with.

    A paragraph of the body that repeats the headline word for word is left out too.
    """
    body = _beginning(passages)
    seen: dict[PartKind, set[str]] = {PartKind.HEADLINE: set(), PartKind.CAPTION: set()}
    longest = 0  # characters of a headline, so that long paragraphs need not be compared
    kept = []
    for told in passages:
        kind, text = told[0].kind, told[1]
        once = kind in _SAID_ONCE
        if kind is not PartKind.UNIT and (once or len(text) <= longest + _SPARE):
            said = key(text)
            repeated = seen[PartKind.CAPTION if kind is PartKind.CAPTION else PartKind.HEADLINE]
            if said in repeated or (kind is PartKind.SUMMARY and body.startswith(said)):
                continue
            if once:
                repeated.add(said)
                longest = max(longest, len(text))
        kept.append(told)
    return kept


def _beginning(passages: Sequence[_Told]) -> str:
    """The key of the body's beginning, the headline left out, as long as any summary that is to be compared with it."""
    longest = max((len(text) for passage, text in passages if passage.kind is PartKind.SUMMARY), default=0)
    if not longest:
        return ""
    headline = next((key(text) for passage, text in passages if passage.kind is PartKind.HEADLINE), "")
    enough = len(headline) + _MOST_FOLDED * longest
    begin = ""
    for passage, text in passages:
        if passage.kind is PartKind.BODY and len(begin) < enough:
            begin += key(text)
    return begin.removeprefix(headline)


def _place(dateline: str | None) -> str | None:
    """The place alone of "New York (dpa) - "."""
    return (dateline or "").partition("(")[0].strip(" ,-–—") or None


def _dateline(passages: Iterable[_Told]) -> str | None:
    """The place that the first paragraph names before the agency: "GROSSETO, Italy (AP) -- …"."""
    first = next((text for passage, text in passages if passage.kind is PartKind.BODY), "")
    match = _DATELINE.match(first[:_LONGEST_DATELINE])
    return match["place"].strip(" ,") if match else None
