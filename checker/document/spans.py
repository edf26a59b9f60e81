"""Span, Sentence, Part, Document: offsets first. The text is never changed once a Document exists."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range of Unicode code points, `0 <= start <= end`."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"span {self.start}:{self.end} is not a range")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The slice of `text` that this span covers."""
        return text[self.start : self.end]

    def shift(self, offset: int) -> Span:
        """The same span seen from a text that has `offset` more code points in front."""
        return Span(self.start + offset, self.end + offset)

    def overlaps(self, other: Span) -> bool:
        """True where the two share at least one code point."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a document; `text == document.text[span.start:span.end]`, without surrounding white space."""

    index: int
    span: Span
    text: str


class PartKind(StrEnum):
    """What a stretch of a document is; each is cut into sentences by itself.

    UNIT is one segment of a bitext file, NOTE a footnote or endnote.
    """

    HEADLINE = "headline"
    SUMMARY = "summary"
    BODY = "body"
    CAPTION = "caption"
    UNIT = "unit"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a document; parts ascend, do not overlap, and white space alone lies between them."""

    kind: PartKind
    span: Span


@dataclass(frozen=True, slots=True)
class SourceUnit:
    """The original `text` of what stands at `span` of the translation; `id` is the unit's own in its file."""

    id: str
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class AlignedSource:
    """The original of a document, unit by unit, as a bitext file or a person aligned it.

    `units` ascend by span and do not overlap; a stretch of the document may have none. `language` is an ISO 639-1 code.
    """

    units: tuple[SourceUnit, ...]
    language: str
    path: str | None = None

    def unit_at(self, span: Span) -> SourceUnit | None:
        """The unit in which `span` of the document lies whole, None where there is none."""
        place = bisect_right(self.units, span.start, key=lambda unit: unit.span.start) - 1
        return self.units[place] if place >= 0 and span.end <= self.units[place].span.end else None


@dataclass(frozen=True, slots=True)
class Document:
    """A text with its sentences.

    `text` is what every offset refers to. `path` and `title` are None where unknown; `language` is an ISO 639-1 code.
    `notes` are things the reader wants the user to know (for example "decoded as windows-1252").
    `parts` are empty where nothing but one body is known; `byline`, `dateline` and `published` are what the file says.
    `source` is the original where the file itself holds it. `omitted` names what of the file could not be checked.
    """

    id: str
    text: str
    sentences: tuple[Sentence, ...]
    language: str = "en"
    path: str | None = None
    title: str | None = None
    notes: tuple[str, ...] = field(default=())
    parts: tuple[Part, ...] = field(default=())
    byline: str | None = None
    dateline: str | None = None
    published: datetime | None = None
    source: AlignedSource | None = None
    omitted: tuple[str, ...] = field(default=())

    @property
    def words(self) -> int:
        """Number of white-space separated words."""
        return len(self.text.split())

    def part_at(self, span: Span) -> Part | None:
        """The part in which `span` begins, None where the document has no parts or none there."""
        place = bisect_right(self.parts, span.start, key=lambda part: part.span.start) - 1
        return self.parts[place] if place >= 0 and span.start < self.parts[place].span.end else None

    def to_frame(self) -> pandas.DataFrame:
        """Its sentences as a pandas frame: sentence, start, end, part, text. Raises CheckerError without pandas."""
        from checker.frames import as_pandas

        parts = [self.part_at(sentence.span) for sentence in self.sentences]
        rows: list[tuple[object, ...]] = [
            (one.index, one.span.start, one.span.end, part.kind.value if part else None, one.text)
            for one, part in zip(self.sentences, parts, strict=True)
        ]
        return as_pandas(rows, {"sentence": int, "start": int, "end": int, "part": str, "text": str})
