"""Test notation: `Russia's ⟦justified⟧ invasion` is a sentence with a suspect span; and predictions made by hand."""

from __future__ import annotations

import re

from checker.document import Document, Sentence, Span
from checker.evidence import Evidence, EvidenceKind, Relation
from checker.findings import JudgedEvidence, SentenceResult
from checker.nli import Prediction, TokenProbability


def unmark(marked: str) -> tuple[str, Span]:
    """The plain sentence and the marked span."""
    start = marked.index("⟦")
    end = marked.index("⟧") - 1
    return marked.replace("⟦", "").replace("⟧", ""), Span(start, end)


def hot_tokens(text: str, *hot: Span, heat: float = 0.95, cold: float = 0.02) -> tuple[TokenProbability, ...]:
    """Pieces of at most four letters, as a word-piece tokenizer would make; those inside `hot` are suspect."""
    pieces = [Span(*match.span()) for match in re.finditer(r"[一-龯]|\w{1,4}|[^\w\s]", text)]
    return tuple(
        TokenProbability(piece, heat if any(piece.overlaps(span) for span in hot) else cold) for piece in pieces
    )


def document_of(*sentences: str) -> Document:
    """A document with one sentence a line."""
    found, start = [], 0
    for index, text in enumerate(sentences):
        found.append(Sentence(index, Span(start, start + len(text)), text))
        start += len(text) + 1
    return Document("test", "\n".join(sentences), tuple(found))


def says(label: str, text: str = "", *hot: Span, sure: float = 0.9, error: float = 0.9) -> Prediction:
    """A prediction with one label at `sure` and the rest shared out."""
    rest = (1 - sure) / 2
    labels = {name: sure if name == label else rest for name in ("entailment", "neutral", "contradiction")}
    return Prediction(**labels, error=error, tokens=hot_tokens(text, *hot))


def fact(text: str, number: int = 1) -> Evidence:
    return Evidence(EvidenceKind.FACT, f"fact-{number}", text, 0.9)


def source(text: str) -> Evidence:
    return Evidence(EvidenceKind.SOURCE, "source-1", text, 0.9, Relation.REFERENCE)


def elsewhere(document: Document, index: int) -> Evidence:
    """Another sentence of the article as evidence."""
    sentence = document.sentences[index]
    return Evidence(EvidenceKind.ARTICLE, f"s{index}", sentence.text, 0.8, span=sentence.span)


def result(document: Document, index: int, *judged: tuple[Evidence, Prediction], **more: object) -> SentenceResult:
    return SentenceResult(document.sentences[index], tuple(JudgedEvidence(*pair) for pair in judged), **more)  # type: ignore[arg-type]
