"""The parts of a report by themselves, for a notebook: a finding, a document, what the model said, an explanation.

Same templates, words and style as the page; every view is one element without scripts and ids.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from checker.document import Document, Span
from checker.evidence import FactStore
from checker.findings import EvidenceTrace, Finding, FindingEvidence, Scored
from checker.nli import Prediction, TokenProbability
from checker.report.explanation import Explanation, thresholds_line
from checker.report.html import Quote, bare_card, quote_of
from checker.report.segments import cut_article
from checker.report.templating import render_piece
from checker.report.wording import category_name, count, document_name, validity, verdict_name

FACTS_SHOWN = 10  # of a store
FAINTEST = 0.05  # a token below this probability is not coloured


@dataclass(frozen=True, slots=True)
class Heat:
    """A stretch of text with the probability that it is in error; None for what the model did not look at."""

    text: str
    probability: float | None

    @property
    def shade(self) -> str:
        """Opacity of the colour behind it, for CSS; empty where there is none."""
        if self.probability is None or self.probability < FAINTEST:
            return ""
        return f"{0.75 * self.probability:.2f}"


@dataclass(frozen=True, slots=True)
class TraceView:
    """A piece of evidence as the template of an explanation shows it."""

    trace: EvidenceTrace
    quote: Quote
    heat: tuple[Heat, ...]


def render_finding(finding: Finding) -> str:
    """The finding as its card in a report, opened."""
    return render_piece("finding.html.j2", card=bare_card(finding))


def render_document(document: Document) -> str:
    """The text in paragraphs, each sentence with its number."""
    starts = {sentence.span.start: sentence.index for sentence in document.sentences}
    cuts = [edge for sentence in document.sentences for edge in (sentence.span.start, sentence.span.end)]
    paragraphs = [
        [(starts.get(segment.span.start), segment.span.of(document.text)) for segment in paragraph]
        for paragraph in cut_article(document.text, [], cuts)
    ]
    return render_piece(
        "document.html.j2",
        document=document,
        name=document_name(document),
        size=f"{count(document.words, 'word')}, {count(len(document.sentences), 'sentence')}, {document.language}",
        paragraphs=paragraphs,
    )


def render_store(store: FactStore) -> str:
    """How many facts of which status and language there are, and the first ones with origin, dates and tags."""
    if store.closed:
        return render_piece("store.html.j2", name=store.name, told="closed", facts=(), more=0)
    languages = store.languages()
    active = languages.total()
    told = [count(len(store), "fact"), f"{active:,} of them active" if active < len(store) else ""]
    told += [f"{number:,} {language}" for language, number in sorted(languages.items())] if len(languages) > 1 else []
    facts = list(store.list(limit=FACTS_SHOWN))
    return render_piece(
        "store.html.j2",
        name=store.name,
        told=", ".join(each for each in told if each),
        facts=[(fact, validity(fact.valid_from, fact.valid_until), fact.status.value) for fact in facts],
        more=len(store) - len(facts),
    )


def render_prediction(prediction: Prediction) -> str:
    """The labels and the error probability as bars; a prediction does not know its text, so its tokens are counted."""
    hottest = max((token.probability for token in prediction.tokens), default=None)
    return render_piece(
        "prediction.html.j2",
        bars=[*_labels(prediction), ("any error", prediction.error)],
        spans=(),
        notes=[
            f"{count(len(prediction.tokens), 'word piece')}"
            + (f", the most suspect at {hottest:.2f}" if hottest is not None else ""),
            *(["part of the sentence was not read"] if prediction.truncated else []),
        ],
    )


def render_scored(scored: Scored) -> str:
    """The labels, the calibrated error probability and the suspect words of a pair."""
    return render_piece(
        "prediction.html.j2",
        bars=[*_labels(scored), ("any error, calibrated", scored.error_probability)],
        spans=[(span.text, category_name(span.category), span.probability) for span in scored.spans],
        notes=["part of the sentence was not read"] if scored.truncated else [],
    )


def render_explanation(explanation: Explanation) -> str:
    """The sentence as a heat map by the leading evidence, all evidence with its outcome, figures and thresholds."""
    sentence = explanation.sentence
    return render_piece(
        "explanation.html.j2",
        explanation=explanation,
        card=bare_card(explanation.finding) if explanation.finding else None,
        verdict=verdict_name(explanation.verdict.verdict),
        heat=heat_of(sentence.text, explanation.tokens),
        views=[_view(sentence.text, trace) for trace in explanation.evidence],
        thresholds=thresholds_line(explanation),
    )


def render_progress(what: str, done: int, total: int | None) -> str:
    """How far something is; without a `total` only what is done."""
    return render_piece("progress.html.j2", what=what, done=done, total=total)


def render_heat(text: str, tokens: Sequence[TokenProbability]) -> str:
    """`text` as a heat map: the redder a word piece, the likelier it is in error."""
    return render_piece("heat.html.j2", heat=heat_of(text, tokens))


def heat_of(text: str, tokens: Sequence[TokenProbability]) -> tuple[Heat, ...]:
    """All of `text` in order, cut at the edges of `tokens`; what no token covers has no probability."""
    pieces: list[Heat] = []
    place = 0
    for token in sorted(tokens, key=lambda token: token.span):
        span = Span(max(place, token.span.start), max(place, token.span.end))
        if span.start > place:
            pieces.append(Heat(text[place : span.start], None))
        if len(span):
            pieces.append(Heat(span.of(text), token.probability))
        place = span.end
    return (*pieces, Heat(text[place:], None)) if place < len(text) else tuple(pieces)


def _labels(said: Prediction | Scored) -> list[tuple[str, float]]:
    return [("entailment", said.entailment), ("neutral", said.neutral), ("contradiction", said.contradiction)]


def _view(text: str, trace: EvidenceTrace) -> TraceView:
    first = max(trace.suspects, key=lambda suspect: suspect.confidence, default=None)
    item = FindingEvidence(trace.evidence, trace.prediction.contradiction, first.conflict if first else None)
    return TraceView(trace, quote_of(item, None), heat_of(text, trace.prediction.tokens))
