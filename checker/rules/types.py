"""What a rule gets to read and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from checker.document import Document, Sentence, Span
from checker.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a text in one language; `start` is its place in the whole text."""

    text: str
    start: int
    language: str


@dataclass(frozen=True)
class Counterpart:
    """A sentence of the document (or several that belong together) and what it translates.

    `evidence.text` is the source's passage, so spans in it are spans in `there.text`. `around` is the source's text
    with a sentence more on either side: what stands there was not lost, a translator only moved it. `here_around` is
    the same of the document.
    """

    sentences: tuple[Sentence, ...]
    here: Passage
    there: Passage
    evidence: Evidence
    around: str
    here_around: str


@dataclass(frozen=True, slots=True)
class Unpaired:
    """A sentence of the document or of the source without a counterpart, where both texts have one around it.

    `span` is the place in the document: the sentence itself, or the last word before what is missing (the first word of
    the document where nothing is before). `evidence` has the source's sentence, or its sentences around the place.
    Where it is not `sure`, a neighbour's counterpart may hold it.
    """

    span: Span
    text: str
    evidence: Evidence
    sure: bool = True


@dataclass(frozen=True)
class Material:
    """All that the rules may read: the document, its counterparts in the source, and a glossary.

    `counterparts` is empty without a source, or where it is in a language that the rules do not read; `left_out` are
    sentences of the source that the document lacks, `added` sentences of the document that the source lacks, both
    empty where too many are to be slips. `published` is the day that "yesterday" is counted from: the source's, else
    the document's. `origin` is the language of the source, two letters, None without one.
    """

    document: Document
    counterparts: tuple[Counterpart, ...] = ()
    glossary: tuple[Term, ...] = ()
    published: date | None = None
    origin: str | None = None
    left_out: tuple[Unpaired, ...] = ()
    added: tuple[Unpaired, ...] = ()

    @cached_property
    def language(self) -> str:
        """Language of the document, two letters."""
        return self.document.language[:2]


@dataclass(frozen=True, slots=True)
class Term:
    """A row of a glossary. `preferred` is what to write; `forbidden` is what not to write.

    With `source` the term holds only where the source has that word; `row` says where it was read. `loaded` words take
    sides, and are right only where the source has one of the `justified`.
    """

    preferred: tuple[str, ...]
    forbidden: tuple[str, ...] = ()
    source: str | None = None
    row: str = ""
    loaded: tuple[str, ...] = ()
    justified: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleCandidate:
    """Suspect words by one rule: `span` in the document, `conflict` in `evidence.text`.

    `sentence` is the index of the sentence that the words start in. `message` is one sentence for the editor. A rule
    whose alarms differ may give each its `confidence` and `severity`; None stands for the rule's and the category's.
    """

    rule: str
    sentence: int
    span: Span
    category: str
    message: str
    evidence: Evidence
    conflict: Span | None = None
    suggestions: tuple[str, ...] = ()
    confidence: float | None = None
    severity: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One exact check. `explanation` is its documentation; `normally_on` is False where it has to be asked for."""

    id: str
    summary: str
    explanation: str
    find: Callable[[Material], Iterator[RuleCandidate]] = field(repr=False)
    normally_on: bool = True
    needs_source: bool = False
