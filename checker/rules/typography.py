"""typography: spaces, stops and quotation marks that no newspaper prints.

Normally off: name it in `enable_rules` to see it.

Fails:  `said , that`; `the end..`; `(see above`; `“We will not go, he said.`
Passes: an ellipsis (`…`, `...`); `? !` in French; quotations that run over paragraphs and open each anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.document import Span
from checker.rules.reporting import of_language
from checker.rules.types import Material, Rule, RuleCandidate

TYPOGRAPHY = "fluency/typography"
_SPACE = re.compile(r"(?<=\w)[ \u00a0]+[,;](?=\s)")
_STOPS = re.compile(r"(?<![.…])\.\.(?!\.)|,,|;;|(?<=\w),\.")
_PAIRS = {"(": ")", "[": "]", "“": "”", "«": "»"}


def find(material: Material) -> Iterator[RuleCandidate]:
    """Doubtful marks, in no particular order."""
    text = material.document.text
    for match in _SPACE.finditer(text):
        yield _candidate(material, Span(*match.span()), "there is a space before {words}.", match.group().strip())
    for match in _STOPS.finditer(text):
        yield _candidate(material, Span(*match.span()), "{words} is one mark too many.", match.group()[0])
    for paragraph in re.finditer(r"[^\n]+", text):
        yield from _unbalanced(material, paragraph)


def _unbalanced(material: Material, paragraph: re.Match[str]) -> Iterator[RuleCandidate]:
    """Brackets and quotation marks of one paragraph that are opened and never closed, or the reverse."""
    opened: list[tuple[str, int]] = []
    for place, char in enumerate(paragraph.group(), start=paragraph.start()):
        if char in _PAIRS:
            opened.append((char, place))
        elif opened and char == _PAIRS[opened[-1][0]]:
            opened.pop()
    after = material.document.text[paragraph.end() :].lstrip()
    for mark, place in opened:
        # A quotation that goes on in the next paragraph is closed there.
        if mark in "“«" and after.startswith(mark):
            continue
        yield _candidate(material, Span(place, place + 1), "{words} is never closed in this paragraph.", "")


def _candidate(material: Material, span: Span, message: str, suggestion: str) -> RuleCandidate:
    said = message[0].upper() + message[1:]
    suggestions = (suggestion,) if suggestion else ()
    return of_language(
        "typography", material.document, span, category=TYPOGRAPHY, message=said, suggestions=suggestions
    )


RULE = Rule("typography", "spaces, stops and quotation marks", __doc__ or "", find, normally_on=False)
