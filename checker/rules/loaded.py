"""loaded-terms: a word that takes sides, where the original's sentence has none that does.

Needs a glossary with a column `loaded`: words that are not neutral, parted by `|`; `justified` has the words of the
original that call for them, and `preferred` what to write instead.

Fails:  `regime` for `gobierno`, with the row `loaded: regime, justified: régimen|dictadura, preferred: government`.
Passes: `regime` for `régimen`; a loaded word in quotation marks; copy without its original.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.document import Span
from checker.rules.quantities import fold
from checker.rules.reporting import against_source
from checker.rules.terminology import places_of_term
from checker.rules.types import Counterpart, Material, Rule, RuleCandidate, Term

TERMINOLOGY = "terminology/inconsistent"
_QUOTED = re.compile(r"“[^”\n]*”|\"[^\"\n]*\"|‘[^’\n]*’")
_MESSAGE = "{words} takes sides, and nothing in the original does"


def find(material: Material) -> Iterator[RuleCandidate]:
    """Loaded words without a loaded word in the source."""
    for term in material.glossary:
        for counterpart in material.counterparts if term.loaded else ():
            yield from _loaded(counterpart, term)


def _loaded(counterpart: Counterpart, term: Term) -> Iterator[RuleCandidate]:
    here = counterpart.here.text
    places = [span for word in term.loaded for span in places_of_term(here, word)]
    if not places or _is_justified(counterpart.around, term.justified):
        return
    quoted = [Span(*match.span()) for match in _QUOTED.finditer(here)]
    for span in places:
        if not any(span.overlaps(other) for other in quoted):
            wanted = f"; the glossary has “{term.preferred[0]}”" if term.preferred else ""
            yield against_source(
                "loaded-terms", counterpart, span, Span(0, len(counterpart.there.text)), category=TERMINOLOGY,
                message=f"{_MESSAGE}{wanted} ({term.row}).", suggestions=term.preferred[:3],
            )  # fmt: skip


def _is_justified(source: str, words: tuple[str, ...]) -> bool:
    """True where a word of the source begins like one of `words`, which may be inflected there."""
    text = fold(source)
    return any(re.search(rf"(?<!\w){re.escape(fold(word))}", text) for word in words)


RULE = Rule("loaded-terms", "words that take sides where the original does not", __doc__ or "", find, needs_source=True)
