"""The report as one self-contained page, and as a fragment for notebooks.

A highlight is a link to the card that explains it, so everything works from the keyboard and without scripts; a few
lines of script only add comfort. Article text is hostile until shown otherwise: it goes through an autoescaping
template, and the page's content security policy names its one style sheet and its one script by hash, so that nothing
else could run even if it got in.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from checker.document import Document, Span
from checker.evidence import Evidence
from checker.findings import Finding, FindingEvidence, Verdict
from checker.report.segments import Segment, cut_article
from checker.report.templating import environment, policy_hash, render_piece, source
from checker.report.types import Report
from checker.report.wording import (
    category_name,
    confidence_words,
    count,
    document_name,
    evidence_name,
    headline,
    is_fine,
    remarks,
    sentence_counts,
    unchecked_reasons,
)

# Of a long sentence, this much is repeated on each side of the suspect words.
_AROUND = 110  # code points


@dataclass(frozen=True, slots=True)
class Mark:
    """A segment as the template shows it. `card` is the number of the innermost finding over it, None for plain text.

    `begin` and `end` are the numbers of the findings that begin and end here; the latter are shown after the text.
    """

    text: str
    card: int | None = None
    severity: str | None = None
    begin: tuple[int, ...] = ()
    end: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SentenceView:
    """The part of a sentence that is in one paragraph, or what stands between two (then `index` is None).

    `begins` tells whether the sentence begins here; `unchecked` is the reason where it was not checked.
    """

    marks: tuple[Mark, ...]
    index: int | None = None
    begins: bool = False
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
    """One finding, explained; `before` and `after` are the words around it in its sentence."""

    number: int
    finding: Finding
    category: str
    words: str
    before: str
    after: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class ArticleView:
    """One report as plain data for the template. `headlined` tells whether the text begins with its own title."""

    number: int
    report: Report
    name: str
    headline: str
    state: str
    size: str
    states: tuple[str, ...]
    has_unchecked: bool
    remarks: tuple[str, ...]
    headlined: bool
    paragraphs: tuple[tuple[SentenceView, ...], ...]
    cards: tuple[Card, ...]


def render(reports: Sequence[Report]) -> str:
    """One page with all reports in order."""
    from markupsafe import Markup

    style, script = source("page.css"), source("page.js")
    page = environment().get_template("page.html.j2")
    return page.render(
        articles=[_article(report, number) for number, report in enumerate(reports, start=1)],
        style=Markup(style),  # noqa: S704 - the package's own file
        script=Markup(script),  # noqa: S704 - the package's own file
        style_hash=policy_hash(style),
        script_hash=policy_hash(script),
    )


def render_page(report: Report) -> str:
    """A complete page that needs nothing outside itself."""
    return render([report])


def render_fragment(report: Report) -> str:
    """The article with its alerts as one element for a notebook: no script, no ids that could meet others on a page."""
    return render_piece("fragment.html.j2", article=_article(report, 1))


def _article(report: Report, number: int) -> ArticleView:
    document = report.document
    headline_end = _headline_end(document)
    return ArticleView(
        number=number,
        report=report,
        name=document_name(document),
        headline=headline(report),
        state=_state(report),
        size=f"{count(document.words, 'word')}, {count(len(document.sentences), 'sentence')}",
        states=tuple(f"{total:,} {name}" for name, total in sentence_counts(report)),
        has_unchecked=bool(unchecked_reasons(report)),
        remarks=tuple(remarks(report)),
        headlined=headline_end is not None,
        paragraphs=_paragraphs(report, headline_end),
        cards=tuple(_card(document, finding, place) for place, finding in enumerate(report.findings, start=1)),
    )


def _state(report: Report) -> str:
    """How the headline is coloured: "alerts", "fine", "unsure" where something could not be checked, else "quiet"."""
    if report.findings:
        return "alerts"
    if is_fine(report):
        return "fine"
    return "unsure" if report.skipped or unchecked_reasons(report) or not report.sentences else "quiet"


def _headline_end(document: Document) -> int | None:
    """Where the headline ends, if the text begins with its title on a line of its own."""
    title = (document.title or "").strip()
    start = len(document.text) - len(document.text.lstrip())
    end = start + len(title)
    stands_alone = document.text[start:end] == title and document.text[end : end + 1] in ("\n", "\r", "")
    return end if title and stands_alone else None


def _paragraphs(report: Report, headline_end: int | None) -> tuple[tuple[SentenceView, ...], ...]:
    """The article cut at findings and sentences, for the template to walk through; the headline is one of its own."""
    document = report.document
    cuts = [edge for sentence in document.sentences for edge in (sentence.span.start, sentence.span.end)]
    if headline_end is not None:
        cuts.append(headline_end)
    unchecked = {
        verdict.index: verdict.reason or "no reason given"
        for verdict in report.sentences
        if verdict.verdict is Verdict.NOT_CHECKED
    }
    spans = [finding.span for finding in report.findings]
    starts = [sentence.span.start for sentence in document.sentences]
    return tuple(
        tuple(
            _sentence_view(report, list(group), index, unchecked)
            for index, group in groupby(paragraph, key=lambda segment: _sentence_at(document, starts, segment.span))
        )
        for paragraph in _split_at(headline_end, cut_article(document.text, spans, cuts), document.text)
    )


def _split_at(point: int | None, paragraphs: list[list[Segment]], text: str) -> list[list[Segment]]:
    """The first paragraph in two at `point`, where byline and text follow the headline without a blank line."""
    if point is None or not paragraphs or paragraphs[0][-1].span.end <= point:
        return paragraphs
    above = [segment for segment in paragraphs[0] if segment.span.end <= point]
    below = [segment for segment in paragraphs[0] if segment.span.end > point]
    if not above or below[0].covering:  # a finding reaches over the line's end: better one paragraph too few
        return paragraphs
    if not below[0].span.of(text).strip():
        below = below[1:]
    return [above, below, *paragraphs[1:]]


def _sentence_at(document: Document, starts: Sequence[int], span: Span) -> int | None:
    """Position of the sentence that holds `span`; an omission at the end of a sentence belongs to it."""
    place = bisect_right(starts, span.start) - 1
    if place < 0:
        return None
    end = document.sentences[place].span.end
    return place if span.start < end or (not len(span) and span.start == end) else None


def _sentence_view(
    report: Report, segments: Sequence[Segment], place: int | None, unchecked: Mapping[int, str]
) -> SentenceView:
    marks = tuple(_mark(report, segment) for segment in segments)
    if place is None:
        return SentenceView(marks)
    sentence = report.document.sentences[place]
    begins = segments[0].span.start == sentence.span.start
    return SentenceView(marks, sentence.index, begins, unchecked.get(sentence.index))


def _mark(report: Report, segment: Segment) -> Mark:
    text = segment.span.of(report.document.text)
    if not segment.covering:
        return Mark(text)
    innermost = segment.covering[0]
    return Mark(
        text,
        card=innermost + 1,
        severity=report.findings[innermost].severity.value,
        begin=tuple(index + 1 for index in segment.first),
        end=tuple(index + 1 for index in segment.last),
    )


def bare_card(finding: Finding) -> Card:
    """The card of a finding whose document is not at hand: without the words around it."""
    quotes = tuple(quote_of(item, None) for item in finding.evidence if item.evidence.text)
    return Card(1, finding, category_name(finding.category), confidence_words(finding.confidence), "", "", quotes)


def _card(document: Document, finding: Finding, number: int) -> Card:
    sentence = document.sentences[finding.sentence].span
    before = Span(min(sentence.start, finding.span.start), finding.span.start)
    after = Span(finding.span.end, max(sentence.end, finding.span.end))
    return Card(
        number=number,
        finding=finding,
        category=category_name(finding.category),
        words=confidence_words(finding.confidence),
        before=tail(before.of(document.text)),
        after=head(after.of(document.text)),
        quotes=tuple(
            quote_of(item, _evidence_sentence(document, item.evidence))
            for item in finding.evidence
            if item.evidence.text
        ),
    )


def quote_of(item: FindingEvidence, place: int | None) -> Quote:
    """The evidence around its conflicting words; `place` is the sentence that it is, where it is one of the article."""
    evidence = item.evidence
    if item.conflict is None:
        return Quote(evidence_name(evidence), evidence.text, None, "", place)
    before, after = evidence.text[: item.conflict.start], evidence.text[item.conflict.end :]
    return Quote(evidence_name(evidence), before, item.conflict.of(evidence.text), after, place)


def _evidence_sentence(document: Document, evidence: Evidence) -> int | None:
    """Index of the sentence that article evidence begins in, so that the page can lead there."""
    if evidence.span is None:
        return None
    span = evidence.span
    return next((sentence.index for sentence in document.sentences if sentence.span.overlaps(span)), None)


def tail(text: str) -> str:
    """The last words of `text`, an ellipsis before them where some are left out."""
    if len(text) <= _AROUND:
        return text
    cut = text[-_AROUND:]
    return "… " + (cut.split(maxsplit=1)[1] if len(cut.split(maxsplit=1)) == 2 else cut)


def head(text: str) -> str:
    """The first words of `text`, an ellipsis after them where some are left out."""
    if len(text) <= _AROUND:
        return text
    cut = text[:_AROUND]
    return (cut.rsplit(maxsplit=1)[0] if len(cut.split(maxsplit=1)) == 2 else cut) + " …"
