"""The report as one self-contained page, and as a fragment for notebooks.

A highlight is a link to the card that explains it, so everything works from the keyboard and without scripts; a few
lines of script only add comfort. Article text is hostile until shown otherwise: it goes through an autoescaping
template, and the page's content security policy names its one style sheet and its one script by hash, so that nothing
else could run even if it got in.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from checker.document import Document, Span
from checker.findings import Finding, FindingEvidence, SentenceVerdict, Verdict
from checker.report.segments import Segment, cut_article
from checker.report.types import Report
from checker.report.visible import show_invisible
from checker.report.wording import (
    category_name,
    confidence_words,
    count,
    evidence_name,
    headline,
    is_fine,
    unchecked_reasons,
)

if TYPE_CHECKING:
    from jinja2 import Environment


@dataclass(frozen=True, slots=True)
class Mark:
    """A segment as the template shows it. `card` is the innermost finding's number, None for plain text.

    `numbers` are shown at its end, of the findings that end here; `reachable` tells whether the tab key stops here.
    """

    text: str
    card: int | None = None
    severity: str | None = None
    label: str = ""
    first: bool = False
    numbers: tuple[int, ...] = ()
    layers: int = 0


@dataclass(frozen=True, slots=True)
class SentenceView:
    """The part of a sentence that is in one paragraph; `anchor` is its number where it begins here."""

    marks: tuple[Mark, ...]
    anchor: int | None = None
    unchecked: str | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """Evidence as three slices of its text around the conflicting words, which are None where they are not known."""

    name: str
    before: str
    conflict: str | None
    after: str
    sentence: int | None


@dataclass(frozen=True, slots=True)
class Card:
    """One finding, explained."""

    number: int
    finding: Finding
    category: str
    words: str
    before: str
    after: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class ArticleView:
    """One report as plain data for the template."""

    number: int
    title: str
    report: Report
    headline: str
    state: str
    size: str
    titled: bool
    paragraphs: tuple[tuple[SentenceView, ...], ...]
    cards: tuple[Card, ...]
    remarks: tuple[str, ...]


def render(reports: Sequence[Report]) -> str:
    """One page with all reports in order."""
    articles = [_article(report, number) for number, report in enumerate(reports, start=1)]
    style, script = _source("page.css"), _source("page.js")
    return _environment().get_template("page.html.j2").render(
        articles=articles,
        style=style,
        script=script,
        style_hash=_policy_hash(style),
        script_hash=_policy_hash(script),
    )


def render_page(report: Report) -> str:
    """A complete page that needs nothing outside itself."""
    return render([report])


def render_fragment(report: Report) -> str:
    """The article with its alerts as one element for a notebook: no script, no ids that could meet others on a page."""
    template = _environment().get_template("fragment.html.j2")
    return template.render(article=_article(report, 1), style=_source("fragment.css"))
