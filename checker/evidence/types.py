"""Fact and Evidence: the words for what a sentence is held against."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from checker.document import Span
from checker.document.language import DEFAULT_LANGUAGE as ENGLISH
from checker.errors import UsageError
from checker.evidence.days import day_of

RESTATED = "restated"
RETOLD = "retold"
ORIGINAL = "original"


class EvidenceKind(StrEnum):
    """Where evidence comes from; `LANGUAGE` means that no evidence is needed."""

    FACT = "fact"
    SOURCE = "source"
    ARTICLE = "article"
    LANGUAGE = "language"


class Relation(StrEnum):
    """How a premise relates to the sentence; the model is told which.

    REFERENCE says the same in other words, so what differs is suspect. CONTEXT speaks of the same matters, so only what
    it contradicts is suspect. LANGUAGE has no premise.
    """

    REFERENCE = "reference"
    CONTEXT = "context"
    LANGUAGE = "language"


class FactStatus(StrEnum):
    """Whether the newsroom stands by a fact. Only active facts are evidence; the others are kept and can be listed."""

    ACTIVE = "active"
    DISPUTED = "disputed"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Fact:
    """A reference fact.

    `origin` says where it comes from (file and line, URL), `place` where in it, in code points of its text. The dates
    bound its validity, inclusive; points in time and texts such as "2022-05-23" become dates, the name of a status its
    status, a list of tags a tuple, and no tags (None, NaN) an empty one. `added_by` and `added_at` (UTC) are filled in
    by a store. Raises UsageError for what is none of these.
    """

    id: str
    text: str
    language: str = "en"
    origin: str | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    tags: tuple[str, ...] = ()
    status: FactStatus = FactStatus.ACTIVE
    place: Span | None = None
    added_by: str | None = None
    added_at: datetime | None = None

    def __post_init__(self) -> None:
        for name in ("id", "text"):
            if not isinstance(getattr(self, name), str):
                raise UsageError(f"the {name} of a fact is of type {type(getattr(self, name)).__name__}; give a text")
        for name in ("valid_from", "valid_until"):
            object.__setattr__(self, name, day_of(getattr(self, name), name))
        object.__setattr__(self, "tags", _tags_of(self.tags))
        object.__setattr__(self, "status", _status_of(self.status))


def _tags_of(given: object) -> tuple[str, ...]:
    if given is None or (isinstance(given, float) and given != given):  # as `day_of`: what a data frame lacks
        return ()
    if isinstance(given, str):
        raise UsageError(f"tags is one text; give a list of them, as ({given!r},)")
    tags = tuple(given) if isinstance(given, Iterable) else (given,)
    for tag in tags:
        if not isinstance(tag, str):
            raise UsageError(f"tags has {tag!r}, which is no text; give a list of texts")
    return tags


def _status_of(value: str) -> FactStatus:
    try:
        return FactStatus(value)
    except ValueError:
        raise UsageError(f"status is {value!r}; give {', '.join(FactStatus)}") from None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A piece of text selected for one sentence.

    `span` is its place in the document for article evidence, None otherwise. `relevance` in [0, 1] ranks it. The dates
    are those of a fact. `joined` are the facts that the text was made of, in order, where it was made of several.
    `retells` marks context that may say the sentence in other words: the model is asked both questions about it.
    `among` is of how many facts a fact was chosen: of many one is near that has nothing to do with the sentence.
    `language` is the text's; a source in another language than English is read by the model of originals.
    """

    kind: EvidenceKind
    id: str
    text: str
    relevance: float
    relation: Relation = Relation.CONTEXT
    span: Span | None = None
    origin: str | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    joined: tuple[Evidence, ...] = ()
    retells: bool = False
    among: int = 1
    language: str = ENGLISH

    @property
    def questions(self) -> tuple[Relation, ...]:
        """What the model is asked about it, in this order."""
        return (self.relation, Relation.REFERENCE) if self.retells else (self.relation,)

    @property
    def role(self) -> str:
        """What calibration calls it: its kind, but for a fact that says the sentence, in its words or in others, and
        for a source in another language."""
        if self.language != ENGLISH:
            return ORIGINAL
        if self.kind is EvidenceKind.FACT and self.relation is Relation.REFERENCE:
            return RESTATED
        return RETOLD if self.retells else self.kind.value


def source_evidence(place: str, text: str, relevance: float, origin: str | None, language: str = ENGLISH) -> Evidence:
    """A passage of the source; `place` says which, by sentence ("3", "3-4": see `sentence_range`) or unit."""
    return Evidence(
        EvidenceKind.SOURCE, f"source:{place}", text, relevance, Relation.REFERENCE, origin=origin, language=language
    )


def sentence_range(first: int, last: int) -> str:
    """Sentences `first` to `last`, both included, as the id of a passage has them: "3", "3-4"."""
    return str(first) if first == last else f"{first}-{last}"
