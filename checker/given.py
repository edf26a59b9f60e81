"""What a check is given, made sure of: the article, its original, the day and the facts that count on it.

Notebooks hand over whatever they have. What cannot be read as it is meant is refused here, in one line and before any
work: facts in one text would be read letter by letter, and real errors vanish.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from checker.document import (
    AlignedSource,
    Document,
    foreign_language,
    has_half_character,
    holds_half_character,
    make_document,
)
from checker.document.language import UNKNOWN
from checker.errors import UnreadableFileError, UsageError
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
    """The article; `language` is that of the settings. Raises UsageError, or UnreadableFileError for a broken file."""
    if not isinstance(document, Document | str):
        raise UsageError(f"the article is of type {type(document).__name__}; give its text, or read_file(path)")
    if isinstance(document, str):
        document = str(document)  # that of a data frame may be NumPy's
        _refuse_halves("text", has_half_character(document))
        return make_document(document, language=language)
    _refuse_halves("text", holds_half_character(document), document.path)
    return document


def given_source(document: Document, source: Document | AlignedSource | str | None) -> Document | AlignedSource | None:
    """The original, that of the document's own file where none is given. Raises as `given_document`."""
    found = document.source if source is None else source
    if found is None:
        return None
    if not isinstance(found, Document | AlignedSource | str):
        raise UsageError(f"source is of type {type(found).__name__}; give the original's text, or read_file(path)")
    if isinstance(found, str):
        found = str(found)
        _refuse_halves("source", has_half_character(found))
        return make_document(found)  # the language that settings name is the translation's, not the original's
    _refuse_halves("source", holds_half_character(found), found.path)
    return found


def _refuse_halves(name: str, holds_half: bool, path: str | None = None) -> None:
    """Raises where a text is one that no encoding can write, and so no frame or file that a report becomes.

    A text from a file is an UnreadableFileError: it is not to cost the other files of a run.
    """
    if holds_half:
        said = f"the {name} holds half a character (a broken \\u escape); send whole ones"
        raise UsageError(said) if path is None else UnreadableFileError(f"{path}: {said}")


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
    fact = Fact(f"fact-{place + 1}", str(given)) if isinstance(given, str) else given
    if not isinstance(fact, Fact):
        raise UsageError(f"facts[{place}] is of type {type(given).__name__}; give a text, a Fact or a FactStore")
    _refuse_halves(f"fact facts[{place}]", any(map(has_half_character, (fact.id, fact.text, fact.origin or ""))))
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
