"""What a check is given, made sure of: the article, its original, the day and the facts that count on it.

Notebooks hand over whatever they have. What cannot be read as it is meant is refused here, in one line and before any
work: facts in one text would be read letter by letter, and real errors vanish.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from checker.document import AlignedSource, Document, foreign_language, make_document
from checker.document.language import UNKNOWN
from checker.errors import UsageError
from checker.evidence import READABLE, Fact, FactStore, StoreView, combined_hash, fact_digest, is_usable
from checker.evidence.days import day_of
from checker.evidence.fact_fields import BadFactError, checked_days, items_of

_WANTED = "a list of texts or Facts ([text] for one), a FactStore, or load_facts(path).facts"


class KnownFacts(NamedTuple):
    """The facts that count on one day, given one by one and in stores; `dated` where another day may have others.

    `unusable` is how many given one by one do not count on it.
    """

    facts: list[Fact]
    stores: list[StoreView]
    dated: bool
    unusable: int

    def why_none(self, day: date) -> str | None:
        """Why none of the facts given counts on `day`; None where one may, or none was given."""
        if self.facts or self.stores or not self.unusable:
            return None
        what = "the only fact given does" if self.unusable == 1 else f"the {self.unusable} facts given do"
        return f"{what} not count on {day.isoformat()}, by validity or status; another day is asked for with as_of"

    def hash(self) -> str | None:
        """One hash for all of them, wherever they lie; None where there is none."""
        digests = [fact_digest(fact) for fact in self.facts]
        for store in self.stores:
            digests += store.digests()
        return combined_hash(digests) if digests or self.stores else None


def given_document(document: Document | str, language: str | None) -> Document:
    """The article; `language` is that of the settings. Raises UsageError."""
    if isinstance(document, Document):
        return document
    if not isinstance(document, str):
        raise UsageError(f"the article is of type {type(document).__name__}; give its text, or read_file(path)")
    return make_document(document, language=language)


def given_source(document: Document, source: Document | AlignedSource | str | None) -> Document | AlignedSource | None:
    """The original, that of the document's own file where none is given. Raises UsageError."""
    if source is None:
        return document.source
    if isinstance(source, Document | AlignedSource):
        return source
    if not isinstance(source, str):
        raise UsageError(f"source is of type {type(source).__name__}; give the original's text, or read_file(path)")
    # The language that settings name is the translation's, not the original's.
    return make_document(source)


def given_day(document: Document, as_of: date | str | None) -> date:
    """The day on which facts have to be valid: the one given, else the article's, else today. Raises UsageError."""
    return day_of(as_of, "as_of") or (document.published.date() if document.published else date.today())


def given_facts(day: date, facts: FactStore | Iterable[Fact | str | FactStore]) -> KnownFacts:
    """Those that are valid on `day`. Raises UsageError for what is no collection of facts."""
    several = [facts] if isinstance(facts, FactStore) else items_of(facts, wanted=_WANTED)
    stores = [each for each in several if isinstance(each, FactStore)]
    loose = [_as_fact(each, place) for place, each in enumerate(several) if not isinstance(each, FactStore)]
    dated = any(fact.valid_from or fact.valid_until for fact in loose) or any(store.has_dates() for store in stores)
    usable = [fact for fact in loose if is_usable(fact, day)]
    return KnownFacts(usable, [store.view(day) for store in stores], dated, len(loose) - len(usable))


def _as_fact(given: object, place: int) -> Fact:
    fact = Fact(f"fact-{place + 1}", given) if isinstance(given, str) else given
    if not isinstance(fact, Fact):
        raise UsageError(f"facts[{place}] is of type {type(given).__name__}; give a text, a Fact or a FactStore")
    try:
        checked_days(fact.valid_from, fact.valid_until)
    except BadFactError as error:
        raise UsageError(f"facts[{place}]: {error}") from error
    return fact


def why_unread(document: Document) -> str | None:
    """Why the model reads no sentence of an article: it is surely in another language. None where it may read them."""
    language = foreign_language(document.text)
    if language is None:
        return None
    read_as = "is in a script that is not read" if language == UNKNOWN else f"reads as {language}"
    return f"the text {read_as}; this model reads {' and '.join(READABLE.values())} only"
