"""Span, Sentence, Document: offsets first. The text is never changed once a Document exists."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


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


@dataclass(frozen=True, slots=True)
class Document:
    """A text with its sentences.

    `text` is what every offset refers to. `path` and `title` are None where unknown; `language` is an ISO 639-1 code.
    `notes` are things the reader wants the user to know (for example "decoded as windows-1252"). `published` is
    when the file says it appeared.
    """

    id: str
    text: str
    sentences: tuple[Sentence, ...]
    language: str = "en"
    path: str | None = None
    title: str | None = None
    notes: tuple[str, ...] = field(default=())
    published: datetime | None = None

    @property
    def words(self) -> int:
        """Number of white-space separated words."""
        return len(self.text.split())
