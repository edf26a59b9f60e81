"""terminology: a word that the newsroom's glossary forbids, or a source term that is not written as the glossary says.

Needs a glossary (`--glossary FILE`, or `glossary` in checker.toml): CSV, TBX or TMX.

Fails:  `Kiew` where the glossary forbids it and prefers `Kyiv`; `Cover of the Americas` for `Cumbre de las Américas`
        where it says `Summit of the Americas`.
Passes: the preferred or an allowed word; a forbidden word inside a longer one; a term whose sentence was dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from checker.document import Span
from checker.rules.reporting import against_source, of_language
from checker.rules.types import Counterpart, Material, Rule, RuleCandidate, Term

TERMINOLOGY = "terminology/inconsistent"
_FORBIDDEN = "{words} is not to be used according to the glossary"
_MISSING = "{other} in the original is not rendered as the glossary says"


def find(material: Material) -> Iterator[RuleCandidate]:
    """Forbidden words, and source terms whose counterpart lacks what the glossary prefers."""
    for term in material.glossary:
        if term.source is None:
            yield from _forbidden(material, term)
        else:
            for counterpart in material.counterparts:
                yield from _not_as_preferred(counterpart, term)


def _forbidden(material: Material, term: Term) -> Iterator[RuleCandidate]:
    text = material.document.text
    # "the Kiev Opera" may be allowed where "Kiev" is not.
    allowed = [span for word in term.preferred for span in places_of_term(text, word)]
    for word in term.forbidden:
        for span in places_of_term(text, word):
            if not any(span.overlaps(other) for other in allowed):
                yield of_language(
                    "terminology",
                    material.document,
                    span,
                    category=TERMINOLOGY,
                    message=_message(_FORBIDDEN, term),
                    suggestions=term.preferred[:3],
                )


def _not_as_preferred(counterpart: Counterpart, term: Term) -> Iterator[RuleCandidate]:
    there = places_of_term(counterpart.there.text, term.source or "")
    if not there or any(places_of_term(counterpart.here_around, word) for word in term.preferred):
        return
    here = counterpart.here.text
    wrong = [span for word in term.forbidden for span in places_of_term(here, word)]
    if term.forbidden and not wrong:
        return
    span = wrong[0] if wrong else _lead(here)
    yield against_source(
        "terminology",
        counterpart,
        span,
        there[0],
        category=TERMINOLOGY,
        message=_message(_MISSING, term),
        suggestions=term.preferred[:3] if wrong else (),
    )


def _message(message: str, term: Term) -> str:
    wanted = f"; write “{term.preferred[0]}”" if term.preferred else ""
    return f"{message}{wanted} ({term.row}).".replace("{row}", "")


def _lead(text: str) -> Span:
    """The first word of a passage: where nothing is wrong but something is missing."""
    match = re.search(r"[^\W\d_]+", text)
    return Span(*match.span()) if match else Span(0, len(text))


def places_of_term(text: str, word: str) -> list[Span]:
    """Where the word or phrase stands on its own; a small initial matches a capital one too, and so does a plural."""
    return [Span(*match.span()) for match in _pattern(word).finditer(text)] if word else []


@lru_cache(maxsize=4096)
def _pattern(word: str) -> re.Pattern[str]:
    escaped = r"\s+".join(re.escape(part) for part in word.split())
    flags = 0 if any(char.isupper() for char in word) else re.IGNORECASE
    return re.compile(rf"(?<![\w]){escaped}s?(?![\w])", flags)


RULE = Rule("terminology", "words that the glossary forbids or wants otherwise", __doc__ or "", find)
