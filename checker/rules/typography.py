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
# Both begin with what they look for, and look behind it then, so that they are found faster.
_SPACE = re.compile(r"[ \u00a0](?<=\w.)[ \u00a0]*[,;](?=\s)")
_SPACED = (" ,", " ;", "\u00a0,", "\u00a0;")  # what each has, and most texts have not
_STOPS = re.compile(r"\.(?<![.…].)\.(?!\.)|,,|;;|,(?<=\w.)\.")
_PAIRS = {"(": ")", "[": "]", "“": "”", "«": "»"}
_MARK = re.compile(r"[()\[\]“”«»]")
_PARAGRAPH = re.compile(r"[^\n]+")


def find(material: Material) -> Iterator[RuleCandidate]:
    """Doubtful marks, in no particular order."""
    text = material.document.text
    for match in _SPACE.finditer(text) if any(map(text.__contains__, _SPACED)) else ():
        yield _candidate(material, Span(*match.span()), "there is a space before {words}.", match.group().strip())
    for match in _STOPS.finditer(text):
        yield _candidate(material, Span(*match.span()), "{words} is one mark too many.", match.group()[0])
    for paragraph in _PARAGRAPH.finditer(text) if _MARK.search(text) else ():
        yield from _unbalanced(material, paragraph)


def _unbalanced(material: Material, paragraph: re.Match[str]) -> Iterator[RuleCandidate]:
    """Brackets and quotation marks of one paragraph that are opened and never closed, or the reverse."""
    opened: list[tuple[str, int]] = []
    text = material.document.text
    for mark in _MARK.finditer(text, *paragraph.span()):
        char = mark.group()
        if char in _PAIRS:
            opened.append((char, mark.start()))
        elif opened and char == _PAIRS[opened[-1][0]]:
            opened.pop()
    if not opened:
        return
    after = text[paragraph.end() :].lstrip()
    for char, place in opened:
        # A quotation that goes on in the next paragraph is closed there.
        if char in "“«" and after.startswith(char):
            continue
        yield _candidate(material, Span(place, place + 1), "{words} is never closed in this paragraph.", "")


def _candidate(material: Material, span: Span, message: str, suggestion: str) -> RuleCandidate:
    said = message[0].upper() + message[1:]
    suggestions = (suggestion,) if suggestion else ()
    return of_language(
        "typography", material.document, span, category=TYPOGRAPHY, message=said, suggestions=suggestions
    )


RULE = Rule("typography", "spaces, stops and quotation marks", __doc__ or "", find, normally_on=False)
